"""What in an answer may be about somebody's safety: from the grammar of a sentence, and from signs.

A sign says who does what to whom (`dat vader haar slaat`) or what was seen (`lange mouwen bij dertig graden`). Signs are
data, one file a language. A sign is only tried in a sentence that holds one of its `words` and what its patterns cannot do
without, so most answers try none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from coach.ear.patterns import WordIndex, compiled, first, places
from coach.ear.question_form import split

_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_JOINT = re.compile("['-]")
_BETWEEN = 8  # words: the most that may stand between two that are joined
_LETTERS = 80  # letters: the most those words may have together
_BESIDE = 160  # letters: how far to either side `beside` may stand, also in another sentence

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a folded text, and the sets of words it leads to."""

    text: str
    start: int
    end: int
    index: WordIndex
    led: frozenset[str]


def _stretch(text: str, start: int, end: int, index: WordIndex) -> Stretch:
    return Stretch(text, start, end, index, index.led_to(text[start:end]))


@dataclass(frozen=True, slots=True)
class Single:
    """The alternatives of one pattern; each is compiled by itself, when its words are there."""

    parts: tuple[str, ...]

    def places(self, of: Stretch) -> Iterator[tuple[Span, ...]]:
        """Yield where it stands, also where it begins inside itself."""
        place, parts = of.start, of.index.tried(self.parts, of.led)
        while parts and (span := first(parts, of.text, place, of.end)):
            yield (span,)
            place = span[0] + 1


@dataclass(frozen=True, slots=True)
class Group:
    """Patterns that stand near each other, in any order: the first, and each next with what may not stand before it."""

    first: tuple[str, ...]
    others: tuple[tuple[str, tuple[str, ...]], ...]  # (what may not stand between, the alternatives of a pattern)

    def places(self, of: Stretch) -> Iterator[tuple[Span, ...]]:
        """Yield where they stand, the first in the text first."""
        tried = []
        for parts in (self.first, *(parts for _apart, parts in self.others)):
            if not (found_there := of.index.tried(parts, of.led)):
                return
            tried.append(found_there)
        found: list[tuple[Span, ...]] = [(span,) for span in places(tried[0], of.text, of.start, of.end)]
        for (apart, _parts), parts in zip(self.others, tried[1:], strict=True):
            spans = places(parts, of.text, of.start, of.end) if found else []
            found = [joined for near in found for joined in _joined(near, spans, apart, of.text)]
        yield from found


Pattern = Single | Group


def _joined(near: tuple[Span, ...], spans: list[Span], apart: str, text: str) -> Iterator[tuple[Span, ...]]:
    """Yield some spans with one that stands between them, with the nearest before them, and with the nearest behind them."""
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
    if len(between) > _LETTERS or between.count(" ") > _BETWEEN + 1:
        return False
    return not (apart and compiled(apart).search(between))


@dataclass(frozen=True, slots=True)
class Sign:
    """Heard in a sentence with one of `words` where `any` is found, no `unless` overlaps it and no `silent_when` is found.

    With `beside`, one of those must stand near it: long sleeves are a sign in the heat. `own` is true where the sign tells of
    the writer's own partner or home.
    """

    check: str
    words: tuple[str, ...]
    any: tuple[Pattern, ...]
    beside: tuple[Pattern, ...] = ()
    unless: tuple[Pattern, ...] = ()
    silent_when: tuple[Pattern, ...] = ()
    own: bool = False

    def is_led_to(self, words: set[str]) -> bool:
        """Whether one of these words leads to the sign."""
        whole, beginnings = _whole_and_beginnings(self.words)
        return not whole.isdisjoint(words) or any(word.startswith(beginnings) for word in words)


@cache
def _whole_and_beginnings(words: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
    return frozenset(words), tuple(word[:-1] for word in words if word.endswith("*"))


@dataclass(frozen=True, slots=True)
class Concern:
    """Where in a folded text a sign was found."""

    check: str
    start: int
    end: int
    own: bool


@dataclass(frozen=True, slots=True)
class Safety:
    """The signs of one language by their places, and the calm lines: `safety_other`, `safety_other.own`.

    `leads` has the ways to a sign by the rarest set of words that each needs: its place and the other sets, as `3 14 15`;
    `always` has the places of those that are tried in every sentence.
    """

    count: int
    sign: Callable[[int], Sign]
    lines: Mapping[str, str]
    index: WordIndex
    leads: Mapping[str, Sequence[str]]
    always: Sequence[int]

    def concerns(self, text: str) -> Iterator[Concern]:
        """Yield what is found in a folded text, sentence by sentence."""
        for sentence in split(text):
            stretch = _stretch(text, sentence.start, sentence.end, self.index)
            for sign in self._led_to(stretch):
                yield from (one for one in _found(sign, stretch) if _accompanied(sign, stretch, one))

    def line(self, concern: Concern) -> str:
        """Return the calm line about a concern."""
        own = self.lines.get(f"{concern.check}.own", "") if concern.own else ""
        return own or self.lines[concern.check]

    def is_led_to(self, word: str) -> bool:
        """Whether a word leads to a sign at all."""
        return any(number in self.leads for number in self.index.sets_of(word))

    def places(self, led: frozenset[str]) -> Iterator[int]:
        """Yield the places of the signs that these sets of words lead to."""
        for number in self.leads.keys() & led:
            for way in self.leads[number]:
                place, *needs = way.split()
                if led.issuperset(needs):
                    yield int(place)

    def _led_to(self, of: Stretch) -> Iterator[Sign]:
        """Return the signs that words of a sentence lead to, in the order of the file."""
        led = {*self.always, *self.places(of.led)}
        if not led:
            return
        words = set(_WORD.findall(of.text, of.start, of.end))
        words |= {part for word in words if not word.isalnum() for part in _JOINT.split(word)}
        for place in sorted(led):
            if (sign := self.sign(place)).is_led_to(words):
                yield sign


def _found(sign: Sign, of: Stretch) -> Iterator[Concern]:
    """Yield the first place of a sign in a sentence; what silences it is looked for only when there is one."""
    excepted: bytearray | None = None
    for spans in _places(sign.any, of):
        if excepted is None:
            if next(_places(sign.silent_when, of), None):
                return
            excepted = bytearray(of.end - of.start)
            for one, other in (span for found in _places(sign.unless, of) for span in found):
                excepted[one - of.start : other - of.start] = b"\1" * (other - one)
        if not any(1 in excepted[one - of.start : other - of.start] for one, other in spans):
            yield Concern(sign.check, spans[0][0], spans[-1][1], sign.own)
            return


def _accompanied(sign: Sign, of: Stretch, found: Concern) -> bool:
    if not sign.beside:
        return True
    near = _stretch(of.text, max(0, found.start - _BESIDE), min(len(of.text), found.end + _BESIDE), of.index)
    return next(_places(sign.beside, near), None) is not None


def _places(patterns: tuple[Pattern, ...], of: Stretch) -> Iterator[tuple[Span, ...]]:
    return (spans for pattern in patterns for spans in pattern.places(of))
