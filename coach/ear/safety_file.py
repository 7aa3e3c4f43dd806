"""The signs of one language as they stand in their file, each problem noted on its line.

Where words stand differs by clause (`vader slaat haar`, `dat vader haar thuis slaat`), so patterns can be joined: `A ~ B`
is found where both stand near each other, in either order; `A & B` asks besides that they stand in one clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from coach.ear.checks import SAFETY
from coach.ear.patterns import EMPTY, parts_of
from coach.ear.rules_file import filled, fragments, root
from coach.ear.safety import Group, Pattern, Safety, Sign, Single
from coach.errors import Problems
from coach.strict_yaml.fields import Fields
from coach.strict_yaml.parse import Items, Node, Text
from coach.strict_yaml.parse import Mapping as Keys

SECTIONS = ("let", "joints", "signs", "lines", "tests")
SIGN_KEYS = ("check", "words", "any", "beside", "unless", "silent_when", "own")
_TESTS = "\ntests:\n"
_STEM = 3  # letters: the shortest beginning of a word that a `*` may follow
_SIGNS = re.compile(" ([~&]) ")
_STOP = r"[,;:()]| -+ "  # what ends a clause, besides a joint


def read_safety(text: str, where: str) -> Safety:
    """Return the signs in a text, without its tests.

    Raises:
        CoachError: with every problem of the file that shows without trying the patterns.

    """
    problems = Problems(where)
    section = Fields(root(text.partition(_TESTS)[0], problems), SECTIONS, problems)
    let = fragments(section, problems)
    joints = "|".join(section.text("joints").split())
    aparts = {"~": "", "&": rf"{_STOP}|(?<!\w)(?:{joints})(?!\w)" if joints else _STOP}
    signs = tuple(_read_sign(Fields(node, SIGN_KEYS, problems), let, aparts) for node in list_of_signs(section))
    lines = {key.value: value.value for key, value in _entries(section, "lines") if isinstance(value, Text)}
    for check in SAFETY:
        if check not in lines:
            section.note(section.key("lines"), f"the key '{check}' is missing", "add its calm line")
    problems.raise_any()
    return Safety(len(signs), signs.__getitem__, lines, EMPTY, {}, range(len(signs)))


def list_of_signs(section: Fields) -> Iterator[Keys]:
    """Yield each sign as it is written."""
    node = section.node.get("signs")
    for item in node.items if isinstance(node, Items) else ():
        if isinstance(item, Keys):
            yield item


def _entries(section: Fields, key: str) -> tuple[tuple[Text, Node], ...]:
    node = section.mapping(key)
    return node.entries if node else ()


def _read_sign(given: Fields, let: Mapping[str, str], aparts: Mapping[str, str]) -> Sign:
    check = given.one_of("check", SAFETY)
    words = tuple(given.required("words").split())
    for word in words:
        if word.endswith("*") and len(word) <= _STEM:
            given.note(given.key("words"), f"'{word}' is too short for a *", "give three letters at least")
    if "any" not in given:
        given.missing("any", "add a list of patterns")
    patterns = {key: _patterns(given, key, let, aparts) for key in ("any", "beside", "unless", "silent_when")}
    return Sign(check, words, **patterns, own=given.flag("own"))


def _patterns(given: Fields, key: str, let: Mapping[str, str], aparts: Mapping[str, str]) -> tuple[Pattern, ...]:
    patterns: list[Pattern] = []
    for node in lines_of(given, key):
        first, *others = _SIGNS.split(filled(node, let, given.problems))
        apart = (aparts[sign] for sign in others[::2])
        patterns.append(
            Group(parts_of(first), tuple(zip(apart, map(parts_of, others[1::2]), strict=True)))
            if others
            else Single(parts_of(first))
        )
    return tuple(patterns)


def lines_of(given: Fields, key: str) -> tuple[Text, ...]:
    """Return the patterns under a key: a list, or a text after `|` with one on each line."""
    node = given.node.get(key)
    if not isinstance(node, Text):
        return given.words(key)
    lines = enumerate(node.value.rstrip("\n").split("\n"), start=1)
    return tuple(Text(line, node.line + number, node.column) for number, line in lines)
