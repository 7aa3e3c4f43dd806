"""Every command that is named can be typed as it stands, from where one is."""

import ast
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.cli.app import MODULES
from coach.program import Call, call_me, instead, name, typed
from driver import environ
from systems import IS_WINDOWS

COACH = Path(__file__).parents[1] / "coach"
UNIX_PATHS = "these paths are of Unix; tests/windows types a hint"
SCRIPTS = Path(sys.executable).parent


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder in which one is, with the program in its environment and in another folder."""
    if IS_WINDOWS:
        pytest.skip(UNIX_PATHS)
    for folder in ("a project/.venv/bin", "tools"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "coach").touch()
        (tmp_path / folder / "coach.exe").touch()
    monkeypatch.chdir(tmp_path / "a project")
    return tmp_path


def called(path: Path | str, *, on_path: Path | str = "/nowhere", python: str = "python3", **environment: str) -> Call:
    return Call(
        str(path), python, lambda: str(Path(".venv/bin").absolute()), {"PATH": str(on_path), **environment}, is_windows=False
    )


def test_a_program_that_is_on_the_path_is_called_by_its_name(place: Path) -> None:
    assert name(called(place / "tools/coach", on_path=f"/nowhere:{place / 'tools'}")) == "coach"


def test_a_link_on_the_path_to_the_program_is_the_program(place: Path) -> None:
    (place / "bin").mkdir()
    (place / "bin/coach").symlink_to(place / "tools/coach")
    assert name(called(place / "bin/coach", on_path=place / "bin")) == "coach"
    assert name(called(place / "tools/coach", on_path=place / "bin")) == "coach"


def test_another_program_of_the_same_name_on_the_path_is_not_this_one(place: Path) -> None:
    assert name(called(".venv/bin/coach", on_path=place / "tools")) == ".venv/bin/coach"


def test_a_program_is_called_by_the_shorter_of_its_two_paths(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = place / "a project/.venv/bin/coach"
    assert name(called(path)) == ".venv/bin/coach"
    monkeypatch.chdir(path.parent)
    assert name(called(path)) == "./coach"
    monkeypatch.chdir("/")
    assert name(called("/x/coach")) == "x/coach"


def test_a_path_with_a_space_is_quoted_for_the_shell(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place)
    path = place / "a project/.venv/bin/coach"
    assert name(called(path)) == "'a project/.venv/bin/coach'"
    windows = called(path)._replace(is_windows=True)
    assert name(windows) == '& "a project/.venv/bin/coach"'
    assert name(windows._replace(environment={"PROMPT": "$P$G"})) == '"a project/.venv/bin/coach"'


def test_on_windows_the_ending_of_a_program_is_not_typed(place: Path) -> None:
    windows = called(place / "tools/coach", on_path=place / "tools")._replace(is_windows=True)
    assert name(windows) == "coach"
    assert name(windows._replace(environment={})) == "../tools/coach"


def test_a_module_is_called_by_the_script_beside_its_python_and_without_one_as_it_was(place: Path) -> None:
    module = called("/x/coach/__main__.py")
    assert name(module) == ".venv/bin/coach"
    assert name(called("/x/coach/__main__.py", on_path=place / "a project/.venv/bin")) == "coach"
    assert name(module._replace(scripts=lambda: "/nowhere")) == "python3 -m coach"
    assert name(module._replace(scripts=lambda: "/nowhere", python=".venv/bin/python")) == ".venv/bin/python -m coach"


def test_what_uv_runs_is_run_by_uv_again(place: Path) -> None:
    path = place / "a project/.venv/bin/coach"
    assert name(called(path, on_path=path.parent, UV_RUN_RECURSION_DEPTH="1")) == "uv run coach"
    assert name(called(place / "tools/coach", on_path=f"{path.parent}:{place / 'tools'}", UV_RUN_RECURSION_DEPTH="1")) == (
        "../tools/coach"
    )


def test_a_command_is_named_with_its_words_quoted_and_the_home_that_was_asked_for(place: Path) -> None:
    call_me(called("coach"))
    assert typed("run", "my talk") == "coach run 'my talk'"
    call_me(called(place / "a project/.venv/bin/coach"), home="my home")
    try:
        assert typed("list") == ".venv/bin/coach list --home 'my home'"
        assert typed("list", home="/other") == ".venv/bin/coach list --home /other"
        assert instead("coach hear 'x'") == ".venv/bin/coach --home 'my home' hear 'x'"
    finally:
        call_me(called("coach"))


def test_no_command_is_named_but_by_what_the_program_is_called() -> None:
    commands = "|".join(command for names in MODULES.values() for command in names)
    named = re.compile(rf"\bcoach (--|({commands})\b)")
    texts = ((path, text) for path in COACH.rglob("*.py") for text in said_by(ast.parse(path.read_text("utf-8"))))
    assert [(path.name, text) for path, text in texts if named.search(text)] == []


def said_by(tree: ast.AST) -> Iterator[str]:
    """Yield the texts of a module but for docstrings and the examples of the help, which `instead` changes."""
    for node in ast.iter_child_nodes(tree):
        match node:
            case ast.Expr(value=ast.Constant()) | ast.FunctionDef(name="add_to"):
                pass
            case ast.Constant(value=str(text)):
                yield text
            case _:
                yield from said_by(node)


@pytest.mark.skipif(IS_WINDOWS, reason=UNIX_PATHS)
@pytest.mark.parametrize(("way", "language"), [("script", "en"), ("module", "nl")])
def test_a_hint_of_a_program_that_is_not_on_the_path_runs_as_it_stands(way: str, language: str, tmp_path: Path) -> None:
    environment = {**environ(tmp_path / "home", language), "PATH": os.defpath}
    command = [SCRIPTS / "coach"] if way == "script" else [sys.executable, "-P", "-m", "coach"]
    listed = subprocess.run([*command, "list"], capture_output=True, text=True, env=environment, check=True, cwd=tmp_path)
    hint = listed.stdout.rstrip("\n").rpartition(": ")[2]
    assert hint.endswith("bin/coach prepare")
    run = subprocess.run(
        [*shlex.split(hint), "--help"], capture_output=True, text=True, env=environment, check=True, cwd=tmp_path
    )
    assert f"{hint} [" in run.stdout.replace("\n", "")
