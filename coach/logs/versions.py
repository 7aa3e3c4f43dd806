"""Two files of one session: which of them is the newer one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from coach.errors import CoachError
from coach.logs.encryption import LockedError
from coach.logs.markdown import decode, read_log

Rank = tuple[float, int, float]


def newer_first(content: Callable[[Path], bytes], one: Path, other: Path) -> tuple[Path, Path | None]:
    """Return the newer of two files of a session, and the older one where they differ; `content` reads a file.

    Raises:
        LockedError: when what is sealed cannot be opened.

    """
    first, second = _read(content, one), _read(content, other)
    if first == second:
        return one, None
    return (one, other) if _rank(first, one) >= _rank(second, other) else (other, one)


def _read(content: Callable[[Path], bytes], path: Path) -> bytes | None:
    try:
        return content(path)
    except LockedError:
        raise
    except CoachError:
        return None


def _rank(content: bytes | None, path: Path) -> Rank:
    """Return what tells how new a version is: when the session ended, how much was answered, and last the time of the file."""
    try:
        session = read_log(decode(content or b""), path.name)
    except CoachError:
        return -1, 0, 0
    answered = sum(len(exchange.lines) for exchange in session.exchanges if exchange.answered)
    return session.finished.timestamp() if session.finished else 0, answered, path.stat().st_mtime
