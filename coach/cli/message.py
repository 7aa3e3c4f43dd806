"""Says something to a person: on a terminal in lines as wide as it is, and never with what steers it."""

from __future__ import annotations

import os
import sys
from typing import TextIO

from coach.program import joined
from coach.terminal.lines import READABLE_WIDTH, wrapped
from coach.text import visible

_JOINT = "\N{NO-BREAK SPACE}"
_LEAST = 20  # columns: a narrower screen, or one of no size at all, is not written for


def say(text: str, stream: TextIO | None = None, end: str = "\n") -> None:
    """Print a text, by default on standard output; in a pipe or a file its lines stay as they are."""
    stream = stream or sys.stdout
    text = visible(text)
    if stream.isatty():
        width = min(max(columns(stream), _LEAST), READABLE_WIDTH)
        text = wrapped(joined(text, _JOINT, width), width).replace(_JOINT, " ")
    print(text, end=end, file=stream, flush=stream.isatty() or not end)


def columns(stream: TextIO) -> int:
    """Return how wide a terminal is."""
    if (columns := os.environ.get("COLUMNS", "")).isdecimal():
        return int(columns)
    try:
        return os.get_terminal_size(stream.fileno()).columns or READABLE_WIDTH
    except (OSError, ValueError):
        return READABLE_WIDTH
