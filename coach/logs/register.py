"""Which file holds which session: a session is called by the id in its front matter, whatever its file is called.

Of several files with one id the session is the one whose name is the id, else the one with the shortest name; the others are
copies.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from coach.errors import Problem
from coach.language import _
from coach.logs.folder import stem_of
from coach.logs.identity import TIME, is_id
from coach.logs.session import Session
from coach.program import typed


@dataclass(frozen=True, slots=True)
class Copy:
    """A second file of a session, as a synchronising program leaves it."""

    path: Path
    session: Session


def copy_problem(copy: Copy) -> Problem:
    """Return what is said of a copy, which is not counted."""
    if stem_of(copy.path.name) == copy.session.id:
        what = _("this is another version of {id}")
        cure = _("{seal} or {unseal} keeps both, under two names").format(seal=typed("seal"), unseal=typed("unseal"))
    else:
        what = _("this is a copy of {id}, as synchronising programs make them")
        cure = _("keep the one you want: {command}").format(command=typed("forget"))
    return Problem(copy.path.name, what.format(id=copy.session.id), cure)


class Register:
    """The files in a folder by the sessions they hold; only names that tell too little are looked into."""

    def __init__(self, stems: Collection[str], read_id: Callable[[str], str]) -> None:
        """`read_id` returns the id in a file, "" where it cannot be read."""
        self._listed = stems
        self._read_id = read_id
        self._near: dict[str, list[str]] | None = None
        self._ids: dict[str, str] = {}

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(self._listed)  # seldom needed, and of a hundred thousand it takes a while

    def settle(self, path: Path, session: Session) -> Session | Copy:
        """Return the session that was read from a file, called as it is, or that the file is a copy of it."""
        stem = stem_of(path.name)
        id_ = _id(stem, session.id)
        if id_ != stem:
            session = replace(session, id=id_, name=stem)
            return session if self.file_of(id_) == stem else Copy(path, session)
        if is_id(session.id) and session.id != stem and session.id in self._stems:
            return Copy(path, session)
        return replace(session, id=stem)

    def file_of(self, id_: str) -> str:
        """Return the name, without its end, of the file that holds a session, "" where there is none."""
        if id_ in self._stems:
            return id_
        if self._near is None:
            self._near = {}
            for stem in self._stems:
                self._near.setdefault(stem[:TIME] if is_id(stem) else "", []).append(stem)
        near = (*self._near.get(id_[:TIME], ()), *self._near.get("", ()))
        return min((stem for stem in near if self._id_in(stem) == id_), key=lambda stem: (len(stem), stem), default="")

    def _id_in(self, stem: str) -> str:
        if stem not in self._ids:
            self._ids[stem] = _id(stem, self._read_id(stem))
        return self._ids[stem]


def _id(stem: str, written: str) -> str:
    """Return what a session is called in a file of this name with this id in it.

    The id holds where the name goes on from it or is none of ours; one of another time belongs to the log this one began as.
    """
    return written if is_id(written) and (not is_id(stem) or stem[:TIME] == written[:TIME]) else stem
