"""When a session goes on, what it has become is written in its log, and everything else in the file stays byte for byte."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from coach.errors import CoachError
from coach.logs.markdown import decode, read_log, render
from coach.logs.revision import revised
from coach.logs.session import Exchange, Session
from talk import logs, make_home, program, write_log
from test_markdown import exchanges, sessions

ID = "2026-11-02-090000-talk"
STARTED = datetime(2026, 11, 2, 9, tzinfo=UTC)
FEAR = Exchange("fear", "What do you fear?", ("That she leaves.", "And cries."), "Fear")
WISH = Exchange("wish", "What do you wish?", ("To listen.",), "Wish")
WAY = Exchange("way", "Which way?", ("high (High)",), "Wish", choice=True)
STEP = Exchange("step", "What is the first step?", ("Call her.",), "Step")
TALKED = Session(ID, "talk", "talk", "en", "Talk", STARTED, "S.", tags=("a",), exchanges=(FEAR, WISH, WAY), heard=True)
KEYS = rb"(?m)^(?:heard|card): .*\r?\n"

FRONT = [
    "aliases:\n  - x\n  - y # mine",
    "cssclass: wide # a remark",
    "# mine",
    "mood: 'calm: #1'",
    "nested: {a: [b, c]}",
    "text: |\n  one\n\n  two",
    '"quoted": "x # y"',
    "",
]
BODY = [
    "Mine.",
    "%% mine %%",
    "<!-- mine\nand on -->",
    "## Mine",
    "### Mine",
    "#### Deeper",
    "- [ ] call",
    "- a note",
    "* other",
    "1. first",
    "> quoted",
    "| a | b |\n| - | - |",
    "<div class='x'>\n\nMine\n</div>",
    "```\n- fear:: in code\n```",
    "~~~",
    "    - fear:: far in",
    "---",
    "![[picture.png]]",
    "[^1]: A remark.",
    "key:: value",
    "Fear = high",
    "- fear: high",
    "\ttabbed",
    "  ",
    "\u2028",
    "\0",
    "caf\udce9",  # a byte that is no UTF-8
]
BEHIND = [" ^a1b2", " #later", " %%so%%", " <!-- so -->", "  ", "\t", "\\"]
BULLETS = ["* ", "+ ", "1. ", "-   ", "- [ ] ", "> - ", "   - ", "- **"]
Edit = Callable[[str, int], str]


def in_front(text: str) -> Edit:
    """Return the edit that puts lines somewhere in the front matter."""

    def edit(log: str, place: int) -> str:
        front, mark, body = log.partition("\n---\n")
        lines = front.split("\n")
        number = 1 + place % (len(lines) - 1)
        return "\n".join([*lines[:number], text, *lines[number:]]) + mark + body

    return edit


def in_body(text: str) -> Edit:
    """Return the edit that puts lines somewhere below the front matter."""

    def edit(log: str, place: int) -> str:
        front, mark, body = log.partition("\n---\n")
        lines = body.split("\n")
        number = place % (len(lines) + 1)
        return front + mark + "\n".join([*lines[:number], text, *lines[number:]])

    return edit


def at_answer(pattern: str, to: str) -> Edit:
    """Return the edit that writes one line of an answer otherwise."""

    def edit(log: str, place: int) -> str:
        found = list(re.finditer(pattern, log, re.MULTILINE))
        match = found[place % len(found)] if found else None
        return log[: match.start()] + match.expand(to) + log[match.end() :] if match else log

    return edit


def whole(pattern: str, to: str) -> Edit:
    """Return the edit that writes something otherwise wherever it stands."""
    return lambda log, _place: re.sub(pattern, to, log)


EDITS = [
    *map(in_front, FRONT),
    *map(in_body, BODY),
    *(at_answer(r"^(- [a-z]+::.*)$", rf"\1{end}".replace("\\\\", "\\\\\\\\") if end != "\\" else r"\1\\") for end in BEHIND),
    *(at_answer(r"^- ([a-z]+)::", rf"{bullet}\1::") for bullet in BULLETS),
    whole(r"\n\n", "\n"),
    whole(r"\n\n", "\n\n\n"),
    whole(r"\n+\Z", ""),
    whole(r"\n+\Z", "\n\n\n"),
    whole(r"\Z", "   "),
    whole(r"\+00:00\n", "Z\n"),
    whole(r"tags: \[a\]", "tags:\n  - a # mine"),
    whole(r"about: S\.", "'about': 'S.' # whom"),
]
ENDS = [whole(r"\Z", ""), whole(r"(?<!\r)\n", "\r\n"), whole(r"\A", "\ufeff"), whole(r"(?<!\r)\n(?=# Talk)", "\r\n")]


@st.composite
def logs_of_a_person(draw: st.DrawFn) -> tuple[Session, bytes]:
    """Draw a log in which a person and their editors wrote, with the session that is read in it."""
    text = render(TALKED)
    for edit, place in draw(st.lists(st.tuples(st.sampled_from(EDITS), st.integers(0, 1000)), max_size=4)):
        text = edit(text, place)
    for edit in draw(st.lists(st.sampled_from(ENDS), max_size=2, unique=True)):
        text = edit(text, 0)
    data = text.encode("utf-8", "surrogateescape")
    try:
        return read_log(decode(data), ""), data
    except CoachError:
        return TALKED, render(TALKED).encode()


@given(logs_of_a_person())
def test_a_session_that_became_nothing_new_leaves_its_log_as_it_was(log: tuple[Session, bytes]) -> None:
    session, data = log
    assert revised(data, session) == re.sub(KEYS, b"", data) if not session.heard else data


@given(logs_of_a_person())
def test_one_answer_more_at_the_end_leaves_all_that_stood_there(log: tuple[Session, bytes]) -> None:
    session, data = log
    after = revised(data, replace(session, exchanges=(*session.exchanges, STEP), heard=True))
    assert after is not None
    front, body = halves(data)
    front_after, body_after = halves(after)
    assert re.sub(KEYS, b"", front_after) == re.sub(KEYS, b"", front)
    end = b"\r\n" if data.partition(b"\n")[0].endswith(b"\r") else b"\n"
    new = end.join((b"", b"### What is the first step?", b"", b"- step:: Call her.", b""))
    stood = re.sub(rb"(?:\r?\n[ \t]*)*\Z", b"", body)
    assert body_after.startswith(stood)
    added = body_after.removeprefix(stood)
    assert re.sub(rb"\A\s+(?:## ?Step\s+)?", b"", added.rstrip()) == new.strip()
    assert added.endswith(body.removeprefix(stood))


@given(logs_of_a_person(), st.integers(0, 2))
def test_another_answer_leaves_all_that_stands_around_it(log: tuple[Session, bytes], number: int) -> None:
    session, data = log
    changed = session.exchanges[number % len(session.exchanges)]
    assume(not changed.choice)
    exchanges_ = tuple(one._replace(lines=("zzz",)) if one is changed else one for one in session.exchanges)
    after = revised(data, replace(session, exchanges=exchanges_))
    assert after is not None
    kept, left = (re.sub(KEYS, b"", each).split(b"\n") for each in (data, after))
    new = [line for line in left if line.strip() and line not in kept]
    assert [line.strip() for line in new] in ([f"- {changed.id}:: zzz".encode()], [])
    own = [line for line in kept if line.strip() and not re.search(rb"::|Mine|leaves|cries|listen|tabbed", line)]
    assert [line for line in left if line in own] == own


@given(logs_of_a_person(), st.integers(0, 2))
def test_an_answer_that_does_not_apply_any_more_goes_and_what_a_person_wrote_below_it_stays(
    log: tuple[Session, bytes], number: int
) -> None:
    session, data = log
    ids = [one.id for one in session.exchanges]
    gone = session.exchanges[number % len(session.exchanges)]
    assume(ids.count(gone.id) == 1 and b"far in" not in data)  # that would be code without the item above it
    left = tuple(one for one in session.exchanges if one is not gone)
    after = revised(data, replace(session, exchanges=left))
    assert after is not None
    assert gone.id not in {one.id for one in read_log(decode(after), "").exchanges}
    own = [
        line
        for line in data.split(b"\n")
        if decode(line).strip() and not re.search(rb"::|Mine|leaves|cries|listen|tabbed|^#|^choices|^heard", line)
    ]
    assert [line for line in after.split(b"\n") if line in own] == own


@given(sessions(), exchanges(), st.data())
def test_a_log_of_ours_becomes_what_we_would_write(session: Session, new: tuple[Exchange, ...], data: st.DataObject) -> None:
    kept = {one.id: one for one in session.exchanges if data.draw(st.booleans())}
    there = {one.id for one in session.exchanges}
    added = {one.id: one._replace(section=kept[one.id].section if one.id in kept else one.section or "New") for one in new}
    then = {id_: one for id_, one in {**kept, **added}.items() if id_ in kept or id_ not in there}
    after = replace(session, exchanges=tuple(then.values()), about=data.draw(st.sampled_from(["", "S."])), finished=None)
    written = revised(render(session).encode(), after)
    assert written is not None
    found = read_log(written.decode(), "")
    assert sorted(found.exchanges, key=lambda one: one.id) == sorted(then.values(), key=lambda one: one.id)
    assert replace(found, exchanges=(), note="") == replace(after, exchanges=(), note="", title=found.title)


def test_an_answer_that_would_be_read_otherwise_than_it_was_said_is_not_written() -> None:
    log = f"{render(TALKED)}\n### Mine\n".encode()
    session = read_log(decode(log), "")
    assert revised(log, replace(session, exchanges=(*session.exchanges, STEP._replace(question="", section="")))) is None


HAND = b"""\xef\xbb\xbf---
format: 1 # the first
mood: calm
id: 2026-11-02-090000-talk
sequence: talk
language: en
started: 2026-11-02T08:00:00Z
'about': "S."
# mine
---
# My own title


