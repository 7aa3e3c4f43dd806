"""What a disk cannot do, or is not there for: told apart from what fails."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from coach.errors import Problem
from coach.language import _

_OTHERS = 0o077
_UNSUPPORTED = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}
_NO_LOCKS = {*_UNSUPPORTED, errno.ENOLCK}
_NO_RIGHTS = {*_UNSUPPORTED, errno.EPERM}
_GONE = {
    getattr(errno, name) for name in ("ENOTCONN", "ESTALE", "ENODEV", "ENXIO", "EHOSTDOWN", "ETIMEDOUT") if hasattr(errno, name)
}
_IN_THE_WAY = {errno.EEXIST, errno.ENOTDIR}


def cannot_sync(error: OSError) -> bool:
    """Return whether a disk does not know how to confirm a save, as some that are reached by network or shared do not."""
    return error.errno in _UNSUPPORTED


def cannot_lock(error: OSError) -> bool:
    """Return whether a disk does not know how to hold a file."""
    return error.errno in _NO_LOCKS


def cannot_set_rights(error: OSError) -> bool:
    """Return whether a disk does not know who may read a file."""
    return error.errno in _NO_RIGHTS


def keeps_rights(folder: Path) -> bool:
    """Return whether a file that is made private in a folder is so; on disks for cameras and sticks no file is."""
    path = folder / f"..gitignore.{os.urandom(4).hex()}.tmp"  # a name that is swept
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        return not stat.S_IMODE(os.fstat(fd).st_mode) & _OTHERS
    finally:
        os.close(fd)
        path.unlink()


def absence(folder: Path) -> Problem | None:
    """Return what is missing where a folder is not there because it lies behind a link, or in a place, that is not there."""
    for place in (folder, *folder.parents):
        if place.is_symlink() and not place.exists():
            what = _("it is a link to {target}, which is not there").format(target=place.readlink())
            return Problem(str(place), what, _("see whether its disk is connected, or take the link away"))
    return None


def obstacle(path: Path | str, error: OSError) -> Problem | None:
    """Return what stands in the way of a folder or a file, or that its disk is gone."""
    if error.errno in _GONE:
        return Problem(str(path), _("its disk is not connected any more"), _("connect it, or choose another folder with --home"))
    if error.errno not in _IN_THE_WAY:
        return None
    place = next((place for place in (Path(path), *Path(path).parents) if os.path.lexists(place)), Path(path))
    what = _("a file is in the way of a folder with this name")
    return absence(place) or Problem(str(place), what, _("give that file another name"))


def weakness(folder: Path) -> str:
    """Return what is promised less on the disk of a folder than elsewhere, or ""."""
    if os.name == "nt":
        return ""
    import fcntl

    lacks: list[str] = []
    fd = os.open(folder, os.O_RDONLY)
    try:
        if os.fstat(fd).st_mode & _OTHERS:
            lacks.append(_("everybody who can use it can read your logs"))
        try:
            fcntl.flock(fd, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError as error:
            if cannot_lock(error):
                lacks.append(_("open a session in one window only"))
        try:
            os.fsync(fd)
        except OSError as error:
            if cannot_sync(error):
                lacks.append(_("after a power cut the latest answer may be gone"))
    finally:
        os.close(fd)
    return _("This disk can do less than others: {lacks}.").format(lacks=", ".join(lacks)) if lacks else ""
