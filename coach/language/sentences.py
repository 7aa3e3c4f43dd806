"""Where the first sentence of a text ends."""

from __future__ import annotations

import re

from coach.language.words import words_of

_END = re.compile(
    r"""
    ( \S* ) ( [.?!…]+ )     # a word and the marks behind it
    ["'”\N{RIGHT SINGLE QUOTATION MARK})\]]*  # what closes with them
    (?= \s | \Z )
    """,
    re.VERBOSE,
)
_INITIALS = re.compile(r"(?:\w\.)*\w")  # S. and o.a.


def first_sentence(text: str, language: str) -> str:
    """Return the first sentence of a text; a line that ends, ends it too."""
    line = next((line.strip() for line in text.split("\n") if line.strip()), "")
    for match in _END.finditer(line):
        behind = line[match.end() :].lstrip()
        if not behind or (not behind[0].islower() and not _goes_on(match[1], match[2], language)):
            return line[: match.end()]
    return line


def _goes_on(word: str, marks: str, language: str) -> bool:
    """Return whether a full stop belongs to the word before it."""
    return marks == "." and (bool(_INITIALS.fullmatch(word)) or word.casefold() in words_of(language).shortened)
