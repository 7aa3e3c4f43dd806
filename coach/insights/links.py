"""The chain of sessions that follow one another."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import replace

from coach.logs.session import Session

_FAR = 100  # a chain longer than this goes round


class Links:
    """Which session follows which; a link may name the id of a session or its file."""

    def __init__(self) -> None:
        self._follows: dict[str, str] = {}
        self._ids: dict[str, str] = {}

    def add(self, session: Session) -> None:
        """Take the link of a session, and what it is called itself."""
        self._follows[session.id] = session.follows
        if session.name:
            self._ids[session.name] = session.id

    def nearest_before(self, id_: str, candidates: Container[str]) -> str:
        """Return the nearest candidate that `id_` follows, directly or through others; "" when there is none."""
        earlier = self._followed(id_)
        for _step in range(_FAR):
            if not earlier or earlier in candidates:
                return earlier
            earlier = self._followed(earlier)
        return ""

    def _followed(self, id_: str) -> str:
        follows = self._follows.get(id_, "")
        return self._ids.get(follows, follows)


def linked_by_id(sessions: Iterable[Session]) -> tuple[Session, ...]:
    """Return sessions with links that name ids, also where they named files."""
    sessions = tuple(sessions)
    ids = {session.name: session.id for session in sessions if session.name}
    return tuple(replace(one, follows=ids[one.follows]) if one.follows in ids else one for one in sessions) if ids else sessions
