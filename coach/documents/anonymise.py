"""What in a text may tell who somebody is, and what to put in its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from coach.ear.personal_data import CITIZEN_NUMBER
from coach.language import _
from coach.language.words import all_words
from coach.text import fold, spans

Reason = Literal["own", "about", "name", "email", "phone", "number", "address", "link", "date"]
_ACRONYM = 4  # letters
_SHORT = 2  # letters: a word as short as that must have the same capitals

_PATTERNS: tuple[tuple[Reason, re.Pattern[str]], ...] = (
    ("email", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("link", re.compile(r"(?:https?://|www\.)\S+")),
    ("address", re.compile(r"\b[1-9]\d{3} ?[A-Z]{2}\b(?! \d)")),  # a Dutch postcode
    ("address", re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")),  # a British one
    *(("address", re.compile(street)) for words in all_words() for street in words.streets),
    ("date", re.compile(r"(?<!\d)\d{1,2}[-/. ]\d{1,2}[-/. ](?:19|20)\d\d(?!\d)")),
    ("phone", re.compile(r"(?<!\w)(?:\+\d{1,3}[ -]?|0)(?:\(0\))?\d(?:[ -]?\d){7,10}(?!\d)")),
    ("number", CITIZEN_NUMBER),  # replaced whether the eleven-test proves it or not
)
_INITIAL = re.compile(r"(?<![\w.])[A-Z]\.(?:[A-Z]\.)*(?!\w)")
_CAPITAL = re.compile(r"(?<!\w)[^\W\d_a-z][^\W\d_]*(?:[-'\u2019][^\W\d_]+)*")
_TITLE = re.compile(rf"\b(?:{'|'.join(words.titles for words in all_words())}) $", re.IGNORECASE)
_SENTENCE = re.compile(r"(?:^|[.!?:\"\u201c\u2018(\[-]\s*|\n)$")
_SMALL = re.compile(r"(?<!\w)[^\W\d_A-Z][^\W\d_]+")
_RELATIONS = frozenset[str]().union(*(words.relations for words in all_words()))
_NO_NAMES = frozenset[str]().union(*(words.no_names for words in all_words()))


@dataclass(frozen=True, slots=True)
class Replacement:
    """One text that is replaced everywhere, why, and how often it occurs."""

    found: str
    becomes: str
    reason: Reason
    times: int = 0


def find_replacements(
    texts: Sequence[str], about: str, own: Sequence[tuple[str, str]], first_names: Container[str] = ()
) -> tuple[Replacement, ...]:
    """Return what is replaced in the texts, each always by the same: the person's own list first, then what was found.

    A word that begins a sentence is only taken for a name when it is among the folded `first_names`.
    """
    found: dict[str, Replacement] = {old: Replacement(old, new, "own") for old, new in own}
    everything = "\n".join((about, *texts))
    letters = _letters(everything)
    small = _RELATIONS.union(match[0] for match in _SMALL.finditer(everything))

    def is_first_name(word: str) -> bool:
        return fold(word) in first_names

    def is_named(word: str) -> bool:
        return is_first_name(word) or word.lower() not in small

    for name in dict.fromkeys((*_initials(about), *_names(about, is_named))):
        if name not in found:
            found[name] = Replacement(name, next(letters), "about")
    for reason, pattern in _PATTERNS:
        for match in pattern.finditer(everything):
            found.setdefault(match[0], Replacement(match[0], _shown(reason), reason))
    rest = replace_all(everything, (replace(one, becomes="-") for one in found.values()))
    for name in dict.fromkeys((*_initials(rest), *_names(rest, is_first_name))):
        found[name] = Replacement(name, next(letters), "name")
    counted = (Replacement(one.found, one.becomes, one.reason, _times(texts, about, one.found)) for one in found.values())
    return tuple(one for one in counted if one.times or one.reason == "own")


def replace_all(text: str, replacements: Iterable[Replacement]) -> str:
    """Return the text with every replacement made, the longest first, and none inside another."""
    taken: list[tuple[int, int, str]] = []
    for one in sorted(replacements, key=lambda one: -len(one.found)):
        for start, end in places(text, one.found):
            if not any(start < other_end and other < end for other, other_end, _new in taken):
                taken.append((start, end, one.becomes))
    parts: list[str] = []
    reached = 0
    for start, end, new in sorted(taken):
        parts += [text[reached:start], new]
        reached = end
    return "".join([*parts, text[reached:]])


def places(text: str, words: str) -> list[tuple[int, int]]:
    """Return where words stand in a text as words of their own; capitals and accents matter only in very short ones."""
    exact = sum(letter.isalnum() for letter in words) <= _SHORT
    return [
        (start, end)
        for start, end in spans(text, fold(words))
        if not (start and text[start - 1].isalnum() and words[0].isalnum())
        and not (end < len(text) and text[end].isalnum() and words[-1].isalnum())
        and (not exact or text[start:end] == words)
    ]


def _times(texts: Sequence[str], about: str, words: str) -> int:
    return sum(len(places(text, words)) for text in (about, *texts))


def _initials(text: str) -> list[str]:
    return [match[0] for match in _INITIAL.finditer(text)]


def _names(text: str, is_name: Callable[[str], bool]) -> list[str]:
    """Return words with a capital where a sentence gives them none, and those at its beginning that are known as names."""
    names: list[str] = []
    for match in _CAPITAL.finditer(text):
        word, before = match[0], text[max(0, match.start() - 12) : match.start()]
        if len(word) < _SHORT or fold(word) in _NO_NAMES or (word.isupper() and len(word) <= _ACRONYM):
            continue
        if _TITLE.search(before) or not _SENTENCE.search(before) or is_name(word):
            names.append(word)
    return names


def _letters(text: str) -> Iterator[str]:
    """Yield letters for people that the text does not use itself."""
    taken = set(_initials(text))
    return iter([letter for letter in map("{}.".format, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") if letter not in taken] + ["N."] * 999)


def _shown(reason: Reason) -> str:
    return {
        "email": _("[e-mail address]"),
        "phone": _("[phone number]"),
        "number": _("[number]"),
        "address": _("[address]"),
        "link": _("[link]"),
        "date": _("[date]"),
    }.get(reason, "[...]")
