"""Finding what was said: the lines of a log that hold a text, with their question."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from coach.errors import Problem, UsageError
from coach.language import _
from coach.logs.answer_line import Line, read_line
from coach.logs.front_matter import FrontMatter, key_of, read_front_matter
from coach.logs.markdown import (
    answer_lines,
    body_start,
    decode,
    front_lines,
    is_plainly_a_log,
    question_of,
    read_log,
    split_lines,
)
from coach.logs.session import Session
from coach.logs.value import key_and_label
from coach.text import expression_of, fold, fold_bytes, fold_character, spans_folded, spans_of, strip_accents

_ASCII = bytes(range(128))
_FOREIGN = bytes(range(128, 256))
_PLAIN = re.compile(r"\w(?:[\w .()-]*\w)?")  # a value that is the same in every YAML
_SEARCHED_KEYS = {"about", "tags"}  # what a person writes in the front matter

Spans = tuple[tuple[int, int], ...]


class Query(NamedTuple):
    """What is looked for: every pattern must occur in a session; with a `field`, in the answers to it."""

    patterns: tuple[str, ...]
    regex: bool = False
    field: str = ""
    whole_words: bool = False


class Hit(NamedTuple):
    """A line that was found: in which session, under which question, and where in the line.

    `field` is empty for what the user wrote in the file outside the answers.
    """

    session: Session
    field: str
    question: str
    line: str
    spans: Spans


class Search(NamedTuple):
    """A query made ready to be tried on many logs: folded needles, and for each pattern what finds it in a line.

    The words of a pattern may stand on two lines: its needle is the longest of them, and `phrases` find all.
    """

    field: str
    needles: tuple[bytes, ...]
    phrases: tuple[re.Pattern[bytes], ...]
    finders: tuple[Callable[[str], Spans], ...]


@dataclass(slots=True)  # not frozen: there are as many as lines that are found
class _Place:
    """A line that holds one of the patterns: its number, its field, its words, and for each pattern where it occurs in them."""

    number: int
    field: str
    words: str
    spans: tuple[Spans, ...]


@dataclass(slots=True)
class _Log:
    """The lines of a log, of which the body begins at `body`; it is read whole only where a line is not as we write it."""

    text: str
    where: str
    lines: list[str]
    body: int
    _front: FrontMatter | None = None
    _answers: dict[int, tuple[int, Line]] | None = None

    @property
    def front(self) -> FrontMatter:
        """What stands above its body."""
        self._front = self._front or read_front_matter(front_lines(self.lines, self.body), self.where)
        return self._front

    def own_words(self, number: int) -> tuple[int, str, str]:
        """Return the first of the lines that belong together here, their field, and the person's own words in them."""
        if number < self.body:
            return self._own_value(number)
        line = self.lines[number]
        if line.startswith("#") or not line.strip():
            return number, "", ""
        answer = read_line(line)
        if answer is None or not self._ends_at(number):
            if self._answers is None:
                self._answers = answer_lines(self.text, self.where)
            number, answer = self._answers.get(number, (number, None))
        if answer:
            return number, answer.id, "" if answer.part in {"heard", "quotes"} else self._label(answer).strip()
        return number, "", line.strip()

    def question(self, place: _Place) -> str:
        """Return the question above a place."""
        if place.number < self.body:
            return ""
        question = question_of(self.lines, place.number, place.field)
        if question or not place.field:
            return question
        exchanges = (one for one in read_log(self.text, self.where, ids=(place.field,)).exchanges)
        return next(
            (one.question for one in exchanges if place.words in map(str.strip, (*one.lines, *one.before, *one.draft))), ""
        )

    def _ends_at(self, number: int) -> bool:
        """Return whether nothing goes on below a line, as nothing does below the lines that we write."""
        return number + 1 == len(self.lines) or self.lines[number + 1][:2] in {"", "- "}

    def _label(self, answer: Line) -> str:
        """Return an answer as a person reads it: the choice `short (A few minutes)` is `A few minutes`."""
        if not answer.text.rstrip().endswith(")"):
            return answer.text
        return key_and_label(answer.text)[1] if answer.id in self.front.words("choices") else answer.text

    def _own_value(self, number: int) -> tuple[int, str, str]:
        """Return what a person wrote in the front matter, however YAML has it, at the line of its key."""
        key, _colon, value = self.lines[number].partition(": ")
        if key in _SEARCHED_KEYS and _PLAIN.fullmatch(value):
            return number, key, value
        while number and self.lines[number].startswith((" ", "\t", "- ")):
            number -= 1
        match key_of(self.lines[number]):
            case "about":
                return number, "about", self.front.texts.get("about", "")
            case "tags":
                tags = self.front.words("tags")
                return number, "tags", f"[{', '.join(tags)}]" if tags else ""
        return number, "", ""


