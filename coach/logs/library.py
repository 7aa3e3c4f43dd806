"""The folder of sessions: save, find, link.

A log's name starts with its time, so what is newest is known from the names alone and only what is needed is read.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from heapq import merge
from itertools import groupby, islice
from pathlib import Path

from coach import files
from coach.errors import CoachError, Problem
from coach.language import _
from coach.logs.encryption import SEALED, LockedError, Seal
from coach.logs.lock import let_go, take
from coach.logs.markdown import decode, read_log
from coach.logs.session import FORMAT, Memory, Session
from coach.logs.writer import Writer
from coach.text import fold

LATEST = "latest"
_ID = re.compile(r"\d{4}-\d\d-\d\d-\d{6}-[a-z0-9][a-z0-9-]*")
PLAIN = ".md"
ENDING = ".md.age"
_LEFT = re.compile(rf"\.(\.gitignore|.*?{_ID.pattern}.*?)(?:\.lock|(?:\.md(?:\.age)?)?\.[0-9a-f]{{8}}\.tmp)")
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

    def __init__(self, folder: Path, seal: Seal | None = None, system: files.System = os) -> None:
        """`seal` opens sealed logs and, once it is set, closes every log that is written; `system` makes the calls of a save."""
        self.folder = folder
        self.seal = seal
        self.system = system
        self._sealed: frozenset[str] | None = None
        self._sees_sealed = True

    def at(self, folder: Path) -> Library:
        """Return the library of another folder, sealed with the same key."""
        return Library(folder, self.seal, self.system)

    def ids(self) -> list[str]:
        """Return the ids of all files that are named as the coach names them, newest first."""
        return list(_newest_first([stem for stem in self.stems() if _ID.fullmatch(stem)]))

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
                    yield stem, self.content(path)
                except LockedError:
                    raise
                except CoachError as error:
                    yield Damaged(path, error.problems[0])

    def sessions(self) -> Iterator[Session]:
        """Yield the sessions that can be read, newest first."""
        return (entry for entry in self.entries() if isinstance(entry, Session))

    @property
    def is_sealed(self) -> bool:
        """Whether logs are sealed here."""
        return self.seal is not None and self.seal.is_set

    def look_again(self) -> None:
        """Look anew which logs are sealed: that has changed."""
        self._sealed = None

    def look_away(self) -> None:
        """Leave out what is sealed from now on: it cannot be opened."""
        self._sees_sealed = False

    def path(self, id_: str) -> Path:
        """Return the file of a session."""
        if self._sealed is None:
            self.stems()
        return self.folder / f"{id_}{ENDING if id_ in (self._sealed or ()) else PLAIN}"

    def target(self, id_: str) -> Path:
        """Return the file that a session is to be saved in."""
        return self.folder / f"{id_}{ENDING if self.is_sealed else PLAIN}"

    def files(self, id_: str) -> list[Path]:
        """Return the files of a session that are there: one, or two where sealing was broken off."""
        return [path for ending in (PLAIN, ENDING) if os.path.lexists(path := self.folder / f"{id_}{ending}")]

    def content(self, path: Path) -> bytes:
        """Return the text of a log, opened where it is sealed; a file that others may read is made private.

        Raises:
            CoachError: when it cannot be read or opened.

        """
        data = files.read(path, private=True)
        return self.seal.open(data, path.name) if self.seal and data.startswith(SEALED) else data

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
        return self.read(self.path(self.name(wanted)))

    def name(self, wanted: str) -> str:
        """Return the name, without its end, of the one file that a name or a unique part of it means, readable or not.

        Raises:
            CoachError: when there is none or more than one.

        """
        name = wanted.removesuffix(".age").removesuffix(".md").rpartition("/")[2]
        stems = sorted(self.stems(), key=_age, reverse=True)
        matches = [name] if name in stems else [stem for stem in stems if name and name in stem]
        if not matches:
            what = _("there is no session '{id}'").format(id=wanted)
            raise CoachError(Problem("", what, _("`coach list` shows the sessions there are")))
        if len(matches) > 1:
            what = _("'{id}' can mean {count} sessions").format(id=wanted, count=len(matches))
            listed = "\n  ".join(matches[:_LONGEST_LIST]) + ("\n  ..." if len(matches) > _LONGEST_LIST else "")
            raise CoachError(Problem("", what, _("give more of its name:\n  {ids}").format(ids=listed)))
        return matches[0]

    def read(self, path: Path) -> Session:
        """Return the session in a file.

        Raises:
            CoachError: when it is not a log that can be read.

        """
        return read_log(decode(self.content(path)), path.name)

    def chain(self, session: Session) -> tuple[Session, ...]:
        """Return the sessions that this one follows, the nearest first."""
        found: list[Session] = []
        seen = {session.id}
        while _ID.fullmatch(session.follows) and session.follows not in seen:
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
            if self.files(id_):
                continue
            lock = take(self.folder, id_)
            if lock is not None and not self.files(id_):
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
        if not path.exists():
            what = _("the file of this session has another name now")
            raise CoachError(Problem(path.name, what, _("give it this name back to go on with it")))
        lock = take(self.folder, session.id)
        if lock is None:
            what = _("this session is open in another window")
            raise CoachError(Problem(path.name, what, _("go on there, or close it first")))
        return Writer(self, session.id, lock, session)

    def edit(self, id_: str, change: Callable[[str], str]) -> None:
        """Change the text of a log that nobody has open, all else in it kept.

        Raises:
            CoachError: when it is open elsewhere or cannot be written.

        """
        with self.holding(id_):
            text = change(self.content(self.path(id_)).decode("utf-8", "surrogateescape"))
            data = text.encode("utf-8", "surrogateescape")
            files.write(self.path(id_), self.seal.close(data) if self.seal else data, self.system)

    def remove(self, id_: str) -> None:
        """Take away every file of a session.

        Raises:
            CoachError: when it is open elsewhere or cannot be taken away.

        """
        with self.holding(id_):
            for path in self.files(id_):
                files.remove(path, self.system)
        self.look_again()

    @contextmanager
    def holding(self, id_: str) -> Iterator[None]:
        """Hold a session for the length of a `with` block.

        Raises:
            CoachError: when it is open elsewhere.

        """
        lock = take(self.folder, id_)
        if lock is None:
            what = _("this session is open in another window")
            raise CoachError(Problem(id_, what, _("go on there, or close it first")))
        try:
            yield
        finally:
            let_go(lock)

    def prepare_folder(self) -> None:
        """Make the folder, private and out of version control."""
        files.make_folder(self.folder)
        ignore = self.folder / ".gitignore"
        if not ignore.exists() and (lock := take(self.folder, ignore.name)):
            try:
                files.write(ignore, _IGNORE.encode(), self.system)
            finally:
                let_go(lock)
        self._sweep()

    def _sweep(self) -> None:
        """Take away what a killed program left half written or locked; never under the hands of another one."""
        for name in os.listdir(self.folder):  # noqa: PTH208 # as in `stems`
            left = _LEFT.fullmatch(name)
            if left and (lock := take(self.folder, left[1])):
                (self.folder / name).unlink(missing_ok=True)
                let_go(lock)

    def stems(self) -> list[str]:
        """Return the names of all logs without their end, in no order."""
        try:
            names = os.listdir(self.folder)  # noqa: PTH208 # a path for each of many thousand files takes three times as long
        except FileNotFoundError:
            return []
        except OSError as error:
            raise CoachError(files.refusal(self.folder, error)) from None
        names = names if self._sees_sealed else [name for name in names if not name.endswith(ENDING)]
        plain = [name[: -len(PLAIN)] for name in names if name.endswith(PLAIN) and name[0] != "."]
        self._sealed = frozenset(name[: -len(ENDING)] for name in names if name.endswith(ENDING) and name[0] != ".")
        if self._sealed:
            self._sealed -= set(plain)  # in both forms: sealing was broken off
        return [*plain, *self._sealed]

    def _walk(self, since: date | None, until: date | None) -> Iterator[tuple[str, Entry | None]]:
        """Yield the names without their end, newest first; of a file that the coach did not name also what it is."""
        stems = self.stems()
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
            session = read_log(decode(self.content(path)), path.name, answers)
        except LockedError:
            raise
        except CoachError as error:
            return Damaged(path, error.problems[0])
        stem = path.name.removesuffix(ENDING).removesuffix(PLAIN)
        if session.id != stem and (_ID.fullmatch(stem) or not _ID.fullmatch(session.id)):
            if _ID.fullmatch(session.id) and self.path(session.id).exists():
                return Copy(path, session)
            return replace(session, id=stem)
        return session


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
