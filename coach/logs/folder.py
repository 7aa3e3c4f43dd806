"""The folder of sessions: which files are in it, by which names, and what they hold.

A log's name starts with its time, so what is newest is known from the names alone.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from contextlib import suppress
from itertools import groupby
from pathlib import Path

from coach import disk, files
from coach.errors import CoachError, Problem
from coach.language import _
from coach.logs.encryption import SEALED, Seal
from coach.logs.identity import ID, TIME, is_id

PLAIN = ".md"
ENDING = ".md.age"
LEFT = re.compile(
    rf"""
    \. (?= \.gitignore | .* {ID.pattern} | .* \.md (?:\.age)? \. [0-9a-f]{{8}} \.tmp )  # ours, also under a name of one's own
    ( .+? )                                        # what was being written
    (?:
        \.lock                                     # while it was held,
        | (?: \.md (?:\.age)? )? \.[0-9a-f]{{8}}\.tmp  # or in its temporary file
    )
    """,
    re.VERBOSE,
)
_ODD = re.compile(r"[^.].*\.md[^a-z0-9].*(?<!\.md)\.age", re.IGNORECASE)
_IGNORE = "# Logs are private: none of them is ever put under version control.\n*\n!.gitignore\n"


class Folder:
    """The files of the sessions in one folder."""

    def __init__(self, root: Path, seal: Seal | None = None, system: files.System = os) -> None:
        """`seal` opens sealed logs and, once it is set, closes every log that is written; `system` makes the calls of a save."""
        self.root = root
        self._place = os.path.join(root, "")  # noqa: PTH118 # a text, to put names behind
        self.seal = seal
        self.system = system
        self._sealed: frozenset[str] | None = None
        self._both: frozenset[str] = frozenset()
        self._odd: list[str] = []
        self._versions: dict[str, tuple[Path, Path | None]] = {}
        self._holds_sealed: bool | None = None
        self._others: list[str] = []
        self._sees_sealed = True

    @property
    def is_sealed(self) -> bool:
        """Whether logs are sealed here: there is a key, or something that only a key opens."""
        if self.seal is None:
            return False
        if self._holds_sealed is None:
            self._holds_sealed = any(".age" in name.casefold() for name in self._names())
        return self._holds_sealed or self.seal.is_set

    @property
    def is_open(self) -> bool:
        """Whether all logs here can be read without asking for a passphrase."""
        self.stems()
        return self._sees_sealed and (not self._sealed or (self.seal is not None and self.seal.is_open))

    def look_again(self) -> None:
        """Look anew which logs are sealed: that has changed."""
        self._sealed = self._holds_sealed = None
        self._versions = {}

    def leave_out_sealed(self) -> None:
        """Leave out what is sealed from now on: it cannot be opened."""
        self._sees_sealed = False

    def stems(self) -> list[str]:
        """Return the names of all logs without their end, in no order.

        Raises:
            CoachError: when the folder cannot be read.

        """
        names = self._names()
        plain = [name[: -len(PLAIN)] for name in names if name[-len(PLAIN) :] == PLAIN and name[0] != "."]
        others = [name for name in names if name[-len(PLAIN) :] != PLAIN or name[0] == "."]
        others = others if self._sees_sealed else [name for name in others if not name.endswith(".age")]
        sealed = [name[: -len(ENDING)] for name in others if name.endswith(ENDING) and name[0] != "."]
        self._others = [name for name in others if not name.endswith(ENDING) or name[0] == "."]
        self._both = frozenset(plain).intersection(sealed) if sealed else frozenset()
        self._sealed = frozenset(sealed) - self._both
        self._odd = [name for name in self._others if name.endswith(".age") and _ODD.fullmatch(name)]
        return [*plain, *self._sealed]

    def unread_names(self, *, hidden: bool = False) -> list[str]:
        """Return the names of files that look like logs and are not read, and of folders with logs in them."""
        if self._sealed is None:
            self.stems()
        others = [name for name in self._others if ID.search(name) or "." not in name]
        stems = set(self.stems()) if others else set[str]()
        return sorted(name for name in others if self._is_unread(name, stems, hidden=hidden))

    def _is_unread(self, name: str, stems: Collection[str], *, hidden: bool) -> bool:
        """Return whether a name is that of a log which no other file holds, or of a folder with logs; not of what we write."""
        if name[0] != "." and "." not in name and (self.root / name).is_dir():
            return any(ID.match(inner) and inner.endswith((PLAIN, ENDING)) for inner in names_in(self.root / name))
        match = ID.search(name)
        is_meant = name[0] != "." or name.endswith(".icloud") or (hidden and name.endswith((PLAIN, ENDING)))
        return match is not None and is_meant and not LEFT.fullmatch(name) and match[0] not in stems

    def ids(self) -> list[str]:
        """Return the ids of all files that are named as the coach names them, newest first."""
        return list(newest_first([stem for stem in self.stems() if is_id(stem)]))

    def path(self, stem: str) -> Path:
        """Return the file of a session, of two forms that differ the newer one."""
        return self.root / self.name(stem)

    def name(self, stem: str) -> str:
        """Return the name of the file of a session, of two forms that differ the newer one."""
        if self._sealed is None:
            self.stems()
        if stem in self._both:
            return self._versions_of(stem)[0].name
        return f"{stem}{ENDING if stem in (self._sealed or ()) else PLAIN}"

    def older(self) -> list[Path]:
        """Return the files that are there beside a newer version of the same session in the other form, and differ from it."""
        return [older for stem in sorted(self._both) if (older := self._versions_of(stem)[1])]

    def odd(self) -> list[Path]:
        """Return the sealed logs that a synchronising program gave its mark before the last end of their name."""
        return [self.root / name for name in self._odd]

    def target(self, stem: str) -> Path:
        """Return the file that a session is to be saved in."""
        return self.root / f"{stem}{ENDING if self.is_sealed else PLAIN}"

    def paths(self, stem: str) -> list[Path]:
        """Return the files of a session that are there: one, or two where sealing was broken off."""
        return [path for ending in (PLAIN, ENDING) if os.path.lexists(path := self.root / f"{stem}{ending}")]

    def content(self, path: Path) -> bytes:
        """Return the text of a log, opened where it is sealed; a file that others may read is made private.

        Raises:
            CoachError: when it cannot be read or opened.

        """
        return self._opened(files.read(path, private=True), path.name)

    def log(self, stem: str) -> tuple[str, bytes]:
        """Return the name of the file of a session, and its text as `content` returns it.

        Raises:
            CoachError: when it cannot be read or opened.

        """
        name = self.name(stem)
        return name, self._opened(files.read(f"{self._place}{name}", private=True), name)

    def closed(self, content: bytes) -> bytes:
        """Return the text of a log as it is to be written: sealed where logs are.

        Raises:
            CoachError: when it cannot be sealed.

        """
        return self.seal.close(content) if self.seal and self.is_sealed else content

    def prepare(self) -> None:
        """Make the folder, private and out of version control, and sweep it.

        Raises:
            CoachError: when it cannot be made or is not safe.

        """
        from coach.logs.lock import let_go, take  # what reads does without

        self._see_its_place()
        files.make_folder(self.root)
        ignore = self.root / ".gitignore"
        if not ignore.exists() and (lock := take(self.root, ignore.name)):
            try:
                files.write(ignore, _IGNORE.encode(), self.system)
            finally:
                let_go(lock)
        self._sweep()

    def _opened(self, data: bytes, name: str) -> bytes:
        return self.seal.open(data, name) if self.seal and data.startswith(SEALED) else data

    def _names(self) -> list[str]:
        try:
            return names_in(self.root)
        except FileNotFoundError:
            self._see_its_place()
            return []
        except OSError as error:
            raise CoachError(files.refusal(self.root, error)) from None

    def _see_its_place(self) -> None:
        """See that the place is there in which a home is made: what is absent is not empty."""
        place = self.root.parent.parent
        if not self.root.is_dir() and (absent := disk.absence(self.root)):
            raise CoachError(absent)
        if not place.is_dir():
            cure = _("see whether the folder was moved or its disk taken out")
            raise CoachError(Problem(str(place), _("it is not there (any more)"), cure))

    def _versions_of(self, stem: str) -> tuple[Path, Path | None]:
        if stem not in self._versions:
            from coach.logs.versions import newer_first  # seldom are there two

            self._versions[stem] = newer_first(self.content, *self.paths(stem))
        return self._versions[stem]

    def _sweep(self) -> None:
        """Take away what a killed program left half written or locked; never under the hands of another one."""
        from coach.logs.lock import let_go, take

        for name in names_in(self.root):
            left = LEFT.fullmatch(name)
            if left and (lock := take(self.root, left[1])) and lock.system:
                with suppress(OSError):  # a lock goes when it is let go; what somebody looks at goes the next time
                    (self.root / name).unlink()
                let_go(lock)


def names_in(root: Path) -> list[str]:
    """Return the names in a folder."""
    return os.listdir(root)  # noqa: PTH208 # a path for each of many thousand files takes three times as long


def stem_of(name: str) -> str:
    """Return the name of a log without its end."""
    return name.removesuffix(ENDING).removesuffix(PLAIN)


def newest_first(ids: list[str]) -> Iterator[str]:
    """Yield ids by their time, those of the same second by their number; only what is taken is looked into."""
    for _second, same in groupby(sorted(ids, reverse=True), key=lambda id_: id_[:TIME]):
        group = list(same)
        yield from sorted(group, key=order, reverse=True) if len(group) > 1 else group


def order(stem: str) -> tuple[str, int, str]:
    """Return what names are ordered by: their time, then the number of sessions in the same second."""
    number = re.search(r"-(\d+)$", stem[TIME:])
    return stem[:TIME], int(number[1]) if number else 1, stem
