"""Logs that version 0.1.0 wrote stay what they are; tests/golden/make.py tells how they came to be.

Only what is in the logs is held, by what that version read in them: no question that ships today, no word on today's screens.
"""

import io
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from coach.__main__ import run
from coach.cli.context import PASSPHRASE_FD
from coach.logs.library import Library
from coach.logs.markdown import render
from driver import environ
from golden_logs import (
    ABOUT_SAFETY,
    GOLDEN,
    PASSPHRASE,
    QUESTIONS,
    Value,
    ask,
    describe,
    found_in_order,
    make_home,
    own_words,
    read,
    snapshot,
    with_recovery_key,
)
from systems import SEALING_TOOLS
from talk import RUN

LOGS, SAFETY, SEALED = snapshot("logs"), snapshot("safety"), snapshot("sealed")
UNFINISHED = [id_ for id_, session in LOGS.items() if "finished" not in session]
SEALED_UNFINISHED = [id_ for id_, session in SEALED.items() if "finished" not in session]
TO_SHOW = [
    "2025-11-12-215844-fear-check",
    "2025-11-13-220202-fear-check",
    "2025-11-24-080531-prepare",
    "2025-11-27-173005-reflect",
    "2026-02-20-161616-pattern-spotting",
    "2026-03-05-144441-qualities",
    "2026-04-10-153131-reflect",
    "2026-05-28-120000-reflect",
    "2026-06-04-080000-prepare",
    "2026-06-15-074908-weekstart",
    "2026-06-22-080000-intervisie",
]
TO_SHARE = [
    "2025-11-12-215844-fear-check",
    "2025-12-09-150310-focus",
    "2025-12-16-194500-pattern-spotting",
    "2026-02-03-174500-reflect",
    "2026-05-04-180000-reflect",
]
AT_THE_DOOR = ["2026-01-12-125140-prepare", "2026-04-13-090000-corridor", "2026-05-04-083000-prepare"]
TO_THE_END = "\n1\n" * 100  # an empty line keeps what is offered or may be empty, 1 answers all else

Coach = Callable[..., str]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with the golden logs, to be read only."""
    return make_home(tmp_path_factory.mktemp("golden"), "logs")


@pytest.fixture(scope="module")
def home_to_write(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with the golden logs, each to be written by one test only."""
    return make_home(tmp_path_factory.mktemp("golden"), "logs")


