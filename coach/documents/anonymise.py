"""What in a text may tell who somebody is, and what to put in its place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import Literal

from coach.ear.names import WORD, PersonalWords
from coach.ear.normalised import letters
from coach.ear.personal_data import Kind, replaced
from coach.ear.stored import all_personal_words
from coach.language import _
from coach.language.words import all_words
from coach.text import fold, spans_folded

Reason = Kind | Literal["own", "about"]
_SHORT = 2  # letters: a word as short as that must have the same capitals
_AROUND = 30  # letters
_CONTRACTION = re.compile(r"(?:n't|'(?:m|ve|ll|re|d)|(?:he|she|it|that|there|here|what|who|where|how|let|this)'s)\Z")
_INITIAL = re.compile(r"(?<![\w.])[A-Z]\.(?!\w)")
_SMALL = re.compile(r"(?<!\w)[^\W\d_A-Z][^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Replacement:
    """One text that is replaced everywhere, why, how often it occurs, and where first."""

    found: str
    becomes: str
    reason: Reason
    times: int = 0
    context: str = field(default="", compare=False)


def find_replacements(
    texts: Sequence[str], about: str, own: Sequence[tuple[str, str]], first_names: Iterable[str] = (), tags: Sequence[str] = ()
) -> tuple[Replacement, ...]:
    """Return what is replaced in the texts, each always by the same: the person's own list first, then what was found.

    A word that begins a sentence is only taken for a name when it is among the `first_names`, or in whom it is about.
    """
    found: dict[str, Replacement] = {old: Replacement(old, new, "own") for old, new in own}
    everything = "\n".join((about, *texts))
    free = _free_letters(everything)
    words = all_personal_words()._replace(first_names=frozenset(first_names))
    for_names = words._replace(no_names=words.no_names | (_ordinary() - words.first_names))
    small = words.relations.union(_SMALL.findall(everything))
    for name in _told(about, tags, for_names, small):
        if not any(_is_form(name, of=one) for one in found):
            found[name] = Replacement(name, next(free), "about")
    for kind, data in replaced(everything, words, names=False):
        found.setdefault(data, Replacement(data, _shown(kind), kind))
    rest = replace_all(everything, (replace(one, becomes="-") for one in found.values()))
    names = [name for _kind, name in dict.fromkeys(replaced(rest, for_names, names=True)) if not _is_contraction(name)]
    for name in names:
        if not any(_is_form(name, of=other) for other in names if len(other) < len(name)):
            found[name] = Replacement(name, next(free), "name")
    everywhere = (about, *texts)
    times = Counter(one for text in everywhere for _start, _end, one in _taken(text, found.values()))
    return tuple(
        replace(one, times=times[one], context=_context((*texts, about), one))
        for one in found.values()
        if times[one] or one.reason == "own"
    )


def replace_all(text: str, replacements: Iterable[Replacement]) -> str:
    """Return the text with every replacement made, the longest first, and none inside another."""
    parts: list[str] = []
    reached = 0
    for start, end, one in sorted(_taken(text, replacements), key=lambda taken: taken[0]):
        new = one.becomes
        is_owner = text[end : end + 1].isalnum() and not new[-1:].isalnum()  # Tims is A.'s
        parts += [text[reached:start], f"{new}'" if is_owner else new]
        reached = end + (new.endswith(".") and text.startswith(".", end))  # an initial ends a sentence by itself
    return "".join([*parts, text[reached:]])


def _taken(text: str, replacements: Iterable[Replacement]) -> list[tuple[int, int, Replacement]]:
    """Return what is replaced at which places, the longest first, and none inside another."""
    taken: list[tuple[int, int, Replacement]] = []
    for one in sorted(replacements, key=lambda one: -len(one.found)):
        for start, end in places(text, one.found):
            if not any(start < other_end and other < end for other, other_end, _one in taken):
                taken.append((start, end, one))
    return taken


def places(text: str, words: str) -> list[tuple[int, int]]:
    """Return where words stand in a text as words of their own, in any form of a name.

    Capitals and accents matter only in very short ones, and capitals in what is also an ordinary word, as Will.
    """
    folded = fold(words)
    is_short = sum(letter.isalnum() for letter in words) <= _SHORT
    is_ordinary = folded in _ordinary()
    return [
        (start, end)
        for start, end in spans_folded(text, _forms(folded, is_short=is_short))
        if (not is_short or text[start:end] == words) and (not is_ordinary or text[start].isupper())
    ]


def _context(texts: Iterable[str], one: Replacement) -> str:
    """Return where a text stands first, with what is around it on its line."""
    lines = (line for text in texts for line in text.split("\n"))
    line, start, end = next(((line, *place) for line in lines for place in places(line, one.found)), ("", 0, 0))
    first, last = max(0, start - _AROUND), end + _AROUND
    return f"{'...' if first else ''}{line[first:last].strip()}{'...' if last < len(line) else ''}"


@lru_cache(maxsize=1024)
def _forms(folded: str, *, is_short: bool) -> re.Pattern[str]:
    """Return a pattern of a name in all its forms: with the s of an owner, made small, without its apostrophe or hyphen."""
    before, behind = (r"(?<![^\W_])" if folded[0].isalnum() else ""), (r"(?![^\W_])" if folded[-1].isalnum() else "")
    if is_short or any(sign.isdigit() or sign in "@/" for sign in folded) or not folded[-1].isalpha():
        return re.compile(before + re.escape(folded) + behind)
    name = re.sub(r"(?<=\w)\\?['-](?=\w)", "['-]?", re.escape(folded))
    small = rf"(?:{re.escape(folded[-1])}?(?:e?t|p)?je)?"  # Noortje, Timmetje, Yusraatje
    return re.compile(rf"{before}{name}{small}(?=s?{behind})")


def _told(about: str, tags: Sequence[str], words: PersonalWords, small: frozenset[str]) -> Iterator[str]:
    """Yield the names in whom it is about, and in the tags: there a capital names somebody, and so does a first name without."""
    is_one = len(about.split()) == 1
    for text, certain in ((about, is_one), *((tag, False) for tag in tags)):
        plain = letters(fold(text))
        owners = {word[:-2] for word in re.findall(r"[\w'-]+'s\b", plain)}
        named = set(WORD.findall(plain)) - (words.relations if certain else small - owners - words.first_names) - words.relations
        told = words._replace(
            first_names=words.first_names | named,
            no_names=words.no_names - words.first_names - owners - (named if certain else set()),
        )
        yield from (name for _kind, name in replaced(text, told, names=True) if not _is_contraction(name))
        for word in WORD.findall(text):
            if word.islower() and fold(word) in words.first_names - words.relations - _ordinary():
                yield word


def _is_form(name: str, *, of: str) -> bool:
    """Return whether a name is a form of another: Noortje of Noor, Tims of Tim."""
    return any((start, end) == (0, len(name)) or name[end:] == "s" for start, end in places(name, of) if start == 0)


def _is_contraction(word: str) -> bool:
    return _CONTRACTION.search(fold(word)) is not None


@cache
def _ordinary() -> frozenset[str]:
    """Return words that are seldom a name, whatever the language."""
    return frozenset(all_personal_words().no_names.union(*(words.empty for words in all_words())))


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
