"""`coach` alone: where you are, and what to type next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

from coach.commands import Setting, now, show
from coach.dates import write_weekday
from coach.language import _
from coach.session import Session

_LOOKED_AT = 60
_LINES = 8
_TWO_WEEKS = timedelta(days=14)


def show_overview(setting: Setting) -> None:
    """Show what is still open in the latest sessions, at most ten lines."""
    from coach import views  # noqa: PLC0415

    sessions = list(islice(setting.library.sessions(), _LOOKED_AT))
    loops = list(islice(_loops(sessions, now().date()), _LINES))
    if not sessions:
        loops = [
            (_("Before a hard conversation:"), "coach prepare"),
            (_("Afterwards:"), "coach reflect"),
            (_("See it played first:"), "coach demo"),
        ]
    elif not loops:
        loops = [(_("Nothing is waiting for you."), ""), (_("Before the next conversation:"), "coach prepare")]
    show(views.loop_lines(loops))
    print(_("All commands: coach --help"))


def _loops(sessions: list[Session], today: date) -> Iterator[tuple[str, str]]:
    """Yield what waits, with the command that takes it up: what is half-way, what to look back on, what is due."""
    followed = {session.follows for session in sessions if session.follows}
    for session in sessions:
        day, about = write_weekday(session.started.date()), session.about or session.title
        if not session.finished:
            yield _("{day}, half-way: {about}").format(day=day, about=about), f"coach resume {session.id}"
        elif session.kind == "prepare" and session.id not in followed:
            yield _("{day}, prepared: {about}").format(day=day, about=about), f"coach reflect --follows {session.id}"
        elif session.kind == "reflect" and session.id not in followed:
            yield from _after_reflection(session, today, about)


def _after_reflection(session: Session, today: date, about: str) -> Iterator[tuple[str, str]]:
    command = f"coach follow-up --follows {session.id}"
    step, when = session.exchange("first_step"), session.exchange("first_step_when")
    due = date.fromisoformat(when.text) if when else session.started.date() + _TWO_WEEKS
    if step and due <= today:
        yield (
            _("{day}, the first step with {about}: {step}").format(day=write_weekday(due), about=about, step=step.lines[0]),
            command,
        )
    elif session.started.date() + _TWO_WEEKS <= today:
        yield _("{day}, look at what came of it: {about}").format(day=write_weekday(session.started.date()), about=about), command
