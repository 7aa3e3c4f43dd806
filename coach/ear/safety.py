"""What in an answer may be about somebody's safety: from the grammar of a sentence, and from signs.

A sign says who does what to whom (`dat vader haar slaat`) or what was seen (`lange mouwen bij dertig graden`). Signs are
data, one file a language. A sign is only tried in a sentence that holds one of its `words`, so most answers try none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from coach.ear.checks import SAFETY
from coach.ear.question_form import split
from coach.ear.rules import bound, filled, fragments, root
from coach.errors import Problems
from coach.strict_yaml.fields import Fields
from coach.strict_yaml.parse import Items, Node, Text
from coach.strict_yaml.parse import Mapping as Keys

SECTIONS = ("let", "signs", "lines", "tests")
SIGN_KEYS = ("check", "words", "any", "beside", "unless", "silent_when", "own")
_TESTS = "\ntests:\n"
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_JOINT = re.compile("['-]")
_STEM = 3  # letters: the shortest beginning of a word that a `*` may follow
_NEAR = 160  # letters: how far to either side `beside` may stand, also in another sentence


@dataclass(frozen=True, slots=True)
class Sign:
    """Heard in a sentence with one of `words` where `any` is found, no `unless` overlaps it and no `silent_when` is found.

    With `beside`, one of those must stand near it: long sleeves are a sign in the heat. `own` is true where the sign tells of
    the writer's own partner or home.
    """

    check: str
    words: tuple[str, ...]
    any: tuple[str, ...]
    beside: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    silent_when: tuple[str, ...] = ()
    own: bool = False


@dataclass(frozen=True, slots=True)
class Concern:
    """Where in a folded text a sign was found."""

    check: str
    start: int
    end: int
    own: bool


@dataclass(frozen=True, slots=True)
class Safety:
    """The signs of one language, and the calm lines: `safety_other`, `safety_other.own`.

    `whole` and `beginnings` are the places of the signs that a word, or the first letters of one, lead to.
    """

    signs: tuple[Sign, ...]
    lines: Mapping[str, str]
    whole: Mapping[str, Sequence[int]]
    beginnings: Mapping[str, Sequence[tuple[str, int]]]

    def concerns(self, text: str) -> Iterator[Concern]:
        """Yield what is found in a folded text, sentence by sentence."""
        for sentence in split(text):
            for sign in self._led_to(text[sentence.start : sentence.end]):
                yield from (one for one in _found(sign, text, sentence.start, sentence.end) if _accompanied(sign, text, one))

    def line(self, concern: Concern) -> str:
        """Return the calm line about a concern."""
        own = self.lines.get(f"{concern.check}.own", "") if concern.own else ""
        return own or self.lines[concern.check]

    def _led_to(self, sentence: str) -> Iterator[Sign]:
        """Return the signs that words of a sentence lead to, in the order of the file."""
        words = {match[0] for match in _WORD.finditer(sentence)}
        words |= {part for word in words if not word.isalnum() for part in _JOINT.split(word)}
        led = {place for word in words for place in self.whole.get(word, ())}
        led |= {place for word in words for begin, place in self.beginnings.get(word[:_STEM], ()) if word.startswith(begin)}
        return (self.signs[place] for place in sorted(led))


def _found(sign: Sign, text: str, start: int, end: int) -> Iterator[Concern]:
    if sign.silent_when and bound(sign.silent_when).search(text, start, end):
        return
    excepted = [match.span() for match in bound(sign.unless).finditer(text, start, end)] if sign.unless else []
    place = start
    while match := bound(sign.any).search(text, place, end):
        if not any(match.start() < other_end and other < match.end() for other, other_end in excepted):
            yield Concern(sign.check, match.start(), match.end(), sign.own)
            return
        place = match.start() + 1


def _accompanied(sign: Sign, text: str, found: Concern) -> bool:
    return not sign.beside or bool(bound(sign.beside).search(text, max(0, found.start - _NEAR), found.end + _NEAR))


@lru_cache(maxsize=2)
def load_safety(language: str) -> Safety:
    """Return the signs of a language; patterns are compiled when a word first leads to them."""
    path = Path(__file__).with_name(f"{language}_safety.yaml")
    return read_safety(path.read_text(encoding="utf-8"), path.name)


def read_safety(text: str, where: str) -> Safety:
    """Return the signs in a text, without its tests.

    Raises:
        CoachError: with every problem of the file that shows without trying the patterns.

    """
    problems = Problems(where)
    section = Fields(root(text.partition(_TESTS)[0], problems), SECTIONS, problems)
    let = fragments(section, problems)
    signs = tuple(_read_sign(Fields(node, SIGN_KEYS, problems), let) for node in list_of_signs(section))
    lines = {key.value: value.value for key, value in _entries(section, "lines") if isinstance(value, Text)}
    for check in SAFETY:
        if check not in lines:
            section.note(section.key("lines"), f"the key '{check}' is missing", "add its calm line")
    problems.raise_any()
    return Safety(signs, lines, *_index(signs))


def list_of_signs(section: Fields) -> Iterator[Keys]:
    """Yield each sign as it is written."""
    node = section.node.get("signs")
    for item in node.items if isinstance(node, Items) else ():
        if isinstance(item, Keys):
            yield item


def _entries(section: Fields, key: str) -> tuple[tuple[Text, Node], ...]:
    node = section.mapping(key)
    return node.entries if node else ()


def _read_sign(given: Fields, let: Mapping[str, str]) -> Sign:
    check = given.one_of("check", SAFETY)
    words = tuple(given.required("words").split())
    for word in words:
        if word.endswith("*") and len(word) <= _STEM:
            given.note(given.key("words"), f"'{word}' is too short for a *", "give three letters at least")
    patterns = {
        key: tuple(filled(node, let, given.problems) for node in given.words(key))
        for key in ("any", "beside", "unless", "silent_when")
    }
    if not patterns["any"]:
        given.missing("any", "add a list of patterns")
    return Sign(check, words, **patterns, own=given.flag("own"))


def _index(signs: tuple[Sign, ...]) -> tuple[dict[str, list[int]], dict[str, list[tuple[str, int]]]]:
    whole: dict[str, list[int]] = {}
    beginnings: dict[str, list[tuple[str, int]]] = {}
    for place, sign in enumerate(signs):
        for word in sign.words:
            if word.endswith("*"):
                beginnings.setdefault(word[:_STEM], []).append((word[:-1], place))
            else:
                whole.setdefault(word, []).append(place)
    return whole, beginnings
