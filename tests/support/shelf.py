"""A home with logs in it, and commands run on it without a program started for each."""

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

from coach.__main__ import run
from coach.logs.markdown import render
from coach.logs.session import Exchange, Session
from driver import environ
from talk import TALK

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
OF_THIS_PROCESS = ("TZ", "PYTEST_CURRENT_TEST")  # the zone is in force already; pytest takes the other away itself


@dataclass(frozen=True)
class Result:
    """What a command answered."""

    code: int
    out: str
    err: str = ""


def make_shelf(folder: Path, sequence: str = TALK) -> Path:
    home = folder / "home"
    for name in ("", "prompts", "sessions"):
        (home / name).mkdir(mode=0o700, parents=True, exist_ok=True)
    (home / "prompts" / "talk.yaml").write_text(sequence)
    return home


def put(
    home: Path,
    started: datetime,
    kind: str = "prepare",
    *exchanges: Exchange,
    about: str = "S.",
    title: str = "Talk",
    follows: str = "",
    finished: bool = True,
    **answers: str,
) -> str:
    """Write a log of the exchanges, or of an exchange for each answer, and return its id."""
    id_ = f"{started:%Y-%m-%d-%H%M%S}-{kind}"
    asked = (*exchanges, *(Exchange(name, f"{name}?", tuple(text.split("\n"))) for name, text in answers.items()))
    end = started if finished else None
    card = tuple(exchange.id for exchange in asked)
    session = Session(id_, kind, kind, "en", title, started, about, end, follows, card=card, exchanges=asked)
    (home / "sessions" / f"{id_}.md").write_text(render(session), "utf-8")
    return id_


def coach(home: Path, *arguments: str, typed: str = "", **environment: str) -> Result:
    """Run a command in this process, with nobody at a terminal."""
    with _surroundings({**environ(home, "en", **environment), "COLUMNS": "80"}, typed):
        out, err = StringIO(), StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = run(arguments)
    return Result(code, out.getvalue(), err.getvalue())


@contextmanager
def _surroundings(variables: dict[str, str], typed: str) -> Iterator[None]:
    environment, stdin = dict(os.environ), sys.stdin
    try:
        os.environ.clear()
        os.environ.update({name: text for name, text in variables.items() if name not in OF_THIS_PROCESS})
        os.environ.update({name: environment[name] for name in OF_THIS_PROCESS if name in environment})
        sys.stdin = StringIO(typed)
        yield
    finally:
        gc.enable()  # looking back turns it off, because its process is short
        sys.stdin = stdin
        os.environ.clear()
        os.environ.update(environment)