def ready(query: Query) -> Search:
    """Return the query made ready.

    Raises:
        UsageError: when a pattern is empty or is no regular expression.

    """
    if not query.patterns or not all(pattern.strip() for pattern in query.patterns):
        raise UsageError(Problem("", _("there is nothing to look for"), _("give a word, or a part of one")))
    if query.regex:
        return Search(query.field, (), (), tuple(map(_finder_of_expression, query.patterns)))
    needles = tuple(map(fold, query.patterns))
    parts = tuple(max(needle.split() or [needle], key=len) for needle in needles)
    phrases = tuple(re.compile(rb"[\s>]+".join(map(re.escape, one.encode().split()))) for one in needles if " " in one.strip())
    finders = tuple(_finder_of_text(needle, query.whole_words) for needle in needles)
    return Search(query.field, tuple(part.encode() for part in parts), phrases, finders)


def find(search: Search, data: bytes, where: str) -> tuple[Hit, ...]:
    """Return the lines of one log that hold what is looked for.

    Raises:
        CoachError: when `data` is not a log.

    """
    has_escapes = _has_escapes(data)
    if not has_escapes and not all(_may_hold(data, needle) for needle in search.needles):
        if not is_plainly_a_log(data):
            read_log(decode(data), where, ids=())
        return ()
    folded = fold_bytes(data)
    if not has_escapes and not _holds(folded, search):
        return ()
    text = decode(data)
    lines = split_lines(text)
    log = _Log(text, where, lines, body_start(lines, where))
    numbers = _candidates(search, folded, lines)
    if has_escapes:
        numbers = sorted({*numbers, *(number for number, line in enumerate(lines[: log.body]) if "\\" in line)})
    places = list(_places(log, numbers, search))
    if not places or not all(map(any, zip(*(place.spans for place in places), strict=True))):
        return ()
    session = log.front.session()
    return tuple(
        Hit(
            session,
            place.field,
            log.question(place),
            place.words,
            tuple(sorted({span for of_pattern in place.spans for span in of_pattern})),
        )
        for place in places
    )


def _holds(folded: bytes, search: Search) -> bool:
    return all(needle in folded for needle in search.needles) and all(phrase.search(folded) for phrase in search.phrases)


def _has_escapes(data: bytes) -> bool:
    r"""Tell whether a value of the front matter may be written with escapes, as in `"J\xE9r\xF4me"`."""
    return b"\\" in data and b"\\" in data[: data.find(b"\n---", 1)]


def _candidates(search: Search, folded: bytes, lines: list[str]) -> list[int]:
    """Return the numbers of the lines that hold a needle; all where there is none."""
    if not search.needles:
        return list(range(len(lines)))
    return sorted({number for needle in search.needles for number in _lines_with(needle, folded)})


def _lines_with(needle: bytes, folded: bytes) -> Iterator[int]:
    number = counted = 0
    place = folded.find(needle)
    while place >= 0:
        number += folded.count(b"\n", counted, place)
        counted = place
        yield number
        end = folded.find(b"\n", place)
        place = folded.find(needle, end + 1) if end >= 0 else -1


def _may_hold(data: bytes, needle: bytes) -> bool:
    """Tell whether `needle` can be in `data` folded: compare both less every letter that may have an accent."""
    low = data.lower()
    if needle in low:
        return True
    foreign = low.translate(None, _ASCII)
    if not foreign:
        return False
    letters = _letters(frozenset(foreign.decode("utf-8", "ignore")))
    return needle.translate(None, letters) in low.translate(None, letters)


@lru_cache(maxsize=4096)
def _letters(foreign: frozenset[str]) -> bytes:
    """Return all bytes that foreign characters are made of, or become when folded."""
    return bytes({*_FOREIGN, *b"".join(fold_character(character).encode() for character in foreign)})


def _places(log: _Log, numbers: Iterable[int], search: Search) -> Iterator[_Place]:
    """Yield those of these numbers at which the person's own words hold a pattern."""
    seen = -1
    for number in numbers:
        first, field, words = log.own_words(number)
        if words and first > seen and search.field in {"", field}:
            seen = first
            occurrences = tuple([find_in(words) for find_in in search.finders])
            if any(occurrences):
                yield _Place(first, field, words, occurrences)


def _finder_of_text(needle: str, is_word: bool) -> Callable[[str], Spans]:
    expression = expression_of(needle, is_word=is_word)
    return lambda line: spans_folded(line, expression)


def _finder_of_expression(pattern: str) -> Callable[[str], Spans]:
    try:
        expression = re.compile(strip_accents(pattern), re.IGNORECASE)
    except re.error as error:
        what = _("'{pattern}' is not a regular expression").format(pattern=pattern)
        raise UsageError(Problem("", what, str(error))) from None
    return lambda line: spans_of(line, expression)
