"""The terminal that the tests drive is the same in every shell they are started from, and however the program starts in it."""

import subprocess
from pathlib import Path
from typing import Any

import pytest

from driver import Started, Terminal, environ
from systems import needs_fork, needs_terminal
from talk import RUN, make_home, program


@needs_terminal
def test_a_program_in_a_terminal_has_nothing_of_the_shell_that_runs_the_tests(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("ACCESSIBLE", "1"), ("COLUMNS", "40"), ("PROMPT_TOOLKIT_NO_CPR", "1"), ("PYTHONUNBUFFERED", "1")):
        monkeypatch.setenv(name, value)
    environment = environ(tmp_path / "home", "en", MINE="x")
    terminal = Terminal.__new__(Terminal)
    terminal.start(["env"], environment, 80, 60)
    assert terminal.wait() == 0
    assert sorted(terminal.raw.decode().strip().split("\r\n")) == sorted(f"{name}={value}" for name, value in environment.items())


RUNS: dict[str, dict[str, Any]] = {
    "where": {"XDG_CACHE_HOME": "/nowhere"},
    "show x": {"TZ": "Asia/Tokyo"},
    "list --lang nl": {"TERM": "dumb"},
    "--help": {"NO_COLOR": "1"},
    "no-such-command": {},
}


@pytest.mark.parametrize("command", RUNS)
def test_a_run_that_is_forked_is_as_one_that_is_started(tmp_path: Path, command: str) -> None:
    forked, started = (
        kind(*command.split(), home=tmp_path / "home", columns=80, rows=60, **RUNS[command]) for kind in (Terminal, Started)
    )
    assert (forked.wait(), forked.raw) == (started.wait(), started.raw)


@needs_fork
@pytest.mark.parametrize(
    ("command", "typed"),
    [
        ("run talk --about S.", b"a\xffb\n"),
        ("run talk", b"\xef\xbb\xbfS.\n"),
        ("show x", b""),
        ("list", b""),
        ("hear -", b"\x1b[2J\n"),
    ],
)
def test_a_run_without_a_terminal_that_is_forked_is_as_one_that_is_started(tmp_path: Path, command: str, typed: bytes) -> None:
    forked, started = (make_home(tmp_path / name) for name in ("forked", "started"))
    environment = dict(environ(started, "en"))
    done = subprocess.run([*RUN, *command.split()], input=typed, capture_output=True, env=environment, check=False)
    again = program(forked, *command.split(), typed=typed)
    assert (again.returncode, again.stdout, again.stderr) == (done.returncode, done.stdout, done.stderr)
