"""A text -> lines of a width, broken between words; only a word that is longer than a line is broken itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

READABLE_WIDTH = 88
_WORDS = re.compile(r"( *)([^ ]+)")
_CUT = " …"
_JOINER, _AS_PICTURE = "\N{ZERO WIDTH JOINER}", "\N{VARIATION SELECTOR-16}"
_PICTURE = re.compile(f".(?:{_AS_PICTURE}|{_JOINER}.)*", re.DOTALL)


def cells(text: str) -> int:
    """Return how wide a text is at most: a terminal that does not join the parts of a picture shows them side by side."""
    if text.isascii():
        return len(text)
    from rich.cells import get_character_cell_size  # most texts do without

    return sum(map(get_character_cell_size, text)) + text.count(_AS_PICTURE)


def wrapped(text: str, width: int, further: str = "") -> str:
    """Return `text` in lines of a width; the rest of a line begins with its own indent and `further`."""
    return "\n".join(line for paragraph in text.split("\n") for line in _lines(paragraph, width, further))


def hung(text: str, width: int, margin: int) -> str:
    """Return `text` in lines of a width, all but the first below a margin that it stands behind."""
    return wrapped(text, width - margin).replace("\n", "\n" + " " * margin)


def shortened(text: str, width: int) -> str:
    """Return `text` on one line of a width, cut between words where it is longer."""
    text = " ".join(text.split("\n"))
    if cells(text) <= width:
        return text
    room = width - cells(_CUT)
    return text[: next(breaks(text, room), 0)].rstrip(" ") + _CUT if room > 0 else ""


def breaks(text: str, width: int, measure: Callable[[str], int] = cells) -> Iterator[int]:
    """Yield where in a paragraph the next line begins; spaces at the end of a line take no room."""
    used = 0
    for match in _WORDS.finditer(text):
        gap, word = match.groups()
        size = measure(word)
        if used and used + len(gap) + size > width:
            yield match.start(2)
            used = 0
        else:
            used += len(gap)
        for place in _pieces(word, width - used, width, measure) if used + size > width else ():
            yield match.start(2) + place
            used, size = 0, measure(word[place:])
        used += size


def _lines(text: str, width: int, further: str) -> Iterator[str]:
    indent = (text[: len(text) - len(text.lstrip(" "))] + further)[: width // 2]
    first = next(breaks(text, width), len(text))
    line, rest, start = text[:first], text[first:], 0
    for end in (*breaks(rest, width - len(indent)), len(rest)) if rest else ():
        yield line.rstrip(" ")
        line, start = indent + rest[start:end], end
    yield line


def _pieces(word: str, first: int, width: int, measure: Callable[[str], int]) -> Iterator[int]:
    """Yield where a long word is broken: never within a picture, nor before an accent, which takes no room."""
    room = first
    for match in _PICTURE.finditer(word):
        size = measure(match[0])
        if size > room and match.start():
            yield match.start()
            room = width
        room -= size
