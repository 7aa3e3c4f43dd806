"""The commands that read back: where you are, list, show, card, where."""

from __future__ import annotations

import json
import re
import sys
from itertools import islice
from typing import Annotated, Any

import typer

from coach import __version__
from coach.commands import Setting, now, show, show_long
from coach.commands.filters import About, SequenceName, Since, Tag, Until, chosen, read_filter
from coach.commands.spoken import Panels, SpokenCommand
from coach.inert import visible
from coach.language import _, ngettext
from coach.library import Damaged
from coach.session import Session

_SHOWN = 20
_ESCAPED = re.compile(r"[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

Id = Annotated[str, typer.Argument(metavar="ID", help=_("A part of the session's name, or latest."))]
Json = Annotated[bool, typer.Option("--json", help=_("Print JSON, for a program."))]


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.callback(invoke_without_command=True)(_overview)
    for name, command, help_, example in (
        ("list", _list, _("Your sessions, newest first."), "coach list --about S. --since 2026-01-01"),
        ("show", _show, _("Read one session, by default the latest."), "coach show 2026-11-24"),
        ("card", _card, _("The card of the latest preparation, for at the door."), "coach card"),
        ("where", _where, _("The folders in use."), "coach where"),
    ):
        panel = Panels.OWN if name == "where" else Panels.READ
        epilog = _("Example: {example}").format(example=example)
        app.command(name, help=help_, epilog=epilog, rich_help_panel=panel, cls=SpokenCommand)(command)


def print_json(value: object) -> None:
    """Print a value as JSON, with everything escaped that could steer a terminal."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    print(_ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", text))


def as_json(session: Session) -> dict[str, Any]:
    """Return what a program may want to know of a session."""
    return {
        "id": session.id,
        "sequence": session.sequence,
        "kind": session.kind,
        "language": session.language,
        "about": session.about,
        "started": session.started.isoformat(),
        "finished": session.finished.isoformat() if session.finished else None,
        "follows": session.follows or None,
        "tags": list(session.tags),
    }


def name_damaged(damaged: list[Damaged]) -> None:
    """Say once, at the end, which files could not be read."""
    for entry in damaged:
        print(visible(str(entry.problem)), file=sys.stderr)


def _overview(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help=_("Show the version."))] = False,
) -> None:
    if version:
        print(f"coach {__version__}")
    elif context.invoked_subcommand is None:
        from coach.commands.overview import overview  # noqa: PLC0415 # only when nothing else is asked

        overview(context.obj)


def _list(
    context: typer.Context,
    about: About = "",
    sequence: SequenceName = "",
    since: Since = "",
    until: Until = "",
    tag: Tag = "",
    limit: Annotated[int, typer.Option("--limit", metavar="N", help=_("Show at most this many; 0 shows all."))] = _SHOWN,
    json_: Json = False,
) -> None:
    from coach import views  # noqa: PLC0415

    setting: Setting = context.obj
    damaged: list[Damaged] = []
    wanted = read_filter(about=about, sequence=sequence, since=since, until=until, tag=tag, today=now().date())
    sessions = list(islice(chosen(setting.library, damaged, wanted), limit + 1 if limit else None))
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
        show(views.session_table(shown, wide=not sys.stdout.isatty()))
        if len(sessions) > len(shown):
            print(_("There are more: coach list --limit 0"), file=sys.stderr)
    name_damaged(damaged)


def _show(context: typer.Context, id_: Id = "latest", json_: Json = False) -> None:
    from coach import views  # noqa: PLC0415

    session = context.obj.library.find(id_)
    if json_:
        answers = [{"id": e.id, "question": e.question, "answer": e.text, "section": e.section} for e in session.exchanges]
        print_json({**as_json(session), "answers": answers})
        return
    show_long(views.session_page(session))


def _card(context: typer.Context, id_: Id = "") -> None:
    from coach import views  # noqa: PLC0415

    library = context.obj.library
    session = library.find(id_) if id_ else next((found for found in library.sessions() if found.kind == "prepare"), None)
    if session is None:
        print(_("There is no preparation yet. Make one with: coach prepare"), file=sys.stderr)
        raise typer.Exit(1)
    show(views.card(session))


def _where(context: typer.Context, json_: Json = False) -> None:
    from coach import views  # noqa: PLC0415
    from coach.catalogue import shipped_folder  # noqa: PLC0415

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
    count = len(setting.library.ids())
    rows = [(names[key], value) for key, value in places.items()]
    show(views.facts([*rows, (_("Kept"), ngettext("{count} session", "{count} sessions", count).format(count=count))]))
