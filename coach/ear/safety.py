"""What in an answer may be about somebody's safety: from the grammar of a sentence, and from signs.

A sign says who does what to whom (`dat vader haar slaat`) or what was seen (`lange mouwen bij dertig graden`). Signs are
data, one file a language. A sign is only tried in a sentence that holds one of its `words`, so most answers try none.

Where words stand differs by clause (`vader slaat haar`, `dat vader haar thuis slaat`), so patterns can be joined: `A ~ B`
is found where both stand near each other, in either order; `A & B` asks besides that they stand in one clause.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from coach.ear.checks import SAFETY
from coach.ear.patterns import bound
from coach.ear.question_form import split
from coach.ear.rules import filled, fragments, root
from coach.errors import Problems
from coach.strict_yaml.fields import Fields
from coach.strict_yaml.parse import Items, Node, Text
from coach.strict_yaml.parse import Mapping as Keys

SECTIONS = ("let", "joints", "turns", "signs", "lines", "tests")
SIGN_KEYS = ("check", "words", "any", "beside", "unless", "silent_when", "own")
_TESTS = "\ntests:\n"
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_STEM = 3  # letters: the shortest beginning of a word that a `*` may follow
_BETWEEN = 8  # words: the most that may stand between two that are joined
_LETTERS = 80  # letters: the most those words may have together
_SIGNS = re.compile(" ([~&]) ")
_JOINT = re.compile("['-]")
_BESIDE = 160  # letters: how far to either side `beside` may stand, also in another sentence
_STOP = r"[,;:()]| -+ "  # what ends a clause, besides a joint

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Group:
    """Patterns that stand near each other, in any order: the first, and each next with what may not stand before it."""

    first: str
    others: tuple[tuple[str, str], ...]  # (what may not stand between, pattern)

    def places(self, text: str, start: int, end: int) -> Iterator[tuple[Span, ...]]:
        """Yield where they stand, the first in the text first."""
        found: list[tuple[Span, ...]] = [(span,) for span in _spans(self.first, text, start, end)]
        for apart, pattern in self.others:
            spans = _spans(pattern, text, start, end) if found else []
            found = [joined for near in found for joined in _joined(near, spans, apart, text)]
        yield from found


def _spans(pattern: str, text: str, start: int, end: int) -> list[Span]:
    return [match.span() for match in bound((pattern,)).finditer(text, start, end)]


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
    return not (apart and _pattern(apart).search(between))


@dataclass(frozen=True, slots=True)
class Single:
    """One pattern; each is compiled by itself, because many signs share theirs."""

    pattern: str

    def places(self, text: str, start: int, end: int) -> Iterator[tuple[Span, ...]]:
        """Yield where it stands, also where it begins inside itself."""
        place = start
        while match := bound((self.pattern,)).search(text, place, end):
            yield (match.span(),)
            place = match.start() + 1


Pattern = Single | Group


@dataclass(frozen=True, slots=True)
class Sign:
    """Heard in a sentence with one of `words` where `any` is found, no `unless` overlaps it and no `silent_when` is found.

    With `beside`, one of those must stand near it: long sleeves are a sign in the heat. A `silent_when` counts for nothing when
    one of the `turns`, words that turn to something else, stands between. `own` is true where the sign tells of the writer's
    own partner or home.
    """

    check: str
    words: tuple[str, ...]
    any: tuple[Pattern, ...]
    beside: tuple[Pattern, ...] = ()
    unless: tuple[Pattern, ...] = ()
    silent_when: tuple[Pattern, ...] = ()
    turns: str = ""
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
    """Yield the first place of a sign in a sentence; what silences it is looked for only when there is one."""
    silent: list[Span] = []
    excepted: bytearray | None = None
    for spans in _places(sign.any, text, start, end):
        if excepted is None:
            silent = [(found[0][0], found[-1][1]) for found in _places(sign.silent_when, text, start, end)]
            excepted = bytearray(end - start)
            for one, other in (span for found in _places(sign.unless, text, start, end) for span in found):
                excepted[one - start : other - start] = b"\1" * (other - one)
        first, last = spans[0][0], spans[-1][1]
        if any(1 in excepted[one - start : other - start] for one, other in spans):
            continue
        if not any(_bears(span, (first, last), sign.turns, text) for span in silent):
            yield Concern(sign.check, first, last, sign.own)
            return


def _accompanied(sign: Sign, text: str, found: Concern) -> bool:
    start, end = max(0, found.start - _BESIDE), min(len(text), found.end + _BESIDE)
    return not sign.beside or next(_places(sign.beside, text, start, end), None) is not None


def _bears(silent: Span, heard: Span, turns: str, text: str) -> bool:
    """Whether what silences bears upon what is heard: nothing between them turns to something else."""
    between = text[silent[1] : heard[0]] if silent[1] <= heard[0] else text[heard[1] : silent[0]]
    return not (turns and _pattern(turns).search(between))


def _places(patterns: tuple[Pattern, ...], text: str, start: int, end: int) -> Iterator[tuple[Span, ...]]:
    return (spans for pattern in patterns for spans in pattern.places(text, start, end))


def may_concern(text: str, language: str) -> bool:
    """Return whether a word of a text leads to a sign at all."""
    safety = load_safety(language)
    words = set(_WORD.findall(text.lower() if text.isascii() else unicodedata.normalize("NFC", text).lower()))
    words |= {part for word in words if not word.isalnum() for part in _JOINT.split(word)}
    if not safety.whole.keys().isdisjoint(words):
        return True
    return any(word.startswith(begin) for word in words for begin, _place in safety.beginnings.get(word[:_STEM], ()))


@lru_cache(maxsize=4)
def _text_of(language: str) -> str:
    return Path(__file__).with_name(f"{language}_safety.yaml").read_text(encoding="utf-8").partition(_TESTS)[0]


@lru_cache(maxsize=4)
def load_safety(language: str) -> Safety:
    """Return the signs of a language; patterns are compiled when a word first leads to them."""
    return read_safety(_text_of(language), f"{language}_safety.yaml")


def read_safety(text: str, where: str) -> Safety:
    """Return the signs in a text, without its tests.

    Raises:
        CoachError: with every problem of the file that shows without trying the patterns.

    """
    problems = Problems(where)
    section = Fields(root(text.partition(_TESTS)[0], problems), SECTIONS, problems)
    let = fragments(section, problems)
    joints, turns = (_any_word(section.text(key)) for key in ("joints", "turns"))
    aparts = {"~": "", "&": f"{_STOP}|{joints}" if joints else _STOP}
    signs = tuple(_read_sign(Fields(node, SIGN_KEYS, problems), let, aparts, turns) for node in list_of_signs(section))
    lines = {key.value: value.value for key, value in _entries(section, "lines") if isinstance(value, Text)}
    for check in SAFETY:
        if check not in lines:
            section.note(section.key("lines"), f"the key '{check}' is missing", "add its calm line")
    problems.raise_any()
    return Safety(signs, lines, *_index(signs))


def _any_word(words: str) -> str:
    return rf"(?<!\w)(?:{'|'.join(words.split())})(?!\w)" if words else ""


def list_of_signs(section: Fields) -> Iterator[Keys]:
    """Yield each sign as it is written."""
    node = section.node.get("signs")
    for item in node.items if isinstance(node, Items) else ():
        if isinstance(item, Keys):
            yield item


def _entries(section: Fields, key: str) -> tuple[tuple[Text, Node], ...]:
    node = section.mapping(key)
    return node.entries if node else ()


def _read_sign(given: Fields, let: Mapping[str, str], aparts: Mapping[str, str], turns: str) -> Sign:
    check = given.one_of("check", SAFETY)
    words = tuple(given.required("words").split())
    for word in words:
        if word.endswith("*") and len(word) <= _STEM:
            given.note(given.key("words"), f"'{word}' is too short for a *", "give three letters at least")
    if "any" not in given:
        given.missing("any", "add a list of patterns")
    patterns = {key: _patterns(given, key, let, aparts) for key in ("any", "beside", "unless", "silent_when")}
    return Sign(check, words, **patterns, turns=turns, own=given.flag("own"))


def _patterns(given: Fields, key: str, let: Mapping[str, str], aparts: Mapping[str, str]) -> tuple[Pattern, ...]:
    patterns: list[Pattern] = []
    for node in lines_of(given, key):
        first, *others = _SIGNS.split(filled(node, let, given.problems))
        apart = (aparts[sign] for sign in others[::2])
        patterns.append(Group(first, tuple(zip(apart, others[1::2], strict=True))) if others else Single(first))
    return tuple(patterns)


def lines_of(given: Fields, key: str) -> tuple[Text, ...]:
    """Return the patterns under a key: a list, or a text after `|` with one on each line."""
    node = given.node.get(key)
    if not isinstance(node, Text):
        return given.words(key)
    lines = enumerate(node.value.rstrip("\n").split("\n"), start=1)
    return tuple(Text(line, node.line + number, node.column) for number, line in lines)


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


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
