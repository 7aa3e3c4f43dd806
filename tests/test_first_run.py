"""Somebody types `coach` for the first time, and then what it says."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from driver import Started, environ
from shelf import Result, coach
from systems import IS_WINDOWS

SCRIPTS = Path(sys.executable).parent
BEGIN = {
    "en": """
See it played, in three minutes:
  {coach} demo
Before a conversation, in two minutes:
  {coach} prepare
After a conversation:
  {coach} reflect
Nederlands:
  {coach} --lang nl
All commands: {coach} --help
""",
    "nl": """
Eerst kijken, in drie minuten:
  {coach} demo
Voor een gesprek, al in twee minuten:
  {coach} prepare
Na een gesprek:
  {coach} reflect
English:
  {coach} --lang en
Alle opdrachten: {coach} --help
""",
}


@pytest.mark.parametrize("columns", [80, 40])
@pytest.mark.parametrize("language", ["en", "nl"])
def test_who_has_no_session_yet_sees_how_to_begin_and_no_line_is_cut(language: str, columns: int, tmp_path: Path) -> None:
    terminal = Started(home=tmp_path / "home", language=language, columns=columns, rows=24)
    assert (terminal.wait(), terminal.text) == (0, BEGIN[language].format(coach="coach").strip())


@pytest.mark.skipif(IS_WINDOWS, reason="nothing puts a script beside that Python; tests/windows types a hint")
@pytest.mark.parametrize("line", range(1, 5))
@pytest.mark.parametrize("language", ["en", "nl"])
def test_what_is_told_at_first_runs_as_it_stands(language: str, line: int, tmp_path: Path) -> None:
    environment = {**environ(tmp_path / "home", language), "PATH": os.defpath}

    def run(*command: str) -> str:
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False, cwd=tmp_path, input="")
        assert (done.returncode in {0, 3}, done.stdout == "") == (True, False)
        return done.stdout

    told = run(str(SCRIPTS / "coach"))
    name = told.split("\n")[1].strip().removesuffix(" demo")
    assert told == BEGIN[language].format(coach=name).lstrip("\n")
    run(*shlex.split(told.split("\n")[2 * line - 1]))


def test_what_is_to_be_typed_next_keeps_the_language_that_was_asked_for(tmp_path: Path) -> None:
    home = tmp_path / "home"
    done = coach(home, "run", "honest-question", "--lang", "nl", typed="Dat ik me zorgen maak.\n")
    resume = coach(home).out.split("\n")[1].strip()
    assert " ".join(done.err.split()).endswith("Verdergaan kan met: coach resume --lang nl")
    assert coach(home, "--lang", "en").out.split("\n")[1].strip() == f"{resume} --lang en"


def test_a_first_look_with_nobody_at_a_terminal_is_the_same(tmp_path: Path) -> None:
    assert coach(tmp_path / "home") == Result(0, BEGIN["en"].format(coach="coach").lstrip("\n"))
