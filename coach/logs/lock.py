"""Holds a session, so that one program at a time writes it."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from coach import disk, files
from coach.errors import CoachError, Problem
from coach.language import _

if TYPE_CHECKING:
    from filelock import FileLock


class Lock(NamedTuple):
    """A session that is held; `system` is None on a disk that cannot hold a file."""

    path: Path
    system: FileLock | None


def take(root: Path, name: str) -> Lock | None:
    """Return the lock on a session, or on another file of the folder, or None when another process holds it.

    Raises:
        CoachError: when the folder does not allow it.

    """
    from filelock import FileLock, Timeout  # 30 ms that reading does not need

    lock = FileLock(root / f".{name}.lock", timeout=0, mode=files.PRIVATE_FILE)
    try:
        with warnings.catch_warnings(action="ignore"):  # it says what it does where it cannot lock
            lock.acquire()
    except Timeout:
        return None
    except NotImplementedError:  # what earlier ones say of such a disk
        return Lock(Path(lock.lock_file), None)
    except OSError as error:
        if disk.cannot_lock(error):
            return Lock(Path(lock.lock_file), None)
        raise CoachError(files.refusal(root, error)) from None
    return Lock(Path(lock.lock_file), lock)


def take_surely(root: Path, id_: str, where: str) -> Lock:
    """Return the lock on a session, which a problem calls `where`.

    Raises:
        CoachError: when it is open elsewhere or the folder does not allow it.

    """
    lock = take(root, id_)
    if lock is None:
        what = _("this session is open in another window")
        raise CoachError(Problem(where, what, _("go on there, or close it first")))
    return lock


def let_go(lock: Lock) -> None:
    """Release a lock and leave nothing of it: its file goes first, lest it be another one's by then.

    Windows keeps a file that is open; there releasing takes it away, also only while nobody else has it open.
    """
    with suppress(PermissionError):
        lock.path.unlink(missing_ok=True)
    if lock.system:
        lock.system.release()


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
