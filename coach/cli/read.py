"""The commands that read back: where you are, list, show, card, where."""

from __future__ import annotations

import sys
from itertools import islice
from typing import TYPE_CHECKING, Annotated

import typer

from coach.cli.context import Setting, now
from coach.cli.localised import Panels, register
from coach.cli.message import columns, say
from coach.cli.options import About, Id, Json, Limit, SequenceName, Since, Tag, Until
from coach.language import _, ngettext
from coach.program import typed
from coach.terminal.console import show

if TYPE_CHECKING:
    from coach.conversation.card import Card
    from coach.home import Home
    from coach.logs.library import Library, Oddity
    from coach.logs.session import Session

_SHOWN = 20

Everything = Annotated[bool, typer.Option("--all", help=_("Show all of it, also what is not for at the door."))]


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    register(
        app,
        Panels.READ,
        ("list", _list, _("Your sessions, newest first."), "coach list --about S. --since 2026-01-01"),
        ("show", _show, _("Read one session, by default the latest."), "coach show 2026-11-24"),
        ("card", _card, _("The card of the latest preparation, for at the door."), "coach card"),
    )
    register(app, Panels.OWN, ("where", _where, _("The folders in use."), "coach where"))


def _list(
    context: typer.Context,
    about: About = "",
    sequence: SequenceName = "",
    since: Since = "",
    until: Until = "",
    tag: Tag = "",
    limit: Limit = _SHOWN,
    json_: Json = False,
) -> None:
    from coach.cli.filters import read_filter, select
    from coach.cli.json_output import as_json, name_damaged, print_json
    from coach.insights.states import StateCollector
    from coach.logs.library import Unread
    from coach.terminal.session_list import session_lines, session_rows  # what a command needs is loaded when it runs

    setting: Setting = context.obj
    damaged: list[Oddity] = []
    today = now().date()
    collector = StateCollector(today)
    filter_ = read_filter(about=about, sequence=sequence, since=since, until=until, tag=tag, today=today)
    sessions = list(islice(select(setting.library, filter_, damaged, collector), limit + 1 if limit else None))
    shown = sessions[:limit] if limit else sessions
    states = collector.result(shown)
    if json_:
        print_json([as_json(session) for session in shown])
    elif not shown:
        say(_("No sessions like that.") if any((about, sequence, since, until, tag)) else _none_yet(setting.home))
    else:
        rows = session_rows(shown, states)
        is_cut = sys.stdout.isatty()
        print("\n".join(session_lines(rows, columns(sys.stdout)) if is_cut else ("  ".join(row).rstrip() for row in rows)))
        if len(sessions) > len(shown):
            say(_("There are more: {command}").format(command=typed("list", "--limit", "0")), sys.stderr)
    damaged = [one for one in damaged if not isinstance(one, Unread)]  # in the few answers that a list needs
    damaged += [Unread(lines) for one in shown if (lines := setting.library.unread_lines(one))]
    name_damaged(damaged, setting.library.folder)


def _none_yet(home: Home) -> str:
    """Return what to say where nothing was kept; a folder that somebody named may be on a disk that is not there."""
    if home.is_named and not home.folder.exists():
        text = _("{folder} is not there yet, so there are no sessions. Begin with: {command}")
        return text.format(folder=home.folder, command=typed("prepare"))
    return _("No sessions yet. Begin with: {command}").format(command=typed("prepare"))


def _show(context: typer.Context, id_: Id = "latest", json_: Json = False) -> None:
    from coach.cli.json_output import as_json, name_damaged, print_json
    from coach.logs.library import Unread
    from coach.logs.naming import find_session
    from coach.terminal import session as views

    session = find_session(context.obj.library, id_)
    if json_:
        answers = [{"id": e.id, "question": e.question, "answer": e.text, "section": e.section} for e in session.exchanges]
        print_json({**as_json(session), "answers": answers})
    else:
        from coach.terminal.pager import show_long

        show_long([views.session_page(session)], context.obj.environment)
    if session.unread:
        name_damaged([Unread(len(session.unread))])


def _card(context: typer.Context, id_: Id = "", everything: Everything = False) -> None:
    from coach.logs.naming import find_session
    from coach.logs.session import title_of
    from coach.terminal.card import card_page

    setting: Setting = context.obj
    library = setting.library
    sessions = iter([find_session(library, id_, _is_preparation)]) if id_ else filter(_has_card, library.sessions())
    for session in sessions:
        card, is_told_whole = _card_of(setting, session)
        if id_ or not card.is_empty:
            break
    else:
        say(_("There is no card yet. Make one with: {command}").format(command=typed("prepare")), sys.stderr)
        raise typer.Exit(1)
    command = typed("card", *filter(None, (id_,)), "--all")
    show(card_page(card, title_of(session), command, everything=everything))
    if not is_told_whole:
        say(_("What you wrote about safety is not on the card."), sys.stderr)


def _is_preparation(session: Session) -> bool:
    return session.kind == "prepare"


def _has_card(session: Session) -> bool:
    """Return whether a session is one to take to the door: a preparation, or of a sequence of one's own with a card."""
    from coach.sequences.catalogue import shipped_folder

    is_own = not (shipped_folder() / session.language / f"{session.sequence}.yaml").exists()
    return _is_preparation(session) or (is_own and bool(session.card))


def _card_of(setting: Setting, session: Session) -> tuple[Card, bool]:
    """Return the card of a session without what is about safety, and whether that is all of it."""
    from coach.conversation.card import card_of
    from coach.errors import CoachError
    from coach.insights.safety import without_safety

    told = without_safety(session)
    try:
        plan = setting.catalogue_in(session.language).read(session.sequence).card
    except CoachError:  # it is gone, or broken: the log is enough
        plan = None
    return card_of(told, plan), told is session


def _where(context: typer.Context, json_: Json = False) -> None:
    from coach.cli.json_output import print_json
    from coach.sequences.catalogue import shipped_folder
    from coach.terminal.theme import Facts

    setting: Setting = context.obj
    places = {
        "home": str(setting.home.folder),
        "sessions": str(setting.home.sessions),
        "prompts": str(setting.home.prompts),
        "shipped": str(shipped_folder()),
    }
    if json_:
        print_json({**places, "language": setting.language})
        return
    names = {
        "home": _("Your folder ({reason})").format(reason=setting.home.reason),
        "sessions": _("Your sessions"),
        "prompts": _("Your own sequences"),
        "shipped": _("Shipped sequences"),
    }
    rows = [(names[key], value) for key, value in places.items()]
    show(Facts([*rows, (_("Kept"), _kept(setting.library))]))


def _kept(library: Library) -> str:
    """Return how many sessions there are, or why they cannot be counted."""
    from coach.errors import CoachError

    try:
        count = library.count()
    except CoachError as error:
        return str(error)
    return ngettext("{count} session", "{count} sessions", count).format(count=count)
