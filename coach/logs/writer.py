"""Saves one session, in a file that nobody else writes, and never over something that a person wrote in it."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from coach import disk, files
from coach.errors import CoachError, Problem
from coach.language import _
from coach.logs.folder import Folder
from coach.logs.lock import Lock, let_go, take, take_surely
from coach.logs.markdown import decode, read_log, render
from coach.logs.session import FORMAT, Session
from coach.program import typed


@dataclass(slots=True)
class _Held:
    """The file of a session while it is held, called `stem`, which is its id unless a person gave it another name.

    `written` is what we wrote in it or found in it, `begun` the log that was gone on with: each save is that log with what the
    session has become.
    """

    id: str
    stem: str
    lock: Lock
    path: Path
    written: set[bytes] = field(default_factory=set)
    begun: bytes = b""


class Writer:
    """Saves one session, and holds its file so that nobody else does."""

    def __init__(self, folder: Folder, held: _Held, notice: str = "") -> None:
        """`notice` is told at the first save."""
        self._folder = folder
        self._held = held
        self._notice = notice

    @property
    def id(self) -> str:
        """The id of the session, which is another one once it has gone on in a new file."""
        return self._held.id

    @property
    def path(self) -> Path:
        """The file that the session is in."""
        return self._held.path

    def save(self, session: Session) -> str:
        """Write the session; return what there is to tell about it, or "".

        Raises:
            CoachError: when it cannot be written; what stood in the file still does.

        """
        notice, self._notice = self._notice, ""
        if self._is_changed() or self._is_beside_another():
            notice = self._go_on_beside(_("{file} was changed by another program and is left as it is."))
        from coach.logs.revision import revised  # after the first answer: a question comes sooner

        data = revised(self._held.begun, replace(session, id=self.id)) if self._held.begun else None
        if data is None and self._held.begun:
            notice = self._go_on_beside(_("{file} holds something that coach cannot write back and is left as it is."))
        self._write(self._folder.closed(data or render(replace(session, id=self.id)).encode("utf-8", "replace")))
        return notice

    def close(self) -> None:
        """Let go of the session."""
        let_go(self._held.lock)

    def _write(self, data: bytes) -> None:
        """Write the file; what a failed save may have left in it is known as ours."""
        held, target = self._held, self._folder.target(self._held.stem)
        held.written.add(data)
        files.write(target, data, self._folder.system)
        held.written = {data}
        if held.path != target:
            files.remove(held.path, self._folder.system)
            held.path = target

    def _is_changed(self) -> bool:
        """Return whether somebody else wrote the file."""
        return os.path.lexists(self.path) and files.read(self.path) not in self._held.written

    def _is_beside_another(self) -> bool:
        """Return whether the file that is to be written holds another version than the one that was gone on with."""
        target = self._folder.target(self._held.stem)
        if target == self.path or not os.path.lexists(target):
            return False
        return files.read(target) not in self._held.written and self._folder.content(target) != self._folder.content(self.path)

    def _go_on_beside(self, why: str) -> str:
        """Go on in a new file, so that both versions are kept."""
        left = self._held
        self.close()
        self._folder.prepare()
        self._held = _hold_new(self._folder, left.id)
        told = why + " " + _("This session goes on in {path}; when you have compared them, `{command}` removes one.")
        return told.format(file=left.path.name, path=self.path.name, command=typed("forget"))


def begin(folder: Folder, started: datetime, sequence: str) -> Writer:
    """Return the writer of a new session, under a name that is free.

    Raises:
        CoachError: when the folder cannot be used.

    """
    folder.prepare()
    notice = "" if folder.ids() else disk.weakness(folder.root)
    return Writer(folder, _hold_new(folder, f"{started:%Y-%m-%d-%H%M%S}-{sequence}"), notice)


def reopen(folder: Folder, session: Session) -> Writer:
    """Return the writer of a session that is there already.

    Raises:
        CoachError: when it is open elsewhere, or was written by a newer version.

    """
    folder.prepare()
    path = folder.path(session.file)
    if session.format > FORMAT:
        what = _("this log was written by a newer version of coach")
        raise CoachError(Problem(path.name, what, _("it can be read, but not gone on with; install the newer version")))
    lock = take_surely(folder.root, session.file, where=path.name)
    data = files.read(path)  # before its content: a change in between shows at the first save
    begun = folder.content(path)
    is_as_read = _answers(read_log(decode(begun), path.name)) == _answers(session)
    return Writer(folder, _Held(session.id, session.file, lock, path, {data} if is_as_read else set(), begun))


def _answers(session: Session) -> list[tuple[str, tuple[str, ...]]]:
    return [(exchange.id, exchange.lines) for exchange in session.exchanges]


def _hold_new(folder: Folder, first: str) -> _Held:
    """Hold a new session, called `first`, or that with a number behind it where there is one."""
    number = 1
    while True:
        id_ = first if number == 1 else f"{first}-{number}"
        number += 1
        if folder.paths(id_):
            continue
        lock = take(folder.root, id_)
        if lock is not None and not folder.paths(id_):
            return _Held(id_, id_, lock, folder.target(id_))
