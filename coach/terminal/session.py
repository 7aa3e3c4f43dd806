"""Sessions -> what is seen of them: one to read, a list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.text import Text

from coach.ear.checks import SAFETY, check_name
from coach.insights.labels import state_name
from coach.insights.states import State
from coach.language import _
from coach.language.dates import write_weekday
from coach.logs.session import Exchange, Session, title_of
from coach.program import typed
from coach.terminal.lines import shortened
from coach.terminal.theme import OWN_WORDS, SECTION, STRONG, readable, words
from coach.text import visible

_LEAST_ABOUT = 10  # columns
_NOT_TOLD = ("personal_data", "safety", *SAFETY)


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


def session_rows(sessions: Iterable[Session], states: Iterable[State]) -> list[tuple[str, str, str]]:
    """Return what is shown of sessions in a list: the id, what it is about, and its state."""
    return [
        (visible(session.id), visible(title_of(session)), state_name(state))
        for session, state in zip(sessions, states, strict=True)
    ]


class SessionList:
    """One line a session, cut to the width of the screen."""

    def __init__(self, rows: list[tuple[str, str, str]]) -> None:
        self.rows = rows

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        id_width, state_width = (max(cell_len(row[column]) for row in self.rows) for column in (0, 2))
        about_width = options.max_width - id_width - state_width - (4 if state_width else 2)
        if about_width < _LEAST_ABOUT:
            yield from self._below_each_other()
            return
        abouts = [shortened(about, about_width) for _id, about, _state in self.rows]
        widest = max(map(cell_len, abouts))
        for (id_, _about, state), about in zip(self.rows, abouts, strict=True):
            parts = ((id_, id_width), (about, widest), (state, 0))
            padded = [part + " " * (width - cell_len(part)) for part, width in parts]
            yield Text("  ".join(padded).rstrip(), no_wrap=True, overflow="crop")

    def _below_each_other(self) -> RenderResult:
        for id_, about, state in self.rows:
            yield Text(id_)
            yield Padding.indent(Text(f"{about}  {state}".rstrip()), 2)


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
            yield words("\n".join(exchange.labels))
            yield from _heard_lines(exchange)
        if exchange.draft:
            yield Text()
            yield words(exchange.question, STRONG)
            yield words("\n".join(exchange.draft) + " …", OWN_WORDS)
        if exchange.note:
            yield Text()
            yield words(exchange.note, OWN_WORDS)


def _when(session: Session) -> str:
    return f"{write_weekday(session.started.date())}, {session.started:%H:%M}"


def _heard_lines(exchange: Exchange) -> Iterator[RenderableType]:
    """Yield what the coach heard and how it was said at first."""
    names = [check_name(check) for check in exchange.heard if check not in _NOT_TOLD]
    if exchange.before:
        yield words(_("First you wrote: {text}").format(text=" / ".join(exchange.before)))
    if names:
        yield words(_("The coach heard {what}.").format(what=", ".join(names)))
