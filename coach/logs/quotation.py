"""Where words of another session stand in a question, so that forgetting that session takes out these and nothing else.

Below `### You were afraid: "That she leaves." Did it happen?` and its answer stands
`- fear_outcome.quotes:: 2026-11-24-091502-prepare.fear 15+13 96fed746`: whose words they are, where they begin, how long they
are, and the checksum that tells whether they are still these. Signs are counted without blanks and without the marks that a
formatter or an editor puts in, takes out or makes prettier.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

LEFT_OUT = "..."
_OPENING = "\"'\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}"
_CLOSING = "\"'\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}"
_BY_CHANCE = 8  # letters
_MARK = re.compile(
    r"""
    ( .+ ) \. ( [a-z][a-z0-9_]* ) [ ]+  # the session and its answer
    ( \d{1,9} ) \+ ( \d{1,9} ) [ ]+     # where the words begin, and how long they are
    ( [0-9a-f]{8} ) \s*                 # their checksum
    """,
    re.ASCII | re.VERBOSE,
)
_FORMATTED = {
    **dict.fromkeys("\\*_", ""),
    **dict.fromkeys("\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}\N{DOUBLE LOW-9 QUOTATION MARK}", '"'),
    **dict.fromkeys("\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}", "'"),
    "\N{HORIZONTAL ELLIPSIS}": LEFT_OUT,
}


class Quotation(NamedTuple):
    """Words of an answer of another session that stand in a question."""

    session: str
    answer: str
    start: int
    length: int
    checksum: str

    def __str__(self) -> str:
        return f"{self.session}.{self.answer} {self.start}+{self.length} {self.checksum}"


def quotation(session: str, answer: str, before: str, words: str) -> Quotation:
    """Return the quotation of the `words` of an answer, behind `before` in the question."""
    plain = _plain(words)
    return Quotation(session, answer, len(_plain(before)), len(plain), _checksum(plain))


def read_quotation(text: str) -> Quotation | None:
    """Return the quotation that a log tells of, also where an editor wrapped or escaped it, or None when it is none."""
    match = _MARK.fullmatch(" ".join(text.replace("\\", "").split()))
    return Quotation(match[1], match[2], int(match[3]), int(match[4]), match[5]) if match else None


def take_out(question: str, gone: Quotation, stay: Iterable[Quotation]) -> tuple[str, tuple[Quotation, ...]] | None:
    """Return a question without the words of one quotation, and the others where they then are; None when they are not there.

    Where the question was changed by hand they are looked for elsewhere in it, and not there when they occur twice.
    """
    text, places = _with_places(question)
    starts = [gone.start] if _is_at(text, gone.start, gone) else [at for at in range(len(text)) if _is_at(text, at, gone)]
    if len(starts) != 1 or not gone.length:
        return None
    shift = len(LEFT_OUT) - gone.length
    moved = tuple(one._replace(start=one.start + shift) if one.start > gone.start else one for one in stay)
    return _left_out(question, places, starts[0], gone.length), moved


def take_out_quoted(question: str, words: str) -> str:
    """Return a question without these words where they stand whole between quotation marks: only there they surely quote."""
    plain = _plain(words)
    text, places = _with_places(question)
    quoted = re.finditer(f"(?<=[{_OPENING}]){re.escape(plain)}(?=[{_CLOSING}])", text) if plain else ()
    for start in reversed([match.start() for match in quoted]):
        question = _left_out(question, places, start, len(plain))
    return question


def may_quote(question: str, words: str) -> bool:
    """Return whether a question holds these words at all, where they are too many to be there by chance."""
    return len(words.split()) > 1 and len(words) > _BY_CHANCE and _plain(words) in _plain(question)


def _with_places(question: str) -> tuple[str, list[int]]:
    """Return a question as it is compared, and of each sign of it the place in the question itself."""
    letters = [(plain, place) for place, sign in enumerate(question) for plain in _plain_sign(sign)]
    return "".join(plain for plain, _place in letters), [place for _plain, place in letters]


def _left_out(question: str, places: list[int], start: int, length: int) -> str:
    return question[: places[start]] + LEFT_OUT + question[places[start + length - 1] + 1 :]


def _is_at(text: str, start: int, wanted: Quotation) -> bool:
    words = text[start : start + wanted.length]
    return len(words) == wanted.length and _checksum(words) == wanted.checksum


def _checksum(plain: str) -> str:
    return f"{crc32(plain.encode('utf-8', 'surrogateescape')):08x}"


def _plain(text: str) -> str:
    """Return a text without what formatters change: blanks, escapes, emphasis, how quotation marks and letters are composed."""
    return "".join(map(_plain_sign, text))


@lru_cache(maxsize=1024)
def _plain_sign(sign: str) -> str:
    return "" if sign.isspace() else _FORMATTED.get(sign, unicodedata.normalize("NFD", sign))
