"""How a person names a session: its id, a part of that, latest, or words of whom it is about."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice

from coach.errors import CoachError, Problem, nearest
from coach.language import _
from coach.logs.library import LATEST, Library
from coach.logs.session import Session
from coach.program import typed
from coach.text import fold

_LONGEST_LIST = 12
_WORD = re.compile(r"\w+")

Wish = Callable[[Session], bool]
"""Tells whether a session is of the kind that a command is for."""


def find_session(library: Library, name: str, is_wished: Wish = lambda _session: True) -> Session:
    """Return the session that is meant; where several are, the one that is wished for.

    Raises:
        CoachError: when there is none or more than one, or when it cannot be read.

    """
    if name == LATEST:
        return next(filter(is_wished, library.sessions()), None) or library.find(LATEST)
    if _is_in_a_name(library, name):
        return library.find(name)
    sessions = [session for session in library.entries(answers=()) if isinstance(session, Session)]
    meant = [session for session in sessions if _is_about(session, name)]
    meant = list(filter(is_wished, meant)) or meant
    match meant:
        case []:
            raise CoachError(Problem("", _("there is no session '{id}'").format(id=name), _nearest(name, sessions)))
        case [session]:
            return library.find(session.id)
    what = _("'{id}' can mean {count} sessions").format(id=name, count=len(meant))
    listed = [f"{session.id}  {session.about}" for session in islice(meant, _LONGEST_LIST)]
    more = ["..."] if len(meant) > _LONGEST_LIST else []
    raise CoachError(Problem("", what, _("give the name of one:\n  {ids}").format(ids="\n  ".join([*listed, *more]))))


def _is_in_a_name(library: Library, name: str) -> bool:
    part = re.split(r"[/\\]", name)[-1].removesuffix(".age").removesuffix(".md")
    return bool(part) and any(part in stem for stem in library.folder.stems())


def _is_about(session: Session, name: str) -> bool:
    """Return whether each word begins a word of whom it is about."""
    about = _WORD.findall(fold(session.about))
    words = _WORD.findall(fold(name))
    return bool(words) and all(any(one.startswith(word) for one in about) for word in words)


def _nearest(name: str, sessions: list[Session]) -> str:
    """Return what may have been meant, or where all are."""
    if near := nearest(fold(name), [*_words_about(sessions), *(session.id for session in sessions)]):
        return _("did you mean '{word}'?").format(word=near)
    return _("`{command}` shows the sessions there are").format(command=typed("list"))


def _words_about(sessions: list[Session]) -> Iterator[str]:
    for session in sessions:
        yield from (fold(session.about), *_WORD.findall(fold(session.about)))
