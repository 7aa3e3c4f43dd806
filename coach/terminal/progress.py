"""A line that shows that something long is going on."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from math import inf
from time import monotonic
from typing import TextIO, TypeVar

from coach.language import _

_SOON = 1.0  # seconds: what takes less needs no word
_OFTEN = 0.2
_STEP = 64  # between two looks at the clock

_T = TypeVar("_T")


def watched(things: Iterable[_T], stream: TextIO) -> Generator[_T]:
    """Yield the things; from a second on, say on a terminal how many there were, until the end or until this is closed."""
    next_line = monotonic() + _SOON if stream.isatty() else inf
    line = ""
    try:
        for number, thing in enumerate(things):
            if number % _STEP == 0 and monotonic() >= next_line:
                line = _("Reading: {count} sessions").format(count=number)
                print(f"\r{line}", end="", file=stream, flush=True)
                next_line = monotonic() + _OFTEN
            yield thing
    finally:
        if line:
            print("\r" + " " * len(line) + "\r", end="", file=stream, flush=True)
