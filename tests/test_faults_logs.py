"""Cases 12-17: whatever a person, an editor, a formatter or a synchronising program did to a log, nothing in it is lost."""

import os
import re
import sys
import tempfile
import time
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.errors import CoachError
from coach.logs.library import Damaged, Library
from coach.logs.markdown import decode, read_log, render
from coach.logs.register import Copy
from coach.logs.revision import revised
from coach.logs.session import Session
from talk import ANSWERS, TALK, coach, crashed, logs, make_home, program
from test_markdown import sessions

pytestmark = pytest.mark.slow

UNFINISHED = "S.\nTo listen.\n"


@cache
def unfinished() -> tuple[str, bytes]:
    """Return the name and the text of a log that the program left half-way."""
    with tempfile.TemporaryDirectory() as folder:
        home = make_home(Path(folder))
        coach(home, "run", "talk", typed=UNFINISHED)
        return logs(home)[0].name, logs(home)[0].read_bytes()


def started(tmp_path: Path) -> tuple[Path, Path]:
    home, (name, data) = make_home(tmp_path), unfinished()
    (home / "sessions").mkdir(mode=0o700)
    (home / "sessions" / name).write_bytes(data)
    return home, home / "sessions" / name


@given(sessions(), st.data())
def test_any_prefix_of_a_log_is_read_or_refused_as_damaged(session: Session, data: st.DataObject) -> None:
    text = render(session)
    prefix = text[: data.draw(st.integers(0, len(text)))]
    try:
        found = read_log(prefix, "x.md")
    except CoachError as error:
        assert error.problems[0].where == "x.md"  # either may be
    else:
        assert found.sequence


@given(st.binary(max_size=400) | st.text(max_size=400).map(lambda text: ("---\n" + text).encode("utf-8", "surrogatepass")))
def test_any_bytes_are_read_or_refused_as_damaged(data: bytes) -> None:
    try:
        session = read_log(decode(data), "x.md")
    except CoachError:
        return
    assert revised(data, session) in {data, None}


EDITS = [
    ("a note below an answer", lambda text: text + "\nLater: she *did* listen.\n"),
    ("a note above the first question", lambda text: text.replace("### Whom", "Mine first.\n\n### Whom")),
    ("a remark in the front matter", lambda text: text.replace("language: en", "# why\nlanguage: en\n# mine")),
    ("a key of another program", lambda text: text.replace("language: en", "aliases:\n  - x\n  - y\nlanguage: en")),
    ("a task list", lambda text: text + "\n- [ ] call\n- [x] mail\n"),
    ("a remark behind a value", lambda text: text.replace("language: en", "language: en # mine")),
    ("a nested list of tags", lambda text: text.replace("language: en", "language: en\ntags:\n  - a\n  - {b: c}")),
]


def without_mark(log: str) -> str:
    return re.sub("\nheard: [0-9a-f]{8}\n", "\n", log)


@pytest.mark.parametrize(("_name", "edit"), EDITS)
def test_what_is_added_by_hand_is_kept_in_the_same_file(tmp_path: Path, _name: str, edit: object) -> None:
    assert callable(edit)
    home, path = started(tmp_path)
    edited = edit(path.read_text())
    path.write_text(edited)
    assert coach(home, "resume", "--plain", typed="Fear.\n").returncode == 3
    kept = [line.strip() for line in path.read_text().split("\n")]
    assert [line for line in edited.split("\n") if line.strip() not in kept and not line.startswith("heard: ")] == []
    assert "- fear:: Fear." in kept
    assert logs(home) == [path]


def test_what_cannot_be_written_back_is_left_as_it_is_and_ours_goes_beside(tmp_path: Path) -> None:
    home, path = started(tmp_path)
    front, mark, body = path.read_text().partition("\n---\n")
    pairs = ", ".join(f'"{key}": "{value}"' for key, value in re.findall(r"^(\w+): (.*)$", front, re.MULTILINE))
    edited = f"---\n{{{pairs}}}{mark}{body}"
    path.write_text(edited)
    done = coach(home, "resume", "--plain", typed="Fear.\n")
    assert (done.returncode, path.read_text()) == (3, edited)
    assert f"{path.name} holds something that coach cannot write back and is left as it is." in done.stdout.decode()
    assert "- fear:: Fear." in path.with_name(path.stem + "-2.md").read_text()


EDITORS = [
    ("CRLF", lambda text: text.replace("\n", "\r\n")),
    ("a byte order mark", lambda text: "\ufeff" + text),
    ("no last line end", lambda text: text.rstrip("\n")),
    ("blank lines between items", lambda text: text.replace("\n- ", "\n\n- ")),
    ("other bullets", lambda text: text.replace("\n- ", "\n* ")),
    ("a list of tags", lambda text: text.replace("language: en", "language: 'en'")),
]


@pytest.mark.parametrize(("_name", "edit"), EDITORS)
def test_a_log_saved_by_another_editor_goes_on_and_nothing_is_doubled(tmp_path: Path, _name: str, edit: object) -> None:
    assert callable(edit)
    home, path = started(tmp_path)
    before = path.read_text()
    path.write_bytes(edit(before).encode())
    assert coach(home, "resume", "--plain", typed="").returncode == 3
    left = path.read_bytes()
    assert coach(home, "resume", "--plain", typed="Fear.\n").returncode == 3
    assert logs(home) == [path]
    assert without_mark(decode(left)) == without_mark(edit(before).removeprefix("\ufeff"))
    after = decode(path.read_bytes()).replace("\r\n", "\n")
    assert without_mark(after).endswith("\n\n### What do you fear?\n\n- fear:: Fear.\n")
    assert [one.lines for one in read_log(after, path.name).exchanges] == [("S.",), ("To listen.",), ("Fear.",)]


