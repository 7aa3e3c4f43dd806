"""What the logs do hold, where a search finds nothing: other forms of a word, the nearest word, the nearest question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import cached_property

from coach.language.words import Words, all_words
from coach.text import fold

_ANSWER = re.compile(r"^- ([a-z][a-z0-9_]*)(?:\.before)?:: (.*)$", re.MULTILINE)
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_LEAST = 3  # letters of a word that has other forms
_NEAR = 0.75  # of a word is the same in one that was meant


class Vocabulary:
    """The words of all answers, and the ids of their questions."""

    def __init__(self) -> None:
        """Begin with none."""
        self.fields: set[str] = set()
        self._typed: set[str] = set()

    def add(self, data: bytes) -> None:
        """Add what a log holds."""
        for field, text in _ANSWER.findall(data.decode("utf-8", "replace")):
            self.fields.add(field)
            self._typed.update(text.split())

    @cached_property
    def words(self) -> set[str]:
        """The words, folded, once all logs were added."""
        return {word for typed in self._typed for word in _WORD.findall(fold(typed))}

    def other_forms(self, text: str) -> str:
        """Return an expression for the other forms of a word that occur, as `leg ... uit` for `uitleggen`, or ""."""
        word, words = fold(text), self.words
        if len(word) < _LEAST or not _WORD.fullmatch(word):
            return ""
        forms = [form for language in all_words() for form in _forms(word, words, language)]
        return rf"\b(?:{'|'.join(dict.fromkeys(forms))})\b" if forms else ""

    def nearest(self, text: str) -> str:
        """Return the word that is most like a text, or ""."""
        word = fold(text)
        near = {one for one in self.words if abs(len(one) - len(word)) < _LEAST} if _WORD.fullmatch(word) else ()
        return next(iter(get_close_matches(word, near, 1, _NEAR)), "")


def nearest_field(field: str, fields: Iterable[str]) -> str:
    """Return the id of a question that is most like one that is not there, or ""."""
    return next(iter(get_close_matches(field, sorted(fields), 1, 0.5)), "")


def _forms(word: str, words: set[str], language: Words) -> Iterator[str]:
    """Yield expressions for the forms of a word in one language."""
    yield from _alike(word, words, language)
    for particle in language.particles:
        verb = word.removeprefix(particle)
        if verb == word or len(verb) < _LEAST:
            continue
        for between in ("ge", "te", ""):
            start = particle + between
            yield from (start + form for form in _alike(verb, _behind(start, words), language))
        if parted := "|".join(_alike(verb, words, language)):
            yield rf"(?:{parted})\b[^.!?;]*\b{particle}|{particle}\s+te\s+(?:{parted})"


def _behind(start: str, words: set[str]) -> set[str]:
    return {word[len(start) :] for word in words if word.startswith(start) and len(word) > len(start)}


def _alike(word: str, words: set[str], language: Words) -> list[str]:
    """Return the words with the same stem, escaped."""
    stem = language.stem(word)
    near = sorted(one for one in words if one[0] == word[0])
    return [re.escape(one) for one in near if stem in {language.stem(one), *_present(one, language)}]


def _present(word: str, language: Words) -> Iterator[str]:
    """Yield the stem of a word without the end of a past tense."""
    return (language.stem(word.removesuffix(end)) for end in language.past if word.endswith(end) and len(word) > len(end) + 1)
