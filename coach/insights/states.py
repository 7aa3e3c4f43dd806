"""What waits after a session, in a word for a list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Literal

from coach.insights.first_steps import FirstStepCollector, later
from coach.language import _
from coach.logs.session import Session

State = Literal["unfinished", "prepared", "looked back on", "step due", "step left", "to follow up", ""]
WAITS = timedelta(days=91)
"""What was left lying for longer is shown in a list, and asks for nothing any more."""


def state_name(state: State) -> str:
    """Return what waits after a session."""
    match state:
        case "unfinished":
            return _("not finished")
        case "prepared":
            return _("prepared")
        case "looked back on":
            return _("looked back on")
        case "step due":
            return _("step due")
        case "step left":
            return _("step left open")
        case "to follow up":
            return _("to follow up")
        case "":
            return ""


class StateCollector:
    """Collects what later sessions say of earlier ones."""

    ids = FirstStepCollector.ids

    def __init__(self, today: date) -> None:
        self._today = today
        self._followed: set[tuple[str, str]] = set()
        self._steps = FirstStepCollector()

    def add(self, session: Session) -> None:
        """Take what a session follows, and its step."""
        if session.follows:
            self._followed.add((session.kind, session.follows))
        self._steps.add(session, counts=True)

    def result(self, sessions: Iterable[Session]) -> list[State]:
        """Return the state of each of some sessions."""
        steps = (step for step in self._steps.result() if step.outcome == "open" and step.falls_due <= self._today)
        due = {step.id: step.falls_due for step in steps}
        return [self._state(session, due) for session in sessions]

    def _state(self, session: Session, due: Mapping[str, date]) -> State:
        if not session.finished:
            return "unfinished"
        if session.id in due:
            return "step due" if self._today - due[session.id] <= WAITS else "step left"
        match session.kind:
            case "prepare":
                return "looked back on" if ("reflect", session.id) in self._followed else "prepared"
            case "reflect" if ("follow-up", session.id) not in self._followed:
                return "to follow up" if later(session.started.date()) <= self._today <= session.started.date() + WAITS else ""
            case _:
                return ""
