"""Which sessions a reading command is about."""

from __future__ import annotations

import gc
import sys
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from coach.errors import Problem, UsageError
from coach.language import _
from coach.language.dates import not_a_day, read_day
from coach.logs.library import Damaged, Entry, Library
from coach.logs.session import Session
from coach.terminal.progress import watched
from coach.text import fold


@dataclass(frozen=True, slots=True)
class Filter:
    """Which sessions are wanted; what is empty asks nothing."""

    about: str = ""
    sequence: str = ""
    first: date | None = None
    last: date | None = None
    tag: str = ""

    def admits(self, session: Session) -> bool:
        """Tell whether a session is wanted."""
        return (
            fold(self.about) in fold(session.about)
            and self.sequence in {"", session.sequence, session.kind}
            and fold(self.tag) in {"", *map(fold, session.tags)}
            and (not self.first or session.started.date() >= self.first)
            and (not self.last or session.started.date() <= self.last)
        )


def read_filter(*, about: str, sequence: str, since: str, until: str, tag: str, today: date) -> Filter:
    """Return the filter that the options make.

    Raises:
        UsageError: when a day is none.

    """
    return Filter(about, sequence, _day("--since", since, today), _day("--until", until, today), tag)


def chosen(library: Library, damaged: list[Damaged], wanted: Filter) -> Iterator[Session]:
    """Yield the sessions that pass the filter, newest first; files that cannot be read are added to `damaged`."""
    return filter(wanted.admits, readable(library.entries(wanted.first, wanted.last, answers=()), damaged))


def readable(entries: Iterable[Entry], damaged: list[Damaged]) -> Iterator[Session]:
    """Yield the sessions among the entries; files that cannot be read are added to `damaged`."""
    for entry in entries:
        if isinstance(entry, Session):
            yield entry
        elif isinstance(entry, Damaged):
            damaged.append(entry)
        else:
            what = _("this is a copy of {id}, as synchronising programs make them").format(id=entry.session.id)
            damaged.append(Damaged(entry.path, Problem(entry.path.name, what, _("keep the one you want: coach forget"))))


def _day(option: str, text: str, today: date) -> date | None:
    if not text:
        return None
    try:
        return read_day(text, today)
    except ValueError:
        raise UsageError(Problem(option, not_a_day(text, today))) from None


def sessions_with(library: Library, wanted: Filter, answers: Collection[str], damaged: list[Damaged]) -> Iterator[Session]:
    """Yield all sessions from the first day wanted on, with these answers; also those that only tell about others."""
    gc.disable()  # a million small values without cycles: looking for some took 40 % of the time, and the process is short
    return readable(watched(library.entries(wanted.first, answers=answers), sys.stderr), damaged)
