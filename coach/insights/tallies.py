"""What sessions have in common, counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple

from coach.logs.session import Session
from coach.text import fold


class Tally(NamedTuple):
    """Something that sessions have in common: a tag, whom they are about, a handle that helped."""

    key: str
    label: str
    ids: tuple[str, ...]


class TallyCollector:
    """Counts the keys that `read` finds in a session, each with its label, whatever their capitals; a label alone is its key."""

    def __init__(self, read: Callable[[Session], Iterable[tuple[str, str]]], *ids: str) -> None:
        """`ids` are the answers that `read` looks at."""
        self.ids = frozenset(ids)
        self._read = read
        self._names: dict[str, tuple[str, str]] = {}
        self._keys: dict[str, str] = {}
        self._sessions: dict[str, dict[str, None]] = {}

    def add(self, session: Session, *, counts: bool) -> None:
        """Count the keys of a session."""
        if counts:
            for key, label in self._read(session):
                folded = _folded(key)
                self._names.setdefault(folded, (key, label))
                if key != label:
                    self._keys[_folded(label)] = folded
                self._sessions.setdefault(folded, {})[session.id] = None

    def result(self) -> tuple[Tally, ...]:
        """Return the tallies, the highest first."""
        merged: dict[str, dict[str, None]] = {}
        for folded, ids in self._sessions.items():
            merged.setdefault(self._keys.get(folded, folded), {}).update(ids)
        tallies = (Tally(*self._names[folded], tuple(ids)) for folded, ids in merged.items())
        return tuple(sorted(tallies, key=lambda tally: (-len(tally.ids), tally.key)))


@lru_cache(maxsize=1024)  # the same tags and people in session after session
def _folded(key: str) -> str:
    return fold(key).removeprefix("#")
