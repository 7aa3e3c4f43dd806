"""What in an answer may be about somebody's safety: from the grammar of a sentence, and from signs.

A sign says who does what to whom (`dat vader haar slaat`) or what was seen (`lange mouwen bij dertig graden`). Signs are
data, one file a language. A sign is only tried in a sentence that holds one of its `words` and what its patterns cannot do
without, so most answers try none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, reduce
from operator import or_

from coach.ear.patterns import MOST_WORDS, WordIndex, first_span, words_of
from coach.ear.question_form import split
from coach.ear.word_order import Pattern, Span, Stretch, holds, places, stretch

_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_JOINT = re.compile("['-]")
_NEAR = 160  # letters: how far to either side `beside` may stand, also in another sentence


@dataclass(frozen=True, slots=True)
class Sign:
    """Heard in a sentence with one of `words` where `any` is found, no `unless` overlaps it and no `silent_when` is found.

    With `also`, the sentence must hold one of those words too. With `beside`, one of those must stand near it: long sleeves
    are a sign in the heat. A `silent_when` counts for nothing when one of the `turns`, words that turn to something else,
    stands between. `own` is true where the sign tells of the writer's own partner or home.
    """

    check: str
    words: tuple[str, ...]
    any: tuple[Pattern, ...]
    also: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    unless: tuple[Pattern, ...] = ()
    silent_when: tuple[Pattern, ...] = ()
    turns: str = ""
    own: bool = False

    def is_led_to(self, words: set[str]) -> bool:
        """Whether these words lead to the sign."""
        return _holds(words, self.words) and (not self.also or _holds(words, self.also))


def _holds(words: set[str], asked: tuple[str, ...]) -> bool:
    """Whether one of the words of a sentence is asked for."""
    whole, beginnings = _whole_and_beginnings(asked)
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


class Ways:
    """The ways to signs: each asks for a word of each of its sets.

    `leads` has them by the rarest set that each needs: the place of the sign and the other sets, as `3 14 15`. Sets are
    bits of a number here, those of a word are found once: old answers are heard by the thousand.
    """

    def __init__(self, index: WordIndex, leads: Mapping[str, Sequence[str]]) -> None:
        self.leads = leads
        self._index = index
        self._known = leads.keys() | {number for ways in leads.values() for way in ways for number in way.split()[1:]}
        self._of_word = lru_cache(MOST_WORDS)(self._sets_and_ways)

    def led_to(self, words: Iterable[str]) -> set[int]:
        """Return the places of the signs that words may lead to."""
        of_words = list(map(self._of_word, words))
        led = 0
        for sets, _ways in of_words:
            led |= sets
        return {place for _sets, ways in of_words for place, needs in ways if led & needs == needs}

    def _sets_and_ways(self, word: str) -> tuple[int, tuple[tuple[int, int], ...]]:
        """Return the sets that hold a word, and of the ways that begin with one of those the sign and what else they need."""
        sets = [number for number in self._index.sets_of(word) if number in self._known]
        ways = {way for number in sets for way in self.leads.get(number, ())}
        return _bits(sets), tuple((int(place), _bits(needs)) for place, *needs in map(str.split, ways))


def _bits(numbers: Iterable[str]) -> int:
    return reduce(or_, (1 << int(number) for number in numbers), 0)


@dataclass(frozen=True, slots=True)
class Safety:
    """The signs of one language by their places, and the calm lines: `safety_other`, `safety_other.own`.

    `ways` tells which of them may stand in a sentence with these words.
    """

    count: int
    sign: Callable[[int], Sign]
    lines: Mapping[str, str]
    index: WordIndex
    ways: Ways

    def concerns(self, text: str) -> Iterator[Concern]:
        """Yield what is found in a folded text, sentence by sentence."""
        for sentence in split(text):
            if places := self.ways.led_to(words_of(text[sentence.start : sentence.end])):
                part = stretch(text, sentence.start, sentence.end, self.index)
                for sign in self._led_to(places, part):
                    yield from (one for one in _found(sign, part) if _accompanied(sign, part, one))

    def line(self, concern: Concern) -> str:
        """Return the calm line about a concern."""
        own = self.lines.get(f"{concern.check}.own", "") if concern.own else ""
        return own or self.lines[concern.check]

    def _led_to(self, places: Iterable[int], of: Stretch) -> Iterator[Sign]:
        """Return those of the signs that words of a sentence lead to, in the order of the file."""
        words = set(_WORD.findall(of.text, of.start, of.end))
        words |= {part for word in words if not word.isalnum() for part in _JOINT.split(word)}
        return (sign for place in sorted(places) if (sign := self.sign(place)).is_led_to(words))


def _found(sign: Sign, of: Stretch) -> Iterator[Concern]:
    """Yield the first place of a sign in a sentence; what silences it is looked for only when there is one."""
    excepted: bytearray | None = None
    for spans in places(sign.any, of):
        if excepted is None:
            silent = [(found[0][0], found[-1][1]) for found in places(sign.silent_when, of)]
            excepted = bytearray(of.end - of.start)
            for one, other in (span for found in places(sign.unless, of) for span in found):
                excepted[one - of.start : other - of.start] = b"\1" * (other - one)
        first, last = spans[0][0], spans[-1][1]
        if any(1 in excepted[one - of.start : other - of.start] for one, other in spans):
            continue
        if not any(_bears(span, (first, last), sign.turns, of.text) for span in silent):
            yield Concern(sign.check, first, last, sign.own)
            return


def _bears(silent: Span, heard: Span, turns: str, text: str) -> bool:
    """Whether what silences bears upon what is heard: nothing between them turns to something else."""
    return not holds(text[silent[1] : heard[0]] if silent[1] <= heard[0] else text[heard[1] : silent[0]], turns)


def _accompanied(sign: Sign, of: Stretch, found: Concern) -> bool:
    if not sign.beside:
        return True
    near = stretch(of.text, max(0, found.start - _NEAR), min(len(of.text), found.end + _NEAR), of.index)
    return first_span(near.tried(sign.beside), near.text, near.start, near.end) is not None
