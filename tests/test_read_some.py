"""Reading only some answers of a log gives what reading it whole gives."""

# ruff: noqa: E501 # sentences stay on one line

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.errors import CoachError
from coach.logs.markdown import read_log, render
from coach.logs.session import Session
from history import history
from test_markdown import sessions

SOUP = ["---", "", "# x", "## y", "### Why?", "- fear:: a", "* fear:: b", "   + fear:: c", "- fear.heard:: d", "- fear.draft:: e", "- a:: b",
        "- fear::", "-fear:: x", "- fear::x", "text", "\u00a0- fear:: f", "- Fear:: g", "  ", "tags: [a, 'b']", "about: 'x'", "key: value",
        "started: 2026-11-24", "about: a: b", "about: S. #1", "about: C#", "about: a \t", "- fear.before:: z", "about: yes", "about:  x", "choices: [fear]"]  # fmt: skip


def whole(text: str, ids: set[str]) -> Session:
    session = read_log(text, "x.md")
    kept = tuple(replace(exchange, section="", note="") for exchange in session.exchanges if exchange.id in ids)
    return replace(session, title="", note="", exchanges=kept)


LOG = """---
format: 1
id: 2026-11-24-091502-prepare
sequence: prepare
about: S.
started: 2026-11-24T09:15:02+01:00
choices: [fear]
---

# Title

- fear:: one
"""
EDITS = [
    ("a key that stands there twice", "about: S.", "about: S.\nabout: K."),
    ("a value that goes on below a foreign key", "about: S.", "about: S.\nmood: calm\n about: K."),
    ("an escape that JSON and YAML read differently", "about: S.", 'about: "\\ud83d\\ude00"'),
    ("a number that JSON writes differently", "about: S.", "about: -0"),
    ("a mark of YAML", "about: S.", "about: &x S."),
    ("a time without its offset", "+01:00", ""),
    ("no time", "started: 2026", "started: 20-26"),
    ("a day", "T09:15:02+01:00", ""),
    ("a format in another script", "format: 1", "format: \N{ARABIC-INDIC DIGIT ONE}"),
    ("a list that is not closed", "[fear]", "[fear"),
    ("a list in a list", "[fear]", "[fear,[fear]]"),
    ("a title between two lines of an answer", "# Title\n\n- fear:: one", "- fear:: one\n# Title\n- fear:: two"),
    ("a second title between them", "one", "one\n# Later\n- fear:: two"),
    ("a question between them", "one", "one\n### Why?\n- fear:: two"),
    ("a line of an answer in another shape", "one", "one\n * fear:: two"),
    ("a part that is none of ours", "one", "one\n- fear.later:: two\n- fear:: three"),
    ("an answer without a question below one with", "one", "one\n\n### Why?\n\n- wish:: two\n- fear:: three"),
    ("a key that is needed and not there", "id: 2026-11-24-091502-prepare\n", ""),
    ("a blank behind a value", "about: S.", "about: S. "),
    ("no end of its head", "---\n\n", "\n"),
]  # fmt: skip


@pytest.mark.parametrize(("_name", "old", "new"), EDITS, ids=[name for name, _old, _new in EDITS])
def test_reading_some_takes_no_line_that_only_reading_understands(_name: str, old: str, new: str) -> None:
    text = LOG.replace(old, new)
    assert text != LOG
    assert outcome(lambda: read_log(text, "x.md", {"fear", "wish"})) == outcome(lambda: whole(text, {"fear", "wish"}))


def outcome(read: Callable[[], Session]) -> Session | str:
    """Return the session in a text, or why there is none."""
    try:
        return read()
    except CoachError as error:
        return str(error)


@given(sessions())
def test_reading_some_gives_what_reading_gives(session: Session) -> None:
    ids = {exchange.id for exchange in session.exchanges[::2]}
    assert read_log(render(session), "x.md", ids) == whole(render(session), ids)


@given(st.lists(st.sampled_from(SOUP), max_size=12), st.lists(st.sampled_from(SOUP), max_size=4))
def test_reading_some_of_a_log_edited_by_hand_gives_what_reading_gives(body: list[str], front: list[str]) -> None:
    ours = [
        "---",
        "format: 1",
        "id: 2026-11-24-091502-prepare",
        "sequence: prepare",
        "started: 2026-11-24T09:15:02+01:00",
    ]
    text = "\n".join([*ours, *(line for line in front if not line.startswith("---")), "---", *body])
    try:
        expected = whole(text, {"fear"})
    except CoachError:
        with pytest.raises(CoachError):
            read_log(text, "x.md", {"fear"})
    else:
        assert read_log(text, "x.md", {"fear"}) == expected


def test_reading_some_of_three_years_gives_what_reading_gives() -> None:
    ids = {"fear", "honest_question", "helped", "first_step_when"}
    texts = [render(session) for session in history("nl")]
    assert [read_log(text, "x.md", ids) for text in texts] == [whole(text, ids) for text in texts]
