"""A text made safe to keep and to show, and compared without capitals, accents, and how its letters and marks are typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

_ASCII = bytes(range(128))
_UNSAFE = re.compile(
    "["
    r"\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls, but for tab and line feed
    r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # what turns the direction of a text
    r"\ud800-\udfff"  # halves of a character
    "]"
)
_ESCAPES = re.compile(
    r"""
    \x1b(?:
        \[ [0-?]* [ -/]* [@-~]                          # CSI: colours, moves of the cursor
      | \] [^\x07\x1b]* (?: \x07 | \x1b\\ )?            # OSC: titles, links, the clipboard
      | [PX^_] [^\x1b]* (?: \x1b\\ )?                   # strings to a device
      | .?                                              # any other
    )""",
    re.DOTALL | re.VERBOSE,
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")

_ALIKE = str.maketrans("øØłŁđĐðÐħĦŧŦ\u0131", "oOlLdDdDhHtTi") | str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u2032\u00b4\uff07", "'"),  # apostrophes
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),  # quotation marks
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d", "-"),  # hyphens and dashes
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff"),  # what is not seen: where a word may break
        **dict(zip("ßẞæÆœŒþÞ", ("ss", "SS", "ae", "AE", "oe", "OE", "th", "TH"), strict=True)),
    }
)
"""Letters and marks that are typed in different ways, and no accent tells apart."""


def clean(text: str) -> str:
    """Return `text` as it may be stored: one kind of line end, no control sequences, no lone surrogates."""
    text = _ESCAPES.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", _CONTROLS.sub("", text))


def visible(text: str) -> str:
    """Return `text` with every character that could steer a terminal made visible."""
    return _UNSAFE.sub(
        lambda match: chr(0x2400 + ord(match[0])) if ord(match[0]) < ord(" ") else "\N{REPLACEMENT CHARACTER}", text
    )


def cut(text: str, longest: int) -> str:
    """Return `text`, cut at a word where it has more than so many letters."""
    return text if len(text) <= longest else text[: longest + 1].rsplit(" ", 1)[0][:longest] + " ..."


@lru_cache(maxsize=4096)
def fold_character(character: str) -> str:
    """Return what stays of one character: `É` is `e`, an accent of its own is nothing."""
    if character in "\r\n":
        return character
    return fold_accents(character.casefold().translate(_ALIKE)).translate(_ALIKE)


@lru_cache(maxsize=4096)
def strip_accents(text: str) -> str:
    """Return `text` without accents and with one form of each mark, its capitals as they are."""
    return _without_accents(text).translate(_ALIKE)


@lru_cache(maxsize=4096)
def fold_accents(text: str) -> str:
    """Return `text` in small letters without accents, its other letters and its marks as they are."""
    return _without_accents(unicodedata.normalize("NFKD", text.casefold())).casefold()


def fold(text: str) -> str:
    """Return `text` in small letters without accents, and with one form of each mark, so that `Jéroen` is `jeroen`."""
    return text.lower() if text.isascii() else "".join(map(fold_character, text))


def holds_words(text: str, words: str) -> bool:
    """Return whether `words` stand in a text as words of their own, whatever their capitals: `S.` not in `A.S.` or `Yusra's`."""
    wanted = fold(words.strip())
    before = r"(?<![\w.'\u2019])" if wanted[:1].isalnum() else ""
    after = r"(?!\w)" if wanted[-1:].isalnum() or wanted[-1:] == "." else ""
    return not wanted or re.search(f"{before}{re.escape(wanted)}{after}", fold(text)) is not None


def fold_bytes(data: bytes) -> bytes:
    """Return UTF-8 `data` folded, with its lines where they were; what is not UTF-8 stays as it is."""
    low = data.lower()
    foreign = low.translate(None, _ASCII)
    for character in set(foreign.decode("utf-8", "ignore")):
        low = low.replace(character.encode(), fold_character(character).encode())
    return low


def _without_accents(text: str) -> str:
    return "".join(character for character in unicodedata.normalize("NFD", text) if not unicodedata.combining(character))


def expression_of(needle: str, *, is_word: bool = False) -> re.Pattern[str]:
    """Return a pattern that finds the folded `needle` in a folded text, where it is a word of its own or anywhere."""
    pattern = r"\s+".join(map(re.escape, re.split(r"\s+", needle)))
    return re.compile(rf"(?<!\w){pattern}(?!\w)" if is_word else pattern)


def spans_folded(text: str, expression: re.Pattern[str]) -> tuple[tuple[int, int], ...]:
    """Return where `expression` matches the folded `text`, as places in `text` itself."""
    return _plain_spans(text.lower(), expression) if text.isascii() else _spans(text, expression, fold_character)


def spans_of(text: str, expression: re.Pattern[str]) -> tuple[tuple[int, int], ...]:
    """Return where `expression` matches `text` without its accents, as places in `text` itself."""
    return _plain_spans(text, expression) if text.isascii() else _spans(text, expression, strip_accents)


def _plain_spans(text: str, expression: re.Pattern[str]) -> tuple[tuple[int, int], ...]:
    return tuple(match.span() for match in expression.finditer(text) if match.end() > match.start())


def _spans(text: str, expression: re.Pattern[str], change: Callable[[str], str]) -> tuple[tuple[int, int], ...]:
    parts = [change(character) for character in text]
    origins = [place for place, part in enumerate(parts) for _letter in part] + [len(text)]
    matches = expression.finditer("".join(parts))
    return tuple((origins[match.start()], origins[match.end()]) for match in matches if match.end() > match.start())
