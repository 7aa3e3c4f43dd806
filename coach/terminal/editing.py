"""Where a key moves to in a text: what a person who writes expects on any system."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable

from coach.terminal.lines import breaks

Move = Callable[[str, int, int], int]
"""The place in a text that a key moves to, from a place in it, where a line on the screen has so many columns."""

_WORD = re.compile(r"[^\w\u0300-\u036f]*[\w\u0300-\u036f'\u2019]+|\W+")
_JOINER = "\N{ZERO WIDTH JOINER}"
_PART_OF_PICTURE = re.compile(f"[{_JOINER}\N{VARIATION SELECTOR-16}\U0001f3fb-\U0001f3ff]")  # and the colours of a skin


def left(text: str, place: int, _width: int) -> int:
    """Return the place before the letter that is there, with its accents."""
    place = max(place - 1, 0)
    while place and _is_inside(text, place):
        place -= 1
    return place


def right(text: str, place: int, _width: int) -> int:
    """Return the place behind the letter that is there, with its accents."""
    place = min(place + 1, len(text))
    while place < len(text) and _is_inside(text, place):
        place += 1
    return place


def word_left(text: str, place: int, _width: int) -> int:
    """Return where the word begins, or the one before it."""
    match = _WORD.match(text[:place][::-1])
    return place - match.end() if match else 0


def word_right(text: str, place: int, _width: int) -> int:
    """Return where the word ends, or the one behind it."""
    match = _WORD.match(text, place)
    return match.end() if match else len(text)


def line_start(text: str, place: int, _width: int) -> int:
    """Return where the line begins."""
    return text.rfind("\n", 0, place) + 1


def line_end(text: str, place: int, _width: int) -> int:
    """Return where the line ends."""
    end = text.find("\n", place)
    return len(text) if end < 0 else end


def line_rest(text: str, place: int, width: int) -> int:
    """Return where the line ends; at its end, the beginning of the next one."""
    return max(line_end(text, place, width), min(place + 1, len(text)))


def start(_text: str, _place: int, _width: int) -> int:
    """Return where the text begins."""
    return 0


def end(text: str, _place: int, _width: int) -> int:
    """Return where the text ends."""
    return len(text)


def up(text: str, place: int, width: int) -> int:
    """Return the place one line higher on the screen; in the highest one, the beginning."""
    rows = _rows(text, width)
    row = bisect_right(rows, place) - 1
    return min(rows[row - 1] + place - rows[row], rows[row] - 1) if row else 0


def down(text: str, place: int, width: int) -> int:
    """Return the place one line lower on the screen; in the lowest one, the end."""
    rows = [*_rows(text, width), len(text) + 1]
    row = bisect_right(rows, place) - 1
    return min(rows[row + 1] + place - rows[row], rows[row + 2] - 1) if row + 2 < len(rows) else len(text)


def _rows(text: str, width: int) -> list[int]:
    """Return where each line on the screen begins."""
    rows, first = [], 0
    for line in text.split("\n"):
        rows += [first, *(first + place for place in breaks(line, width))]
        first += len(line) + 1
    return rows


def _is_inside(text: str, place: int) -> bool:
    """Return whether a place is inside of what is one letter or one picture to who reads."""
    character = text[place]
    return text[place - 1] == _JOINER or unicodedata.combining(character) > 0 or bool(_PART_OF_PICTURE.match(character))
