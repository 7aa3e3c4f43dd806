"""What the program is called where it runs, so that every command it names can be typed as it stands."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

ASKED_FOR = "_COACH_COMPLETE"  # set by a shell that asks what can be typed
_COACH = "coach"
_BY_UV = "UV_RUN_RECURSION_DEPTH"  # set by `uv run`, which puts the program on the path for as long as it runs
_BY_CMD = "PROMPT"  # set by cmd.exe, which calls a path between quotes as it stands
_SPECIAL = frozenset(" &()^;,'=@{}`$")  # what a path on Windows may hold, and its shells read otherwise


class Call(NamedTuple):
    """How the program was called: its own path, the Python before it, the folder of scripts, and the environment."""

    path: str
    python: str
    scripts: Callable[[], str]
    environment: Mapping[str, str]
    is_windows: bool = os.name == "nt"


_named: set[str] = set()  # the commands that were named, none of which is to be broken over two lines
_call: Call | None = None
_home: str = ""
_language: str = ""


def call_me(call: Call | None = None, *, home: str = "", language: str = "") -> None:
    """Let every command be named as the program was called, or as before, with the home and the language that were asked for."""
    global _call, _home, _language  # a process is called once
    _call, _home, _language = call or _call, home, language


def typed(*words: str, home: str = "", language: str = "") -> str:
    """Return the command as it is typed here, in the home and the language asked for, or in others."""
    options = (("--home", home or _home), ("--lang", language or _language))
    line = [*words, *(word for option in options if option[1] for word in option)]
    is_windows = _call.is_windows if _call else os.name == "nt"
    command = " ".join((name(_call) if _call else _COACH, *(_quoted(word, is_windows=is_windows) for word in line)))
    _named.add(command)
    return command


def joined(text: str, joint: str, longest: int) -> str:
    """Return a text with `joint` for the blanks in every command that was named and is no longer than `longest`."""
    for command in sorted((one for one in _named if " " in one and len(one) <= longest), key=len, reverse=True):
        text = text.replace(command, command.replace(" ", joint))
    return text


def instead(example: str) -> str:
    """Return an example that begins with `coach` as it is typed here."""
    return f"{typed()}{example.removeprefix(_COACH)}"


def name(call: Call) -> str:
    """Return the shortest thing to type that runs this program from where one is."""
    is_module = call.path.endswith("__main__.py")
    path = str(Path(call.scripts(), _COACH)) if is_module else call.path
    if not _has_folder(path):
        return _COACH
    ending = ".exe" if call.is_windows else ""
    file = Path(path.removesuffix(ending) + ending)
    if is_module and not file.is_file():
        return f"{_shown(call.python, call)} -m {_COACH}"
    folders = call.environment.get("PATH", "").split(os.pathsep)
    if call.environment.get(_BY_UV) and _is_same(Path(folders[0]), file.parent):
        return f"uv run {_COACH}"
    on_path = next((found for folder in folders if folder and (found := Path(folder, file.name)).is_file()), None)
    return _COACH if on_path and _is_same(on_path, file) else _shown(path, call)


def python(executable: str) -> str:
    """Return the shortest way to type the Python that runs this program."""
    return _shown(executable, _call) if _call else executable


def _shown(path: str, call: Call) -> str:
    """Return a program's path as it is typed: from the folder where one is, if that is shorter."""
    if not _has_folder(path):
        return path
    try:
        near = os.path.relpath(path)
    except (OSError, ValueError):  # where one is, is gone, or on another drive
        near = path
    near = near if _has_folder(near) else f".{os.sep}{near}"
    short = min(near, path, key=len)
    quoted = _quoted(short, is_windows=call.is_windows)
    return f"& {quoted}" if call.is_windows and quoted != short and _BY_CMD not in call.environment else quoted


def _has_folder(path: str) -> bool:
    return "/" in path or os.sep in path


def _quoted(word: str, *, is_windows: bool) -> str:
    if is_windows:
        return f'"{word}"' if not word or _SPECIAL.intersection(word) else word
    from shlex import quote  # only where something is named

    return quote(word)


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False
