"""Finding what was said: the lines of a log that hold a text, with their question."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from coach.errors import Problem, UsageError
from coach.language import _
from coach.logs.markdown import body_start, decode, is_plainly_a_log, question_of, read_line, read_log, split_lines
from coach.logs.session import Session
from coach.text import fold, fold_bytes, fold_character, spans, spans_of, strip_accents

_ASCII = bytes(range(128))
_FOREIGN = bytes(range(128, 256))
_SEARCHED_KEYS = {"about", "tags"}  # what a person writes in the front matter

Spans = tuple[tuple[int, int], ...]


class Query(NamedTuple):
    """What is looked for: every pattern must occur in a session; with a `field`, in the answers to it."""

    patterns: tuple[str, ...]
    regex: bool = False
    field: str = ""


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
    """A query made ready to be tried on many logs: folded needles, and for each pattern what finds it in a line."""

    field: str
    needles: tuple[bytes, ...]
    finders: tuple[Callable[[str], Spans], ...]


@dataclass(slots=True)  # not frozen: there are as many as lines that are found
class _Place:
    """A line that holds one of the patterns: its number, its field, its words, and for each pattern where it occurs in them."""

    number: int
    field: str
    words: str
    spans: tuple[Spans, ...]


def ready(query: Query) -> Search:
    """Return the query made ready.

    Raises:
        UsageError: when a pattern is empty or is no regular expression.

    """
    if not query.patterns or not all(pattern.strip() for pattern in query.patterns):
        raise UsageError(Problem("", _("there is nothing to look for"), _("give a word, or a part of one")))
    if query.regex:
        return Search(query.field, (), tuple(map(_finder_of_expression, query.patterns)))
    needles = tuple(map(fold, query.patterns))
    return Search(query.field, tuple(needle.encode() for needle in needles), tuple(map(_finder_of_text, needles)))


def find(search: Search, data: bytes, where: str) -> tuple[Hit, ...]:
    """Return the lines of one log that hold what is looked for.

    Raises:
        CoachError: when `data` is not a log.

    """
    if not all(_may_hold(data, needle) for needle in search.needles):
        if not is_plainly_a_log(data):
            read_log(decode(data), where, ids=())
        return ()
    folded = fold_bytes(data)
    if not all(needle in folded for needle in search.needles):
        return ()
    text = decode(data)
    lines = split_lines(text)
    body = body_start(lines, where)
    places = list(_places(lines, _candidates(search, folded, lines), body, search))
    if not places or not all(map(any, zip(*(place.spans for place in places), strict=True))):
        return ()
    session = read_log(text, where, ids=())
    return tuple(
        Hit(
            session,
            place.field,
            question_of(lines, place.number, place.field) if place.number >= body else "",
            place.words,
            tuple(sorted({span for of_pattern in place.spans for span in of_pattern})),
        )
        for place in places
    )


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
    letters = _letters("".join(sorted(set(foreign.decode("utf-8", "ignore")))))
    return needle.translate(None, letters) in low.translate(None, letters)


@lru_cache(maxsize=4096)
def _letters(foreign: str) -> bytes:
    """Return all bytes that foreign characters are made of, or become when folded."""
    return bytes({*_FOREIGN, *b"".join(fold_character(character).encode() for character in foreign)})


def _places(lines: list[str], numbers: Iterable[int], body: int, search: Search) -> Iterator[_Place]:
    """Yield those of these numbers at which the person's own words hold a pattern; at `body` the body begins."""
    for number in numbers:
        field, words = _own_words(lines[number]) if number >= body else _own_value(lines[number])
        if words and search.field in {"", field}:
            occurrences = tuple([find_in(words) for find_in in search.finders])
            if any(occurrences):
                yield _Place(number, field, words, occurrences)


def _own_value(line: str) -> tuple[str, str]:
    """Return the key of a line of the front matter and the person's own words in it."""
    key, _colon, value = line.partition(": ")
    return (key, value) if key in _SEARCHED_KEYS else ("", "")


def _own_words(line: str) -> tuple[str, str]:
    """Return the field of a line of the body and the person's own words in it."""
    if answer := read_line(line):
        return answer.id, "" if answer.part in {"heard", "quotes"} else answer.text
    return "", "" if line.startswith("#") else line.strip()


def _finder_of_text(needle: str) -> Callable[[str], Spans]:
    return lambda line: spans(line, needle)


def _finder_of_expression(pattern: str) -> Callable[[str], Spans]:
    try:
        expression = re.compile(strip_accents(pattern), re.IGNORECASE)
    except re.error as error:
        what = _("'{pattern}' is not a regular expression").format(pattern=pattern)
        raise UsageError(Problem("", what, str(error))) from None
    return lambda line: spans_of(line, expression)
