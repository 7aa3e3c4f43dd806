"""One pass over the sessions for all that is to be known of them: collectors, each with what it needs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from operator import attrgetter
from typing import Protocol

from coach.insights.safety import without_safety
from coach.logs.session import Session

MOMENT = attrgetter("started", "id")
"""What things from sessions are sorted by: their time, and their session where that is the same."""


class Collector(Protocol):
    """Takes from each session the little that it needs of it."""

    @property
    def ids(self) -> frozenset[str]:
        """The answers that it reads."""
        ...

    def add(self, session: Session, *, counts: bool) -> None:
        """Take what is needed; of a session that does not count, only what it tells about others."""
        ...


def answer_ids(collectors: Iterable[Collector]) -> frozenset[str]:
    """Return the answers that the collectors read together."""
    return frozenset[str]().union(*(collector.ids for collector in collectors))


def collect(
    sessions: Iterable[Session], collectors: Collection[Collector], counts: Callable[[Session], bool] = lambda _session: True
) -> int:
    """Add each session, without its answers about safety, to every collector, in whatever order they come, copies once.

    Returns in how many sessions that count something was left out.
    """
    ids: set[str] = set()
    left_out = 0
    needed = answer_ids(collectors)
    for session in sessions:
        if session.id not in ids:
            ids.add(session.id)
            counted = counts(session)
            exchanges = tuple([one for one in session.exchanges if one.id in needed])
            asked = session if len(exchanges) == len(session.exchanges) else replace(session, exchanges=exchanges)
            told = without_safety(asked)
            for collector in collectors:
                collector.add(told, counts=counted)
            left_out += counted and told is not asked
    return left_out
