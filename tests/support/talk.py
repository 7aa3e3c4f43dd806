"""A small sequence of one's own, and the runs of it that the tests of faults make."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from driver import can_be_forked, environ
from inside import run_inside, text_stream
from systems import IS_WINDOWS, NO_SHELL

if sys.platform != "win32":
    from loaded import loaded

TALK = """
title: Talk
steps:
  - {id: about, ask: Whom is it about?, type: line}
  - {id: wish, ask: What do you wish?}
  - {id: fear, ask: What do you fear?}
  - {id: way, ask: Which way?, type: choice, options: {high: High, low: Low}}
  - {id: step, ask: What is the first step?}
"""
ANSWERS = "S.\nTo listen.\nThat she leaves.\n1\nCall her.\n"
CRASH = (b"This is a mistake in coach", b'File "', b"Exception ignored")
RUN = [sys.executable, "-P", "-m", "coach"]


def make_home(folder: Path, sequence: str = TALK) -> Path:
    home = folder / "home"
    (home / "prompts").mkdir(parents=True)
    home.chmod(0o700)
    (home / "prompts" / "talk.yaml").write_text(sequence, "utf-8", newline="\n")
    return home


def write_log(home: Path, id_: str, *answers: str, about: str = "S.", **front: str) -> Path:
    """Put a log in the folder, by hand; it is finished unless `finished` is empty."""
    started = f"{id_[:10]}T{id_[11:13]}:{id_[13:15]}:{id_[15:17]}+01:00"
    keys = {"format": "1", "id": id_, "sequence": id_[18:], "language": "en", "about": about, "started": started}
    values = {**keys, "finished": started, **front}
    lines = ["---", *(f"{key}: {value}" for key, value in values.items() if value), "---", "", f"# Talk: {about}", ""]
    path = home / "sessions" / f"{id_}.md"
    path.parent.mkdir(mode=0o700, exist_ok=True)
    path.write_text("\n".join([*lines, *(f"- {answer}" for answer in answers), ""]), "utf-8", newline="\n")
    return path


def coach(
    home: Path, *arguments: str, typed: str | bytes = "", before: str = "", language: str = "en", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run the program through a pipe, in a process of its own only where something comes before it or its environment is odd."""
    if before or environment:
        return program(home, *arguments, typed=typed, before=before, COACH_LANG=language, **environment)
    data = typed.encode() if isinstance(typed, str) else typed
    return run_inside(arguments, text_stream(io.BytesIO(data)), environ(home, language))


def program(
    home: Path, *arguments: str, typed: str | bytes = "", before: str = "", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run the program in a process of its own, forked from the loaded program wherever that is the same.

    `before` is what a shell does first, such as `ulimit` or a redirection.
    """
    if before and IS_WINDOWS:
        pytest.skip(NO_SHELL)
    data = typed.encode() if isinstance(typed, str) else typed
    env = dict(environ(home, "en", **environment))
    if not before and can_be_forked(environment):
        return loaded().run(arguments, env, Path.cwd(), data)
    command = ["bash", "-c", f'{before}\nexec "$@"', "bash", *RUN, *arguments] if before else [*RUN, *arguments]
    done = subprocess.run(command, input=data, capture_output=True, env=env, check=False, timeout=60)
    done.stdout, done.stderr = (text.replace(b"\r\n", b"\n") for text in (done.stdout, done.stderr))  # ends of lines of Windows
    return done


RUN_ALL = """
import json, sys
from coach.__main__ import _mend_streams, run
_mend_streams()
for command in json.loads(sys.argv[1]):
    print(end=f"\\0{run(command)}\\0")
"""


def programs(
    home: Path, *commands: tuple[str, ...], typed: str = "", **environment: str
) -> dict[tuple[str, ...], tuple[int, str]]:
    """Run commands one after another in one process of its own, from one input, and return their exit codes and outputs."""
    command = [sys.executable, "-P", "-c", RUN_ALL, json.dumps(commands)]
    env = dict(environ(home, "en", **environment))
    done = subprocess.run(command, input=typed.encode(), capture_output=True, env=env, check=True, timeout=60)
    parts = done.stdout.decode().split("\0")
    return {command: (int(code), out) for command, code, out in zip(commands, parts[1::2], parts[::2], strict=False)}


def with_code(folder: Path, code: str) -> str:
    """Return the PYTHONPATH of a run in which `code` comes before the program: a way to bring a mistake or a signal in."""
    (folder / "sitecustomize.py").write_text(code)
    return os.pathsep.join(filter(None, (str(folder), os.environ.get("PYTHONPATH"))))


def crashed(output: bytes) -> bool:
    """Return whether the program told of a mistake of its own; Python's own word for it is never in its output."""
    return any(sign in output for sign in CRASH)


def logs(home: Path) -> list[Path]:
    return sorted((home / "sessions").glob("2*.md"))


def log(home: Path) -> str:
    """Return the only log there is."""
    (path,) = logs(home)
    return path.read_text("utf-8")


def said(home: Path, id_: str) -> list[str]:
    return [line.partition(":: ")[2] for line in log(home).split("\n") if line.startswith(f"- {id_}::")]


def leftovers(home: Path) -> list[str]:
    """Return the names in the folder of logs that are no log and not our .gitignore."""
    folder = home / "sessions"
    return [name for name in os.listdir(folder) if name != ".gitignore" and not name.endswith((".md", ".md.age"))]
