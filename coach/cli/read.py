"""The commands that read back: where you are, list, show, card, where."""

from __future__ import annotations

import sys
from itertools import islice
from typing import TYPE_CHECKING, Annotated

import typer

from coach.cli.context import Setting, now
from coach.cli.localised import Panels, register
from coach.cli.options import About, Id, Json, Limit, SequenceName, Since, Tag, Until
from coach.language import _, ngettext
from coach.terminal.console import show, show_long

if TYPE_CHECKING:
    from coach.conversation.card import Card
    from coach.logs.library import Oddity
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
    from coach.logs.library import Unread
    from coach.terminal import session as views  # what a command needs is loaded when it runs

    setting: Setting = context.obj
    damaged: list[Oddity] = []
    filter_ = read_filter(about=about, sequence=sequence, since=since, until=until, tag=tag, today=now().date())
    sessions = list(islice(select(setting.library, filter_, damaged), limit + 1 if limit else None))
    shown = sessions[:limit] if limit else sessions
    if json_:
        print_json([as_json(session) for session in shown])
    elif not shown:
        print(
            _("No sessions yet. Begin with: coach prepare")
            if not any((about, sequence, since, until, tag))
            else _("No sessions like that.")
        )
    else:
        rows = views.session_rows(shown)
        if sys.stdout.isatty():
            show(views.SessionList(rows))
        else:
            print("\n".join("  ".join(row).rstrip() for row in rows))
        if len(sessions) > len(shown):
            print(_("There are more: coach list --limit 0"), file=sys.stderr)
    damaged += [Unread(lines) for one in shown[:_SHOWN] if (lines := setting.library.unread_lines(one))]
    name_damaged(damaged, setting.library.folder)


def _show(context: typer.Context, id_: Id = "latest", json_: Json = False) -> None:
    from coach.cli.json_output import as_json, name_damaged, print_json
    from coach.logs.library import Unread
    from coach.terminal import session as views

    library = context.obj.library
    session = library.find(id_)
    if json_:
        answers = [{"id": e.id, "question": e.question, "answer": e.text, "section": e.section} for e in session.exchanges]
        print_json({**as_json(session), "answers": answers})
    else:
        show_long(views.session_page(session))
    if session.unread:
        name_damaged([Unread(len(session.unread))])


def _card(context: typer.Context, id_: Id = "", everything: Everything = False) -> None:
    from coach.logs.session import title_of
    from coach.terminal.card import card_page

    setting: Setting = context.obj
    library = setting.library
    sessions = iter([library.find(id_)]) if id_ else (one for one in library.sessions() if one.kind == "prepare")
    for session in sessions:
        card, is_told_whole = _card_of(setting, session)
        if id_ or not card.is_empty:
            break
    else:
        print(_("There is no card yet. Make one with: coach prepare"), file=sys.stderr)
        raise typer.Exit(1)
    command = f"coach card {id_} --all" if id_ else "coach card --all"
    show(card_page(card, title_of(session), command, everything=everything))
    if not is_told_whole:
        print(_("What you wrote about safety is not on the card."), file=sys.stderr)


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
    from coach.terminal.theme import facts

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
        "home": _("Home ({reason})").format(reason=setting.home.reason),
        "sessions": _("Your sessions"),
        "prompts": _("Your own sequences"),
        "shipped": _("Shipped sequences"),
    }
    count = len(setting.library.folder.ids())
    rows = [(names[key], value) for key, value in places.items()]
    show(facts([*rows, (_("Kept"), ngettext("{count} session", "{count} sessions", count).format(count=count))]))
