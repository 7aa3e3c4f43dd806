"""Every file in the folder of logs and below it, under whatever name a program gave it: which session it may hold something of.

Editors leave `ID.md~` and `.ID.md.swp`, synchronising programs `ID.sync-conflict-....md` and `.ID.md.icloud`, people `ID.md.txt`
and folders of their own.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from coach.errors import CoachError
from coach.logs.encryption import SEALED, LockedError
from coach.logs.folder import LEFT, Folder
from coach.logs.front_matter import key_of
from coach.logs.identity import ID, linked
from coach.logs.lock import let_go, take
from coach.logs.markdown import body_start, read_log, split_lines
from coach.logs.session import Session

_NOT_LOOKED_INTO = {".git"}
_LIKE_A_LOG = re.compile(r"\.md\b|\.age\b", re.IGNORECASE)
_HEAD = 4096  # bytes
_BINARY = "\0"
_AROUND_LINK = "[]'\" \t"


@dataclass(frozen=True, slots=True)
class Trace:
    """A file: the id, the people and the link in its front matter, also where that is damaged, and the sessions it mentions.

    `session` is without answers, and None where it cannot be read as a log. `is_dark` where nothing of it can be read.
    """

    path: Path
    name: str
    id: str = ""
    about: str = ""
    follows: str = ""
    mentions: frozenset[str] = frozenset()
    session: Session | None = None
    is_dark: bool = False
    is_link: bool = False

    @property
    def named(self) -> frozenset[str]:
        """The sessions that its name tells of."""
        return ids_in(self.path.name)

    @property
    def is_like_a_log(self) -> bool:
        """Whether its name is that of a log, of a sealed one, or of something made of one."""
        return bool(self.named or _LIKE_A_LOG.search(self.path.name))


def paths_below(root: Path) -> Iterator[Path]:
    """Yield the files in the folder of logs and below it, but for what a session leaves while it is held."""
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if name not in _NOT_LOOKED_INTO)
        yield from (Path(folder, name) for name in sorted(names) if name != ".gitignore" and not LEFT.fullmatch(name))


def sweep(folder: Folder) -> None:
    """Take away what a killed program left half written, also below the folder of logs; never under the hands of another one."""
    for path, folders, names in os.walk(folder.root):
        folders[:] = [name for name in folders if name not in _NOT_LOOKED_INTO]
        for name in names:
            left = LEFT.fullmatch(name)
            if left and (lock := take(folder.root, left[1])):
                Path(path, name).unlink(missing_ok=True)
                let_go(lock)


def traces(folder: Folder) -> Iterator[Trace]:
    """Yield all files in the folder of logs and below it.

    Raises:
        LockedError: when what is sealed cannot be opened.

    """
    return (trace_of(folder, path) for path in paths_below(folder.root))


def trace_of(folder: Folder, path: Path) -> Trace:
    """Return what a file tells of itself.

    Raises:
        LockedError: when it is sealed and cannot be opened.

    """
    name = path.relative_to(folder.root).as_posix()
    if path.is_symlink():
        return Trace(path, name, is_dark=True, is_link=True)
    try:
        text = text_of(folder, path)
    except LockedError:
        raise
    except CoachError:
        return Trace(path, name, is_dark=True)
    if not text.strip() or _BINARY in text or text.startswith(SEALED.decode()):
        return Trace(path, name, mentions=ids_in(text), is_dark=True)
    try:
        session = read_log(text, path.name, ids=())
    except CoachError:
        front = _front_of(text)
        return Trace(path, name, front["id"], front["about"], linked(front["follows"]), ids_in(text))
    return Trace(path, name, session.id, session.about, session.follows, ids_in(text), session)


def text_of(folder: Folder, path: Path) -> str:
    """Return the text of a file, opened where it is sealed; `bytes_of` gives back the same bytes.

    Raises:
        CoachError: when it cannot be read or opened.

    """
    return folder.content(path).decode("utf-8", "surrogateescape")


def bytes_of(text: str) -> bytes:
    """Return the bytes of a text that was read by `text_of`."""
    return text.encode("utf-8", "surrogateescape")


def ids_in(text: str) -> frozenset[str]:
    """Return the ids of sessions that stand in a text."""
    return frozenset(found.rstrip("-") for found in ID.findall(text))


def is_sealed(path: Path) -> bool:
    """Return whether a file holds something that is sealed, or is what is left of that or stands for it."""
    if ".age" in path.name.casefold():
        return True
    try:
        with path.open("rb") as file:
            return file.read(len(SEALED)) == SEALED
    except OSError:
        return False


def _front_of(text: str) -> dict[str, str]:
    """Return what stands under three keys of a front matter that cannot be read as a whole."""
    lines = split_lines(text)
    try:
        front = lines[: body_start(lines, "")]
    except CoachError:
        front = lines
    found = dict.fromkeys(("id", "about", "follows"), "")
    for line in front:
        key = key_of(line)
        if key in found and not found[key]:
            found[key] = line.partition(":")[2].strip(_AROUND_LINK)
    return found
