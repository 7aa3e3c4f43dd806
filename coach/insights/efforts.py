"""How hard one thought to work in a conversation, beside how hard it was."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from coach.insights.answers import number_of
from coach.insights.collect import MOMENT
from coach.insights.links import Links
from coach.logs.session import Session


class Effort(NamedTuple):
    """The effort that a preparation expected, and the one that its reflection `id` tells of, from 0 to 10."""

    id: str
    about: str
    started: datetime
    expected: int
    actual: int


class EffortCollector:
    """Collects the effort that was expected, and the one there was."""

    ids = frozenset(("effort_expected", "effort"))

    def __init__(self) -> None:
        self._links = Links()
        self._expected: dict[str, int] = {}
        self._actual: list[Effort] = []

    def add(self, session: Session, *, counts: bool) -> None:
        """Take the numbers of a session."""
        self._links.add(session)
        if (expected := number_of(session.exchange("effort_expected"))) is not None:
            self._expected[session.id] = expected
        if counts and (actual := number_of(session.exchange("effort"))) is not None:
            self._actual.append(Effort(session.id, session.about, session.started, 0, actual))

    def result(self) -> tuple[Effort, ...]:
        """Return the conversations of which both are known, newest first."""
        prepared = ((effort, self._links.nearest_before(effort.id, self._expected)) for effort in self._actual)
        both = (effort._replace(expected=self._expected[id_]) for effort, id_ in prepared if id_)
        return tuple(sorted(both, key=MOMENT, reverse=True))
