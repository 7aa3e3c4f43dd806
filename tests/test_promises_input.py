"""What is typed, piped or passed is taken as it is meant, whatever the terminal or the other end of the pipe does."""

import os
import subprocess
from pathlib import Path

import pytest

from driver import Terminal, environ
from shelf import coach, make_shelf
from systems import needs_terminal
from talk import RUN, log, said

SHORT = "title: Talk\nsteps:\n  - {id: wish, ask: What do you wish?}\n"


@pytest.mark.parametrize(
    ("about", "stored"),
    [
        ("parents of S.", "parents of S."),
        ("  parents\tof\nS. ", "parents of S."),
        ("a\udcffb\ud800", '"a\ufffdb\ufffd"'),
    ],
)
def test_whom_it_is_about_is_kept_as_one_clean_line(tmp_path: Path, about: str, stored: str) -> None:
    home = make_shelf(tmp_path, SHORT)
    assert coach(home, "run", "talk", "--about", about, typed="To listen.\n").code == 0
    assert f"\nabout: {stored}\n" in log(home)


def test_whom_it_is_about_in_several_words_answers_its_question(tmp_path: Path) -> None:
    home = make_shelf(tmp_path)
    begun = coach(home, "run", "talk", "--about", "parents of S.", typed="To listen.\n")
    assert begun.out.split("\n")[4:6] == ["2 / 5  What do you wish?", "> "]
    assert said(home, "about") == ["parents of S."]


def test_halves_of_a_character_are_marked_in_an_answer(tmp_path: Path) -> None:
    home = make_shelf(tmp_path, SHORT)
    assert coach(home, "run", "talk", typed="To \udc00listen\ud800.\n").code == 0
    assert said(home, "wish") == ["To \ufffdlisten\ufffd."]


def test_a_reader_that_stops_reading_is_no_error(tmp_path: Path) -> None:
    home = make_shelf(tmp_path)
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*RUN, "list"], stdout=writing, stderr=subprocess.PIPE, env=dict(environ(home, "en")), check=False, timeout=60
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_terminal_without_a_name_has_keys_and_a_review(tmp_path: Path) -> None:
    home = make_shelf(tmp_path, SHORT)
    terminal = Terminal("run", "talk", home=home, TERM="")
    terminal.wait_for_question(1)
    terminal.type("One.\x1b\rTwo.\r")
    terminal.wait_for("Would you like to change anything?")
    terminal.type("\r")
    assert (terminal.wait(), said(home, "wish")) == (0, ["One.", "Two."])


def test_a_dumb_terminal_is_asked_in_plain_lines(tmp_path: Path) -> None:
    home = make_shelf(tmp_path, SHORT)
    terminal = Terminal("run", "talk", home=home, rows=40, TERM="dumb")
    terminal.wait_for("1 / 1  What do you wish?\n>")
    terminal.type("To listen.\n")
    assert terminal.wait() == 0
    assert said(home, "wish") == ["To listen."]
    assert b"\x1b" not in terminal.raw


@needs_terminal
@pytest.mark.parametrize("arguments", [("run", "talk"), ("run", "talk", "--plain"), ("resume",)])
def test_who_would_not_see_the_questions_is_told_and_nothing_is_made(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    home = make_shelf(tmp_path, SHORT)
    person, terminal = os.openpty()
    os.write(person, b"\x04")
    before = sorted(home.rglob("*"))
    with (tmp_path / "x.txt").open("wb") as file:
        done = subprocess.run(
            [*RUN, *arguments],
            stdin=terminal,
            stdout=file,
            stderr=subprocess.PIPE,
            env=environ(home, "en"),
            check=False,
            timeout=60,
        )
    told = b"the questions would go into a file; leave `> FILE` away, what you write is kept by itself\n"
    assert (done.returncode, done.stderr) == (2, told)
    assert ((tmp_path / "x.txt").read_bytes(), sorted(home.rglob("*"))) == (b"", before)
    os.close(person)
    os.close(terminal)


@needs_terminal
def test_the_questions_may_go_through_a_pipe(tmp_path: Path) -> None:
    home = make_shelf(tmp_path, SHORT)
    person, terminal = os.openpty()
    os.write(person, b"To listen.\n")
    done = subprocess.run(
        [*RUN, "run", "talk"], stdin=terminal, capture_output=True, env=environ(home, "en"), check=False, timeout=60
    )
    assert (done.returncode, done.stderr, said(home, "wish")) == (0, b"", ["To listen."])
    os.close(person)
    os.close(terminal)
