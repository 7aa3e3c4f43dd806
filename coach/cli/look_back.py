"""The commands that look back over all sessions: search, fears, patterns, year."""

from __future__ import annotations

import re
import sys
from datetime import date
from itertools import chain, groupby
from typing import TYPE_CHECKING, Annotated

import typer

from coach.cli.context import Setting, now
from coach.cli.localised import Panels, register
from coach.cli.message import say
from coach.cli.options import About, All, Json, Limit, SequenceName, Since, Tag, Until
from coach.errors import CoachError, Problem, UsageError
from coach.language import _
from coach.language.dates import write_day
from coach.program import typed
from coach.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from coach.cli.filters import Filter
    from coach.insights.search import Hit, Query, Search
    from coach.logs.library import Library, Oddity

_NOTHING_FOUND = 1
_FEARS = 10
_ENOUGH = 1_000  # logs that tell which words a person uses: all of 10,000 took as long as the search
_PATTERNS, _LINES = 3, 2


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    register(
        app,
        Panels.READ,
        (
            "search",
            _search,
            _("Find what you wrote, in all sessions."),
            _("coach search late --field fear --since 2026-01-01"),
        ),
        ("fears", _fears, _("What you feared, and what happened."), "coach fears --about S."),
        ("patterns", _patterns, _("What keeps coming back."), "coach patterns --since 2026-01-01"),
        ("year", _year, _("One page about a year, in your own words."), "coach year 2025-2026"),
    )


def _search(
    context: typer.Context,
    patterns: Annotated[list[str], typer.Argument(metavar=_("TEXT..."), help=_("What to find; several must all occur."))],
    regex: Annotated[bool, typer.Option("--regex", help=_("They are regular expressions."))] = False,
    whole_words: Annotated[bool, typer.Option("--word", help=_("Only as whole words; otherwise also as a part of one."))] = False,
    field: Annotated[str, typer.Option("--field", metavar="ID", help=_("Only in the answers to this question, as fear."))] = "",
    about: About = "",
    sequence: SequenceName = "",
    since: Since = "",
    until: Until = "",
    tag: Tag = "",
    json_: Json = False,
) -> None:
    from coach.cli.filters import read_filter  # what a command needs is loaded when it runs
    from coach.cli.json_output import name_damaged, print_json, search_json
    from coach.insights.search import Query, ready

    setting: Setting = context.obj
    query = Query(tuple(patterns), regex, field, whole_words)
    search = ready(query)
    filter_ = read_filter(about=about, sequence=sequence, since=since, until=until, tag=tag, today=now().date())
    damaged: list[Oddity] = []
    newest: list[bytes] = []
    hits = _hits(setting.library, search, filter_, damaged, newest)
    if json_:
        values = list(map(search_json, hits))
        print_json(values)
        count = len(values)
    else:
        count = _print_hits(hits, setting.environment) or _search_again(setting, query, filter_, newest)
    name_damaged(damaged, setting.library.folder)
    if not count:
        raise typer.Exit(_NOTHING_FOUND)


def _fears(
    context: typer.Context,
    about: About = "",
    sequence: SequenceName = "",
    since: Since = "",
    until: Until = "",
    tag: Tag = "",
    limit: Limit = _FEARS,
    json_: Json = False,
) -> None:
    from coach.cli.filters import Filter, collect_from, read_filter
    from coach.cli.json_output import name_damaged, print_json
    from coach.insights.fears import FearCollector

    filter_ = read_filter(about=about, sequence=sequence, since=since, until=until, tag=tag, today=now().date())
    damaged: list[Oddity] = []
    collector = FearCollector()
    collect_from(context.obj.library, filter_, damaged, collector)
    fears = collector.result()
    if json_:
        from coach.cli.json_output import fears_json

        print_json(fears_json(fears))
    elif not fears.fears and filter_ != Filter():
        say(_("No fears like that."))
    elif not fears.fears:
        say(_("No fears written down yet. Each preparation asks for one: {command}").format(command=typed("prepare")))
    else:
        from coach.terminal import looking_back
        from coach.terminal.pager import show_long

        show_long([looking_back.fears_page(fears, limit)], context.obj.environment)
        if 0 < limit < len(fears.fears):
            say(_("There are more: {command}").format(command=typed("fears", "--limit", "0")), sys.stderr)
    name_damaged(damaged, context.obj.library.folder)


def _patterns(
    context: typer.Context,
    about: About = "",
    sequence: SequenceName = "",
    since: Since = "",
    until: Until = "",
    tag: Tag = "",
    all_: All = False,
    json_: Json = False,
) -> None:
    from coach.cli.filters import collect_from, read_filter
    from coach.cli.json_output import name_damaged, print_json
    from coach.insights.patterns import PatternCollector

    filter_ = read_filter(about=about, sequence=sequence, since=since, until=until, tag=tag, today=now().date())
    damaged: list[Oddity] = []
    collector = PatternCollector()
    collect_from(context.obj.library, filter_, damaged, collector)
    patterns = collector.result()
    if json_:
        from coach.cli.json_output import patterns_json

        print_json(patterns_json(patterns))
    elif not patterns.times:
        say(_("No sessions like that."))
    else:
        from coach.terminal import looking_back
        from coach.terminal.pager import show_long

        show_long([looking_back.patterns_page(patterns, *((0, 0) if all_ else (_PATTERNS, _LINES)))], context.obj.environment)
        if not all_:
            say(_("Every pattern with every line: {command}").format(command=typed("patterns", "--all")), sys.stderr)
    name_damaged(damaged, context.obj.library.folder)


