"""Asks a person whether something may be done."""

from __future__ import annotations

import sys
from collections.abc import Collection
from typing import TextIO

from coach.cli.message import say
from coach.cli.piped import read_line
from coach.language.words import all_words
from coach.window import is_terminal


def nobody_to_ask() -> bool:
    """Return whether no person can be asked: the input comes from a pipe or a file."""
    return not is_terminal(sys.stdin)


def confirm(question: str, stream: TextIO, answers: Collection[str] = ()) -> bool:
    """Ask on `stream`, and return whether the answer is one of `answers`, by default any yes."""
    say(question, stream, end="")
    line = read_line()
    if not line:  # Ctrl-D leaves what comes next on the same line
        say("", stream)
    return line.strip().casefold() in (answers or {yes for words in all_words() for yes in words.yes})
