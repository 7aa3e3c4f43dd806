"""Patterns of the files of rules, compiled when an answer holds a word that they cannot do without."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from zlib import crc32

_WORD = re.compile(r"\w+")
SIGNS = {"#": re.compile(r"\d"), "@": re.compile("@")}
_STEM = 3  # letters: the shortest beginning of a word that a `*` may follow


@cache
def bound(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """Return one pattern that finds any of `patterns` as whole words."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)")


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Return a pattern as it is."""
    return re.compile(pattern)


def key_of(pattern: str) -> str:
    """Return the short name under which the words of a pattern are kept."""
    return f"{crc32(pattern.encode()):08x}"


@dataclass(frozen=True, slots=True)
class WordIndex:
    """Which patterns, by their keys, the words of an answer lead to; a pattern that is not `known` is always tried.

    `whole` has the patterns of each word, `beginnings` those of the beginnings of words by their first letters. A `#`
    stands for any digit, and `@` for itself.
    """

    known: frozenset[str]
    whole: Mapping[str, Sequence[str]]
    beginnings: Mapping[str, Sequence[tuple[str, str]]]

    def led_to(self, text: str) -> frozenset[str]:
        """Return the keys of the patterns that may be found in a text."""
        words = {*_WORD.findall(text), *(sign for sign, pattern in SIGNS.items() if pattern.search(text))}
        led = {key for word in words for key in self.whole.get(word, ())}
        led |= {key for word in words for begin, key in self.beginnings.get(word[:_STEM], ()) if word.startswith(begin)}
        return frozenset(led)

    def tried(self, patterns: Iterable[str], led: frozenset[str]) -> Iterator[str]:
        """Yield the patterns that have to be tried in a text that leads to these keys."""
        return (pattern for pattern in patterns if (key := keyed(pattern)) in led or key not in self.known)


@cache
def keyed(pattern: str) -> str:
    """Return the key of a pattern, remembered."""
    return key_of(pattern)


def read_words(text: str) -> WordIndex:
    """Return the index in a text that has a line for each pattern: its key and its words."""
    whole: dict[str, list[str]] = {}
    beginnings: dict[str, list[tuple[str, str]]] = {}
    known = []
    for line in text.split("\n"):
        key, _blank, words = line.partition(" ")
        known.append(key)
        for word in words.split():
            if word.endswith("*"):
                beginnings.setdefault(word[:_STEM], []).append((word[:-1], key))
            else:
                whole.setdefault(word, []).append(key)
    return WordIndex(frozenset(known), whole, beginnings)
