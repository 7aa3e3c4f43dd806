"""Which sessions a reading command is about."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from coach.cli.message import say
from coach.errors import Problem, UsageError
from coach.language import _
from coach.logs.library import Damaged, Entry, Library, Oddity, Unread
from coach.logs.register import Copy, copy_problem
from coach.logs.session import Session
from coach.program import typed
from coach.terminal.progress import watched
from coach.text import fold, holds_words

if TYPE_CHECKING:
    from coach.insights.collect import Collector
    from coach.insights.states import StateCollector
    from coach.language.days import Days

_NEWEST = 200  # of older sessions a list does not look for a step: it is years ago


class Filter(NamedTuple):
    """Which sessions are wanted; what is empty asks nothing."""

    about: str = ""
    sequence: str = ""
    first: date | None = None
    last: date | None = None
    tag: str = ""

    def admits(self, session: Session) -> bool:
        """Tell whether a session is wanted."""
        return (
            (not self.about or holds_words(session.about, self.about))
            and self.sequence in {"", session.sequence, session.kind}
            and (not self.tag or _tag(self.tag) in {"", *map(_tag, session.tags)})
            and (not self.first or session.started.date() >= self.first)
            and (not self.last or session.started.date() <= self.last)
        )


def _tag(text: str) -> str:
    return fold(text).removeprefix("#")


def read_filter(*, about: str, sequence: str, since: str, until: str, tag: str, today: date) -> Filter:
    """Return the filter that the options make.

    Raises:
        UsageError: when a day is none.

    """
    first, last = _days("--since", since, today), _days("--until", until, today)
    return Filter(about, sequence, first and first.first, last and last.last, tag)


def select(library: Library, filter_: Filter, damaged: list[Oddity], states: StateCollector) -> Iterator[Session]:
    """Yield the sessions that pass the filter, newest first; files that cannot be read are added to `damaged`.

    Every session that is met is added to `states`, also those that do not pass: they tell what came after others.
    """
    for session in _sessions_among(library.entries(filter_.first, answers=states.ids, most=_NEWEST), damaged):
        states.add(session)
        if filter_.admits(session):
            yield session


def collect_from(library: Library, filter_: Filter, damaged: list[Oddity], *collectors: Collector) -> None:
    """Let the collectors see all sessions from the first day of the filter on, each log read once.

    A session that does not pass the filter does not count, but tells what came of others that do.
    """
    from coach.insights.collect import answer_ids, collect  # lists of sessions do without

    entries = watched(library.entries(filter_.first, answers=answer_ids(collectors)), sys.stderr)
    if collect(_sessions_among(entries, damaged), collectors, filter_.admits):
        say(_("What you wrote about safety is left out here. `{command}` finds it.").format(command=typed("search")), sys.stderr)


def _sessions_among(entries: Iterable[Entry], damaged: list[Oddity]) -> Iterator[Session]:
    for entry in entries:
        match entry:
            case Session():
                if entry.unread:
                    damaged.append(Unread(len(entry.unread)))
                yield entry
            case Damaged():
                damaged.append(entry)
            case Copy():
                damaged.append(Damaged(entry.path, copy_problem(entry)))


def _days(option: str, text: str, today: date) -> Days | None:
    if not text:
        return None
    from coach.language.days import NotADayError, read_days, say_back  # most commands ask for no day

    try:
        days = read_days(text, today, "back")
    except NotADayError as error:
        raise UsageError(Problem(option, str(error))) from None
    if days.first.isoformat() != text:  # what was understood
        say(f"{option}: {' - '.join(say_back(day, today) for day in dict.fromkeys(days))}", sys.stderr)
    return days
