"""What a pattern alone cannot tell about personal data: numbers with a proof, and full names."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coach.ear.normalised import Folded

CITIZEN_NUMBER = re.compile(
    r"""
    (?<! [\d.,-] ) (?:
        \d{9}                           # as nine digits
      | \d{4} \. \d{2} \. \d{3}         # as on older papers
      | \d{3} [ .-] \d{3} [ .-] \d{3}   # by three
    ) (?! [\d-] | [.,]\d )
    """,
    re.VERBOSE,
)
"""What a Dutch citizen service number looks like; the eleven-test proves it."""
_NINE = re.compile(r"\d(?:[. -]?\d){8}")
_WORD = re.compile(r"[^\W\d_][\w'-]*")
_BETWEEN = re.compile(
    r"""
    van | de | der | den | ter | ten | te | het | 't | von     # Dutch and German
    | el | al | bin | ben                                      # Arabic
    | di | da | la | le | du | dos                             # Romance
    """,
    re.VERBOSE,
)
_TITLE = re.compile(
    r"""
    (?<!\w) (?:
        mevrouw | meneer | mevr\.? | mw\.? | dhr\.? | de[ ]heer     # Dutch
      | mr\.? | mrs\.? | ms\.? | miss | dr\.?                       # English
    ) [ ]
    """,
    re.VERBOSE,
)
_PLACE = re.compile(
    r"""
    (?: [\w'-]* [ -] )? \w* (?:
        school | college | lyceum | instituut | academie | academy | primary | high     # where one learns
      | stichting | foundation | huis                                                   # where one works
      | straat | laan | plein | street | road                                           # where one lives
    ) (?!\w)
    """,
    re.VERBOSE,
)


def citizen_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Return where Dutch citizen service numbers stand; only those that pass the eleven-test."""
    for match in CITIZEN_NUMBER.finditer(text) if _NINE.search(text) else ():
        digits = [int(sign) for sign in match[0] if sign.isdecimal()]
        weighed = sum(weight * digit for weight, digit in zip((9, 8, 7, 6, 5, 4, 3, 2, -1), digits, strict=True))
        if any(digits) and weighed % 11 == 0:
            yield match.span()


def full_names(folded: Folded, first_names: frozenset[str], known_people: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Return where a first name with a family name stands, both with a capital; authors and schools are left alone.

    A first name is known from a list or stands behind a title: another is not heard, so that no school or method is
    taken for a child. Where nearly every word has a capital, capitals say nothing and no name is heard.
    """
    titled = {match.end() for match in _TITLE.finditer(folded.text)}
    if not titled and first_names.isdisjoint(_WORD.findall(folded.text)):
        return
    words = list(_WORD.finditer(folded.text))
    for place, word in enumerate(words):
        first = word[0] in first_names or (word.start() in titled and not _BETWEEN.fullmatch(word[0]))
        if first and _capital(folded, word):
            last = _family_name(folded, words[place : place + 5])
            name = folded.text[word.start() : last.end()] if last else ""
            known = name in known_people or (last and _PLACE.match(folded.text, last.start()))
            if last and not known and not _all_capitals(folded, [w for w in words if not word.start() <= w.start() < last.end()]):
                yield word.start(), last.end()


def _family_name(folded: Folded, words: list[re.Match[str]]) -> re.Match[str] | None:
    """Return the last word of the name that begins with the first of `words`, if it is a full name."""
    for before, word in pairwise(words):
        if folded.text[before.end() : word.start()] != " ":
            return None
        if not _BETWEEN.fullmatch(word[0]):
            return word if _capital(folded, word) and len(word[0]) > 1 else None
    return None


def _all_capitals(folded: Folded, words: list[re.Match[str]]) -> bool:
    """Whether most of at least two words begin with a capital."""
    return len(words) > 1 and sum(_capital(folded, word) for word in words) > len(words) * 0.6


def _capital(folded: Folded, word: re.Match[str]) -> bool:
    return folded.typed[folded.places[word.start()]].isupper()
