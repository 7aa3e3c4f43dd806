"""What in a text may tell who somebody is, and what to put in its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from coach.ear.names import WORD
from coach.ear.normalised import letters
from coach.ear.personal_data import Kind, replaced
from coach.ear.stored import all_personal_words
from coach.language import _
from coach.text import fold, spans

Reason = Kind | Literal["own", "about"]
_SHORT = 2  # letters: a word as short as that must have the same capitals
_INITIAL = re.compile(r"(?<![\w.])[A-Z]\.(?!\w)")
_SMALL = re.compile(r"(?<!\w)[^\W\d_A-Z][^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Replacement:
    """One text that is replaced everywhere, why, and how often it occurs."""

    found: str
    becomes: str
    reason: Reason
    times: int = 0


def find_replacements(
    texts: Sequence[str], about: str, own: Sequence[tuple[str, str]], first_names: Iterable[str] = ()
) -> tuple[Replacement, ...]:
    """Return what is replaced in the texts, each always by the same: the person's own list first, then what was found.

    A word that begins a sentence is only taken for a name when it is among the `first_names`, or in whom it is about.
    """
    found: dict[str, Replacement] = {old: Replacement(old, new, "own") for old, new in own}
    everything = "\n".join((about, *texts))
    free = _free_letters(everything)
    words = all_personal_words()._replace(first_names=frozenset(first_names))
    small = words.relations.union(_SMALL.findall(everything))
    first_of_about = words.first_names | (set(WORD.findall(letters(fold(about)))) - small)
    for _kind, name in replaced(about, words._replace(first_names=first_of_about), names=True):
        if name not in found:
            found[name] = Replacement(name, next(free), "about")
    for kind, data in replaced(everything, words, names=False):
        found.setdefault(data, Replacement(data, _shown(kind), kind))
    rest = replace_all(everything, (replace(one, becomes="-") for one in found.values()))
    for kind, name in dict.fromkeys(replaced(rest, words, names=True)):
        found[name] = Replacement(name, next(free), kind)
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


def _free_letters(text: str) -> Iterator[str]:
    """Yield letters for people that the text does not use itself."""
    taken = set(_INITIAL.findall(text))
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
