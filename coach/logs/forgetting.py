"""Forgetting sessions: first what goes and what changes, so that it can be shown, then exactly that."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import ExitStack
from dataclasses import dataclass

from coach import files
from coach.errors import CoachError, Problem
from coach.language import _
from coach.logs.encryption import SEALED
from coach.logs.folder import Folder, stem_of
from coach.logs.identity import is_id
from coach.logs.library import Library
from coach.logs.lock import holding
from coach.logs.markdown import read_log
from coach.logs.redaction import quoted_in, redact
from coach.logs.register import Copy
from coach.logs.session import Session, quote
from coach.logs.traces import Trace, bytes_of, sweep, text_of, traces
from coach.program import typed
from coach.text import fold


@dataclass(frozen=True, slots=True)
class Change:
    """A file that stays, without its link to what goes and its words; `shown` are the questions that a person sees first."""

    trace: Trace
    before: str
    after: str
    shown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Farewell:
    """What is to be forgotten: the files that go, those that change, and those that a person has to look at."""

    gone: tuple[Trace, ...]
    changes: tuple[Change, ...]
    doubts: tuple[Problem, ...]


def plan_to_forget(library: Library, stem: str) -> Farewell:
    """Return what goes with the file of this name; with the session itself also all that was made of it.

    Raises:
        LockedError: when what is sealed cannot be opened.

    """
    sweep(library.folder)
    found = list(traces(library.folder))
    named = [trace for trace in found if stem_of(trace.path.name) == stem and trace.path.parent == library.folder.root]
    copies = {entry.path.name for entry in library.entries(answers=()) if isinstance(entry, Copy)}
    is_copy = bool(named) and all(trace.path.name in copies for trace in named)
    ids = set() if is_copy else {stem, *(trace.id for trace in named)}
    return _plan(library.folder, found, named, ids)


def plan_to_forget_about(library: Library, about: str) -> Farewell:
    """Return what goes with all that is about these people: exactly what was written there.

    Raises:
        LockedError: when what is sealed cannot be opened.

    """
    sweep(library.folder)
    found = list(traces(library.folder))
    named = [trace for trace in found if _is_same(trace.about, about)]
    sessions = [entry for entry in library.entries(answers=()) if isinstance(entry, Session)]
    ids = {session.id for session in sessions if _is_same(session.about, about)}
    others = {session.id for session in sessions} - ids
    called = {name for trace in named for name in (trace.id, stem_of(trace.path.name)) if is_id(name)}
    return _plan(library.folder, found, named, ids | (called - others))


def forget(folder: Folder, farewell: Farewell) -> None:
    """Change what stays, then take away what goes, the copies first: broken off, it can be done again.

    Raises:
        CoachError: when one of them is open elsewhere, the disk refuses, or one is still there afterwards.

    """
    with ExitStack() as held:
        touched = (*farewell.gone, *(change.trace for change in farewell.changes))
        for name in sorted({name for trace in touched for name in _locks(trace)}):
            held.enter_context(holding(folder.root, name))
        for change in farewell.changes:
            _write(folder, change)
        for trace in sorted(farewell.gone, key=lambda trace: is_id(stem_of(trace.path.name))):
            files.remove(trace.path, folder.system)
    folder.look_again()
    left = [trace for trace in farewell.gone if trace.path.is_symlink() or trace.path.exists()]
    if left:
        cure = _("close what has it open, and try once more")
        raise CoachError(*(Problem(trace.name, _("it is still there"), cure) for trace in left))


def _plan(folder: Folder, found: list[Trace], named: list[Trace], ids: Collection[str]) -> Farewell:
    ids = {id_ for id_ in ids if is_id(id_)} | {stem_of(trace.path.name) for trace in named if ids and not is_id(trace.id)}
    gone = [trace for trace in found if trace in named or _belongs(trace, ids)]
    staying = [trace for trace in found if trace not in gone]
    words = sorted(_words_of(folder, gone), key=len, reverse=True)
    followers = _followers(staying, ids, found)
    kin = _earlier_names(staying, ids)
    changes: list[Change] = []
    doubts = [_link_elsewhere(trace) for trace in gone if trace.is_link]
    for trace in staying:
        if trace.is_dark:
            doubts += _dark(trace, ids)
        elif trace.mentions & (ids | kin) or trace in followers:
            text = text_of(folder, trace.path)
            doubts += _kindred(trace, text, kin)
            after, shown, doubtful = redact(text, ids, words if trace in followers else [])
            doubts += [Problem(trace.name, what, _("look at it yourself")) for what in doubtful]
            changes += [Change(trace, text, after, shown)] if after != text else []
    return Farewell(tuple(gone), tuple(changes), tuple(doubts))


def _earlier_names(staying: Iterable[Trace], ids: Collection[str]) -> set[str]:
    """Return the sessions that are mentioned, not there, and called almost as those that go: these may have been renamed."""
    here = {name for trace in staying for name in (trace.id, stem_of(trace.path.name))}
    missing = {id_ for trace in staying for id_ in trace.mentions} - here - set(ids)
    return {name for name in missing for id_ in ids if name.startswith(f"{id_}-") or id_.startswith(f"{name}-")}


def _kindred(trace: Trace, text: str, kin: Collection[str]) -> list[Problem]:
    """Say that a question quotes a session that may be one of those that go, by another name."""
    what = _("it quotes {id}, which is not here and may be another name of what goes")
    quoted = sorted(quoted_in(text).intersection(kin))
    return [Problem(trace.name, what.format(id=id_), _("look at it yourself")) for id_ in quoted]


def _belongs(trace: Trace, ids: Collection[str]) -> bool:
    """Return whether a file is of one of these sessions: by the id in it, by its name where there is none."""
    return trace.id in ids if is_id(trace.id) else bool(trace.named.intersection(ids) or stem_of(trace.path.name) in ids)


def _is_same(about: str, wanted: str) -> bool:
    return fold(" ".join(about.split())) == fold(" ".join(wanted.split()))


def _locks(trace: Trace) -> set[str]:
    """Return the names under which a session holds a file."""
    return {stem_of(trace.path.name), *filter(is_id, [trace.id])}


def _link_elsewhere(trace: Trace) -> Problem:
    return Problem(trace.name, _("it is a link to another place, and what is there stays"), _("look at it yourself"))


def _dark(trace: Trace, ids: Collection[str]) -> list[Problem]:
    """Say of a file that stays that nobody can tell what is in it."""
    if not trace.is_like_a_log and not trace.mentions.intersection(ids):
        return []
    what = _("it cannot be read, so coach cannot tell what is in it")
    return [
        Problem(trace.name, what, _("remove it with {command}, or put it back from a backup").format(command=typed("forget")))
    ]


def _words_of(folder: Folder, gone: Iterable[Trace]) -> set[str]:
    """Return the answers of what goes, as questions of before quote them."""
    words: set[str] = set()
    for trace in gone:
        if trace.session:
            exchanges = read_log(text_of(folder, trace.path), trace.name).exchanges
            words |= {" ".join(quote(exchange).split()) for exchange in exchanges}
    return words - {""}


def _followers(staying: Iterable[Trace], ids: Collection[str], found: Iterable[Trace]) -> list[Trace]:
    """Return the files of sessions that follow one of these, directly or through others."""
    follows = {trace.id or stem_of(trace.path.name): trace.follows for trace in found if trace.follows}

    def is_follower(trace: Trace) -> bool:
        link, seen = trace.follows, set[str]()
        while link and link not in seen and link not in ids:
            seen.add(link)
            link = follows.get(link, "")
        return link in ids

    return [trace for trace in staying if is_follower(trace)]


def _write(folder: Folder, change: Change) -> None:
    """Write what stays in the form it has; not when it was changed since it was shown."""
    path = change.trace.path
    if text_of(folder, path) != change.before:
        raise CoachError(Problem(change.trace.name, _("it was changed in the meantime"), _("nothing was removed; try once more")))
    data = bytes_of(change.after)
    files.write(path, folder.closed(data) if files.read(path).startswith(SEALED) else data, folder.system)
