"""Patterns of the files of rules, compiled when a text holds the words that they cannot do without."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

WORD = re.compile(r"\w+")
STEM = 2  # letters: the shortest beginning of a word that a `*` may follow
_DIGIT = re.compile(r"\d")
_SMALL = 200  # letters: what is shorter is quickly compiled
_SIGN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[(|)]", re.DOTALL)  # one that is escaped, a class, or a part of a group
MOST_WORDS = 20_000  # different ones that are remembered


@cache
def bound(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """Return one pattern that finds any of `patterns` as whole words."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)")


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Return a pattern as it is."""
    return re.compile(pattern)


def words_of(text: str) -> list[str]:
    """Return the words of a text; `#` stands for any digit in it, and `@` for itself."""
    words = WORD.findall(text)
    if "_" in text:
        words += WORD.findall(text.replace("_", " "))
    if "@" in text:
        words.append("@")
    if _DIGIT.search(text):
        words.append("#")
    return words


class WordIndex:
    """Sets of words by their numbers, and of which sets a text must hold a word to be found by a pattern.

    `needs` has for each pattern its sets, the rarest first; a pattern without is always tried. `whole` has the sets of each
    word, `beginnings` those of the beginnings of words by their first letters. All sets are written as `3 14 15`.
    """

    def __init__(self, needs: Mapping[str, str], whole: Mapping[str, str], beginnings: Mapping[str, Mapping[str, str]]) -> None:
        self.needs = needs
        self._whole = whole
        self._beginnings = beginnings
        self.sets_of = lru_cache(MOST_WORDS)(self._sets_of)

    def _sets_of(self, word: str) -> frozenset[str]:
        """Return the sets that hold a word."""
        begun = [sets for begin, sets in self._beginnings.get(word[:STEM], {}).items() if word.startswith(begin)]
        return frozenset(" ".join([self._whole.get(word, ""), *begun]).split())

    def led_to(self, text: str) -> frozenset[str]:
        """Return the sets of which a text holds a word."""
        return self.led_by(words_of(text))

    def led_by(self, words: Iterable[str]) -> frozenset[str]:
        """Return the sets that hold one of these words."""
        return frozenset().union(*map(self.sets_of, words))

    def may_find(self, pattern: str, led: frozenset[str]) -> bool:
        """Whether a pattern may be found in a text that leads to these sets."""
        return led.issuperset(self.needs.get(pattern, "").split())

    def tried(self, patterns: Iterable[str], led: frozenset[str]) -> tuple[str, ...]:
        """Return the patterns that have to be tried in a text that leads to these sets."""
        return tuple(pattern for pattern in patterns if led.issuperset(self.needs.get(pattern, "").split()))


def by_word(sets: Iterable[tuple[str, Iterable[str]]]) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Return the numbers of the sets of each word, and of those of the beginnings of words by their first letters."""
    whole: dict[str, str] = {}
    beginnings: dict[str, dict[str, str]] = {}
    for number, words in sets:
        for word in sorted(set(words)):
            of = beginnings.setdefault(word[:STEM], {}) if word.endswith("*") else whole
            stem = word.removesuffix("*")
            of[stem] = f"{of[stem]} {number}" if stem in of else number
    return whole, beginnings


def without_joints(word: str) -> str:
    """Return what every text with a word holds as one word: of `ex-man*` the part `ex`, of `lastpak*` itself."""
    *whole, last = WORD.findall(word)
    return max(whole, key=len) if whole else f"{last}*" if word.endswith("*") else last


EMPTY = WordIndex({}, {}, {})
"""Leads nowhere, so that every pattern is tried."""


def parts_of(pattern: str) -> tuple[str, ...]:
    """Return the alternatives of a pattern, small ones with their neighbours; their order stays."""
    parts: list[str] = []
    for alternative in _alternatives(pattern):
        if parts and len(parts[-1]) + len(alternative) < _SMALL:
            parts[-1] += f"|{alternative}"
        else:
            parts.append(alternative)
    return tuple(parts)


def _alternatives(pattern: str) -> Iterator[str]:
    """Yield what stands between the bars that are in no group."""
    depth = start = 0
    for match in _SIGN.finditer(pattern):
        match match[0]:
            case "(":
                depth += 1
            case ")":
                depth -= 1
            case "|" if not depth:
                yield pattern[start : match.start()]
                start = match.end()
    yield pattern[start:]


def first_span(parts: Iterable[str], text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return where alternatives are found first; of those at one place the first counts, as in one pattern."""
    found: re.Match[str] | None = None
    for part in parts:
        match = bound((part,)).search(text, start, end)
        if match and (found is None or match.start() < found.start()):
            found = match
    return found.span() if found else None


def all_spans(parts: tuple[str, ...], text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return where alternatives are found one after another, as `finditer` does."""
    if len(parts) == 1:
        return [match.span() for match in bound(parts).finditer(text, start, end)]
    found = []
    while parts and (span := first_span(parts, text, start, end)):
        found.append(span)
        start = max(span[1], span[0] + 1)
    return found
