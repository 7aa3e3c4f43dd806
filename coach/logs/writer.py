"""Saves one session, in a file that nobody else writes."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from coach import files
from coach.language import _
from coach.logs.faithful import loses, own_words
from coach.logs.lock import let_go
from coach.logs.markdown import render
from coach.logs.session import Session

if TYPE_CHECKING:
    from pathlib import Path

    from filelock import FileLock

    from coach.logs.encryption import Seal


class Shelf(Protocol):
    """The folder that a session is written in."""

    @property
    def seal(self) -> Seal | None:
        """What closes a log before it is written."""

    @property
    def system(self) -> files.System:
        """The calls of the operating system that a save makes."""

    def path(self, id_: str) -> Path:
        """Return the file of a session."""

    def target(self, id_: str) -> Path:
        """Return the file that a session is written to."""

    def content(self, path: Path) -> bytes:
        """Return what a log holds, opened."""

    def begin(self, started: datetime, sequence: str) -> Writer:
        """Return the writer of a new session."""


class Writer:
    """Saves one session, and holds it so that nobody else does."""

    def __init__(self, shelf: Shelf, id_: str, lock: FileLock, found: Session | None) -> None:
        """`found` is the session that the file held, or None when there is none yet."""
        self.id = id_
        self._shelf = shelf
        self._lock = lock
        self._own_words: Counter[str] = Counter()
        self._ours: set[bytes] = set()
        self._is_understood = True
        self.path = shelf.path(id_) if found else shelf.target(id_)
        if found:
            self._ours.add(files.read(self.path))
            self._own_words = own_words(found)
            self._is_understood = not loses(shelf.content(self.path), found)

    def save(self, session: Session) -> str:
        """Write the session; return what there is to tell about it, or "".

        Raises:
            CoachError: when it cannot be written; what stood in the file still does.

        """
        notice = ""
        if self._is_changed():
            notice = self._move_beside(_("{file} was changed by another program and is left as it is."))
        elif not self._is_understood or self._own_words - own_words(session):
            notice = self._move_beside(_("{file} holds something that coach cannot write back and is left as it is."))
        data = render(replace(session, id=self.id)).encode("utf-8", "replace")
        seal = self._shelf.seal
        self._write(seal.close(data) if seal else data)
        return notice

    def close(self) -> None:
        """Let go of the session."""
        let_go(self._lock)

    def _write(self, data: bytes) -> None:
        """Write the file; what a failed save may have left in it is known as ours."""
        target = self._shelf.target(self.id)
        self._ours.add(data)
        files.write(target, data, self._shelf.system)
        self._ours = {data}
        if self.path != target:
            self.path.unlink(missing_ok=True)
            self.path = target

    def _is_changed(self) -> bool:
        """Return whether somebody else wrote the file."""
        return os.path.lexists(self.path) and files.read(self.path) not in self._ours

    def _move_beside(self, why: str) -> str:
        """Go on in a new file, so that both versions are kept."""
        changed = self.path.name
        started, sequence = self.id[:17], self.id[18:]
        self.close()
        fresh = self._shelf.begin(datetime.strptime(started, "%Y-%m-%d-%H%M%S"), sequence)  # noqa: DTZ007 # a name holds local time
        self.__dict__.update(fresh.__dict__)
        told = why + " " + _("This session goes on in {path}; when you have compared them, `coach forget` removes one.")
        return told.format(file=changed, path=self.path.name)
