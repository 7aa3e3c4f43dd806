"""What in an answer may be about somebody's safety: from the grammar of a sentence, and from signs.

A sign says who does what to whom (`dat vader haar slaat`) or what was seen (`lange mouwen bij dertig graden`). Signs are
data, one file a language. A sign is only tried in a sentence that holds one of its `words`, so most answers try none, and
only then is it read: the file is long, and an answer leads to a few of its signs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from coach.ear.checks import SAFETY
from coach.ear.question_form import split
from coach.ear.rules import bound, filled, fragments, root
from coach.errors import Problems
from coach.strict_yaml.fields import Fields
from coach.strict_yaml.parse import Items, Node, Text
from coach.strict_yaml.parse import Mapping as Keys

SECTIONS = ("let", "signs", "lines", "tests")
SIGN_KEYS = ("check", "words", "also", "any", "beside", "unless", "silent_when", "own")
_TESTS = "\ntests:\n"
_PATTERNS = "\n    any:"  # what leads to a sign stands before it
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_LEADS = re.compile(r"^    (words|also):(.*(?:\n      .*)*)", re.MULTILINE)  # the words that lead to a sign, as they are written
_JOINT = re.compile("['-]")
_STEM = 3  # letters: the shortest beginning of a word that a `*` may follow
_NEAR = 160  # letters: how far to either side `beside` may stand, also in another sentence


@dataclass(frozen=True, slots=True)
class Sign:
    """Heard in a sentence with one of `words` where `any` is found, no `unless` overlaps it and no `silent_when` is found.

    With `also`, the sentence must hold one of those words too, which costs less to see than to try the patterns.
    With `beside`, one of those must stand near it: long sleeves are a sign in the heat. `own` is true where the sign tells of
    the writer's own partner or home.
    """

    check: str
    words: tuple[str, ...]
    any: tuple[str, ...]
    also: tuple[str, ...] = ()
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
    """The signs of one language as they are written, and the calm lines: `safety_other`, `safety_other.own`.

    `whole` and `beginnings` are the places of the signs that a word, or the first letters of one, lead to; `also` holds for
    each sign the other words that it asks for.
    """

    let: str
    signs: Sequence[str]
    lines: Mapping[str, str]
    whole: Mapping[str, Sequence[int]]
    beginnings: Mapping[str, Sequence[tuple[str, int]]]
    also: Sequence[str]

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
        return (_sign(self.signs[place], self.let) for place in sorted(led) if _holds(words, self.also[place]))


def _holds(words: set[str], also: str) -> bool:
    """Whether one of the words of a sentence is asked for."""
    whole, beginnings = _asked(also)
    return not also or not whole.isdisjoint(words) or any(word.startswith(beginnings) for word in words)


@cache
def _asked(also: str) -> tuple[frozenset[str], tuple[str, ...]]:
    words = also.split()
    return frozenset(words), tuple(word[:-1] for word in words if word.endswith("*"))


def _found(sign: Sign, text: str, start: int, end: int) -> Iterator[Concern]:
    """Yield the first place of a sign in a sentence; what silences it is looked for only when there is one."""
    match = bound(sign.any).search(text, start, end)
    if match is None or (sign.silent_when and bound(sign.silent_when).search(text, start, end)):
        return
    excepted = [match.span() for match in bound(sign.unless).finditer(text, start, end)] if sign.unless else []
    while match is not None and any(match.start() < other_end and other < match.end() for other, other_end in excepted):
        match = bound(sign.any).search(text, match.start() + 1, end)
    if match is not None:
        yield Concern(sign.check, match.start(), match.end(), sign.own)


def _accompanied(sign: Sign, text: str, found: Concern) -> bool:
    return not sign.beside or bool(bound(sign.beside).search(text, max(0, found.start - _NEAR), found.end + _NEAR))


@lru_cache(maxsize=2)
def load_safety(language: str) -> Safety:
    """Return the signs of a language; a sign is read and its patterns are compiled when a word first leads to it."""
    return _written(Path(__file__).with_name(f"{language}_safety.yaml").read_text(encoding="utf-8"))


def read_safety(text: str, where: str) -> Safety:
    """Return the signs in a text, without its tests.

    Raises:
        CoachError: with every problem of the file that shows without trying the patterns.

    """
    problems = Problems(where)
    section = Fields(root(text.partition(_TESTS)[0], problems), SECTIONS, problems)
    let = fragments(section, problems)
    for node in list_of_signs(section):
        _read_sign(Fields(node, SIGN_KEYS, problems), let)
    for check in SAFETY:
        if check not in (key.value for key, _value in _entries(section, "lines")):
            section.note(section.key("lines"), f"the key '{check}' is missing", "add its calm line")
    problems.raise_any()
    return _written(text)


def _written(text: str) -> Safety:
    """Return the signs of a text that holds no problem."""
    let, _, rest = text.partition(_TESTS)[0].partition("\nsigns:")
    written, _, end = rest.partition("\nlines:")
    signs = written.split("\n  - ")[1:]
    leads = [dict(_LEADS.findall(f"    {sign.partition(_PATTERNS)[0]}")) for sign in signs]
    lines = {key.value: value.value for key, value in _entries(_parsed(f"lines:{end}"), "lines") if isinstance(value, Text)}
    index = _index([lead["words"].split() for lead in leads])
    return Safety(let, signs, lines, *index, [lead.get("also", "") for lead in leads])


@cache
def _sign(written: str, let: str) -> Sign:
    signs = list_of_signs(_parsed(f"signs:\n  - {written}"))
    return next(_read_sign(Fields(node, SIGN_KEYS, Problems("")), _let(let)) for node in signs)


@cache
def _let(written: str) -> Mapping[str, str]:
    return fragments(_parsed(written), Problems(""))


def _parsed(text: str) -> Fields:
    problems = Problems("")
    return Fields(root(text, problems), SECTIONS, problems)


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
    words, also = tuple(given.required("words").split()), tuple(given.text("also").split())
    for key, word in (*(("words", word) for word in words), *(("also", word) for word in also)):
        if word.endswith("*") and len(word) <= _STEM:
            given.note(given.key(key), f"'{word}' is too short for a *", "give three letters at least")
    patterns = {
        key: tuple(filled(node, let, given.problems) for node in given.words(key))
        for key in ("any", "beside", "unless", "silent_when")
    }
    if not patterns["any"]:
        given.missing("any", "add a list of patterns")
    return Sign(check, words, also=also, **patterns, own=given.flag("own"))


def _index(leads: Sequence[Sequence[str]]) -> tuple[dict[str, list[int]], dict[str, list[tuple[str, int]]]]:
    whole: dict[str, list[int]] = {}
    beginnings: dict[str, list[tuple[str, int]]] = {}
    for place, words in enumerate(leads):
        for word in words:
            if word.endswith("*"):
                beginnings.setdefault(word[:_STEM], []).append((word[:-1], place))
            else:
                whole.setdefault(word, []).append(place)
    return whole, beginnings
