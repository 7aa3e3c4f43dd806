"""Finding what was said: the lines of a log that hold a text, with their question."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from coach import text as folding
from coach.errors import Problem, UsageError
from coach.language import _
from coach.logs.glance import glance
from coach.logs.session import Session

_ASCII = bytes(range(128))
_FOREIGN = bytes(range(128, 256))
_FIELD = re.compile(r"\s{0,3}[-*+] ([a-z][a-z0-9_]*)(?:\.(before|heard|draft))?::(?: (.*))?", re.DOTALL)

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: every pattern must occur in a session; with a `field`, in the answers to it."""

    patterns: tuple[str, ...]
    regex: bool = False
    field: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A line that was found: in which session, under which question, and where in the line.

    `field` is empty for what the user wrote in the file outside the answers.
    """

    session: Session
    field: str
    question: str
    line: str
    spans: Spans


@dataclass(frozen=True, slots=True)
class Search:
    """A query made ready to be tried on many logs: folded needles, and for each pattern what finds it in a line."""

    field: str
    needles: tuple[bytes, ...]
    places: tuple[Callable[[str], Spans], ...]


def ready(query: Query) -> Search:
    """Return the query made ready.

    Raises:
        UsageError: when a pattern is empty or is no regular expression.

    """
    if not query.patterns or not all(pattern.strip() for pattern in query.patterns):
        raise UsageError(Problem("", _("there is nothing to look for"), _("give a word, or a part of one")))
    if query.regex:
        return Search(query.field, (), tuple(map(_places_of_expression, query.patterns)))
    needles = tuple(map(folding.fold, query.patterns))
    return Search(query.field, tuple(needle.encode() for needle in needles), tuple(map(_places_of_text, needles)))


def find(search: Search, data: bytes, where: str) -> tuple[Hit, ...]:
    """Return the lines of one log that hold what is looked for.

    Raises:
        CoachError: when `data` is not a log.

    """
    if not all(_may_hold(data, needle) for needle in search.needles):
        if not _looks_like_a_log(data):
            glance(data.decode("utf-8-sig", "replace"), where, ())
        return ()
    folded = folding.fold_bytes(data)
    if not all(needle in folded for needle in search.needles):
        return ()
    text = data.decode("utf-8-sig", "replace")
    lines = text.split("\n")
    found = list(_said(lines, _candidates(search, folded, lines), search))
    if not found or not all(any(places) for places in zip(*(places for *_line, places in found), strict=True)):
        return ()
    session = glance(text, where, ())
    return tuple(
        Hit(
            session,
            field,
            _question(lines, number, field),
            line,
            tuple(sorted({span for spans in places for span in spans})),
        )
        for number, field, line, places in found
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
    return bytes({*_FOREIGN, *b"".join(folding.fold_character(character).encode() for character in foreign)})


def _looks_like_a_log(data: bytes) -> bool:
    return data.startswith(b"---\n") and b"\nstarted: " in data and b"\n---\n" in data


def _said(lines: list[str], numbers: list[int], search: Search) -> Iterator[tuple[int, str, str, list[Spans]]]:
    """Yield the person's own words among the lines: number, field, text and, a pattern, where it occurs."""
    body = next((number for number in range(1, len(lines)) if lines[number].rstrip() == "---"), len(lines))
    for number in numbers:
        field, value = _own_words(lines[number].removesuffix("\r"), inside=number > body)
        if value and (not search.field or field == search.field):
            places = [of(value) for of in search.places]
            if any(places):
                yield number, field, value, places


def _own_words(line: str, *, inside: bool) -> tuple[str, str]:
    """Return the field of a line and the person's own words in it, inside the log or in its front matter."""
    if not inside:
        match = re.match(r"(about|tags): ", line)
        return (match[1], line[match.end() :]) if match else ("", "")
    if match := _FIELD.fullmatch(line):
        return match[1], "" if match[2] == "heard" else match[3] or ""
    return "", "" if line.startswith("#") else line.strip()


def _question(lines: list[str], number: int, field: str) -> str:
    """Return the heading above a line; for the line of a field only past lines of that same field."""
    ours = (f"- {field}::", f"- {field}.")
    for above in range(number - 1, -1, -1):
        line = lines[above]
        if line.startswith("### "):
            return line.removesuffix("\r")[4:]
        if line.startswith(("# ", "## ", "---")):
            return ""
        if field and not line.startswith(ours) and line.strip():
            match = _FIELD.fullmatch(line.removesuffix("\r"))
            if not match or match[1] != field:
                return ""
    return ""


def _places_of_text(needle: str) -> Callable[[str], Spans]:
    return lambda line: folding.spans(line, needle)


def _places_of_expression(pattern: str) -> Callable[[str], Spans]:
    try:
        expression = re.compile(folding.strip_accents(pattern), re.IGNORECASE)
    except re.error as error:
        what = _("'{pattern}' is not a regular expression").format(pattern=pattern)
        raise UsageError(Problem("", what, str(error))) from None
    return lambda line: folding.spans_of(line, expression)
