"""What goes when sessions are forgotten, and what their followers keep."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from coach.logs.library import Copy, Library
from coach.logs.session import Session, quote

_SHORTEST = 3
_LEFT_OUT = "..."


@dataclass(frozen=True, slots=True)
class Farewell:
    """The sessions that go, the names of their files, and the sessions that stay but follow one of them."""

    sessions: tuple[Session, ...]
    names: tuple[str, ...]
    followers: tuple[Session, ...]


def plan(library: Library, names: Iterable[str]) -> Farewell:
    """Return what goes with the files of these names: also the copies of them, and the links to them."""
    wanted = set(names)
    entries = list(library.entries())
    sessions = [entry for entry in entries if isinstance(entry, Session)]
    going = tuple(session for session in sessions if session.id in wanted)
    copies = {_stem(entry) for entry in entries if isinstance(entry, Copy) and entry.session.id in wanted}
    staying = (session for session in sessions if session.id not in wanted)
    followers = tuple(session for session in staying if wanted & {found.id for found in library.chain(session)})
    return Farewell(going, tuple(sorted(wanted | copies)), followers)


def carry_out(library: Library, farewell: Farewell) -> None:
    """Take the links and quotations out of what stays, then the sessions away.

    Raises:
        CoachError: when one of them is open elsewhere or the disk refuses.

    """
    quotes = {words for session in farewell.sessions for e in session.exchanges if len(words := quote(e)) >= _SHORTEST}
    for follower in farewell.followers:
        library.edit(follower.id, lambda text: unlinked(text, set(farewell.names), quotes))
    for name in farewell.names:
        library.remove(name)


def unlinked(text: str, ids: set[str], quotes: set[str]) -> str:
    """Return a log without its link to `ids`, and without the `quotes` in its questions; nothing else is changed."""
    lines, in_front, kept = text.split("\n"), False, []
    for number, line in enumerate(lines):
        if line.rstrip() == "---" and (in_front or number == 0):
            in_front = not in_front
        key, _colon, value = line.partition(":")
        if in_front and key == "follows" and value.strip().strip("'\"") in ids:
            continue
        kept.append(_without(line, quotes) if line.startswith("### ") else line)
    return "\n".join(kept)


def _without(question: str, quotes: set[str]) -> str:
    for words in sorted(quotes, key=len, reverse=True):
        question = question.replace(" ".join(words.split()), _LEFT_OUT)
    return question


def _stem(copy: Copy) -> str:
    return copy.path.name.removesuffix(".age").removesuffix(".md")
