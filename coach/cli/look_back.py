"""The commands that look back over all sessions: search, fears, patterns."""

from __future__ import annotations

import sys
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer

from coach.cli.context import Setting, now
from coach.cli.localised import Panels, SpokenCommand
from coach.cli.options import About, All, Json, Limit, SequenceName, Since, Tag, Until
from coach.errors import CoachError
from coach.language import _
from coach.language.dates import write_day
from coach.terminal.console import show_long
from coach.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from coach.insights.search import Hit
    from coach.logs.library import Damaged

_NOTHING_FOUND = 1
_FEARS = 10
_PATTERNS, _LINES = 3, 2


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    for name, command, help_, example in (
        (
            "search",
            _search,
            _("Find what you wrote, in all sessions."),
            _("coach search 'late' --field fear --since 2026-01-01"),
        ),
        ("fears", _fears, _("What you feared, and what happened."), "coach fears --about S."),
        ("patterns", _patterns, _("What keeps coming back."), "coach patterns --since 2026-01-01"),
    ):
        epilog = _("Example: {example}").format(example=example)
        app.command(name, help=help_, epilog=epilog, rich_help_panel=Panels.READ, cls=SpokenCommand)(command)


def _search(
    context: typer.Context,
    patterns: Annotated[list[str], typer.Argument(metavar=_("TEXT..."), help=_("What to find; several must all occur."))],
    regex: Annotated[bool, typer.Option("--regex", help=_("They are regular expressions."))] = False,
    field: Annotated[str, typer.Option("--field", metavar="ID", help=_("Only in the answers to this question, as fear."))] = "",
    about: About = "",
    sequence: SequenceName = "",
    since: Since = "",
    until: Until = "",
    tag: Tag = "",
    json_: Json = False,
) -> None:
    from coach.cli.filters import read_filter  # what a command needs is loaded when it runs
    from coach.cli.json_output import (
        name_damaged,
        print_json,
        search_json,
    )
    from coach.insights.search import Query, find, ready
    from coach.logs.library import Damaged
    from coach.terminal.progress import watched

    setting: Setting = context.obj
    search = ready(Query(tuple(patterns), regex, field))
    wanted = read_filter(about=about, sequence=sequence, since=since, until=until, tag=tag, today=now().date())
    damaged: list[Damaged] = []

    def found() -> Iterator[Hit]:
        library = setting.library
        for log in watched(library.logs(wanted.first, wanted.last), sys.stderr):
            if isinstance(log, Damaged):
                damaged.append(log)
                continue
            try:
                hits = find(search, log[1], f"{log[0]}.md")
            except CoachError as error:
                damaged.append(Damaged(library.folder.path(log[0]), error.problems[0]))
                continue
            if hits and wanted.admits(hits[0].session):
                yield from hits

    if json_:
        values = list(map(search_json, found()))
        print_json(values)
        count = len(values)
    else:
        count = _print_hits(found())
    name_damaged(damaged)
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
    from coach.cli.filters import read_filter, sessions_with
    from coach.cli.json_output import name_damaged, print_json
    from coach.insights.fears import IDS, collect_fears

    wanted = read_filter(about=about, sequence=sequence, since=since, until=until, tag=tag, today=now().date())
    damaged: list[Damaged] = []
    fears = collect_fears(sessions_with(context.obj.library, wanted, IDS, damaged), wanted.admits)
    if json_:
        from coach.cli.json_output import fears_json

        print_json(fears_json(fears))
    elif not fears.fears:
        print(_("No fears written down yet. Each preparation asks for one: coach prepare"))
    else:
        from coach.terminal import looking_back

        show_long(looking_back.fears_page(fears, limit))
        if 0 < limit < len(fears.fears):
            print(_("There are more: coach fears --limit 0"), file=sys.stderr)
    name_damaged(damaged)


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
    from coach.cli.filters import read_filter, sessions_with
    from coach.cli.json_output import name_damaged, print_json
    from coach.insights.patterns import IDS, collect_patterns

    wanted = read_filter(about=about, sequence=sequence, since=since, until=until, tag=tag, today=now().date())
    damaged: list[Damaged] = []
    patterns = collect_patterns(sessions_with(context.obj.library, wanted, IDS, damaged), wanted.admits)
    if json_:
        from coach.cli.json_output import patterns_json

        print_json(patterns_json(patterns))
    elif not patterns.times:
        print(_("No sessions like that."))
    else:
        from coach.terminal import looking_back

        show_long(looking_back.patterns_page(patterns, *((0, 0) if all_ else (_PATTERNS, _LINES))))
        if not all_:
            print(_("Every pattern with every line: coach patterns --all"), file=sys.stderr)
    name_damaged(damaged)


def _print_hits(hits: Iterable[Hit]) -> int:
    """Show the lines that were found and return how many they are; in a pipe as they come, never cut."""
    if sys.stdout.isatty():
        found = list(hits)
        if found:
            from coach.terminal import looking_back

            show_long(looking_back.hits_page(found))
        return len(found)
    count = 0
    for session, same in groupby(hits, key=lambda hit: hit.session):
        told = [f"{write_day(session.started.date())}  {visible(session.about)}  {session.id}"]
        for question, asked in groupby(same, key=lambda hit: hit.question):
            said = [f"{'    ' if question else '  '}{visible(hit.line)}" for hit in asked]
            told += [f"  {visible(question)}", *said] if question else said
            count += len(said)
        print("\n".join(told))
    return count
