"""The lines of a front matter that stand under each key: one value can be written anew, and every other byte stays."""

from __future__ import annotations

import re
from collections.abc import Mapping

from coach.logs.edits import Edits
from coach.logs.front_matter import key_of

_REMARK = re.compile(
    r"""
    [^:]+ :
    (?: [ \t]+ (?:
        "(?: \\. | [^"\\] )*" | '(?: '' | [^'] )*'     # a value between quotation marks,
      | \[ [^\]]* \]                                   # a list,
      | (?: [^\s#] | (?<=\S)\# | [ \t]+(?!\#) )*?      # or another, in which a hash may stand behind a letter
    ) )?
    ( [ \t]+ \# .* )
    """,
    re.VERBOSE,
)


def with_values(lines: list[bytes], old: Mapping[str, str], new: Mapping[str, str], carriage: bytes) -> list[bytes]:
    """Return the lines of a front matter, marks and all, with the `new` values where they are not the `old` ones.

    The remarks of a person stay.
    """
    texts = [line.decode("utf-8", "replace").rstrip("\r") for line in lines]
    places, edits = _places(texts), Edits(lines)
    last = next(number for number, text in enumerate(texts) if text.strip("\ufeff \t"))  # the mark above it
    for key, value in new.items():
        first, end = places.get(key, (last + 1, last + 1))
        if value != old[key]:
            remark = _REMARK.fullmatch(texts[first]) if key in places else None
            written = f"{key}: {value}{remark[1] if remark else ''}"
            edits.gone.update(number for number in range(first, end) if texts[number].lstrip()[:1] != "#")
            edits.add(end - 1, [written.encode("utf-8", "replace") + carriage] if value else [])
        last = end - 1
    return edits.between(0, len(lines))


def _places(texts: list[str]) -> dict[str, tuple[int, int]]:
    """Return of each key the number of its line, and that of the line after its value."""
    places: dict[str, tuple[int, int]] = {}
    key = None
    for number, text in enumerate(texts[:-1]):
        if (found := key_of(text)) is not None:
            key = found
            places[key] = number, number + 1
        elif key and text.strip() and text[0] != "#":
            places[key] = places[key][0], number + 1
    return places
