"""The signs of one language as they stand in their file, each problem noted on its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from coach.ear.checks import SAFETY
from coach.ear.patterns import WordIndex, by_word, parts_of, without_joints
from coach.ear.rules_file import filled, fragments, root
from coach.ear.safety import Safety, Sign, Ways
from coach.ear.word_order import any_word, aparts_of, pattern
from coach.errors import Problems
from coach.strict_yaml.fields import Fields
from coach.strict_yaml.parse import Items, Node, Text
from coach.strict_yaml.parse import Mapping as Keys

SECTIONS = ("let", "turns", "joints", "signs", "lines")
SIGN_KEYS = ("check", "words", "also", "any", "beside", "unless", "silent_when", "own")
_STEM = 3  # letters: the shortest beginning of a word that a `*` may follow


@dataclass(frozen=True, slots=True)
class Header:
    """What the signs of a language share: fragments, what may not stand between two that are joined, words that turn away."""

    let: Mapping[str, str]
    aparts: Mapping[str, str]
    turns: str


def read_safety(text: str, where: str) -> Safety:
    """Return the signs in a text.

    Raises:
        CoachError: with every problem of the file that shows without trying the patterns.

    """
    problems = Problems(where)
    section = Fields(root(text, problems), SECTIONS, problems)
    header = Header(fragments(section, problems), aparts_of(section.text("joints")), any_word(section.text("turns")))
    signs = tuple(_read_sign(Fields(node, SIGN_KEYS, problems), header) for node in list_of_signs(section))
    lines = {key.value: value.value for key, value in _entries(section, "lines") if isinstance(value, Text)}
    for check in SAFETY:
        if check not in lines:
            section.note(section.key("lines"), f"the key '{check}' is missing", "add its calm line")
    problems.raise_any()
    own = WordIndex({}, *by_word((str(place), map(without_joints, sign.words)) for place, sign in enumerate(signs)))
    leads = {str(place): [str(place)] for place in range(len(signs))}
    return Safety(len(signs), signs.__getitem__, lines, own, Ways(own, leads))


def list_of_signs(section: Fields) -> Iterator[Keys]:
    """Yield each sign as it is written."""
    node = section.node.get("signs")
    for item in node.items if isinstance(node, Items) else ():
        if isinstance(item, Keys):
            yield item


def _entries(section: Fields, key: str) -> tuple[tuple[Text, Node], ...]:
    node = section.mapping(key)
    return node.entries if node else ()


def _read_sign(given: Fields, header: Header) -> Sign:
    check = given.one_of("check", SAFETY)
    words, also = tuple(given.required("words").split()), tuple(given.text("also").split())
    for key, word in (*(("words", word) for word in words), *(("also", word) for word in also)):
        if word.endswith("*") and len(word) <= _STEM:
            given.note(given.key(key), f"'{word}' is too short for a *", "give three letters at least")
    if "any" not in given:
        given.missing("any", "add a list of patterns")
    any_, unless, silent_when = (
        tuple(pattern(filled(node, header.let, given.problems), header.aparts) for node in lines_of(given, key))
        for key in ("any", "unless", "silent_when")
    )
    beside = tuple(part for node in lines_of(given, "beside") for part in parts_of(filled(node, header.let, given.problems)))
    return Sign(check, words, any_, also, beside, unless, silent_when, header.turns, given.flag("own"))


def lines_of(given: Fields, key: str) -> tuple[Text, ...]:
    """Return the patterns under a key: a list, or a text after `|` with one on each line."""
    node = given.node.get(key)
    if not isinstance(node, Text):
        return given.words(key)
    lines = enumerate(node.value.rstrip("\n").split("\n"), start=1)
    return tuple(Text(line, node.line + number, node.column) for number, line in lines)
