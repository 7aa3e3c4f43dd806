"""What is in the folder of sessions and does not fit: files that are not read, links to nothing, copies."""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from coach import files
from coach.errors import CoachError, Problem
from coach.language import _
from coach.logs.check import Asked, check_log
from coach.logs.encryption import LockedError
from coach.logs.folder import PLAIN, Folder, stem_of
from coach.logs.identity import ID
from coach.logs.library import Library
from coach.logs.lock import holding
from coach.logs.markdown import decode
from coach.logs.register import Copy, copy_problem
from coach.logs.session import Session

_ENDING = re.compile(r"\.(?:MD|Md|mD|markdown|mdown|text|txt|md\.txt|md\.text|md\.md)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A log with its lines in the form that the coach writes."""

    path: Path
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Rename:
    """A file with the name under which it is read."""

    path: Path
    target: Path


@dataclass(frozen=True, slots=True)
class Report:
    """What was found in one file, and how it can be mended."""

    problems: tuple[Problem, ...]
    mend: Rewrite | Rename | None = None


def check_folder(library: Library, asked: Asked) -> Iterator[Report]:
    """Yield what is found in each file, those in which nothing is found too."""
    folder = library.folder
    stems = folder.stems()
    links: list[tuple[str, str]] = []
    names = set(stems)
    for stem in sorted(stems):
        report, session = _check(library, stem, asked)
        yield report
        if session:
            names |= set(session.names)
            if session.follows:
                links.append((folder.path(stem).name, session.follows))
    for name, follows in links:
        if follows not in names:
            what = _("it follows '{id}', which is not there").format(id=follows)
            yield Report((Problem(name, what, _("put that log back, or take the line `follows` out")),))
    for name in folder.unread_names(hidden=True):
        yield _unread(folder, name)


def carry_out(folder: Folder, mend: Rewrite | Rename) -> None:
    """Mend a file.

    Raises:
        CoachError: when it was changed since it was read, is open elsewhere, or the disk refuses.

    """
    stem = stem_of(mend.path.name)
    with holding(folder.root, stem):
        if isinstance(mend, Rename):
            if not _is_free(mend.target, mend.path):
                raise CoachError(Problem(mend.path.name, _("there is a file with this name already"), mend.target.name))
            mend.path.rename(mend.target)
            return
        content = folder.content(mend.path)
        if decode(content) != mend.before:
            raise CoachError(Problem(mend.path.name, _("it was changed by another program"), _("check again")))
        mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
        files.write(mend.path, folder.closed(mark + mend.after.encode()), folder.system)


def _check(library: Library, stem: str, asked: Asked) -> tuple[Report, Session | None]:
    path = library.folder.path(stem)
    try:
        data = library.folder.content(path)
    except LockedError:
        raise
    except CoachError as error:
        return Report(error.problems), None
    checked = check_log(path.name, data, asked)
    problems = checked.problems
    if checked.session is None:
        return Report(problems), None
    settled = library.settle(stem, checked.session)
    if isinstance(settled, Copy):
        return Report((*problems, copy_problem(settled))), settled.session
    mend = Rewrite(path, checked.text, checked.mended) if checked.mended != checked.text else None
    return Report(problems, mend), settled


def _is_free(target: Path, path: Path) -> bool:
    """Return whether a file can get a name: nothing has it, or the file itself, where capitals make no difference."""
    return not os.path.lexists(target) or path.samefile(target)


def _unread(folder: Folder, name: str) -> Report:
    """Return what is said of a file or a folder that is not read."""
    path = folder.root / name
    if path.is_dir():
        what = _("the logs in this folder are not read")
        return Report((Problem(f"{name}/", what, _("move them one folder up")),))
    if name.endswith(".icloud"):
        what = _("this log is not on this computer yet")
        return Report((Problem(name, what, _("open it in the folder of your cloud, so that it comes")),))
    match = re.match(ID, name)
    ending = _ENDING.fullmatch(name, match.end()) if match else None
    target = folder.root / f"{match[0]}{PLAIN}" if match and ending else None
    if target and _is_free(target, path):
        cure = _("call it {name}").format(name=target.name)
        return Report((Problem(name, _("this looks like a log and is not read"), cure),), Rename(path, target))
    cure = _("call it ID.md, or move it away")
    return Report((Problem(name, _("this looks like a log and is not read"), cure),))
