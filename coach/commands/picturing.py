"""Gathers what the report shows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

from coach.cli.filters import Filter
from coach.documents.report import Report, Visit
from coach.insights import fears, patterns
from coach.logs.session import Session


def collect_report(read: Callable[[Collection[str]], Iterable[Session]], wanted: Filter, only: str) -> Report:
    """Return the report of the sessions wanted, in two passes over the logs, so that no session is kept."""
    visits: list[Visit] = []

    def seen(sessions: Iterable[Session]) -> Iterator[Session]:
        for session in sessions:
            if wanted.admits(session):
                visits.append(Visit(session.started, session.kind))
            yield session

    feared = fears.collect_fears(seen(read(fears.IDS)), wanted.admits)
    return Report(feared, patterns.collect_patterns(read(patterns.IDS), wanted.admits), tuple(visits), only)
