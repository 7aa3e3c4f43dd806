"""A line that shows that something long is going on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from time import monotonic
from typing import TextIO, TypeVar

from coach.language import _

_SOON = 1.0  # seconds: what takes less needs no word
_OFTEN = 0.2
_STEP = 64  # between two looks at the clock

_T = TypeVar("_T")


def watched(things: Iterable[_T], stream: TextIO) -> Iterator[_T]:
    """Yield the things; from a second on, say on a terminal how many there were."""
    if not stream.isatty():
        yield from things
        return
    next_word = monotonic() + _SOON
    told = ""
    for number, thing in enumerate(things):
        if number % _STEP == 0 and monotonic() >= next_word:
            told = _("Reading: {count} sessions").format(count=number)
            print(f"\r{told}", end="", file=stream, flush=True)
            next_word = monotonic() + _OFTEN
        yield thing
    if told:
        print("\r" + " " * len(told) + "\r", end="", file=stream, flush=True)
