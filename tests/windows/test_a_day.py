"""A day of a care coordinator on Windows: prepared, looked back on, broken off, killed and gone on with, through a pipe."""

import subprocess
import sys
from pathlib import Path

import pytest

from piped import Piped
from story import answers, answers_file
from talk import coach, leftovers, logs, make_home, program, said
from test_story import CHAPTERS
from test_story import logs as timeless_logs

USERS = ("Zoë Ünal", "Жанна Петрова")  # an account may be called like this, and its folder is


@pytest.mark.parametrize(("language", "user"), [("nl", USERS[0]), ("en", USERS[1])])
def test_the_story_is_typed_and_looked_back_on(tmp_path: Path, language: str, user: str) -> None:
    home = tmp_path / user / "coach"
    home.parent.mkdir()
    for name in CHAPTERS:
        done = program(home, name, "--plain", typed="\n".join(answers(language, name).values()) + "\n", COACH_LANG=language)
        assert (done.returncode, done.stderr) == (0, b"")
    from_files = home.parent / "from files"
    for name in CHAPTERS:
        done = program(from_files, name, "--answers", str(answers_file(language, name)), COACH_LANG=language)
        assert (done.returncode, done.stderr) == (0, b"")
    assert timeless_logs(home) == timeless_logs(from_files)
    fears = program(home, "fears", COACH_LANG=language)
    assert (fears.returncode, answers(language, "prepare")["fear"].split("\n")[0][:30] in fears.stdout.decode()) == (0, True)
    assert leftovers(home) == []


@pytest.mark.parametrize("user", USERS)
def test_a_session_is_shown_by_the_path_that_was_told(tmp_path: Path, user: str) -> None:
    home = make_home(tmp_path / user)
    told = program(home, "run", "talk", "--plain", typed="S.\nTo listen.\nThat she leaves.\n1\nCall.\n").stdout.decode()
    path = told.partition("Kept in ")[2].split("\n")[0]
    assert "To listen." in program(home, "show", path).stdout.decode()


def test_what_was_confirmed_is_there_after_a_kill_and_the_session_goes_on(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    run = Piped("run", "talk", home=home)
    run.wait_for("1 / 5")
    run.type("S.", "To listen.")
    run.wait_for("3 / 5")
    run.kill()
    assert (said(home, "about"), said(home, "wish"), len(leftovers(home))) == (["S."], ["To listen."], 1)
    again = Piped("resume", home=home)
    again.wait_for("3 / 5")
    again.type("That she leaves.", "1", "Call.")
    assert (again.end(), said(home, "fear"), leftovers(home)) == (0, ["That she leaves."], [])


def test_a_session_that_is_open_elsewhere_is_left_alone_and_a_new_one_begins_beside_it(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    run = Piped("run", "talk", home=home)
    run.wait_for("1 / 5")
    run.type("S.")
    run.wait_for("2 / 5")
    refused = coach(home, "resume", "--plain", typed="x\n")
    assert (refused.returncode, b"this session is open in another window" in refused.stderr) == (1, True)
    assert coach(home, "forget", logs(home)[0].stem, "--yes").returncode == 1
    assert coach(home, "run", "talk", typed="T.\n").returncode == 3
    run.type("To listen.")
    run.wait_for("3 / 5")
    assert (run.end(), len(logs(home)), leftovers(home)) == (3, 2, [])


BREAK = """
import signal, sys
from coach.conversation.signals import Signals
signals = Signals()
try:
    with signals.heard(), signals.held():
        signal.raise_signal(getattr(signal, sys.argv[1]))
        print("saved")
except BaseException as ending:
    print(type(ending).__name__, ending)
"""


@pytest.mark.parametrize(("name", "told"), [("SIGINT", "KeyboardInterrupt"), ("SIGBREAK", "SystemExit 149")])
def test_ctrl_c_and_ctrl_break_wait_for_a_save_and_end_the_program(name: str, told: str) -> None:
    done = subprocess.run([sys.executable, "-c", BREAK, name], capture_output=True, text=True, check=True)
    assert [line.strip() for line in done.stdout.strip().split("\n")] == ["saved", told]


CLOSE = """
import ctypes, os, threading, time
from coach.conversation.signals import Signals
def close():
    ctypes.windll.kernel32.CtrlRoutine(2)  # what Windows runs in a program whose window is closed
    os._exit(9)  # and what it does after that
signals = Signals()
try:
    with signals.heard():
        threading.Thread(target=close, daemon=True).start()
        while True:
            time.sleep(0.05)
except SystemExit as ending:
    time.sleep(0.5)  # what is kept takes a while
    print("kept", ending.code, flush=True)
    os._exit(0)
"""


def test_a_window_that_is_closed_waits_until_half_an_answer_is_kept() -> None:
    done = subprocess.run([sys.executable, "-c", CLOSE], capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "kept 149", "")
