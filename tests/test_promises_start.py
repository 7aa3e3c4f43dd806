"""The program starts anywhere, in any surroundings, and tells the true cause where it cannot go on."""

import json
import subprocess
from io import StringIO
from pathlib import Path

import pytest

from coach import __version__
from coach.home import system_language
from driver import environ
from inside import run_inside
from systems import IS_WINDOWS, NO_SHELL
from talk import ANSWERS, RUN, coach, crashed, make_home, program, programs, said, with_code

NOBODY = "import os, pwd\ndef unknown(_): raise KeyError\npwd.getpwuid = pwd.getpwnam = unknown\n"  # an id without a name
BAD = b"S.\nTo listen.\na\xffb\n"


def start(
    home: Path, *arguments: str, typed: bytes = b"", leaves: tuple[str, ...] = (), before: str = "", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run the program without the variables that it `leaves`."""
    if not before and not leaves:
        return program(home, *arguments, typed=typed, **environment)
    if IS_WINDOWS:
        pytest.skip(NO_SHELL)
    variables = {name: value for name, value in environ(home, "en", **environment).items() if name not in leaves}
    command = ["bash", "-c", f'{before}\nexec "$@"', "bash", *RUN, *arguments]
    return subprocess.run(command, input=typed, capture_output=True, env=variables, check=False, timeout=60)


def gone(folder: Path) -> str:
    return f"mkdir {folder}; cd {folder}; rmdir {folder}"


def test_the_program_starts_where_the_folder_one_is_in_is_gone(tmp_path: Path) -> None:
    done = start(make_home(tmp_path), "--help", before=gone(tmp_path / "gone"), PATH="/usr/bin:/bin")
    assert (done.returncode, done.stderr, bool(done.stdout)) == (0, b"", True)


@pytest.mark.skipif(IS_WINDOWS, reason="Windows keeps the folder one is in")
@pytest.mark.parametrize(
    "arguments", [("--version",), ("--help",), ("list", "--help"), ("sequences", "schema"), ("where", "--json")]
)
def test_what_needs_no_folder_works_where_the_folder_one_is_in_is_gone(
    arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    done = run_inside(arguments, StringIO(), environ(make_home(tmp_path), "en", PATH="/usr/bin:/bin"))
    assert (done.returncode, done.stderr, bool(done.stdout)) == (0, b"", True)


def test_a_session_is_held_where_the_folder_one_is_in_is_gone(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    done = start(home, "run", "talk", typed=ANSWERS.encode(), before=gone(tmp_path / "gone"))
    assert (done.returncode, done.stderr) == (0, b"")
    assert said(home, "wish") == ["To listen."]


def test_a_place_in_a_folder_that_is_gone_is_told_as_such(tmp_path: Path) -> None:
    done = start(tmp_path, "list", "--home", "x", before=gone(tmp_path / "gone"))
    told = b"--home: the folder you are in is not there any more; go to another one, or write the whole path\n"
    assert (done.returncode, done.stderr) == (2, told)


@pytest.mark.parametrize("arguments", [("--version",), ("--help",), ("sequences", "schema")])
def test_what_needs_no_person_works_where_nobody_is_known(arguments: tuple[str, ...], tmp_path: Path) -> None:
    done = start(tmp_path, *arguments, leaves=("HOME", "COACH_HOME"), PYTHONPATH=with_code(tmp_path, NOBODY))
    assert (done.returncode, done.stderr, bool(done.stdout)) == (0, b"", True)


def test_where_nobody_is_known_a_folder_is_asked_for(tmp_path: Path) -> None:
    nobody = with_code(tmp_path, NOBODY)
    done = start(tmp_path, "list", leaves=("HOME", "COACH_HOME"), before=f"cd {tmp_path}", PYTHONPATH=nobody)
    told = b"HOME: this system does not tell which folder is yours; name a folder with --home or COACH_HOME\n"
    assert (done.returncode, done.stderr) == (1, told)


def test_a_session_is_held_in_a_named_folder_where_nobody_is_known(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    done = start(home, "run", "talk", typed=ANSWERS.encode(), leaves=("HOME",), PYTHONPATH=with_code(tmp_path, NOBODY))
    assert (done.returncode, said(home, "wish")) == (0, ["To listen."])


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("list",), b"COACH_HOME: '~nosuch' is nobody's folder here; write the whole path\n"),
        (("list", "--home", "~nosuch"), b"--home: '~nosuch' is nobody's folder here; write the whole path\n"),
    ],
)
def test_a_folder_of_somebody_who_is_not_there_is_told_with_where_it_was_asked(
    arguments: tuple[str, ...], told: bytes, tmp_path: Path
) -> None:
    done = start(tmp_path, *arguments, COACH_HOME="~nosuch/x")
    assert (done.returncode, done.stderr) == (1, told)
    assert start(tmp_path, "--version", COACH_HOME="~nosuch/x").stdout == f"coach {__version__}\n".encode()


@pytest.mark.skipif(IS_WINDOWS, reason="Windows says of what has a path that is too long that it is not there")
def test_what_the_system_refuses_is_told_with_its_place_and_not_as_a_fault_of_the_output(tmp_path: Path) -> None:
    place, shorter = f"/{'x' * 300}", "choose a folder with a shorter path, with --home"
    done = program(tmp_path, "run", "focus", "--home", place)
    assert (done.returncode, done.stdout, done.stderr.decode()) == (
        1,
        b"",
        f"{place}/prompts/en/focus.yaml: its path is too long for this system; {shorter}\n",
    )


LOCALES = [
    {"PYTHONIOENCODING": "cp1252"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"PYTHONUTF8": "0", "LANG": "C"},
    {"PYTHONIOENCODING": "utf-16"},
]
WORD = "één ☕"


@pytest.mark.parametrize("environment", LOCALES)
def test_what_is_read_and_written_without_a_terminal_is_utf8_whatever_the_locale(
    environment: dict[str, str], tmp_path: Path
) -> None:
    home = make_home(tmp_path, f"title: {WORD}\nsteps: [{{id: wish, ask: Wat?}}]\n")
    held = ("run", "talk", "--about", "S.")
    outputs = [
        ("show", "--json"),
        ("export", "latest", "--yes"),
        ("sequences", "show", "talk", "--yaml"),
        ("show",),
    ]
    done = programs(home, held, *outputs, typed=f"{WORD}\n", **environment)
    assert said(home, "wish") == [WORD]
    assert {command: (code, WORD in out) for command, (code, out) in done.items()} == dict.fromkeys((held, *outputs), (0, True))
    heard = program(home, "hear", "-", "--json", typed=f"\ufeff{WORD}\n", **environment).stdout
    assert json.loads(heard)["text"] == WORD


def test_the_schema_and_a_sequence_are_written_to_the_byte(tmp_path: Path) -> None:
    home = make_home(tmp_path, "title: Één\nsteps: [{id: wish, ask: Wat?}]\n")
    done = program(home, "sequences", "show", "talk", "--yaml", PYTHONIOENCODING="cp1252")
    assert done.stdout == (home / "prompts" / "talk.yaml").read_bytes()


def test_a_mark_of_the_order_of_bytes_is_no_part_of_the_first_answer(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    assert program(home, "run", "talk", typed=b"\xef\xbb\xbf" + ANSWERS.encode().replace(b"\n", b"\r\n")).returncode == 0
    assert (said(home, "about"), said(home, "wish")) == (["S."], ["To listen."])


@pytest.mark.parametrize(("arguments", "line"), [(("run", "talk"), 3), (("hear", "-"), 3)])
def test_a_line_that_is_not_utf8_is_refused_and_what_came_before_it_is_kept(
    arguments: tuple[str, ...], line: int, tmp_path: Path
) -> None:
    home = make_home(tmp_path)
    done = program(home, *arguments, typed=BAD)
    told = f"standard input:{line}: this line is not UTF-8; save the text as UTF-8, or let the program that writes it do so\n"
    assert (done.returncode, done.stderr.decode()) == (1, told)
    assert arguments == ("hear", "-") or said(home, "wish") == ["To listen."]


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "Dutch_Netherlands.1252"}, "nl"),
        ({"LANG": "Dutch"}, "nl"),
        ({"LANG": "nl-NL"}, "nl"),
        ({"LANG": "nl_BE.UTF-8"}, "nl"),
        ({"LANG": "nl_NL@euro"}, "nl"),
        ({"LANG": "nlx"}, "en"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "English_United States.1252"}, "en"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "nl_NL:en"}, "nl"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "fr:nl"}, "nl"),
        ({"LANG": "nl_NL.UTF-8", "LANGUAGE": "en:nl"}, "en"),
        ({"LANG": "nl_NL.UTF-8", "LANGUAGE": "fr"}, "nl"),
        ({"LANG": "C", "LANGUAGE": "nl"}, "en"),
        ({"LC_ALL": "C.UTF-8", "LANGUAGE": "nl"}, "en"),
    ],
)
def test_the_language_of_the_system_is_known_in_every_form(environment: dict[str, str], language: str) -> None:
    assert system_language(environment) == language


def test_a_system_that_has_no_variable_for_its_language_is_spoken_to_in_it(tmp_path: Path) -> None:
    """From outside, the system tells its locale as Windows does."""
    code = with_code(tmp_path, "import locale\nlocale.getlocale = lambda *_: ('Dutch_Netherlands', '1252')\n")
    done = program(make_home(tmp_path), "list", LANG="", COACH_LANG="", PYTHONPATH=code)
    assert done.stdout.startswith(b"Nog geen sessies. Begin met: ")


@pytest.mark.parametrize(
    "command", ["list --limit 0", "show latest", "fears --limit 0", "search wish", "--help", "sequences list"]
)
def test_a_pipe_that_nobody_reads_ends_every_command_quietly(command: str, tmp_path: Path) -> None:
    home = make_home(tmp_path, "title: Talk\nkind: prepare\nsteps: [{id: wish, ask: What?}, {id: fear, ask: What?}]\n")
    answers = "wish " * 20_000 + "\n"
    coach(home, "run", "talk", "--about", "S", typed=answers * 2)
    pipe, env = subprocess.PIPE, dict(environ(home, "en"))
    with subprocess.Popen([*RUN, *command.split()], stdout=pipe, stderr=pipe, env=env, bufsize=0) as run:
        assert run.stdout
        assert run.stderr
        run.stdout.read(1)
        run.stdout.close()
        assert (run.stderr.read(), run.wait()) == (b"", 0)


def test_an_error_is_never_taken_for_another(tmp_path: Path) -> None:
    done = program(make_home(tmp_path), "list", before="exec >/dev/full")
    assert (done.returncode, crashed(done.stderr)) == (1, False)
    assert done.stderr == b"The output cannot be written: No space left on device\n"
