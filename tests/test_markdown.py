"""What holds of every log, whatever is written in it and by whom."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from string import ascii_lowercase, digits
from textwrap import dedent

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coach.errors import CoachError
from coach.logs.markdown import decode, read_log, render
from coach.logs.session import Exchange, Session
from coach.text import clean
from history import history

NASTY = [
    "---",
    "# x",
    "## x",
    "### x",
    "- fear:: x",
    "- fear.draft:: x",
    "",
    " ",
    "  - a",
    "```",
    "\u2028",
    "a\x85b",
    "key: value",
    "partly (x)",
]
FRONT = [
    "format: 1",
    "id: 2026-11-24-091502-prepare",
    "sequence: prepare",
    "started: 2026-11-24T09:15:02+01:00",
]
FRONT_BY_HAND = [
    "",
    "tags: [a, 'b']",
    "tags: a, b",
    'tags: ["a", "b"]',
    'tags: ["a,b", c]',
    'tags: ["a, b"]',
    "tags: [a,b]",
    "tags: [a:, b]",
    "tags: []",
    "tags: [a",
    "about: 'x'",
    'about: "x, y"',
    "about: a: b",
    "about: a:",
    "about: S. #1",
    "about: C#",
    "about: C #",
    "about: a \t",
    "about: yes",
    "about:  x",
    "about: [x]",
    "about: \u2028x",
    'about: "\u2028x"',
    "about: {x: y}",
    "about: a\xa0b",
    "about:",
    "choices: [fear]",
    "key: value",
    "aliases:",
    "  - x",
    "# a remark",
    "### Why?",
    "- fear:: a",
    "text",
    "started: 2026-11-24",
    "started: soon",
    "finished: 2026-11-24T09:15:02Z",
    "format: 0",
    "sequence: 12:30",
]
BODY_BY_HAND = [
    "---",
    "",
    "  ",
    "# x",
    "## y",
    "##",
    "### Why?",
    "- fear:: a",
    "- fear::",
    "- fear.before:: z",
    "- fear.heard:: d",
    "- fear.draft:: e",
    "- fear.other:: e",
    "- fear_badness:: 3",
    "* fear:: b",
    "   + fear:: c",
    "    - fear:: code",
    "-fear:: x",
    "- fear::x",
    "- Fear:: g",
    "- [ ] fear:: h",
    "\u00a0- fear:: f",
    "- a:: b",
    "- a:: fear:: b",
    "- a note",
    "text",
    "text:: x",
    "key: value",
]
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
lines = st.one_of(st.sampled_from(NASTY), st.text(max_size=30)).map(lambda text: clean(text).replace("\n", " "))
letters = st.sampled_from(ascii_lowercase)  # strategies of their own are twice as fast as those of a regular expression
ids = st.builds(str.__add__, letters, st.text(f"{ascii_lowercase}{digits}_", max_size=8))
moments = st.text(st.characters(categories=["Nd"]), min_size=12, max_size=12).map(
    lambda number: f"20{number[:2]}-{number[2:4]}-{number[4:6]}-{number[6:]}"
)
words = st.text(min_size=1, max_size=20).map(lambda text: " ".join(clean(text).split())).filter(bool)


@st.composite
def exchanges(draw: st.DrawFn) -> tuple[Exchange, ...]:
    names = draw(st.lists(ids, max_size=5, unique=True))
    section = ""
    made = []
    for name in names:
        section = draw(st.sampled_from([section, draw(words)]))
        answer = tuple(draw(st.lists(lines, max_size=4)))
        draft = tuple(draw(st.lists(lines, min_size=0 if answer else 1, max_size=2)))
        before, heard = tuple(draw(st.lists(lines, max_size=2))), tuple(draw(st.lists(ids, max_size=2)))
        made.append(Exchange(name, draw(words), answer, section, before, heard, draft))
    return tuple(made)


@st.composite
def sessions(draw: st.DrawFn) -> Session:
    time = st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
    return Session(
        id=f"{draw(moments)}-{draw(st.text(letters, min_size=1, max_size=8))}",
        sequence=draw(ids),
        kind=draw(ids),
        language=draw(st.sampled_from(["nl", "en"])),
        title=draw(words),
        started=draw(time),
        about=draw(st.one_of(st.just(""), words)),
        finished=draw(st.none() | time),
        follows=draw(st.sampled_from(["", "2026-01-01-101010-map"])),
        tags=tuple(draw(st.lists(words, max_size=3))),
        card=tuple(draw(st.lists(ids, max_size=3))),
        exchanges=draw(exchanges()),
        heard=draw(st.booleans()),
    )


@given(sessions())
def test_a_log_read_back_is_the_same_session(session: Session) -> None:
    assert read_log(render(session), "x.md") == session


@given(sessions())
def test_a_log_saved_by_another_editor_is_the_same_session(session: Session) -> None:
    text = render(session)
    assert read_log("\ufeff" + text.replace("\n", "\r\n"), "x.md") == session
    assert read_log(text.rstrip("\n"), "x.md") == session


@pytest.mark.parametrize("ids", [None, {"fear"}, set()])
def test_a_log_says_that_it_was_heard_as_long_as_nobody_changes_its_words(ids: set[str] | None) -> None:
    fear = Exchange("fear", "What do you fear?", ("That she leaves.",))
    log = render(Session("x", "talk", "talk", "en", "Talk", datetime(2026, 11, 24, tzinfo=UTC), exchanges=(fear,), heard=True))
    changes = ("she leaves", "he leaves"), ("What", "Why"), ("# Talk", "# Talks"), ("language: en", "language: nl")
    assert read_log(log, "x.md", ids).heard
    assert [read_log(log.replace(*change), "x.md", ids).heard for change in changes] == [False, False, False, True]


def test_what_a_person_writes_between_the_answers_is_kept_as_notes_and_parts_no_answer() -> None:
    body = """
        Mine first.

        # Talk: S.

        ## Start
        ### Whom?
        * about:: S.

        - about::
        ## Fears

        A note.

        ### What do you fear?
          + fear:: That she leaves.
        # No title
        - fear:: That I do.
        - fear.heard:: untestable_fear
        - [ ] call her
        - fear_badness:: 3 (x)
    """
    text = "\n".join(["---", *FRONT, "about: S.", "choices: [fear_badness]", "---", dedent(body)])
    assert read_log(text, "x.md") == Session(
        id="2026-11-24-091502-prepare",
        sequence="prepare",
        kind="prepare",
        language="en",
        title="Talk",
        started=datetime(2026, 11, 24, 9, 15, 2, tzinfo=timezone(timedelta(hours=1))),
        about="S.",
        exchanges=(
            Exchange("about", "Whom?", ("S.", ""), "Start", note="## Fears\n\nA note."),
            Exchange(
                "fear",
                "What do you fear?",
                ("That she leaves.", "That I do."),
                "Start",
                heard=("untestable_fear",),
                note="# No title\n\n- [ ] call her",
            ),
            Exchange("fear_badness", "", ("3 (x)",), "Start", choice=True),
        ),
        note="Mine first.",
    )


def test_what_is_not_utf_8_in_a_log_is_marked() -> None:
    assert decode(b"\xef\xbb\xbfcaf\xe9\n") == "caf\N{REPLACEMENT CHARACTER}\n"


def answers_of(session: Session, some: set[str]) -> Session:
    """Return a session with nothing but its front matter and the answers to some questions."""
    answers = (exchange for exchange in session.exchanges if exchange.id in some)
    return replace(session, title="", note="", exchanges=tuple(exchange._replace(section="", note="") for exchange in answers))


@given(sessions(), st.sets(ids, max_size=2))
def test_reading_some_answers_is_reading_all_and_leaving_out_the_rest(session: Session, others: set[str]) -> None:
    some = {exchange.id for exchange in session.exchanges[::2]} | others
    assert read_log(render(session), "x.md", some) == answers_of(session, some)


@given(
    st.lists(st.sampled_from(FRONT_BY_HAND), max_size=2),
    st.lists(st.sampled_from(BODY_BY_HAND), max_size=14),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([{"fear"}, {"fear_badness", "a"}]),
)
@example([], ["- fear:: a", "# the title", "- fear:: b"], "\n", {"fear"})
@example([], ["### Why?", "* fear:: a"], "\n", {"fear"})
@example([], ["### Why?", "- a:: b", "- fear:: a"], "\n", {"fear"})
def test_reading_some_answers_of_a_log_edited_by_hand_is_reading_all_and_leaving_out_the_rest(
    front: list[str], body: list[str], end: str, some: set[str]
) -> None:
    text = end.join(["---", *FRONT, *front, "---", *body])
    assert read_or_refuse(text, some) == read_or_refuse(text, None, some)


def read_or_refuse(text: str, read: set[str] | None, kept: set[str] | None = None) -> Session | str:
    """Return what is kept of the session in a log, or what is said of one that cannot be read."""
    try:
        session = read_log(text, "x.md", read)
    except CoachError as error:
        return str(error)
    return session if kept is None else answers_of(session, kept)


@pytest.mark.parametrize(("_name", "old", "new"), EDITS, ids=[name for name, _old, _new in EDITS])
def test_reading_some_answers_takes_no_line_that_reading_all_does_not(_name: str, old: str, new: str) -> None:
    text = LOG.replace(old, new)
    assert text != LOG
    assert read_or_refuse(text, {"fear", "wish"}) == read_or_refuse(text, None, {"fear", "wish"})


def test_reading_some_answers_of_three_years_is_reading_all_and_leaving_out_the_rest() -> None:
    some = {"fear", "honest_question", "helped", "first_step_when"}
    texts = [render(session) for session in history("nl")]
    assert [read_log(text, "x.md", some) for text in texts] == [answers_of(read_log(text, "x.md"), some) for text in texts]
