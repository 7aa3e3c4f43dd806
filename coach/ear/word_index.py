"""The words that a pattern cannot do without, from the pattern as Python itself parses it; read when the files are built.

Any text in which a pattern is found holds a word of each of its sets, so a pattern need not be tried, or compiled, in a text
that has none of one. Of the words a part of a pattern cannot do without, those are taken that are rarest.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from re import _constants as kind  # type: ignore[attr-defined] # Python offers a pattern that is parsed nowhere else
from re import _parser  # type: ignore[attr-defined]
from typing import Any

from coach.ear.patterns import STEM, WORD, words_of

Node = tuple[Any, Any]
"""A part of a pattern as Python parses it: what it is, and its contents."""
_MOST = 600  # strings that one part of a pattern may stand for
_MOST_SETS = 3  # of one part
_COMMON = 0.15  # of all sentences: words that stand in so many, or more, tell little
_SIGN = re.compile(r"[\d_@]")
_IN_WORD = re.compile(r"\w\Z")
_REPEATS = (kind.MAX_REPEAT, kind.MIN_REPEAT)
_ASSERTIONS = (kind.ASSERT, kind.ASSERT_NOT, kind.AT)


@dataclass(frozen=True, slots=True)
class Cues:
    """Words of which a text must hold one, and how often any of them is found; `lastpak*` stands for every ending."""

    words: frozenset[str]
    cost: float


class Frequencies:
    """In how many sentences each word stands."""

    def __init__(self, sentences: Iterable[str]) -> None:
        different = [set(words_of(sentence)) for sentence in sentences]
        self.sentences = len(different)
        self.counts = Counter(word for words in different for word in words)
        self.beginnings: Counter[str] = Counter()
        for word, number in self.counts.items():
            self.beginnings.update({word[:end]: number for end in range(1, len(word) + 1)})
        self.rarity = cache(self._rarity)

    def of(self, cue: str) -> float:
        """Return in how many sentences a cue is found; one that is found in none still costs its place."""
        return 0.2 + (self.beginnings[cue[:-1]] if cue.endswith("*") else self.counts[cue])

    def _rarity(self, cue: str) -> tuple[float, int, str]:
        """Return what sorts the cues that are found least first, of those the longest."""
        return self.of(cue), -len(cue), cue

    def cues(self, words: Iterable[str]) -> Cues:
        """Return words with what they cost together."""
        different = frozenset(words)
        return Cues(different, round(sum(map(self.of, sorted(different))), 3))  # the same in every run


def cues_of(pattern: str, common: Frequencies, *, left: bool = True, right: bool = True) -> tuple[Cues, ...]:
    """Return sets of words of each of which a text must hold one to be found by a pattern, the rarest first.

    `left` and `right` say whether it is found as whole words.
    """
    return _of_sequence(list(_parser.parse(pattern)), left, right, common)


def _of_sequence(nodes: list[Node], left: bool, right: bool, common: Frequencies) -> tuple[Cues, ...]:
    """Return the cues of what follows each other; `left` and `right` say whether a word begins and ends there."""
    found: list[Cues] = []
    strings: list[str] | None = None
    begins = boundary = left
    run = 0  # where the strings begin
    for place, node in enumerate([*nodes, None]):
        more = None if node is None else _strings(node)
        joined = _joined([""] if strings is None else strings, more) if more is not None else None
        if joined is not None:
            if strings is None:
                begins, run = boundary, place
            strings = joined
            continue
        ends = right if node is None else _starts_apart(node)
        behind = right if place + 1 >= len(nodes) else _starts_apart(nodes[place + 1])
        if strings is not None:
            if node is not None and node[0] is kind.BRANCH:  # Python takes a common beginning out: od|overdose is o(?:d|verdose)
                branches = [[*nodes[run:place], *branch] for branch in node[1][1]]
                found += _of_any([_of_sequence(branch, begins, behind, common) for branch in branches], common)
            found += _of_strings(strings, begins, ends, common)
            boundary = all(not _IN_WORD.search(text) if text else begins for text in strings)
        strings = None
        if node is None:
            break
        if more is not None:  # alone it is no more than it may be
            strings, begins, run = more, boundary, place
        else:
            found += _of_node(node, boundary, behind, common)
            boundary = _ends_apart(node) and (boundary or not _optional(node))
    return _rarest(found, common)


def _rarest(found: Iterable[Cues], common: Frequencies) -> tuple[Cues, ...]:
    """Return the rarest few, without those that another already asks for."""
    kept: list[Cues] = []
    for cues in sorted(found, key=lambda one: (one.cost, len(one.words), sorted(one.words))):
        if not any(one.words <= cues.words for one in kept):
            kept.append(cues)
    return tuple(one for one in kept[:_MOST_SETS] if one is kept[0] or one.cost < _COMMON * common.sentences)


def _ends_apart(node: Node) -> bool:
    """Whether a part of a pattern ends outside a word wherever it is found, so that a word may begin behind it."""
    return all(last is not None and _is_apart(last) for last in _at_the_end(node, -1))


def _starts_apart(node: Node) -> bool:
    """Whether a part of a pattern starts outside a word wherever it is found, so that a word ends before it."""
    return not _optional(node) and all(first is not None and _is_apart(first) for first in _at_the_end(node, 0))


def _is_apart(node: Node) -> bool:
    return node[0] is kind.LITERAL and WORD.match(chr(node[1])) is None


def _at_the_end(node: Node, end: int) -> Iterator[Node | None]:
    """Yield the single signs that may stand at an end of a part of a pattern; None for what is not known."""
    what, value = node
    if what in _REPEATS or what is kind.SUBPATTERN:
        parts = [value[-1]]
    elif what is kind.BRANCH:
        parts = value[1]
    else:
        yield node
        return
    for part in parts:
        if not part or _optional(part[end]):
            yield None
        else:
            yield from _at_the_end(part[end], end)


def _optional(node: Node) -> bool:
    return node[0] in _REPEATS and node[1][0] == 0


def _of_node(node: Node, left: bool, right: bool, common: Frequencies) -> tuple[Cues, ...]:
    what, value = node
    if what is kind.SUBPATTERN:
        return _of_sequence(list(value[-1]), left, right, common)
    if what is kind.BRANCH:
        return _of_any([_of_sequence(list(part), left, right, common) for part in value[1]], common)
    if what is kind.IN and all(one == (kind.CATEGORY, kind.CATEGORY_DIGIT) for one in value):
        return (common.cues("#"),)
    if what in _REPEATS and value[0] > 0:
        return _of_sequence(list(value[2]), False, False, common)
    return ()


def _of_any(parts: list[tuple[Cues, ...]], common: Frequencies) -> tuple[Cues, ...]:
    """Return the cues of one part or another: the rarest of each together, the next of each, and so on."""
    if not all(parts):
        return ()
    ranks = range(max(map(len, parts)))
    return tuple(common.cues(chain.from_iterable(part[min(rank, len(part) - 1)].words for part in parts)) for rank in ranks)


def _of_strings(strings: Iterable[str], left: bool, right: bool, common: Frequencies) -> Iterator[Cues]:
    """Yield the rarest word of each string together, the first of each, and the last of each."""
    rarest, first, last = [], [], []
    for text in strings:
        cues = _of_string(text, left, right)
        if not cues:
            return
        rarest.append(min(cues, key=common.rarity) if len(cues) > 1 else cues[0])
        first.append(cues[0])
        last.append(cues[-1])
    yield from (common.cues(words) for words in (rarest, first, last))


def _of_string(text: str, left: bool, right: bool) -> list[str]:
    """Return the words of a string; at an end where no word begins or ends, one may be a part of another."""
    words = WORD.findall(text)
    if words and not right and _IN_WORD.search(text):
        words[-1:] = [f"{words[-1]}*"] if len(words[-1]) >= STEM else []
    if not left and WORD.match(text):
        del words[:1]
    if _SIGN.search(text):
        words += [sign for sign in words_of(text) if not sign[0].isalnum() and sign != "_"]
    return words


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
    strings = [""]
    for node in nodes:
        more = _strings(node)
        joined = None if more is None else _joined(strings, more)
        if joined is None:
            return None
        strings = joined
    return strings
