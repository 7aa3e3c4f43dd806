"""Holds a session, so that one program at a time writes it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from coach import files
from coach.errors import CoachError

if TYPE_CHECKING:
    from filelock import FileLock


def take(folder: Path, id_: str) -> FileLock | None:
    """Return the lock on a session, or None when another process holds it.

    Raises:
        CoachError: when the folder does not allow it.

    """
    from filelock import FileLock, Timeout  # 30 ms that reading does not need

    lock = FileLock(folder / f".{id_}.lock", timeout=0, mode=files.PRIVATE_FILE)
    try:
        lock.acquire()
    except Timeout:
        return None
    except OSError as error:
        raise CoachError(files.refusal(folder, error)) from None
    return lock


def let_go(lock: FileLock) -> None:
    """Release a lock and leave nothing of it."""
    Path(lock.lock_file).unlink(missing_ok=True)
    lock.release()