@pytest.fixture
def coach(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Coach:
    """Return what runs the program in this process, many times as fast as in one of its own."""

    def coach(home: Path, *arguments: str, typed: str = "") -> str:
        for name in os.environ:
            monkeypatch.delenv(name)
        for name, value in environ(home, "en", COLUMNS="80").items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        assert run(arguments) == 0
        return capsys.readouterr().out

    return coach


@pytest.fixture(scope="module")
def unsealed_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home whose sealed logs were put back as plain text with the passphrase: once, because that takes a second."""
    home = make_home(tmp_path_factory.mktemp("golden"), "sealed")
    env = dict(environ(home, "en", **{PASSPHRASE_FD: "0"}))
    done = subprocess.run(
        [*RUN, "unseal"], input=f"{PASSPHRASE}\n".encode(), capture_output=True, env=env, check=False, timeout=60
    )
    assert done.returncode == 0
    return home


def assert_goes_on(coach: Coach, home: Path, before: Value) -> None:
    """Go on with an unfinished session to its end: all that stood there stays, and half an answer is offered to be kept."""
    screen = coach(home, "resume", before["id"], "--plain", typed=TO_THE_END)
    after = describe(read(home / "sessions" / f"{before['id']}.md"))
    answers = {one["id"]: one for one in after["exchanges"]}
    kept = {one["id"]: one for one in before["exchanges"] if "lines" in one}
    drafts = {one["id"]: one["draft"] for one in before["exchanges"] if "lines" not in one}
    assert after["finished"]
    same = before.keys() - {"card", "exchanges"}  # of these there is more at the end
    assert {key: after.get(key) for key in same} == {key: before[key] for key in same}
    assert {one: answers[one] for one in kept} == kept
    assert {one: answers[one]["lines"] for one in drafts} == drafts
    assert [line for draft in drafts.values() for line in draft if line not in screen] == []


def test_no_log_is_missing() -> None:
    found = [sorted(path.name.partition(".")[0] for path in (GOLDEN / name).glob("2*")) for name in ("logs", "safety", "sealed")]
    assert found == [sorted(LOGS), sorted(SAFETY), sorted(SEALED)]


def test_a_log_is_read_as_it_was_written() -> None:
    found = {id_: describe(read(GOLDEN / "logs" / f"{id_}.md")) for id_ in LOGS}
    assert {id_: log for id_, log in found.items() if log != LOGS[id_]} == {}


def test_a_log_that_is_written_again_is_the_same_to_the_byte() -> None:
    paths = [GOLDEN / "logs" / f"{id_}.md" for id_ in LOGS]
    assert [path.stem for path in paths if render(read(path)).encode() != path.read_bytes()] == []


def test_a_save_without_a_change_leaves_every_byte_and_tells_nothing(tmp_path: Path) -> None:
    library = Library(make_home(tmp_path, "logs") / "sessions")
    for id_ in UNFINISHED:
        session = library.read(library.folder.path(id_))
        writer = library.reopen(session)
        assert writer.save(session) == ""
        writer.close()
    assert {path.name: path.read_bytes() for path in library.folder.root.glob("*.md")} == {
        path.name: path.read_bytes() for path in (GOLDEN / "logs").iterdir()
    }


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_program_is_answered_as_it_was(home: Path, name: str) -> None:
    then = json.dumps(snapshot(name), ensure_ascii=False)
    now = json.loads(re.sub(r"\\n +", r"\\n", then))  # blanks that begin a line went with a formatter, and are not counted since
    assert ask(home, *QUESTIONS[name]) == now


@pytest.mark.parametrize("id_", TO_SHOW)
def test_all_that_was_asked_and_said_is_shown_in_its_order(home: Path, coach: Coach, id_: str) -> None:
    words = own_words(LOGS[id_])
    assert found_in_order(words, coach(home, "show", id_)) == words


@pytest.mark.parametrize("id_", TO_SHARE)
def test_all_that_names_nobody_is_shared_in_its_order(home: Path, coach: Coach, id_: str) -> None:
    words = own_words({"exchanges": [one for one in LOGS[id_]["exchanges"] if one["id"] != "about"]})
    assert found_in_order(words, coach(home, "export", id_, "--yes")) == words


@pytest.mark.parametrize("id_", AT_THE_DOOR)
def test_every_answer_of_a_short_card_is_on_it(home: Path, coach: Coach, id_: str) -> None:
    card = coach(home, "card", id_)
    words = [line for one in LOGS[id_]["exchanges"] if one["id"] in LOGS[id_]["card"] for line in one["lines"]]
    assert [found_in_order([line], card) for line in words] == [[line] for line in words]


@pytest.mark.parametrize("id_", UNFINISHED)
def test_an_unfinished_session_goes_on_to_its_end(home_to_write: Path, coach: Coach, id_: str) -> None:
    assert_goes_on(coach, home_to_write, LOGS[id_])


@pytest.mark.parametrize("id_", SAFETY)
def test_a_log_about_safety_is_read_written_and_shown_as_it_was(tmp_path: Path, coach: Coach, id_: str) -> None:
    path = GOLDEN / "safety" / f"{id_}.md"
    words = own_words(SAFETY[id_])
    assert describe(read(path)) == SAFETY[id_]
    assert render(read(path)).encode() == path.read_bytes()
    assert found_in_order(words, coach(make_home(tmp_path, "safety"), "show", id_)) == words


@pytest.mark.parametrize("name", ABOUT_SAFETY)
def test_what_was_said_about_safety_is_found(tmp_path: Path, name: str) -> None:
    assert ask(make_home(tmp_path, "safety"), *ABOUT_SAFETY[name]) == snapshot(name)


def test_the_passphrase_opens_sealed_logs(unsealed_home: Path) -> None:
    logs = sorted((unsealed_home / "sessions").glob("*.md"))
    assert {path.stem: describe(read(path)) for path in logs} == SEALED


@pytest.mark.parametrize("id_", SEALED_UNFINISHED)
def test_a_session_that_was_sealed_goes_on_to_its_end(unsealed_home: Path, tmp_path: Path, coach: Coach, id_: str) -> None:
    shutil.copytree(unsealed_home, tmp_path / "home")
    assert_goes_on(coach, tmp_path / "home", SEALED[id_])


def test_the_recovery_key_opens_sealed_logs(tmp_path: Path) -> None:
    assert {session.id: describe(session) for session in with_recovery_key(make_home(tmp_path, "sealed")).sessions()} == SEALED


def test_a_sealed_log_is_saved_sealed_and_reads_the_same(tmp_path: Path) -> None:
    library = with_recovery_key(make_home(tmp_path, "sealed"))
    for session in library.sessions():
        writer = library.reopen(session)
        assert writer.save(session) == ""
        writer.close()
    assert {session.id: describe(session) for session in library.sessions()} == SEALED
    assert sorted(path.name for path in library.folder.root.glob("2*")) == [f"{id_}.md.age" for id_ in sorted(SEALED)]


@pytest.mark.parametrize("tool", SEALING_TOOLS)
def test_what_a_standard_tool_opened_and_sealed_again_reads_the_same(tmp_path: Path, tool: str) -> None:
    home = make_home(tmp_path, "sealed")
    opens, seals = (tool, "-d", "-i", str(GOLDEN / "sealed" / "recovery.txt")), (tool, "-R", str(home / "key.pub"))
    for path in (home / "sessions").glob("*.md.age"):
        text = subprocess.run([*opens, str(path)], capture_output=True, check=True, timeout=60).stdout
        path.write_bytes(subprocess.run(seals, input=text, capture_output=True, check=True, timeout=60).stdout)
    assert {session.id: describe(session) for session in with_recovery_key(home).sessions()} == SEALED


@pytest.mark.parametrize("tool", SEALING_TOOLS)
def test_every_log_that_a_standard_tool_sealed_reads_the_same(tmp_path: Path, tool: str) -> None:
    home = make_home(tmp_path, "sealed")
    for path in (GOLDEN / "logs").glob("*.md"):
        sealed = home / "sessions" / f"{path.name}.age"
        subprocess.run([tool, "-R", str(home / "key.pub"), "-o", str(sealed), str(path)], check=True, timeout=60)
    assert {session.id: describe(session) for session in with_recovery_key(home).sessions()} == LOGS | SEALED
