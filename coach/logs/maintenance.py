"""Giving all logs that are there their other form: sealed, or plain."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from coach import files
from coach.errors import CoachError, Problem
from coach.language import _
from coach.logs.encryption import SEALED, LockedError
from coach.logs.folder import ENDING, PLAIN, Folder, names_in, stem_of
from coach.logs.lock import holding
from coach.logs.traces import is_sealed, paths_below, trace_of
from coach.logs.versions import newer_first
from coach.program import typed

_MARKS = re.compile(r"\.(?:md|age)(?![a-z0-9])", re.IGNORECASE)  # wherever a synchronising program left them in a name


@dataclass(slots=True)
class Turned:
    """How many logs were turned, those of which two versions are kept, and what was wrong with the others."""

    count: int = 0
    kept: list[Problem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def and_(self, other: Turned) -> Turned:
        """Return both together."""
        return Turned(self.count + other.count, self.kept + other.kept, self.problems + other.problems)


def seal_all(folder: Folder) -> Turned:
    """Seal every log that is not, whatever is in it."""
    names = names_in(folder.root) if folder.root.is_dir() else []
    paths = [folder.root / name for name in sorted(names)]
    return _turn_all(folder, [path for path in paths if _is_plain(folder, path)], ENDING)


def unseal_all(folder: Folder) -> Turned:
    """Put all that is sealed back as plain text, under whatever name and in whatever folder below.

    Raises:
        LockedError: when the key does not open.

    """
    return _turn_all(folder, [path for path in paths_below(folder.root) if is_sealed(path)], PLAIN)


def left_plain(folder: Folder) -> list[str]:
    """Return the names of what is a log and not sealed all the same: what an editor left, or what lies deeper."""
    others = (path for path in paths_below(folder.root) if not is_sealed(path) and not _is_plain(folder, path))
    return [trace.name for path in others if (trace := trace_of(folder, path)).id]


def _turn_all(folder: Folder, paths: list[Path], ending: str) -> Turned:
    """Give each of these its other form; at any moment each is there in one form at least."""
    turned = Turned()
    for path in paths:
        try:
            turned.kept += _turn(folder, path, ending)
        except LockedError:
            raise
        except CoachError as error:
            turned.problems += error.problems
        else:
            turned.count += 1
    folder.look_again()
    return turned


def _is_plain(folder: Folder, path: Path) -> bool:
    return path.parent == folder.root and path.name.endswith(PLAIN) and path.name[0] != "."


def _turn(folder: Folder, old: Path, ending: str) -> list[Problem]:
    """Write a log in its other form, then take the first form away; two that differ are both kept, the newer by its name."""
    stem = stem_of(old.name) if old.name.endswith((PLAIN, ENDING)) else _MARKS.sub("", old.name.lstrip("."))
    new, older, kept = old.with_name(f"{stem}{ending}"), None, []
    with holding(folder.root, stem):
        data = _formed(folder, old, ending)
        if os.path.lexists(new):
            _newer, older = newer_first(folder.content, new, old)
            if older:
                aside = _aside(folder, new, older, ending)
                files.write(aside, data if older == old else files.read(new), folder.system)
                what = _("there were two versions that differ; the older one is kept as {name}").format(name=aside.name)
                kept = [Problem(new.name, what, _("compare them, and forget the one you do not need"))]
        if older == new or not os.path.lexists(new):
            files.write(new, data, folder.system)
        files.remove(old, folder.system)
    return kept


def _formed(folder: Folder, path: Path, ending: str) -> bytes:
    """Return what is to stand in the other form of a file.

    Raises:
        CoachError: when it cannot be read, or is to be opened and nothing sealed is in it.

    """
    if path.is_symlink():
        raise CoachError(Problem(path.name, _("it is a link to another place"), _("take the link away")))
    content = folder.content(path)
    if ending == ENDING:
        return folder.closed(content)
    if not files.read(path).startswith(SEALED):
        what = _("there is nothing sealed in it: it is empty, damaged, or still to be fetched by a synchronising program")
        raise CoachError(
            Problem(
                path.name,
                what,
                _("fetch it, put it back from a backup, or remove it with {command}").format(command=typed("forget")),
            )
        )
    return content


def _aside(folder: Folder, new: Path, older: Path, ending: str) -> Path:
    """Return where the older of two versions is kept: a free name, or where it is kept already."""
    content, number = folder.content(older), 1
    while True:
        path = new.with_name(f"{new.name.removesuffix(ending)}.other{number if number > 1 else ''}{ending}")
        if not os.path.lexists(path) or folder.content(path) == content:
            return path
        number += 1
