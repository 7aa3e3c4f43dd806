"""Asks a person whether something may be done."""

from __future__ import annotations

import sys
from typing import TextIO

from coach.cli.message import say
from coach.cli.piped import read_line
from coach.language.words import all_words
from coach.window import is_terminal


def nobody_to_ask() -> bool:
    """Return whether no person can be asked: the input comes from a pipe or a file."""
    return not is_terminal(sys.stdin)


def confirm(question: str, stream: TextIO) -> bool:
    """Ask on `stream`, and return whether the answer is a yes."""
    return is_yes(reply(question, stream))


def reply(question: str, stream: TextIO) -> str:
    """Ask on `stream`, and return the answer, without what is around it and without capitals."""
    say(question, stream, end="")
    line = read_line()
    if not line:  # Ctrl-D leaves what comes next on the same line
        say("", stream)
    return line.strip().casefold()


def is_yes(answer: str) -> bool:
    """Return whether an answer is a yes in any language, or the first letter of it."""
    return answer in {yes for words in all_words() for yes in words.yes}