def _year(
    context: typer.Context,
    year: Annotated[
        str, typer.Argument(metavar=_("YEAR"), help=_("2026, or a school year as 2025-2026; by default this year."))
    ] = "",
    about: About = "",
    json_: Json = False,
) -> None:
    from coach.cli.filters import Filter, collect_from
    from coach.cli.json_output import fears_json, name_damaged, patterns_json, print_json
    from coach.insights.fears import FearCollector
    from coach.insights.patterns import PatternCollector
    from coach.insights.visits import VisitCollector

    name = year or str(now().year)
    first, last = _days_of(name)
    damaged: list[Oddity] = []
    fears, patterns, visits = FearCollector(), PatternCollector(), VisitCollector()
    collect_from(context.obj.library, Filter(about, first=first, last=last), damaged, fears, patterns, visits)
    found = fears.result(), patterns.result(), visits.result()
    if json_:
        print_json({"first": first.isoformat(), "last": last.isoformat(), **fears_json(found[0]), **patterns_json(found[1])})
    elif not found[2]:
        say(_no_year(context.obj.library, about))
    else:
        from coach.terminal.pager import show_long
        from coach.terminal.year import year_page

        show_long([year_page(name, *found)], context.obj.environment)
    name_damaged(damaged, context.obj.library.folder)


def _no_year(library: Library, about: str) -> str:
    """Return what is said where a year has no sessions, with the latest year that has."""
    newest = next(iter(library.folder.ids()), "")
    if about or not newest:
        return _("No sessions like that.")
    year = newest[:4]
    return _("No sessions in that year. The latest are of {year}: {command}").format(year=year, command=typed("year", year))


def _days_of(year: str) -> tuple[date, date]:
    """Return the first and the last day of a year, or of a school year."""
    if re.fullmatch(r"[0-9]{4}", year) and int(year):
        return date(int(year), 1, 1), date(int(year), 12, 31)
    match = re.fullmatch(r"([0-9]{4})[-/]([0-9]{4})", year)
    if match and 0 < int(match[1]) == int(match[2]) - 1:
        return date(int(match[1]), 8, 1), date(int(match[2]), 7, 31)
    raise UsageError(Problem(_("YEAR"), _("'{text}' is not a year").format(text=year), _("write it as 2026 or 2025-2026")))


def _hits(library: Library, search: Search, filter_: Filter, damaged: list[Oddity], newest: list[bytes]) -> Iterator[Hit]:
    """Yield the lines that are found, newest session first.

    Files that cannot be read are added to `damaged`, and the newest logs to `newest`, as many as tell which words a person uses.
    """
    from coach.insights.search import find
    from coach.logs.library import Damaged
    from coach.logs.register import Copy, copy_problem
    from coach.logs.session import Session
    from coach.terminal.progress import watched

    logs = library.logs(filter_.first, filter_.last)
    watching = watched(logs, sys.stderr)
    for log in chain(watching, logs):
        if isinstance(log, Damaged):
            damaged.append(log)
            continue
        id_, data = log
        if len(newest) < _ENOUGH:
            newest.append(data)
        try:
            hits = find(search, data, f"{id_}.md")
        except CoachError as error:
            damaged.append(Damaged(library.folder.path(id_), error.problems[0]))
            continue
        if not hits:
            continue
        match library.settle(id_, hits[0].session):
            case Copy() as copy:
                damaged.append(Damaged(copy.path, copy_problem(copy)))
            case Session() as session if filter_.admits(session):
                if sys.stdout.isatty():
                    watching.close()  # what is found now, is read meanwhile
                yield from hits if session is hits[0].session else (hit._replace(session=session) for hit in hits)


def _search_again(setting: Setting, query: Query, filter_: Filter, newest: list[bytes]) -> int:
    """Say that nothing was found, show what other forms of the words are in, and return how many lines that are."""
    from coach.cli.search_again import search_again
    from coach.insights.search import ready
    from coach.insights.vocabulary import Vocabulary

    vocabulary = Vocabulary()
    for log in newest:
        vocabulary.add(log)
    again = search_again(query, vocabulary)
    say(again.told, sys.stderr)
    return _print_hits(_hits(setting.library, ready(again.query), filter_, [], []), setting.environment) if again.query else 0


def _print_hits(hits: Iterator[Hit], environment: Mapping[str, str]) -> int:
    """Show the lines that were found, as they come, and return how many they are; in a pipe they are never cut."""
    first = next(hits, None)
    if first is None:
        return 0
    count, hits = 0, chain((first,), hits)
    if sys.stdout.isatty():
        from coach.terminal.hits import hits_parts
        from coach.terminal.pager import show_long

        def counted() -> Iterator[Hit]:
            nonlocal count
            for hit in hits:
                count += 1
                yield hit

        show_long(hits_parts(counted()), environment)
        return count
    for session, session_hits in groupby(hits, key=lambda hit: hit.session):
        lines = [f"{write_day(session.started.date())}  {visible(session.about)}  {session.id}"]
        for question, question_hits in groupby(session_hits, key=lambda hit: hit.question):
            own_words = [f"{'    ' if question else '  '}{visible(hit.line)}" for hit in question_hits]
            lines += [f"  {visible(question)}", *own_words] if question else own_words
            count += len(own_words)
        print("\n".join(lines))
    return count
