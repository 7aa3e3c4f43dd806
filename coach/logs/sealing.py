"""Seals the logs that are there, or puts them back as plain text; at any moment each is there in one form at least."""

from __future__ import annotations

import os

from coach import files
from coach.errors import CoachError, Problem
from coach.language import _
from coach.logs.encryption import LockedError
from coach.logs.library import ENDING, PLAIN, Library


def close_all(library: Library) -> tuple[int, list[Problem]]:
    """Seal every log that is not, whatever is in it; return how many, and what was wrong with the others."""
    return _turn_all(library, PLAIN, ENDING)


def open_all(library: Library) -> tuple[int, list[Problem]]:
    """Put every sealed log back as plain text; return how many, and what was wrong with the others.

    Raises:
        LockedError: when the key does not open.

    """
    return _turn_all(library, ENDING, PLAIN)


def _turn_all(library: Library, before: str, after: str) -> tuple[int, list[Problem]]:
    count = 0
    problems: list[Problem] = []
    names = os.listdir(library.folder) if library.folder.is_dir() else []  # noqa: PTH208 # names, no paths
    for stem in sorted(name.removesuffix(before) for name in names if name.endswith(before) and name[0] != "."):
        try:
            _turn(library, stem, before, after)
        except LockedError:
            raise
        except CoachError as error:
            problems += error.problems
        else:
            count += 1
    library.look_again()
    return count, problems


def _turn(library: Library, stem: str, before: str, after: str) -> None:
    """Write a log in its other form, then take the first form away."""
    old, new = library.folder / f"{stem}{before}", library.folder / f"{stem}{after}"
    with library.holding(stem):
        if old.is_symlink():
            raise CoachError(Problem(old.name, _("it is a link to another place"), _("take the link away")))
        content = library.content(old)
        files.write(new, library.seal.close(content) if library.seal and after == ENDING else content, library.system)
        files.remove(old, library.system)
