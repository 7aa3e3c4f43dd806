"""`coach` alone: where you are, and what to type next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice

from coach.cli.context import Setting, now
from coach.insights.collect import collect
from coach.insights.fears import FearCollector
from coach.insights.first_steps import FirstStep, FirstStepCollector
from coach.language import _
from coach.language.dates import write_weekday
from coach.logs.session import Session, title_of
from coach.terminal.console import show

_LOOKED_AT = 60
_LOOPS = 4  # of two lines each
_TWO_WEEKS = timedelta(days=14)


def show_overview(setting: Setting) -> None:
    """Show what is still open in the latest sessions, at most ten lines."""
    from coach.terminal.theme import loop_lines

    sessions = list(islice(setting.library.sessions(), _LOOKED_AT))
    loops = list(open_loops(sessions, now().date()))
    if len(loops) > _LOOPS:
        loops = [*loops[:_LOOPS], (_("And {count} more: coach list").format(count=len(loops) - _LOOPS), "")]
    if not sessions:
        loops = [
            (_("Before a hard conversation:"), "coach prepare"),
            (_("Afterwards:"), "coach reflect"),
            (_("See it played first:"), "coach demo"),
        ]
    elif not loops:
        loops = [(_("Nothing is waiting for you."), ""), (_("Before the next conversation:"), "coach prepare")]
    show(loop_lines(loops))
    print(_("All commands: coach --help"))


def open_loops(sessions: Sequence[Session], today: date) -> Iterator[tuple[str, str]]:
    """Yield what waits, with the command that takes it up: what is half-way, what to look back on, what is due."""
    fears, first_steps = FearCollector(), FirstStepCollector()
    collect(sessions, (fears, first_steps))
    steps = {step.id: step for step in first_steps.result()}
    unknown = {fear.looked_back for fear in fears.result().fears if fear.outcome == "unknown"}
    followed = {session.follows for session in sessions}
    for session in sessions:
        day, about = write_weekday(session.started.date()), title_of(session)
        if not session.finished:
            yield _("{day}, half-way: {about}").format(day=day, about=about), f"coach resume {session.id}"
        elif session.kind == "prepare" and session.id not in followed:
            yield _("{day}, prepared: {about}").format(day=day, about=about), f"coach reflect --follows {session.id}"
        elif session.kind in {"reflect", "follow-up"} and session.id not in followed:
            yield from _after(session, steps.get(session.id), today, feared=session.id in unknown)


def _after(session: Session, step: FirstStep | None, today: date, *, feared: bool) -> Iterator[tuple[str, str]]:
    """Yield what waits after a session that looked back, at most one thing: the step, the fear, or how it went on."""
    day, about = session.started.date(), title_of(session)
    command = f"coach follow-up --follows {session.id}" if session.kind == "reflect" else f"coach show {session.id}"
    later = day + _TWO_WEEKS
    due = step.due or later if step else None
    if step and due and due <= today:
        first = step.text.split("\n")[0]
        yield _("{day}, the first step with {about}: {step}").format(day=write_weekday(due), about=about, step=first), command
    elif session.kind == "reflect" and later <= today and feared:
        yield _("{day}, what you feared with {about}: do you know more now?").format(day=write_weekday(day), about=about), command
    elif session.kind == "reflect" and later <= today:
        yield _("{day}, look at what came of it: {about}").format(day=write_weekday(day), about=about), command
