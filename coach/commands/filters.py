"""The filters that the reading commands share."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated

import typer

from coach.dates import not_a_day, read_day
from coach.errors import Problem, UsageError
from coach.language import _
from coach.library import Damaged, Library
from coach.session import Session

About = Annotated[str, typer.Option("--about", metavar=_("TEXT"), help=_("Only about this; a part is enough."))]
SequenceName = Annotated[str, typer.Option("--sequence", metavar=_("NAME"), help=_("Only of this sequence."))]
Since = Annotated[str, typer.Option("--since", metavar=_("DAY"), help=_("Only from this day on, as 2026-11-24."))]
Until = Annotated[str, typer.Option("--until", metavar=_("DAY"), help=_("Only up to and including this day."))]
Tag = Annotated[str, typer.Option("--tag", metavar=_("TAG"), help=_("Only with this tag."))]


def chosen(
    library: Library, damaged: list[Damaged], *, about: str, sequence: str, since: str, until: str, tag: str, today: date
) -> Iterator[Session]:
    """Yield the sessions that pass all filters, newest first; files that cannot be read are added to `damaged`."""
    first = _day("--since", since, today)
    last = _day("--until", until, today)
    for entry in library.entries(since=first, until=last):
        if isinstance(entry, Damaged):
            damaged.append(entry)
        if (
            isinstance(entry, Session)
            and about.casefold() in entry.about.casefold()
            and sequence in {"", entry.sequence, entry.kind}
            and tag.casefold() in {"", *map(str.casefold, entry.tags)}
            and (not first or entry.started.date() >= first)
            and (not last or entry.started.date() <= last)
        ):
            yield entry


def _day(option: str, text: str, today: date) -> date | None:
    if not text:
        return None
    try:
        return read_day(text, today)
    except ValueError:
        raise UsageError(Problem(option, not_a_day(text, today))) from None
