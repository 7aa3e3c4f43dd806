"""Writes a file whole or not at all, readable by its owner only."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import Protocol

from coach import disk
from coach.errors import CoachError, Problem
from coach.language import _

PRIVATE_FOLDER = 0o700
PRIVATE_FILE = 0o600
OTHERS = 0o077
OTHERS_WRITE = 0o022
LARGEST = 32_000_000


class System(Protocol):
    """The calls of the operating system that a save makes."""

    def open(self, path: str, flags: int, mode: int) -> int: ...  # as in `os`
    def write(self, fd: int, data: bytes | memoryview) -> int: ...
    def fsync(self, fd: int) -> None: ...
    def close(self, fd: int) -> None: ...
    def replace(self, source: str, target: str) -> None: ...
    def unlink(self, path: str) -> None: ...


def write(path: Path, data: bytes, system: System = os) -> None:
    """Put `data` in the file at `path`: after a crash at any moment it holds either what it held or all of `data`.

    A temporary file in the same folder is written, synced and renamed, and the folder is synced. A failed sync is not tried
    again: what the disk then holds is unknown.

    Raises:
        CoachError: when it cannot be done; the file is unchanged then.

    """
    temporary = str(path.with_name(f".{path.name}.{os.urandom(4).hex()}.tmp"))
    try:
        fd = system.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINKS, PRIVATE_FILE)
        try:
            try:
                _write_all(system, fd, data)
                _sync(system, fd)
            finally:
                system.close(fd)
            system.replace(temporary, str(path))
        except BaseException:
            _remove(system, temporary)
            raise
        _sync_folder(system, path.parent)
    except OSError as error:
        raise CoachError(refusal(path, error)) from None


def remove(path: Path, system: System = os) -> None:
    """Take a file away, for good also after a crash.

    Raises:
        CoachError: when it cannot be done.

    """
    try:
        path.unlink(missing_ok=True)
        _sync_folder(system, path.parent)
    except OSError as error:
        raise CoachError(refusal(path, error)) from None


def make_folder(path: Path) -> None:
    """Make a folder that only its owner can enter, or take the rights of others away, also on what is in it.

    A folder behind a link is somebody's choice and is left as it is.

    Raises:
        CoachError: when it cannot be made, is somebody else's, or when others can write in it.

    """
    try:
        _make_private(path)
        if os.name == "nt":
            return
        status = path.stat()
        if os.geteuid() not in {0, status.st_uid}:
            cure = _("choose another folder with --home")
            raise CoachError(Problem(str(path), _("this folder belongs to somebody else"), cure))
        mode = stat.S_IMODE(status.st_mode)
        if mode & OTHERS_WRITE and disk.keeps_rights(path):
            cure = _("make it yours alone: chmod 700 {folder}").format(folder=path)
            raise CoachError(Problem(str(path), _("other people on this computer can write in this folder"), cure))
        if mode & OTHERS and not path.is_symlink():
            _set_rights(path, PRIVATE_FOLDER)
            for entry in os.scandir(path):
                if entry.is_file(follow_symlinks=False) and entry.stat(follow_symlinks=False).st_mode & OTHERS:
                    _set_rights(Path(entry.path), PRIVATE_FILE)
    except OSError as error:
        raise CoachError(refusal(path, error)) from None


def _make_private(path: Path) -> None:
    """Make a folder and those it lies in that are not there yet, whatever the mask of the process."""
    if path.is_dir():
        return
    if not path.parent.is_dir():
        _make_private(path.parent)
    path.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    _set_rights(path, PRIVATE_FOLDER)


def _set_rights(path: Path, mode: int) -> None:
    """Say who may read it; a disk that does not know how is left as it is."""
    try:
        path.chmod(mode)
    except OSError as error:
        if not disk.cannot_set_rights(error):
            raise


def read(path: Path, *, private: bool = False) -> bytes:
    """Return what a file holds; with `private`, take the rights of others on it away.

    Raises:
        CoachError: when it is not an ordinary file of a sensible size, or cannot be read.

    """
    try:
        fd = os.open(path, os.O_RDONLY | _NO_WAITING)
        try:
            status = os.fstat(fd)
            if not stat.S_ISREG(status.st_mode):
                raise CoachError(Problem(str(path), _("it is not an ordinary file"), _("move it away")))
            if status.st_size > LARGEST:
                raise CoachError(Problem(str(path), _("it is larger than 32 MB"), _("move it away")))
            if private and status.st_mode & OTHERS and os.name != "nt" and not path.is_symlink():
                _make_file_private(fd)
            return _read_all(fd, status.st_size)
        finally:
            os.close(fd)
    except OSError as error:
        raise CoachError(refusal(path, error)) from None


def refusal(path: Path | str, error: OSError) -> Problem:
    """Say what the operating system refused, in words a person can act on."""
    if obstacle := disk.obstacle(path, error):
        return obstacle
    known = {
        errno.ENOSPC: (_("the disk is full"), _("make room on it")),
        errno.EDQUOT: (_("you have used all the room you are given on this disk"), _("make room on it")),
        errno.EFBIG: (_("the file would be larger than is allowed"), _("choose another folder with --home")),
        errno.EROFS: (_("this disk can only be read"), _("choose another folder with --home")),
        errno.EACCES: (_("you may not do this here"), _("choose another folder with --home")),
        errno.EPERM: (_("you may not do this here"), _("choose another folder with --home")),
        errno.ENOENT: (_("it is not there (any more)"), _("see whether the folder was moved or its disk taken out")),
        errno.ELOOP: (_("it is a link to another place"), _("take the link away")),
        errno.EIO: (_("the disk does not work well"), _("choose another folder with --home, on another disk")),
    }
    what, cure = known.get(error.errno or 0, (error.strerror or str(error), ""))
    return Problem(str(path), what, cure)


_NO_WAITING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_NO_LINKS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def _make_file_private(fd: int) -> None:
    """Take the rights of others away, where that is ours to do."""
    try:
        os.fchmod(fd, PRIVATE_FILE)
    except OSError:
        return


def _read_all(fd: int, size: int) -> bytes:
    """Return what can be read, in one go where the size tells the truth."""
    data = os.read(fd, size + 1)
    if len(data) == size:
        return data
    parts = [data]
    while part := os.read(fd, 1 << 20):
        parts.append(part)
    return b"".join(parts)


def _write_all(system: System, fd: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        written = system.write(fd, rest)
        if not written:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        rest = rest[written:]


def _remove(system: System, path: str) -> None:
    try:
        system.unlink(path)
    except OSError:
        return


def _sync_folder(system: System, folder: Path) -> None:
    """Make the rename itself last; Windows has no such call."""
    if os.name == "nt":
        return
    fd = system.open(str(folder), os.O_RDONLY | _NO_WAITING, 0)
    try:
        _sync(system, fd)
    finally:
        system.close(fd)


def _sync(system: System, fd: int) -> None:
    """Wait until the disk has it; a disk that does not know how is believed on its word."""
    try:
        system.fsync(fd)
    except OSError as error:
        if not disk.cannot_sync(error):
            raise
