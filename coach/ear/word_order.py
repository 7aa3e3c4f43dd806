"""Patterns that are found in whatever order a clause puts its words.

Where words stand differs by clause (`vader slaat haar`, `dat vader haar thuis slaat`), so patterns can be joined: `A ~ B`
is found where both stand near each other, in either order; `A & B` asks besides that they stand in one clause.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from coach.ear.patterns import WordIndex, all_spans, compiled, first_span, parts_of

_BETWEEN = 8  # words: the most that may stand between two that are joined
_LETTERS = 80  # letters: the most those words may have together
_SIGNS = re.compile(" ([~&]) ")
_STOP = r"[,;:()]| -+ "  # what ends a clause, besides a joint

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a folded text, and the sets of words it leads to."""

    text: str
    start: int
    end: int
    index: WordIndex
    led: frozenset[str]

    def tried(self, parts: tuple[str, ...]) -> tuple[str, ...]:
        """Return the alternatives that may be found here."""
        return self.index.tried(parts, self.led)


def stretch(text: str, start: int, end: int, index: WordIndex) -> Stretch:
    """Return a stretch of a text."""
    return Stretch(text, start, end, index, index.led_to(text[start:end]))


@dataclass(frozen=True, slots=True)
class Single:
    """The alternatives of one pattern; each is compiled by itself, when its words are there."""

    parts: tuple[str, ...]

    def places(self, of: Stretch) -> Iterator[tuple[Span, ...]]:
        """Yield where it stands, also where it begins inside itself."""
        place, parts = of.start, of.tried(self.parts)
        while parts and (span := first_span(parts, of.text, place, of.end)):
            yield (span,)
            place = span[0] + 1

    def patterns(self) -> tuple[tuple[str, ...], ...]:
        """Return the alternatives of the one pattern."""
        return (self.parts,)


@dataclass(frozen=True, slots=True)
class Joined:
    """Patterns that stand near each other, in any order: the first, and each next with what may not stand before it."""

    first: tuple[str, ...]
    others: tuple[tuple[str, tuple[str, ...]], ...]  # (what may not stand between, the alternatives of a pattern)

    def places(self, of: Stretch) -> Iterator[tuple[Span, ...]]:
        """Yield where they stand, the first in the text first; nothing is compiled unless each has its words."""
        tried: list[tuple[str, ...]] = []
        for parts in self.patterns():
            if not (likely := of.tried(parts)):
                return
            tried.append(likely)
        found: list[tuple[Span, ...]] = [(span,) for span in all_spans(tried[0], of.text, of.start, of.end)]
        for (apart, _parts), parts in zip(self.others, tried[1:], strict=True):
            spans = all_spans(parts, of.text, of.start, of.end) if found else []
            found = [joined for near in found for joined in _join(near, spans, apart, of.text)]
        yield from found

    def patterns(self) -> tuple[tuple[str, ...], ...]:
        """Return the alternatives of each pattern."""
        return (self.first, *(parts for _apart, parts in self.others))


Pattern = Single | Joined


def pattern(written: str, aparts: Mapping[str, str]) -> Pattern:
    """Return a pattern as it is written, with `~` and `&`; `aparts` says for each what may not stand between."""
    first, *others = _SIGNS.split(written)
    if not others:
        return Single(parts_of(first))
    return Joined(
        parts_of(first), tuple((aparts[sign], parts_of(other)) for sign, other in zip(others[::2], others[1::2], strict=True))
    )


def aparts_of(joints: str) -> dict[str, str]:
    """Return what may not stand between two that are joined: nothing for `~`, what ends a clause for `&`."""
    return {"~": "", "&": f"{_STOP}|{any_word(joints)}" if joints else _STOP}


def any_word(words: str) -> str:
    """Return a pattern for one of some words, or nothing."""
    return rf"(?<!\w)(?:{'|'.join(words.split())})(?!\w)" if words else ""


def holds(between: str, words: str) -> bool:
    """Whether a pattern that is no word of its own is found in what stands between."""
    return bool(words) and compiled(words).search(between) is not None


def places(patterns: tuple[Pattern, ...], of: Stretch) -> Iterator[tuple[Span, ...]]:
    """Yield where any of some patterns stand."""
    return (spans for one in patterns for spans in one.places(of))


def _join(near: tuple[Span, ...], spans: list[Span], apart: str, text: str) -> Iterator[tuple[Span, ...]]:
    """Yield some spans with one that stands between them, else with the nearest before them and the nearest behind them."""
    start, end = near[0][0], near[-1][1]
    first, behind = bisect_left(spans, (start, 0)), bisect_left(spans, (end, 0))
    for span in spans[first:behind]:
        if all(span[1] <= other[0] or other[1] <= span[0] for other in near):
            yield tuple(sorted((*near, span)))
            return
    if first and spans[first - 1][1] <= start and _near(text[spans[first - 1][1] : start], apart):
        yield (spans[first - 1], *near)
    if behind < len(spans) and _near(text[end : spans[behind][0]], apart):
        yield (*near, spans[behind])


def _near(between: str, apart: str) -> bool:
    return len(between) <= _LETTERS and between.count(" ") <= _BETWEEN + 1 and not holds(between, apart)
