"""What a pattern alone cannot tell about personal data: numbers with a proof, and full names."""

from __future__ import annotations

import re
from itertools import pairwise

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coach.ear.folded import Folded
    from collections.abc import Iterator

_BSN = re.compile(
    r"(?<![\d.,-])\d{9}(?![\d-]|[.,]\d)|(?<![\d.,-])(?:\d{4}\.\d{2}\.\d{3}|\d{3}[ .]\d{3}[ .]\d{3})(?![\d-]|[.,]\d)"
)
_WORD = re.compile(r"[^\W\d_][\w'-]*")
_BETWEEN = frozenset(
    (
        "van",
        "de",
        "der",
        "den",
        "ter",
        "ten",
        "te",
        "el",
        "al",
        "bin",
        "ben",
        "von",
        "di",
        "da",
        "la",
        "le",
        "'t",
        "het",
        "du",
        "dos",
    )
)
_AFTER = re.compile(
    r"[ -]?(?:basis)?(?:school|college|lyceum|instituut|academie|academy|primary|high|stichting|foundation|huis|straat|laan|plein)"
)


def citizen_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Return where Dutch citizen service numbers stand; only those that pass the eleven-test."""
    for match in _BSN.finditer(text):
        digits = [int(sign) for sign in match[0] if sign.isdecimal()]
        weighed = sum(weight * digit for weight, digit in zip((9, 8, 7, 6, 5, 4, 3, 2, -1), digits, strict=True))
        if any(digits) and weighed % 11 == 0:
            yield match.span()


def full_names(folded: Folded, first_names: frozenset[str], known_people: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Return where a first name with a family name stands, both with a capital; authors and schools are left alone.

    A first name is known from a list; one that is not in it is not heard, so that no school or method is taken for a child.
    """
    words = list(_WORD.finditer(folded.text))
    for place, word in enumerate(words):
        if word[0] in first_names and _capital(folded, word.start()):
            end = _family_name(folded, words[place:])
            if end and folded.text[word.start() : end] not in known_people and not _AFTER.match(folded.text, end):
                yield word.start(), end


def _family_name(folded: Folded, words: list[re.Match[str]]) -> int:
    """Return where the family name ends that follows the first of `words`, or 0."""
    for before, word in pairwise(words[:5]):
        if folded.text[before.end() : word.start()] != " ":
            return 0
        if word[0] not in _BETWEEN:
            return word.end() if _capital(folded, word.start()) and word.end() - word.start() > 1 else 0
    return 0


def _capital(folded: Folded, place: int) -> bool:
    return folded.typed[folded.places[place]].isupper()
