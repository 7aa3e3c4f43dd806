"""The sessions in a folder: read in order, found by a part of their name, linked to each other."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from heapq import merge
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from coach import files
from coach.errors import CoachError, Problem
from coach.language import _
from coach.logs.encryption import LockedError, Seal
from coach.logs.folder import Folder, newest_first, order
from coach.logs.identity import ID, TIME, is_id, linked, on_its_day
from coach.logs.markdown import Closely, decode, read_log
from coach.logs.register import Copy, Register
from coach.logs.session import Memory, Session
from coach.program import typed
from coach.text import fold

if TYPE_CHECKING:
    from coach.logs.writer import Writer

LATEST = "latest"
_LONGEST_LIST = 12
_REMEMBERED = 150


@dataclass(frozen=True, slots=True)
class Damaged:
    """A file that cannot be read as a log, and why."""

    path: Path
    problem: Problem


@dataclass(frozen=True, slots=True)
class Unread:
    """How many lines of a log look like answers and are not read."""

    lines: int


Oddity = Damaged | Unread
"""What a command that reads says of a file, once, at the end."""

Entry = Session | Damaged | Copy


@dataclass(frozen=True, slots=True)
class _Stray:
    """A file with a name that the coach did not give: a copy of a session, or one that a person renamed."""

    stem: str
    entry: Entry

    @property
    def order(self) -> tuple[str, int, str]:
        """Its place among the sessions, as `folder.order` gives it of a name."""
        match self.entry:
            case Session(id=id_, started=started):
                return f"{started:%Y-%m-%d-%H%M%S}", 1, id_
            case Copy(path, session):
                return f"{session.started:%Y-%m-%d-%H%M%S}", 0, path.stem
            case Damaged(path):
                return "", 0, path.stem


class Library:
    """The sessions in one folder."""

    def __init__(self, root: Path, seal: Seal | None = None, system: files.System = os) -> None:
        self.folder = Folder(root, seal, system)
        self._register: Register | None = None

    def at(self, root: Path) -> Library:
        """Return the library of another folder, sealed with the same key."""
        return Library(root, self.folder.seal, self.folder.system)

    def begin(self, started: datetime, sequence: str) -> Writer:
        """Return the writer of a new session."""
        from coach.logs import writer  # what reads does without

        return writer.begin(self.folder, started, sequence)

    def reopen(self, session: Session) -> Writer:
        """Return the writer of a session that is there already."""
        from coach.logs import writer

        return writer.reopen(self.folder, session)

    def entries(
        self,
        since: date | None = None,
        until: date | None = None,
        answers: Collection[str] | None = None,
        most: int | None = None,
    ) -> Iterator[Entry]:
        """Yield what is in the folder, newest first, as far as names tell from one day to another; files are read one by one.

        With `answers`, of each session only the answers with these ids are read, which is many times as fast; of those after
        the newest `most` none.
        """
        for number, stem in enumerate(self._walk(since, until)):
            wanted = answers if most is None or number < most else ()
            yield stem.entry if isinstance(stem, _Stray) else self._entry(stem, wanted)

    def logs(self, since: date | None = None, until: date | None = None) -> Iterator[tuple[str, bytes] | Damaged]:
        """Yield the name without its end and the bytes of each log, in the order of `entries`, without copies."""
        for stem in self._walk(since, until):
            if isinstance(stem, str):
                yield self._log(stem)
            elif isinstance(stem.entry, Damaged):
                yield stem.entry
            elif isinstance(stem.entry, Session):
                yield self._log(stem.stem)

    def sessions(self, answers: Collection[str] | None = None) -> Iterator[Session]:
        """Yield the sessions that can be read, newest first; with `answers`, only these of their answers."""
        return (entry for entry in self.entries(answers=answers) if isinstance(entry, Session))

    def count(self) -> int:
        """Return how many sessions there are, copies not counted; what is sealed and not open counts by its name."""
        stems = self.folder.stems()
        if not self.folder.is_open:
            return len(self.folder.ids())
        times = Counter(stem[:TIME] if is_id(stem) else "" for stem in stems)
        unsure = [stem for stem in stems if not is_id(stem) or times[stem[:TIME]] > 1]
        return len(stems) - sum(not isinstance(self._entry(stem, ()), Session) for stem in unsure)

    def find(self, part: str) -> Session:
        """Return the session that `latest`, a file's name or a unique part of it means.

        Raises:
            CoachError: when there is none or more than one, or when it cannot be read.

        """
        if part == LATEST:
            newest = next(self.sessions(), None)
            damaged = next((entry for entry in self.entries() if isinstance(entry, Damaged)), None) if newest is None else None
            if damaged:
                raise CoachError(damaged.problem)
            if newest is None:
                raise CoachError(
                    Problem("", _("there are no sessions yet"), _("begin with `{command}`").format(command=typed("prepare")))
                )
            return newest
        stem = self.name(part)
        settled = self.settle(stem, self.read(self.folder.path(stem)))
        return settled.session if isinstance(settled, Copy) else settled

    def name(self, part: str) -> str:
        """Return the name, without its end, of the one file that a name or a unique part of it means, readable or not.

        Raises:
            CoachError: when there is none or more than one.

        """
        name = linked(part)
        stems = sorted(self.folder.stems(), key=order, reverse=True)
        file = self._register_of(stems).file_of(name) if name in stems or is_id(name) else ""
        matches = [file] if file else [stem for stem in stems if name and name in stem]
        if not matches:
            what = _("there is no session '{id}'").format(id=part)
            raise CoachError(Problem("", what, _("`{command}` shows the sessions there are").format(command=typed("list"))))
        if len(matches) > 1:
            what = _("'{id}' can mean {count} sessions").format(id=part, count=len(matches))
            listed = "\n  ".join(matches[:_LONGEST_LIST]) + ("\n  ..." if len(matches) > _LONGEST_LIST else "")
            raise CoachError(Problem("", what, _("give more of its name:\n  {ids}").format(ids=listed)))
        return matches[0]

    def read(self, path: Path, answers: Collection[str] | None = None) -> Session:
        """Return the session in a file; with `answers`, only the answers with these ids.

        Raises:
            CoachError: when it is not a log that can be read.

        """
        return read_log(decode(self.folder.content(path)), path.name, answers)

    def settle(self, stem: str, session: Session) -> Session | Copy:
        """Return the session that was read from the file of this name, called as it is, or that the file is a copy."""
        if session.id == stem:
            return session
        session = replace(session, started=on_its_day(stem, session.started))
        self._register = self._register or self._register_of(self.folder.stems())
        return self._register.settle(self.folder.path(stem), session)

    def unread_lines(self, session: Session) -> int:
        """Return how many lines in the log of a session look like answers and are not read."""
        name, data = self.folder.log(session.file)
        reading = Closely(decode(data), name).reading
        reading.blocks()
        return len(reading.unread)

    def chain(self, session: Session) -> tuple[Session, ...]:
        """Return the sessions that this one follows, the nearest first."""
        followed: list[Session] = []
        seen = {session.id}
        while session.follows and (entry := self._linked(session.follows)) and entry.id not in seen:
            seen.add(entry.id)
            session = entry
            followed.append(entry)
        return tuple(followed)

    def finished(self, kind: str, follower: str) -> Iterator[tuple[Session, Session | None]]:
        """Yield the finished sessions of `kind`, newest first, each with the latest of the kind `follower` that follows it."""
        followers: dict[str, Session] = {}
        for session in self.sessions():
            if session.kind == follower and session.follows:
                followers.setdefault(session.follows, session)
            if session.kind == kind and session.finished:
                yield session, next((followers[name] for name in session.names if name in followers), None)

    def recall(
        self, counts: tuple[tuple[str, int], ...], about: str, without: str, shown: Callable[[Session], Session] = lambda one: one
    ) -> tuple[Memory, ...]:
        """Return the latest answers to each id, so many as its count, those of conversations about the same first.

        The session `without` is left out; `shown` returns a session with only the answers that may be recalled.
        """
        if not counts:
            return ()
        read = self.sessions({id_ for id_, _count in counts})
        sessions = (shown(session) for session in read if session.id != without)
        near = sorted(islice(sessions, _REMEMBERED), key=lambda session: not about or fold(session.about) != fold(about))
        memories: list[Memory] = []
        for id_, count in counts:
            answers = [(session, exchange) for session in near if (exchange := session.exchange(id_))]
            memories += [Memory(session.started, session.about, exchange.text) for session, exchange in answers[:count]]
        return tuple(memories)

    def _walk(self, since: date | None, until: date | None) -> Iterator[str | _Stray]:
        """Yield the sessions by their names without end, and the strays among them, newest first."""
        stems = self.folder.stems()
        self._register = self._register_of(stems)
        ids = list(filter(ID.fullmatch, stems))  # not `is_id`: it is asked of a hundred thousand
        strays = self._strays(set(stems).difference(ids) if len(ids) < len(stems) else ())
        within: Iterator[str | _Stray] = (
            id_ for id_ in newest_first(ids) if (not since or id_ >= f"{since}") and (not until or id_[:10] <= f"{until}")
        )
        if strays:  # without them the order is known
            within = merge(within, strays, key=lambda one: one.order if isinstance(one, _Stray) else order(one), reverse=True)
        yield from within

    def _strays(self, stems: Iterable[str]) -> list[_Stray]:
        """Return what the files of these names are, newest first."""
        strays = [_Stray(stem, self._entry(stem)) for stem in stems]
        beside = [_Stray(path.name, self._beside(path)) for path in (*self.folder.older(), *self.folder.odd())]
        return sorted((*strays, *beside), key=lambda stray: (stray.order, stray.stem), reverse=True)

    def _beside(self, path: Path) -> Entry:
        """Return what a file is that cannot be the session itself."""
        try:
            return Copy(path, self.read(path, ()))
        except LockedError:
            raise
        except CoachError as error:
            return Damaged(path, error.problems[0])

    def _log(self, stem: str) -> tuple[str, bytes] | Damaged:
        try:
            return stem, self.folder.log(stem)[1]
        except LockedError:
            raise
        except CoachError as error:
            return Damaged(self.folder.path(stem), error.problems[0])

    def _entry(self, stem: str, answers: Collection[str] | None = None) -> Entry:
        try:
            name, data = self.folder.log(stem)
            session = read_log(decode(data), name, answers)
        except LockedError:
            raise
        except CoachError as error:
            return Damaged(self.folder.path(stem), error.problems[0])
        return self.settle(stem, session)

    def _linked(self, name: str) -> Session | None:
        """Return the session that a link names, by its id or by the name of its file."""
        stem = name if os.path.lexists(self.folder.path(name)) else self._register_of(self.folder.stems()).file_of(name)
        entry = self._entry(stem) if stem else None
        return entry.session if isinstance(entry, Copy) else entry if isinstance(entry, Session) else None

    def _register_of(self, stems: Collection[str]) -> Register:
        return Register(stems, self._id_in)

    def _id_in(self, stem: str) -> str:
        try:
            return self.read(self.folder.path(stem), ()).id
        except LockedError:
            raise
        except CoachError:
            return ""
