"""What is done to logs that are there: sealing all, unsealing all, and forgetting some with what their followers say of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from coach import files
from coach.errors import CoachError, Problem
from coach.language import _
from coach.logs.encryption import LockedError
from coach.logs.folder import ENDING, PLAIN, Folder, names_in, stem_of
from coach.logs.front_matter import key_of
from coach.logs.identity import linked
from coach.logs.library import Library
from coach.logs.lock import holding
from coach.logs.markdown import QUESTION, body_start, split_lines
from coach.logs.register import Copy
from coach.logs.session import Session, quote

_SHORTEST = 3
_LEFT_OUT = "..."


@dataclass(frozen=True, slots=True)
class Farewell:
    """The sessions that go, the names of their files, and the sessions that stay but follow one of them."""

    sessions: tuple[Session, ...]
    names: tuple[str, ...]
    followers: tuple[Session, ...]


def plan_to_forget(library: Library, names: Iterable[str]) -> Farewell:
    """Return what goes with the files of these names: also the copies of them, and the links to them."""
    ids = set(names)
    entries = list(library.entries())
    sessions = [entry for entry in entries if isinstance(entry, Session)]
    going = tuple(session for session in sessions if session.file in ids)
    gone = {session.id for session in going}
    copies = {stem_of(entry.path.name) for entry in entries if isinstance(entry, Copy) and entry.session.id in gone}
    staying = (session for session in sessions if session.file not in ids)
    followers = tuple(session for session in staying if gone & {followed.id for followed in library.chain(session)})
    return Farewell(going, tuple(sorted(ids | copies)), followers)


def forget(folder: Folder, farewell: Farewell) -> None:
    """Take the links and quotations out of what stays, then the sessions away.

    Raises:
        CoachError: when one of them is open elsewhere or the disk refuses.

    """
    quotes = {words for session in farewell.sessions for e in session.exchanges if len(words := quote(e)) >= _SHORTEST}
    for follower in farewell.followers:
        _unlink(folder, follower.file, {*farewell.names, *(one.id for one in farewell.sessions)}, quotes)
    for name in farewell.names:
        with holding(folder.root, name):
            for path in folder.paths(name):
                files.remove(path, folder.system)
    folder.look_again()


def seal_all(folder: Folder) -> tuple[int, list[Problem]]:
    """Seal every log that is not, whatever is in it; return how many, and what was wrong with the others."""
    return _turn_all(folder, PLAIN, ENDING)


def unseal_all(folder: Folder) -> tuple[int, list[Problem]]:
    """Put every sealed log back as plain text; return how many, and what was wrong with the others.

    Raises:
        LockedError: when the key does not open.

    """
    return _turn_all(folder, ENDING, PLAIN)


def _unlink(folder: Folder, id_: str, ids: set[str], quotes: set[str]) -> None:
    """Write a log that nobody has open without its link and these quotations, all else in it kept."""
    with holding(folder.root, id_):
        path = folder.path(id_)
        text = _unlinked(folder.content(path).decode("utf-8", "surrogateescape"), ids, quotes)
        files.write(path, folder.closed(text.encode("utf-8", "surrogateescape")), folder.system)


def _unlinked(text: str, ids: set[str], quotes: set[str]) -> str:
    """Return a log without its link to `ids`, and without the `quotes` in its questions; nothing else is changed."""
    start = body_start(split_lines(text), where="")
    lines = text.split("\n")
    front = [line for line in lines[:start] if key_of(line) != "follows" or _value(line) not in ids]
    body = [_without(line, quotes) if line.startswith(QUESTION) else line for line in lines[start:]]
    return "\n".join(front + body)


def _value(line: str) -> str:
    return linked(line.partition(":")[2])


def _without(question: str, quotes: set[str]) -> str:
    for words in sorted(quotes, key=len, reverse=True):
        question = question.replace(" ".join(words.split()), _LEFT_OUT)
    return question


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
