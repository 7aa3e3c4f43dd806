"""Holds a session, so that one program at a time writes it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from coach import files
from coach.errors import CoachError, Problem
from coach.language import _

if TYPE_CHECKING:
    from filelock import FileLock


def take(root: Path, name: str) -> FileLock | None:
    """Return the lock on a session, or on another file of the folder, or None when another process holds it.

    Raises:
        CoachError: when the folder does not allow it.

    """
    from filelock import FileLock, Timeout  # 30 ms that reading does not need

    lock = FileLock(root / f".{name}.lock", timeout=0, mode=files.PRIVATE_FILE)
    try:
        lock.acquire()
    except Timeout:
        return None
    except OSError as error:
        raise CoachError(files.refusal(root, error)) from None
    return lock


def take_surely(root: Path, id_: str, where: str) -> FileLock:
    """Return the lock on a session, which a problem calls `where`.

    Raises:
        CoachError: when it is open elsewhere or the folder does not allow it.

    """
    lock = take(root, id_)
    if lock is None:
        what = _("this session is open in another window")
        raise CoachError(Problem(where, what, _("go on there, or close it first")))
    return lock


def let_go(lock: FileLock) -> None:
    """Release a lock and leave nothing of it: its file goes first, lest it be another one's by then.

    Windows keeps a file that is open; there releasing takes it away, also only while nobody else has it open.
    """
    with suppress(PermissionError):
        Path(lock.lock_file).unlink(missing_ok=True)
    lock.release()


@contextmanager
def holding(root: Path, id_: str) -> Iterator[None]:
    """Hold a session for the length of a `with` block.

    Raises:
        CoachError: when it is open elsewhere or the folder does not allow it.

    """
    lock = take_surely(root, id_, where=id_)
    try:
        yield
    finally:
        let_go(lock)
