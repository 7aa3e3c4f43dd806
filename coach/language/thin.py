"""Answers that say little: a few words, or only that one does not know."""

from __future__ import annotations

import re

from coach.language.words import words_of
from coach.text import fold

_FEW = 4  # words: from here on an answer says something
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def is_thin(text: str, language: str) -> bool:
    """Return whether an answer has only a few words, or only says that one does not know."""
    return sum(1 for word in text.split() if _WORD.search(word)) < _FEW or is_unsure(text, language)


def is_unsure(text: str, language: str) -> bool:
    """Return whether an answer only says that one does not know, in words or with a mark."""
    words = _WORD.findall(fold(text).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))
    return words_of(language).unsure.fullmatch(" ".join(words)) is not None
