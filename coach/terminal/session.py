"""A session -> what is seen of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rich.console import Group, RenderableType
from rich.text import Text

from coach.ear.checks import SAFETY, check_name
from coach.language import _
from coach.language.dates import write_weekday
from coach.logs.session import NOT_SAFETY, Exchange, Session
from coach.program import typed
from coach.terminal.theme import OWN_WORDS, SECTION, STRONG, readable, words
from coach.text import visible

_DAY = len("2026-11-24")
_NOT_TOLD = ("personal_data", "safety", NOT_SAFETY, *SAFETY)


def session_page(session: Session) -> RenderableType:
    """Return a session as a letter to oneself."""
    head = Text.assemble((visible(session.title), STRONG), "\n", _when(session))
    if session.about:
        head = Text.assemble((visible(session.title), STRONG), "\n", visible(session.about), "\n", _when(session))
    parts: list[RenderableType] = [head]
    if session.note:
        parts += [Text(), words(session.note)]
    parts += exchange_lines(session.exchanges)
    if not session.finished:
        parts += [Text(), words(_("Not finished yet. Go on with: {command}").format(command=typed("resume", session.id)))]
    return readable(Group(*parts))


def exchange_lines(exchanges: tuple[Exchange, ...]) -> Iterator[RenderableType]:
    """Yield questions with their answers, by section."""
    section = ""
    for exchange in exchanges:
        if exchange.section != section:
            section = exchange.section
            yield Text()
            yield words(section, SECTION)
        if exchange.answered:
            yield Text()
            yield words(exchange.question, STRONG)
            yield words("\n".join(map(_as_read, exchange.labels)))
            yield from _heard_lines(exchange)
        if exchange.draft:
            yield Text()
            yield words(exchange.question, STRONG)
            yield words("\n".join(exchange.draft) + " …", OWN_WORDS)
        if exchange.note:
            yield Text()
            yield words(exchange.note, OWN_WORDS)


def _as_read(line: str) -> str:
    """Return a line of an answer as a person reads it: a day in words."""
    try:
        return write_weekday(date.fromisoformat(line)) if len(line) == _DAY else line
    except ValueError:
        return line


def _when(session: Session) -> str:
    return f"{write_weekday(session.started.date())}, {session.started:%H:%M}"


def _heard_lines(exchange: Exchange) -> Iterator[RenderableType]:
    """Yield what the coach heard and how it was said at first."""
    names = [check_name(check) for check in exchange.heard if check not in _NOT_TOLD]
    if exchange.before:
        yield words(_("First you wrote: {text}").format(text=" / ".join(exchange.before)))
    if names:
        yield words(_("The coach heard {what}.").format(what=", ".join(names)))
