"""Giving all logs that are there their other form: sealed, or plain."""

from __future__ import annotations

from coach import files
from coach.errors import CoachError, Problem
from coach.language import _
from coach.logs.encryption import LockedError
from coach.logs.folder import ENDING, PLAIN, Folder, names_in
from coach.logs.lock import holding


def seal_all(folder: Folder) -> tuple[int, list[Problem]]:
    """Seal every log that is not, whatever is in it; return how many, and what was wrong with the others."""
    return _turn_all(folder, PLAIN, ENDING)


def unseal_all(folder: Folder) -> tuple[int, list[Problem]]:
    """Put every sealed log back as plain text; return how many, and what was wrong with the others.

    Raises:
        LockedError: when the key does not open.

    """
    return _turn_all(folder, ENDING, PLAIN)


def _turn_all(folder: Folder, before: str, after: str) -> tuple[int, list[Problem]]:
    """Give every log its other form; at any moment each is there in one form at least."""
    count = 0
    problems: list[Problem] = []
    names = names_in(folder.root) if folder.root.is_dir() else []
    for stem in sorted(name.removesuffix(before) for name in names if name.endswith(before) and name[0] != "."):
        try:
            _turn(folder, stem, before, after)
        except LockedError:
            raise
        except CoachError as error:
            problems += error.problems
        else:
            count += 1
    folder.look_again()
    return count, problems


def _turn(folder: Folder, stem: str, before: str, after: str) -> None:
    """Write a log in its other form, then take the first form away."""
    old, new = folder.root / f"{stem}{before}", folder.root / f"{stem}{after}"
    with holding(folder.root, stem):
        if old.is_symlink():
            raise CoachError(Problem(old.name, _("it is a link to another place"), _("take the link away")))
        content = folder.content(old)
        files.write(new, folder.closed(content) if after == ENDING else content, folder.system)
        files.remove(old, folder.system)