### Whom is it about?
* about:: S. ^a1b2
caf\xe9
> quoted

1. **wish**:: To listen. #later
<!-- mine -->

## Mine
### What do you fear?
- fear::   That she
  leaves.
### Which way?
- way:: High %%so%%
%% mine %%"""
AFTER = b"""
### What is the first step?

- step:: Call her.
"""
TOUCHED = rb"(?m)^(?:heard|choices|finished|card): .*\r?\n"


@pytest.mark.parametrize("end", [b"\n", b"\r\n"], ids=["LF", "CRLF"])
def test_going_on_with_a_log_by_command_leaves_every_byte_of_a_person(tmp_path: Path, end: bytes) -> None:
    home = make_home(tmp_path)
    (home / "sessions").mkdir(mode=0o700)
    path = home / "sessions" / f"{ID}.md"
    before = HAND.replace(b"\n", end)
    path.write_bytes(before)
    done = program(home, "resume", "--plain", typed="Call her.\n")  # which has the zone of the id, on Windows too
    assert (done.returncode, logs(home)) == (0, [path])
    assert re.sub(TOUCHED, b"", path.read_bytes()) == before + end + AFTER.replace(b"\n", end)


@pytest.mark.parametrize("zone", ["UTC0", "JST-9", "EST5"])
def test_a_session_goes_on_in_its_own_log_in_whatever_zone_it_is_finished(tmp_path: Path, zone: str) -> None:
    home = make_home(tmp_path)
    path = write_log(home, ID, "fear:: She leaves.", finished="", started="2026-11-01T23:00:00Z")
    assert program(home, "resume", "--close", TZ=zone).returncode == 0
    assert logs(home) == [path]


@pytest.mark.parametrize("command", [["resume", "--close"], ["done"], ["check", "--mend", "--yes"]], ids=" ".join)
def test_a_command_that_writes_a_line_in_a_log_leaves_every_other_byte(tmp_path: Path, command: list[str]) -> None:
    home = make_home(tmp_path)
    (home / "sessions").mkdir(mode=0o700)
    path = home / "sessions" / f"{ID}.md"
    step = b"" if command == ["resume", "--close"] else b"\r\n- first_step:: Call her."
    before = HAND.replace(b"\n", b"\r\n").replace(b"caf\xe9", "caf\u00e9".encode()) + step
    path.write_bytes(before)
    program(home, *command)
    left = path.read_bytes().split(b"\r\n")
    own = [line for line in before.split(b"\r\n") if line and not re.search(rb"::|leaves", line)]
    assert path.read_bytes() != before
    assert [line for line in left if line in own] == own
    assert (left[0], b"\n" in b"".join(left)) == (b"\xef\xbb\xbf---", False)


def halves(data: bytes) -> tuple[bytes, bytes]:
    """Return the front matter of a log and its body."""
    mark = re.search(rb"(?m)^(?:\xef\xbb\xbf)?---[ \t]*\r?$(?s:.*?)^---[ \t]*\r?$", data)
    assert mark
    return data[: mark.end()], data[mark.end() :]
