"""Writes a file whole or not at all, readable by its owner only."""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeVar

from coach import disk
from coach.errors import CoachError, Problem
from coach.language import _

PRIVATE_FOLDER = 0o700
PRIVATE_FILE = 0o600
OTHERS = 0o077
OTHERS_WRITE = 0o022
LARGEST = 32_000_000
_PAUSES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.3)  # seconds: a scanner looks at a new file for about so long
_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}
_Result = TypeVar("_Result")
Pause = Callable[[float], None]


class System(Protocol):
    """The calls of the operating system that a save makes."""

    def open(self, path: str, flags: int, mode: int) -> int: ...  # as in `os`
    def write(self, fd: int, data: bytes | memoryview) -> int: ...
    def fsync(self, fd: int) -> None: ...
    def close(self, fd: int) -> None: ...
    def replace(self, source: str, target: str) -> None: ...
    def unlink(self, path: str) -> None: ...


def write(path: Path, data: bytes, system: System = os, pause: Pause = time.sleep) -> None:
    """Put `data` in the file at `path`: after a crash at any moment it holds either what it held or all of `data`.

    A temporary file in the same folder is written, synced and renamed, and the folder is synced. A failed sync is not tried
    again: what the disk then holds is unknown.

    Raises:
        CoachError: when it cannot be done; the file is unchanged then.

    """
    if os.name == "nt" and is_device(path.name):
        raise CoachError(Problem(str(path), _("Windows keeps this name for a device"), _("choose another name")))
    temporary = str(path.with_name(f".{path.name}.{os.urandom(4).hex()}.tmp"))
    try:
        fd = system.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINKS, PRIVATE_FILE)
        try:
            try:
                _write_all(system, fd, data)
                _sync(system, fd)
            finally:
                system.close(fd)
            _patiently(path, lambda: system.replace(temporary, str(path)), pause)
        except BaseException:
            _remove(system, temporary)
            raise
        _sync_folder(system, path.parent)
    except OSError as error:
        raise CoachError(refusal(path, error)) from None


def remove(path: Path, system: System = os, pause: Pause = time.sleep) -> None:
    """Take a file away, for good also after a crash.

    Raises:
        CoachError: when it cannot be done.

    """
    try:
        _patiently(path, lambda: path.unlink(missing_ok=True), pause)
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
    if not path.parent.is_dir() and path.parent != path:  # above a drive or a share that is not there is nothing
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


def read(path: Path | str, *, private: bool = False, pause: Pause = time.sleep) -> bytes:
    """Return what a file holds; with `private`, take the rights of others on it away.

    Looking back reads many thousands of files: to make a `Path` for each takes a tenth of the time.

    Raises:
        CoachError: when it is not an ordinary file of a sensible size, or cannot be read.

    """
    try:
        if os.name == "nt" and Path(path).is_dir():  # it cannot even be opened
            raise CoachError(Problem(str(path), _("it is not an ordinary file"), _("move it away")))
        fd = _patiently(path, lambda: os.open(path, os.O_RDONLY | _NO_WAITING), pause)
        try:
            status = os.fstat(fd)
            if not stat.S_ISREG(status.st_mode):
                raise CoachError(Problem(str(path), _("it is not an ordinary file"), _("move it away")))
            if status.st_size > LARGEST:
                raise CoachError(Problem(str(path), _("it is larger than 32 MB"), _("move it away")))
            if private and status.st_mode & OTHERS and os.name != "nt" and not Path(path).is_symlink():
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
        errno.ENAMETOOLONG: (_("its path is too long for this system"), _("choose a folder with a shorter path, with --home")),
        errno.EIO: (_("the disk does not work well"), _("choose another folder with --home, on another disk")),
    }
    is_too_long = os.name == "nt" and error.errno == errno.ENOENT and len(str(path)) > _LONGEST
    number = errno.ENAMETOOLONG if is_too_long else error.errno or 0
    what, cure = known.get(number, (error.strerror or str(error), ""))
    if _is_held(Path(path), error):
        what = _("another program may have it open: a virus scanner, one that synchronises, or an editor")
        cure = _("close it there, or wait a moment, and try again")
    return Problem(str(path), what, cure)


def is_device(name: str) -> bool:
    """Return whether Windows would take the name of a file, whatever its end, for one of its devices."""
    return name.partition(".")[0].strip().casefold() in _DEVICES


_LONGEST = 259 - len(".12345678.tmp")  # of a path on Windows, with what a save puts around it
_SHARING = 32  # ERROR_SHARING_VIOLATION
_NO_WAITING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_NO_LINKS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def _patiently(path: Path | str, call: Callable[[], _Result], pause: Pause) -> _Result:
    """Make a call on a file; where another program holds it, again and again for about a second."""
    for seconds in _PAUSES:
        try:
            return call()
        except OSError as error:
            path = Path(path)
            if not _is_held(path, error):
                raise
            if os.name == "nt" and not os.access(path, os.W_OK):
                path.chmod(PRIVATE_FILE)  # elsewhere too a file that can only be read gives way to the new one
            pause(seconds)
    return call()


def _is_held(path: Path, error: OSError) -> bool:
    """Return whether another program keeps us from a file; Windows calls that access denied, also to a file just made."""
    if error.errno in {errno.EBUSY, errno.ETXTBSY}:
        return True
    return os.name == "nt" and error.errno == errno.EACCES and (path.is_file() or getattr(error, "winerror", 0) == _SHARING)


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
