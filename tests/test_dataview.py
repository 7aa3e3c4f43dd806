"""Obsidian's Dataview finds the answers in our logs as fields: `key:: value` on an item of a list, several under one key.

By its own rules, as its sources tell: a field between brackets, or a date behind an emoji, in an item takes the place of the one
on the whole item; a key has letters, digits, `_`, `-`, `/` and blanks, so the other parts of an answer (`fear.heard`) are none.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given

from coach.logs.markdown import read_log, render
from coach.logs.session import Exchange, Session
from golden_logs import GOLDEN
from test_markdown import sessions

LOGS = sorted((GOLDEN / "logs").glob("*.md"))
_ITEM = re.compile(r"^[\s>]*(?:\d+[.)]|[*+-])\s*(?:\[.?\])?\s*(.*)$")
_KEY = re.compile(r"[^0-9\w]*([0-9\w\s/-]*)[_*~`]*")
_EMOJI = {
    "created": "\N{HEAVY PLUS SIGN}",
    "start": "\N{AIRPLANE DEPARTURE}",
    "scheduled": "[\N{HOURGLASS WITH FLOWING SAND}\N{HOURGLASS}]",
    "due": "[\N{CALENDAR}\N{TEAR-OFF CALENDAR}\N{SPIRAL CALENDAR PAD}\N{VARIATION SELECTOR-16}]",
    "completion": "\N{WHITE HEAVY CHECK MARK}",
}
_PAIRS = {"[": "]", "(": ")"}

Field = tuple[str, str]


def fields_of(item: str) -> list[Field]:
    """Return the fields that Dataview finds in the text of an item of a list."""
    inner = [*_bracketed(item), *_dated(item)]
    if inner:
        return inner
    key, sign, value = item.partition("::")
    match = _KEY.fullmatch(key.strip())
    return [(match[1], value.strip())] if sign and match else []


def _bracketed(item: str) -> Iterator[Field]:
    for opening, closing in _PAIRS.items():
        start = item.find(opening)
        while start >= 0:
            key, sign, rest = item[start + 1 :].partition("::")
            length = _length(rest, opening, closing) if sign and not set("[]()") & set(key) else -1
            if length >= 0:
                yield key.strip(), rest[:length].strip()
                start += len(key) + len(sign) + length
            start = item.find(opening, start + 1)


def _length(text: str, opening: str, closing: str) -> int:
    """Return how many letters come before the bracket that closes, -1 where none does."""
    depth, escaped = 0, False
    for number, letter in enumerate(text):
        if letter == "\\":
            escaped = not escaped
            continue
        depth += 0 if escaped else (letter == opening) - (letter == closing)
        escaped = False
        if depth < 0:
            return number
    return -1


def _dated(item: str) -> Iterator[Field]:
    for key, emoji in _EMOJI.items():
        if match := re.search(rf"{emoji}\s*(\d{{4}}-\d\d-\d\d)", item):
            yield key, match[1]


def found_in(text: str) -> list[Field]:
    """Return the fields of a log below its front matter."""
    body = text.partition("\n---\n")[2]
    items = [match[1] for line in body.split("\n") if "::" in line and (match := _ITEM.match(line))]
    return [field for item in items for field in fields_of(item)]


def answers_in(session: Session) -> list[Field]:
    """Return the lines of the answers of a session, each with its key and without the blanks around it."""
    return [(one.id, line.strip()) for one in session.exchanges for line in one.lines]


def is_taken(field: Field) -> bool:
    """Return whether something in an answer takes the place of the field that it is."""
    return bool([*_bracketed(field[1]), *_dated(field[1])])


@pytest.mark.parametrize("path", LOGS, ids=lambda path: path.stem)
def test_every_answer_is_a_field(path: Path) -> None:
    text = path.read_text("utf-8")
    answers = [field for field in answers_in(read_log(text, path.name)) if not is_taken(field)]
    assert [field for field in found_in(text) if field in answers] == answers


@given(sessions())
def test_any_answer_is_a_field_but_for_what_dataview_reads_in_it(session: Session) -> None:
    told = replace(session, exchanges=tuple(one._replace(lines=one.lines or ("x",)) for one in session.exchanges))
    answers = [field for field in answers_in(told) if not is_taken(field)]
    assert [field for field in found_in(render(told)) if field in answers] == answers


@pytest.mark.parametrize(
    ("exchange", "fields"),
    [
        (Exchange("fear", "", ("That she leaves.", "And cries.")), [("fear", "That she leaves."), ("fear", "And cries.")]),
        (Exchange("fear", "", ("",)), [("fear", "")]),
        (Exchange("fear_outcome", "", ("partly (In part)",), choice=True), [("fear_outcome", "partly (In part)")]),
        (Exchange("fear", "", ("a:: b",), draft=("c",), heard=("why",), before=("d",)), [("fear", "a:: b")]),
        (Exchange("fear", "", ("she said [mood:: bad] and left",)), [("mood", "bad")]),
        (Exchange("fear", "", ("she said (mood:: bad (so)) and left",)), [("mood", "bad (so)")]),
        (Exchange("first_step", "", ("call \N{CALENDAR} 2026-11-24",)), [("due", "2026-11-24")]),
    ],
    ids=lambda one: one.lines[0] if isinstance(one, Exchange) else "",
)
def test_what_dataview_finds_of_an_answer(exchange: Exchange, fields: list[Field]) -> None:
    session = Session("x", "talk", "talk", "en", "Talk", datetime(2026, 11, 24, tzinfo=UTC), exchanges=(exchange,))
    assert found_in(render(session)) == fields
