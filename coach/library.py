"""The folder of sessions: save, find, link.

A log's name starts with its time, so what is newest is known from the names alone and only what is needed is read.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from heapq import merge
from itertools import groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING

from coach import disk
from coach.errors import CoachError, Problem
from coach.folding import fold
from coach.glance import glance
from coach.language import _
from coach.log import decode, parse, render
from coach.session import FORMAT, Memory, Session

if TYPE_CHECKING:
    from filelock import FileLock

LATEST = "latest"
_ID = re.compile(r"\d{4}-\d\d-\d\d-\d{6}-[a-z0-9][a-z0-9-]*")
_LONGEST_LIST = 12
_REMEMBERED = 150
_IGNORE = "# Logs are private: none of them is ever put under version control.\n*\n!.gitignore\n"


@dataclass(frozen=True, slots=True)
class Damaged:
    """A file that cannot be read as a log, and why."""

    path: Path
    problem: Problem


@dataclass(frozen=True, slots=True)
class Copy:
    """A second file of a session, as a synchronising program leaves it."""

    path: Path
    session: Session


Entry = Session | Damaged | Copy


class Library:
    """The sessions in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def ids(self) -> list[str]:
        """Return the ids of all files that are named as the coach names them, newest first."""
        return list(_newest_first([stem for stem in self._stems() if _ID.fullmatch(stem)]))

    def entries(
        self, since: date | None = None, until: date | None = None, answers: Collection[str] | None = None
    ) -> Iterator[Entry]:
        """Yield what is in the folder, newest first, as far as names tell from one day to another; files are read one by one.

        With `answers`, of each session only the answers with these ids are read, which is many times as fast.
        """
        for stem, stray in self._walk(since, until):
            yield stray or self._entry(self.path(stem), answers)

    def logs(self, since: date | None = None, until: date | None = None) -> Iterator[tuple[str, bytes] | Damaged]:
        """Yield the name without its end and the bytes of each log, in the order of `entries`, without copies."""
        for stem, stray in self._walk(since, until):
            if isinstance(stray, Damaged):
                yield stray
            elif not isinstance(stray, Copy):
                path = self.path(stem)
                try:
                    yield stem, disk.read(path)
                except CoachError as error:
                    yield Damaged(path, error.problems[0])

    def sessions(self) -> Iterator[Session]:
        """Yield the sessions that can be read, newest first."""
        return (entry for entry in self.entries() if isinstance(entry, Session))

    def path(self, id_: str) -> Path:
        """Return the file of a session."""
        return self.folder / f"{id_}.md"

    def find(self, wanted: str) -> Session:
        """Return the session that `latest`, a file's name or a unique part of it means.

        Raises:
            CoachError: when there is none or more than one, or when it cannot be read.

        """
        if wanted == LATEST:
            newest = next(self.sessions(), None)
            if newest is None:
                raise CoachError(Problem("", _("there are no sessions yet"), _("begin with `coach prepare`")))
            return newest
        name = wanted.removesuffix(".md").rpartition("/")[2]
        stems = sorted(self._stems(), key=_age, reverse=True)
        matches = [name] if name in stems else [stem for stem in stems if name and name in stem]
        if not matches:
            what = _("there is no session '{id}'").format(id=wanted)
            raise CoachError(Problem("", what, _("`coach list` shows the sessions there are")))
        if len(matches) > 1:
            what = _("'{id}' can mean {count} sessions").format(id=wanted, count=len(matches))
            listed = "\n  ".join(matches[:_LONGEST_LIST]) + ("\n  ..." if len(matches) > _LONGEST_LIST else "")
            raise CoachError(Problem("", what, _("give more of its name:\n  {ids}").format(ids=listed)))
        return self.read(self.path(matches[0]))

    def read(self, path: Path) -> Session:
        """Return the session in a file.

        Raises:
            CoachError: when it is not a log that can be read.

        """
        return parse(decode(disk.read(path)), path.name)

    def chain(self, session: Session) -> tuple[Session, ...]:
        """Return the sessions that this one follows, the nearest first."""
        found: list[Session] = []
        seen = {session.id}
        while session.follows and session.follows not in seen:
            seen.add(session.follows)
            entry = self._entry(self.path(session.follows))
            if not isinstance(entry, Session):
                break
            session = entry
            found.append(entry)
        return tuple(found)

    def unfollowed(self, kind: str, follower: str) -> Iterator[Session]:
        """Yield the finished sessions of `kind` that no session of the kind `follower` has looked back on, newest first."""
        followed: set[str] = set()
        for session in self.sessions():
            if session.kind == follower and session.follows:
                followed.add(session.follows)
            if session.kind == kind and session.finished and session.id not in followed:
                yield session

    def recall(self, wanted: tuple[tuple[str, int], ...], about: str, without: str) -> tuple[Memory, ...]:
        """Return the latest answers to each id, those of conversations about the same first; `without` is left out."""
        if not wanted:
            return ()
        entries = self.entries(answers={id_ for id_, _count in wanted})
        sessions = (entry for entry in entries if isinstance(entry, Session) and entry.id != without)
        near = sorted(islice(sessions, _REMEMBERED), key=lambda session: not about or fold(session.about) != fold(about))
        found: list[Memory] = []
        for id_, count in wanted:
            answers = [(session, exchange) for session in near if (exchange := session.exchange(id_))]
            found += [Memory(session.started, session.about, exchange.text) for session, exchange in answers[:count]]
        return tuple(found)

    def begin(self, started: datetime, sequence: str) -> Writer:
        """Return the writer of a new session, under a name that is free.

        Raises:
            CoachError: when the folder cannot be used.

        """
        self.prepare_folder()
        first = f"{started:%Y-%m-%d-%H%M%S}-{sequence}"
        number = 1
        while True:
            id_ = first if number == 1 else f"{first}-{number}"
            number += 1
            if self.path(id_).exists():
                continue
            lock = self._lock(id_)
            if lock is not None and not self.path(id_).exists():
                return Writer(self, id_, lock, None)

    def reopen(self, session: Session) -> Writer:
        """Return the writer of a session that is there already.

        Raises:
            CoachError: when it is open elsewhere, or was written by a newer version.

        """
        self.prepare_folder()
        path = self.path(session.id)
        if session.format > FORMAT:
            what = _("this log was written by a newer version of coach")
            raise CoachError(Problem(path.name, what, _("it can be read, but not gone on with; install the newer version")))
        lock = self._lock(session.id)
        if lock is None:
            what = _("this session is open in another window")
            raise CoachError(Problem(path.name, what, _("go on there, or close it first")))
        return Writer(self, session.id, lock, disk.read(path))

    def prepare_folder(self) -> None:
        """Make the folder, private and out of version control."""
        disk.make_folder(self.folder)
        ignore = self.folder / ".gitignore"
        if not ignore.exists():
            disk.write(ignore, _IGNORE.encode())

    def _lock(self, id_: str) -> FileLock | None:
        """Return the lock on a session, or None when another process holds it."""
        from filelock import FileLock, Timeout  # noqa: PLC0415 # 30 ms that reading does not need

        lock = FileLock(self.folder / f".{id_}.lock", timeout=0, mode=disk.PRIVATE_FILE)
        try:
            lock.acquire()
        except Timeout:
            return None
        except OSError as error:
            raise CoachError(disk.refusal(self.folder, error)) from None
        return lock

    def _stems(self) -> list[str]:
        try:
            names = os.listdir(self.folder)  # noqa: PTH208 # a path for each of many thousand files takes three times as long
        except FileNotFoundError:
            return []
        except OSError as error:
            raise CoachError(disk.refusal(self.folder, error)) from None
        return [name[:-3] for name in names if name.endswith(".md") and name[0] != "."]

    def _walk(self, since: date | None, until: date | None) -> Iterator[tuple[str, Entry | None]]:
        """Yield the names without their end, newest first; of a file that the coach did not name also what it is."""
        stems = self._stems()
        ids = [stem for stem in stems if _ID.fullmatch(stem)]
        strays = self._strays(stems) if len(ids) < len(stems) else []
        within = (id_ for id_ in _newest_first(ids) if (not since or id_ >= f"{since}") and (not until or id_[:10] <= f"{until}"))
        if not strays:
            yield from ((id_, None) for id_ in within)
            return
        named = ((_age(id_), id_, None) for id_ in within)
        for _key, stem, stray in merge(named, strays, key=lambda item: item[0], reverse=True):
            yield stem, stray

    def _strays(self, stems: list[str]) -> list[tuple[tuple[str, int, str], str, Entry]]:
        """Return the files with names that the coach did not give: copies of a session, or files a person renamed."""
        found: list[tuple[tuple[str, int, str], str, Entry]] = []
        seen: set[str] = set()
        for stem in sorted(stem for stem in stems if not _ID.fullmatch(stem)):
            entry = self._entry(self.path(stem))
            if isinstance(entry, Session):
                if entry.id in seen or self.path(entry.id).exists():
                    entry = Copy(self.path(stem), entry)
                else:
                    seen.add(entry.id)
            found.append((_place(entry), stem, entry))
        return sorted(found, key=lambda item: item[:2], reverse=True)

    def _entry(self, path: Path, answers: Collection[str] | None = None) -> Entry:
        try:
            session = self.read(path) if answers is None else glance(decode(disk.read(path)), path.name, answers)
        except CoachError as error:
            return Damaged(path, error.problems[0])
        if session.id != path.stem and _ID.fullmatch(path.stem):
            if self.path(session.id).exists():
                return Copy(path, session)
            return replace(session, id=path.stem)
        return session