def test_odd_files_are_named_and_the_others_still_work_without_a_wait(tmp_path: Path) -> None:
    home, path = started(tmp_path)
    folder = home / "sessions"
    (folder / "soup.md").write_bytes(os.urandom(5000))
    (folder / "empty.md").touch()
    (folder / "giant.md").touch()
    os.truncate(folder / "giant.md", 40_000_000)
    (folder / "bomb.md").write_text("---\na: " + "[" * 100_000 + "\n---\n")
    (folder / "folder.md").mkdir()
    if sys.platform != "win32":  # there is nothing of these there
        os.mkfifo(folder / "pipe.md")
        (folder / "\x1b]52;c;eA==\x07.md").write_text("x")
        (folder / "loop.md").symlink_to(folder / "loop.md")
    begin = time.monotonic()
    done = coach(home, "list")
    assert time.monotonic() - begin < 5
    assert path.stem.encode() in done.stdout
    for odd in set(folder.glob("*.md")) - {path}:
        assert odd.name.replace("\x1b", "\u241b").replace("\x07", "\u2407").encode() in done.stderr
    assert b"\x1b" not in done.stderr
    assert not crashed(done.stderr)
    for command in (["search", "listen"], ["show", path.stem], ["fears"], ["patterns"], []):
        assert coach(home, *command).returncode == 0


def test_a_session_whose_questions_changed_keeps_every_answer(tmp_path: Path) -> None:
    home, path = started(tmp_path)
    (home / "prompts" / "talk.yaml").write_text(
        TALK.replace(
            "{id: wish, ask: What do you wish?}",
            "{id: skip, ask: Skip?, optional: true}\n  - {id: wish, ask: What now?, when: {skip: answered}}",
        ).replace("{id: fear, ask: What do you fear?}", "{id: other, ask: Something else?}")
    )
    assert coach(home, "resume", "--plain", typed="\nNew.\n").returncode == 3
    text = path.read_text()
    assert "- wish:: To listen." in text  # no longer asked, still said
    assert "- other:: New." in text
    (home / "prompts" / "talk.yaml").write_text("title: broken\nstepz: []\n")
    broken = coach(home, "resume", "--plain")
    assert broken.returncode == 1
    assert b"finish the session as it is with: coach resume" in broken.stderr
    assert coach(home, "resume", "--close").returncode == 0
    (home / "prompts" / "talk.yaml").unlink()
    assert b"To listen." in coach(home, "show").stdout


def test_a_newer_format_is_read_and_never_rewritten(tmp_path: Path) -> None:
    home, path = started(tmp_path)
    path.write_text(path.read_text().replace("format: 1", "format: 2").replace("language: en", "language: en\nmood: calm"))
    before = path.read_bytes()
    assert b"To listen." in coach(home, "show").stdout
    done = coach(home, "resume", "--plain", typed="Fear.\n")
    assert (done.returncode, path.read_bytes()) == (1, before)
    assert b"written by a newer version of coach" in done.stderr


def test_copies_of_a_synchronising_program_are_told_and_never_counted(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    coach(home, "run", "talk", typed=ANSWERS)
    (path,) = logs(home)
    for name in (
        f"{path.stem} (conflicted copy 2026-11-25).md",
        f"{path.stem} 2.md",
        f"{path.stem}.sync-conflict-20261125-101010.md",
    ):
        (home / "sessions" / name).write_bytes(path.read_bytes().replace(b"To listen.", b"To hear."))
    library = Library(home / "sessions")
    entries = list(library.entries())
    assert [type(entry) for entry in entries].count(Copy) == 3
    assert [entry.id for entry in entries if isinstance(entry, Session)] == [path.stem]
    assert not [entry for entry in entries if isinstance(entry, Damaged)]
    done = coach(home, "list")
    assert done.stdout.count(b"\n") == 1
    assert done.stderr.count(f"a copy of {path.stem}".encode()) == 3


def test_a_session_opened_twice_is_refused_at_once_and_free_when_the_first_is_closed(tmp_path: Path) -> None:
    home, path = started(tmp_path)
    library = Library(home / "sessions")
    writer = library.reopen(library.read(path))
    done = program(home, "resume", "--plain", typed="Fear.\n")
    assert done.returncode == 1
    assert b"this session is open in another window" in done.stderr
    writer.close()
    assert program(home, "resume", "--plain", typed="Fear.\n").returncode == 3


def test_a_log_changed_while_its_session_runs_is_left_and_ours_goes_beside(tmp_path: Path) -> None:
    home, path = started(tmp_path)
    library = Library(home / "sessions")
    session = library.read(path)
    writer = library.reopen(session)
    changed = path.read_text() + "\nChanged elsewhere.\n"
    path.write_text(changed)
    notice = writer.save(session)
    assert path.read_text() == changed
    assert f"{path.name} was changed by another program and is left as it is." in notice
    assert writer.path.name == f"{path.stem}-2.md"
    assert writer.save(session) == ""
    writer.close()
