"""The golden logs, which version 0.1.0 wrote: where they are, and what of them is held."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

from coach.logs.encryption import Seal
from coach.logs.library import Library
from coach.logs.markdown import decode, read_log
from coach.logs.session import Exchange, Session
from talk import coach

GOLDEN = Path(__file__).parents[1] / "golden"
PASSPHRASE = "vier woorden zijn genoeg"
QUESTIONS = {
    "list": ("list", "--limit", "0"),
    "list-about": ("list", "--about", "ouders", "--since", "2026-01-01"),
    "fears": ("fears",),
    "patterns": ("patterns",),
    "search-in-one-field": ("search", "--field", "fear", "dat"),
    "search-two-words": ("search", "hek", "regen"),
    "search-whatever-the-accents": ("search", "NAÏEF"),
    "search-an-expression": ("search", "--regex", r"\bhalf (past|één|negen)\b"),
    "search-what-looks-like-a-field": ("search", "fear::"),
    "search-a-note": ("search", "editor"),
}
ABOUT_SAFETY = {"safety-search": ("search", "broer"), "safety-search-english": ("search", "straight out")}

Value = dict[str, Any]


def snapshot(name: str) -> Value:
    """Return what version 0.1.0 made of the logs."""
    return _read_json((GOLDEN / "expected" / f"{name}.json").read_text("utf-8"))


def make_home(folder: Path, logs: str) -> Path:
    """Return a home with a copy of one of our folders of logs, its keys, and the sequences of that time."""
    home = folder / "home"
    shutil.copytree(GOLDEN / logs, home / "sessions")
    for key in (home / "sessions").glob("key.*"):
        key.rename(home / key.name)
    shutil.copytree(GOLDEN / "prompts", home / "prompts")
    home.chmod(0o700)
    return home


def ask(home: Path, *question: str) -> Value:
    """Return what a command answers to a program."""
    return _read_json(coach(home, *question, "--json").stdout.decode())


def describe(session: Session) -> Value:
    """Return all that is in a session; what is empty is left out."""
    return _full(
        id=session.id,
        sequence=session.sequence,
        kind=session.kind,
        language=session.language,
        title=session.title,
        about=session.about,
        started=session.started.isoformat(),
        finished=session.finished.isoformat() if session.finished else "",
        follows=session.follows,
        tags=list(session.tags),
        card=list(session.card),
        format=session.format,
        extra=session.extra,
        note=session.note,
        exchanges=[_describe_exchange(exchange) for exchange in session.exchanges],
    )


def read(path: Path) -> Session:
    """Return the session in a log that is not sealed."""
    return read_log(decode(path.read_bytes()), path.name)


def with_recovery_key(home: Path) -> Library:
    """Return the sealed logs of a home, which the recovery key opens."""
    seal = Seal(home, lambda: "")
    seal.unlock((GOLDEN / "sealed" / "recovery.txt").read_text("ascii"))
    return Library(home / "sessions", seal)


def own_words(session: Value) -> list[str]:
    """Return the questions and answers of a session as a person reads them, without days: those may be written in another way."""
    exchanges = [one for one in session["exchanges"] if any(map(str.strip, _all_lines(one)))]
    lines = [line for one in exchanges for line in (one["question"], *map(_label if one.get("choice") else str, _all_lines(one)))]
    return [line for line in lines if line.strip() and not re.fullmatch(r"\d{4}-\d\d-\d\d", line)]


def found_in_order(parts: list[str], text: str) -> list[str]:
    """Return the parts that stand in a text, each behind the one before it, however the lines are broken."""
    found, place, text = [], 0, _closed_up(text)
    for part in parts:
        if (place := text.find(_closed_up(part), place)) < 0:
            break
        place += len(_closed_up(part))
        found.append(part)
    return found


def _all_lines(exchange: Value) -> tuple[str, ...]:
    return (*exchange.get("lines", ()), *exchange.get("draft", ()))


def _label(line: str) -> str:
    """Return what was chosen as a person reads it: of `partly (In part)` the last two words, of `no` itself."""
    _key, _bracket, label = line.partition(" (")
    return label.removesuffix(")") or line


def _closed_up(text: str) -> str:
    return "".join(text.replace("│", "").split())


def _read_json(text: str) -> Value:
    """Return a value of JSON; the last digits of a mean differ between versions of Python."""
    value: Value = json.loads(text, parse_float=lambda number: round(float(number), 6))
    return value


def _describe_exchange(exchange: Exchange) -> Value:
    return _full(
        id=exchange.id,
        question=exchange.question,
        lines=list(exchange.lines),
        section=exchange.section,
        before=list(exchange.before),
        heard=list(exchange.heard),
        draft=list(exchange.draft),
        note=exchange.note,
        choice=exchange.choice,
    )


def _full(**values: object) -> Value:
    return {name: value for name, value in values.items() if value}
