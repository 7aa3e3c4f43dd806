"""A text as the rules read it: small letters, straight quotes, composed accents, no fillers.

Every letter knows where it was typed, so what is heard can be shown as it was typed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_QUOTES = str.maketrans("‘’‚‛ʼ`´“”„«»\u00a0\u202f–—", "'''''''\"\"\"\"\"  --", "\u200b\u200c\u200d\u2060\ufeff\u00ad")  # noqa: RUF001 # these are the letters meant
_IGNORED = re.compile(
    r"""
    (?: e(?<![^\s,("']e)(?:e*h*m+|e*h+)            # a filler, which begins a word: eh, ehm
      | u(?<![^\s,("']u)(?:u*h+m*|u*m+)             # uh, um
      | h(?<![^\s,("']h)h*m+                        # hm
      | m(?<![^\s,("']m)(?:m+|m*-hm+)               # mm, mm-hm
    )(?:,|\.\.\.|-+)?[ ]+(?![ ])                    # ... and what follows it
    | ,?[ ](?:e+h+m*|u+h*m*)(?<=[hm])(?=[,.?!])     # a filler before a comma or an end
    | [ \t](?<=[ \t][ \t])[ \t]*                   # a blank behind a blank
    | [ \t]+(?=\n) | \s+\Z | \A\s+
    """,
    re.VERBOSE,
)
_PLAIN = re.compile(r"[\x00-\x7f\xa0-\xac\xae-\xde\xe0-\xff‘’“”–—]*")  # noqa: RUF001 # each stays one letter
_STUTTER = re.compile(r"(?<!\w)(\w{1,9})--?(?=\1)")  # as it is written down: wh-what
_QUOTED = re.compile(
    r"""
      "[^"\n]{1,600}"                                                                  # between double quotes
    | (?<![\w']) ' (?=\w) [^'\n]{1,600} (?: '\w [^'\n]{1,600} ){0,9} ' (?!\w)          # between single ones, with apostrophes
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Folded:
    """What was typed and how the rules read it; `places` gives for each folded letter its place in what was typed."""

    typed: str
    text: str
    places: Sequence[int]

    def words(self, start: int, end: int) -> str:
        """Return the words between two places of the folded text, as they were typed."""
        if start >= end:
            return ""
        last = self.places[end - 1] + 1
        while last < len(self.typed) and unicodedata.combining(self.typed[last]):
            last += 1
        return self.typed[self.places[start] : last].strip()

    def quotes(self) -> tuple[tuple[int, int], ...]:
        """Return where other people's words stand, unless the whole answer is between quotes."""
        spans = tuple(match.span() for match in _QUOTED.finditer(self.text))
        outside = len(self.text) - sum(end - start for start, end in spans)
        return spans if outside > 2 else ()  # noqa: PLR2004 # a full stop and a blank


def fold(typed: str) -> Folded:
    """Return a text as the rules read it."""
    if typed.isascii():
        return _without_fillers(typed, typed.lower().replace("`", "'"), range(len(typed)))
    if _PLAIN.fullmatch(typed):
        return _without_fillers(typed, letters(typed), range(len(typed)))
    texts: list[str] = []
    places: list[int] = []
    for start, end in _letters(typed):
        folded = letters(typed[start:end])
        texts.append(folded)
        places.extend([start] * len(folded))
    return _without_fillers(typed, "".join(texts), places)


def letters(typed: str) -> str:
    """Return the letters of a text as the rules read them, with its fillers."""
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", typed).casefold())
    return folded.translate(_QUOTES).replace("…", "...")


def _letters(typed: str) -> list[tuple[int, int]]:
    """Return where each letter with its accents starts and ends."""
    starts = [place for place, sign in enumerate(typed) if not place or not unicodedata.combining(sign)]
    return list(zip(starts, [*starts[1:], len(typed)], strict=True))


def _without_fillers(typed: str, text: str, places: Sequence[int]) -> Folded:
    ignored = [match.span() for match in _IGNORED.finditer(text)]
    if "-" in text:
        ignored = sorted({*ignored, *(match.span() for match in _STUTTER.finditer(text))})
    kept: list[str] = []
    kept_places: list[int] = []
    after = 0
    for start, end in ignored:
        if start >= after:
            kept.append(text[after:start])
            kept_places.extend(places[after:start])
            after = end
    if not after:
        return Folded(typed, text, places)
    return Folded(typed, "".join(kept) + text[after:], [*kept_places, *places[after:]])
