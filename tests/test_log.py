"""What holds of every log, whatever is written in it."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from coach.logs.markdown import decode, parse, render
from coach.logs.session import Exchange, Session
from coach.text import clean

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
lines = st.one_of(st.sampled_from(NASTY), st.text(max_size=30)).map(lambda text: clean(text).replace("\n", " "))
ids = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
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
        id=draw(st.from_regex(r"20\d\d-\d\d-\d\d-\d{6}-[a-z]{1,8}", fullmatch=True)),
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
    )


@given(sessions())
def test_a_log_read_back_is_the_same_session(session: Session) -> None:
    assert parse(render(session), "x.md") == session


@given(sessions())
def test_a_log_saved_by_another_editor_is_the_same_session(session: Session) -> None:
    text = render(session)
    assert parse("\ufeff" + text.replace("\n", "\r\n"), "x.md") == session
    assert parse(text.rstrip("\n"), "x.md") == session


def test_what_is_not_utf_8_in_a_log_is_marked() -> None:
    assert decode(b"\xef\xbb\xbfcaf\xe9\n") == "caf\N{REPLACEMENT CHARACTER}\n"
