"""When there were sessions, and of what kind: what a calendar shows."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from coach.logs.session import Session


class Visit(NamedTuple):
    """A session on the calendar: when it was, and what it was."""

    started: datetime
    kind: str


class VisitCollector:
    """Collects when there were sessions."""

    ids = frozenset[str]()

    def __init__(self) -> None:
        self._visits: list[Visit] = []

    def add(self, session: Session, *, counts: bool) -> None:
        """Take the time and the kind."""
        if counts:
            self._visits.append(Visit(session.started, session.kind))

    def result(self) -> tuple[Visit, ...]:
        """Return the visits, in the order in which the sessions came."""
        return tuple(self._visits)
