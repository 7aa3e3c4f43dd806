"""Finds for each pattern the words of which an answer must hold one; the program is built with them.

Any answer in which a pattern is found holds a word of its line, so no pattern has to be tried, or compiled, in an answer
that holds none. The words come from the pattern as Python itself parses it; of the words it cannot do without, those are
taken that are rarest in the tests of the rules.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from re import _constants as kind  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

from coach.ear import ear
from coach.ear.ear import load_ear
from coach.ear.patterns import SIGNS, key_of
from coach.language import LANGUAGES

Node = tuple[Any, Any]
"""A part of a pattern as Python parses it: what it is, and its contents."""
_MOST = 600  # strings that one part of a pattern may stand for
_STEM = 3
_WORD = re.compile(r"\w+")
_REPEATS = (kind.MAX_REPEAT, kind.MIN_REPEAT)
_ASSERTIONS = (kind.ASSERT, kind.ASSERT_NOT, kind.AT)


@dataclass(frozen=True)
class Cues:
    """Words of which an answer must hold one, and how often any of them is found in our own sentences."""

    words: frozenset[str]
    cost: float


def lines(language: str) -> str:
    """Return the words of every pattern of a language, a line for each."""
    common = Counter(word for line in _tests_of(language) for word in set(_WORD.findall(line.lower())))
    written = {}
    for pattern in load_ear(language).known.patterns():
        cues = _of_sequence(list(_parser.parse(pattern)), True, True, common)
        if cues is not None:
            written[key_of(pattern)] = " ".join(sorted(cues.words))
    return "".join(f"{key} {words}\n" for key, words in sorted(written.items()))


def write_index(folder: Path) -> None:
    """Write the words of every language into the folder of the rules."""
    for language in LANGUAGES:
        (folder / f"{language}_words.txt").write_text(lines(language), encoding="utf-8")


def _tests_of(language: str) -> list[str]:
    rules = Path(ear.__file__).with_name(f"{language}.yaml").read_text(encoding="utf-8")
    return rules.partition("\ntests:\n")[2].split("\n")


def _of_sequence(nodes: list[Node], left: bool, right: bool, common: Counter[str]) -> Cues | None:
    """Return the best cues of what follows each other; `left` and `right` say whether a word begins and ends there."""
    best: Cues | None = None
    strings: list[str] | None = None
    begins = boundary = left
    for place, node in enumerate([*nodes, None]):
        more = None if node is None else _strings(node)
        joined = _joined([""] if strings is None else strings, more) if more is not None else None
        if joined is not None:
            begins = begins if strings is not None else boundary
            strings = joined
            continue
        if strings is not None:
            best = _better(best, _of_strings(strings, begins, right if node is None else False, common))
        strings = None
        if node is None:
            break
        if more is not None:  # alone it is no more than it may be
            strings, begins = more, False
        else:
            best = _better(best, _of_node(node, left and place == 0, right and place == len(nodes) - 1, common))
            boundary = _ends_blank(node) and (boundary or not _optional(node))
    return best


def _ends_blank(node: Node) -> bool:
    """Whether a part of a pattern ends with a blank wherever it is found, so that a word begins behind it."""
    what, value = node
    if what in _REPEATS:
        return bool(value[2]) and _ends_blank(list(value[2])[-1])
    if what is kind.SUBPATTERN:
        return bool(value[-1]) and _ends_blank(list(value[-1])[-1])
    return bool(node == (kind.LITERAL, ord(" ")))


def _optional(node: Node) -> bool:
    return node[0] in _REPEATS and node[1][0] == 0


def _of_node(node: Node, left: bool, right: bool, common: Counter[str]) -> Cues | None:
    what, value = node
    if what is kind.SUBPATTERN:
        return _of_sequence(list(value[-1]), left, right, common)
    if what is kind.BRANCH:
        parts = [_of_sequence(list(part), left, right, common) for part in value[1]]
        if any(part is None for part in parts):
            return None
        return Cues(frozenset().union(*(p.words for p in parts if p)), sum(p.cost for p in parts if p))
    if what is kind.IN and all(one == (kind.CATEGORY, kind.CATEGORY_DIGIT) for one in value):
        return Cues(frozenset("#"), 0.5)
    if what in _REPEATS and value[0] > 0:
        return _of_sequence(list(value[2]), False, False, common)
    return None


def _of_strings(strings: Iterable[str], left: bool, right: bool, common: Counter[str]) -> Cues | None:
    words = set()
    for text in strings:
        cues = [cue for match in _WORD.finditer(text) if (cue := _cue(match, text, left, right))]
        cues += [sign for sign, pattern in SIGNS.items() if pattern.search(text)]
        if not cues:
            return None
        words.add(min(cues, key=lambda cue: (_cost(cue, common), -len(cue), cue)))
    return Cues(frozenset(words), sum(_cost(word, common) for word in sorted(words)))


def _cue(match: re.Match[str], text: str, left: bool, right: bool) -> str:
    if match.start() == 0 and not left:
        return ""
    if match.end() == len(text) and not right:
        return f"{match[0]}*" if len(match[0]) >= _STEM else ""
    return match[0]


def _cost(cue: str, common: Counter[str]) -> float:
    stem = cue.removesuffix("*")
    return 0.2 + (sum(n for word, n in common.items() if word.startswith(stem)) if cue.endswith("*") else common[cue])


def _better(one: Cues | None, other: Cues | None) -> Cues | None:
    if one is None or other is None:
        return one or other
    return min(one, other, key=lambda cues: (round(cues.cost, 6), sorted(cues.words)))


def _joined(left: list[str], right: list[str]) -> list[str] | None:
    return [a + b for a in left for b in right] if len(left) * len(right) <= _MOST else None


def _strings(node: Node) -> list[str] | None:
    """Return all strings that a part of a pattern can be, or None."""
    what, value = node
    if what is kind.LITERAL:
        return [chr(value)]
    if what in _ASSERTIONS:
        return [""]
    if what is kind.IN:
        return [chr(one[1]) for one in value] if all(one[0] is kind.LITERAL for one in value) else None
    if what is kind.SUBPATTERN:
        return _all(value[-1])
    if what is kind.BRANCH:
        return _union(_all(part) for part in value[1])
    if what in _REPEATS and value[1] == 1 and value[0] in {0, 1}:
        strings = _all(value[2])
        return None if strings is None else list(dict.fromkeys([*([""] if value[0] == 0 else []), *strings]))
    return None


def _union(parts: Iterator[list[str] | None]) -> list[str] | None:
    found: list[str] = []
    for part in parts:
        if part is None:
            return None
        found += part
    return found if len(found) <= _MOST else None


def _all(nodes: Iterable[Node]) -> list[str] | None:
    strings: list[str] | None = [""]
    for node in nodes:
        more = _strings(node)
        strings = None if strings is None or more is None else _joined(strings, more)
    return strings