class Writer:
    """Saves one session, and holds it so that nobody else does."""

    def __init__(self, library: Library, id_: str, lock: FileLock, written: bytes | None) -> None:
        """`written` is what the file holds as far as we know."""
        self.id = id_
        self._library = library
        self._lock = lock
        self._written = written

    @property
    def path(self) -> Path:
        """The file that is written."""
        return self._library.path(self.id)

    def save(self, session: Session) -> str:
        """Write the session; return what there is to tell about it, or "".

        Raises:
            CoachError: when it cannot be written; what stood in the file still does.

        """
        notice = ""
        if self._is_changed():
            notice = self._move_beside()
        data = render(replace(session, id=self.id)).encode("utf-8")
        disk.write(self.path, data)
        self._written = data
        return notice

    def close(self) -> None:
        """Let go of the session."""
        Path(self._lock.lock_file).unlink(missing_ok=True)
        self._lock.release()

    def _is_changed(self) -> bool:
        """Return whether somebody else wrote the file."""
        return self.path.exists() and disk.read(self.path) != self._written

    def _move_beside(self) -> str:
        """Go on in a new file, so that both versions are kept."""
        changed = self.path.name
        started, sequence = self.id[:17], self.id[18:]
        self.close()
        fresh = self._library.begin(datetime.strptime(started, "%Y-%m-%d-%H%M%S"), sequence)  # noqa: DTZ007 # a name holds local time
        self.id, self._lock, self._written = fresh.id, fresh._lock, None  # noqa: SLF001 # another of us
        return _("{changed} was changed by another program, so this session goes on in {path}").format(
            changed=changed, path=self.path.name
        )


def _newest_first(ids: list[str]) -> Iterator[str]:
    """Yield ids by their time, those of the same second by their number; only what is taken is looked into."""
    ids.sort(reverse=True)
    for _second, same in groupby(ids, key=lambda id_: id_[:17]):
        yield from sorted(same, key=_age, reverse=True)


def _age(stem: str) -> tuple[str, int, str]:
    """Return what names are ordered by: their time, then the number of sessions in the same second."""
    number = re.search(r"-(\d+)$", stem[17:])
    return stem[:17], int(number[1]) if number else 1, stem


def _place(entry: Entry) -> tuple[str, int, str]:
    match entry:
        case Session():
            return f"{entry.started:%Y-%m-%d-%H%M%S}", 1, entry.id
        case Copy(path, session):
            return f"{session.started:%Y-%m-%d-%H%M%S}", 0, path.stem
        case Damaged(path):
            return "", 0, path.stem
