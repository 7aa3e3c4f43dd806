"""A home with logs in it, and commands run on it without a program started for each."""

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

from coach.logs.markdown import render
from coach.logs.session import Exchange, Session
from driver import environ
from inside import run_inside
from talk import TALK

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


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
    (home / "prompts" / "talk.yaml").write_text(sequence, "utf-8", newline="\n")
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
    (home / "sessions" / f"{id_}.md").write_bytes(render(session).encode())
    return id_


def coach(home: Path, *arguments: str, typed: str = "", **environment: str) -> Result:
    """Run a command in this process and in its time zone, with nobody at a terminal."""
    variables = {**environ(home, "en"), **environment}
    zone = {name: os.environ[name] for name in ("TZ",) if name in os.environ}
    del variables["TZ"]
    done = run_inside(arguments, StringIO(typed), {**variables, **zone})
    return Result(done.returncode, done.stdout.decode(), done.stderr.decode())
