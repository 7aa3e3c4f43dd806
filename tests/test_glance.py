"""A glance at a log gives what reading it whole gives."""

# ruff: noqa: E501 # sentences stay on one line

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.errors import CoachError
from coach.logs.glance import glance
from coach.logs.markdown import parse, render
from coach.logs.session import Session
from history import history
from test_log import sessions

SOUP = ["---", "", "# x", "## y", "### Why?", "- fear:: a", "* fear:: b", "   + fear:: c", "- fear.heard:: d", "- fear.draft:: e", "- a:: b",
        "- fear::", "-fear:: x", "- fear::x", "text", "\u00a0- fear:: f", "- Fear:: g", "  ", "tags: [a, 'b']", "about: 'x'", "key: value",
        "started: 2026-11-24", "about: a: b", "about: S. #1", "about: C#", "about: a \t", "- fear.before:: z", "about: yes", "about:  x", "choices: [fear]"]  # fmt: skip


def whole(text: str, ids: set[str]) -> Session:
    session = parse(text, "x.md")
    kept = tuple(replace(exchange, section="", draft=(), note="") for exchange in session.exchanges if exchange.id in ids)
    return replace(session, title="", note="", extra="", exchanges=kept)


@given(sessions())
def test_a_glance_gives_what_reading_gives(session: Session) -> None:
    ids = {exchange.id for exchange in session.exchanges[::2]}
    assert glance(render(session), "x.md", ids) == whole(render(session), ids)


@given(st.lists(st.sampled_from(SOUP), max_size=12), st.lists(st.sampled_from(SOUP), max_size=4))
def test_a_glance_at_a_log_edited_by_hand_gives_what_reading_gives(body: list[str], front: list[str]) -> None:
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
            glance(text, "x.md", {"fear"})
    else:
        assert glance(text, "x.md", {"fear"}) == expected


def test_a_glance_at_three_years_gives_what_reading_gives() -> None:
    ids = {"fear", "honest_question", "helped", "first_step_when"}
    texts = [render(session) for session in history("nl")]
    assert [glance(text, "x.md", ids) for text in texts] == [whole(text, ids) for text in texts]
