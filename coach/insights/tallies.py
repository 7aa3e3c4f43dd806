"""What sessions have in common, counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from coach.logs.session import Session


class Tally(NamedTuple):
    """Something that sessions have in common: a tag, whom they are about, a handle that helped."""

    key: str
    label: str
    ids: tuple[str, ...]


class TallyCollector:
    """Counts the keys that `read` finds in a session, each with its label."""

    def __init__(self, read: Callable[[Session], Iterable[tuple[str, str]]], *ids: str) -> None:
        """`ids` are the answers that `read` looks at."""
        self.ids = frozenset(ids)
        self._read = read
        self._labels: dict[str, str] = {}
        self._sessions: dict[str, list[str]] = {}

    def add(self, session: Session, *, counts: bool) -> None:
        """Count the keys of a session."""
        if counts:
            for key, label in self._read(session):
                self._labels.setdefault(key, label)
                self._sessions.setdefault(key, []).append(session.id)

    def result(self) -> tuple[Tally, ...]:
        """Return the tallies, the highest first."""
        keys = sorted(self._sessions, key=lambda key: (-len(self._sessions[key]), key))
        return tuple(Tally(key, self._labels[key], tuple(self._sessions[key])) for key in keys)
