"""The command that removes sessions for good."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from coach.cli.confirm import confirm, nobody_to_ask
from coach.cli.localised import Panels, register
from coach.errors import Problem, UsageError
from coach.language import _, ngettext
from coach.text import visible


def add_to(app: typer.Typer) -> None:
    """Add this command to the program."""
    register(app, Panels.OWN, ("forget", _forget, _("Remove sessions for good."), "coach forget 2026-11-24-0915"))


def _forget(
    context: typer.Context,
    id_: Annotated[str, typer.Argument(metavar="ID", help=_("A part of the session's name, or latest."))] = "",
    about: Annotated[str, typer.Option("--about", metavar=_("TEXT"), help=_("All about this; a part is enough."))] = "",
    yes: Annotated[bool, typer.Option("--yes", help=_("Do not ask first."))] = False,
) -> None:
    from coach.logs.maintenance import forget, plan_to_forget
    from coach.logs.session import title_of
    from coach.text import fold

    library = context.obj.library
    if bool(id_) == bool(about.strip()):
        raise UsageError(Problem("", _("say what to forget"), _("give the ID of one session, or --about TEXT")))
    if id_:
        names = [library.find(id_).file if id_ == "latest" else library.name(id_)]
    else:
        names = [session.file for session in library.sessions() if fold(about) in fold(session.about)]
    if not names:
        print(_("No sessions like that."))
        return
    farewell = plan_to_forget(library, names)
    known = {session.file: session for session in farewell.sessions}
    print(_("This goes for good:"))
    for name in farewell.names:
        print(visible(f"  {name}  {title_of(known[name]) if name in known else ''}".rstrip()))
    if farewell.followers:
        print(_("This stays, without its link to it and without its words in the questions:"))
        for session in farewell.followers:
            print(visible(f"  {session.id}  {title_of(session)}"))
    if not yes and not _agrees():
        print(_("Nothing was removed."))
        raise typer.Exit(1)
    forget(library.folder, farewell)
    count = len(farewell.names)
    print(ngettext("{count} file is removed.", "{count} files are removed.", count).format(count=count))
    print(_("Backups and synchronised copies are beyond my reach: remove them there too."))


def _agrees() -> bool:
    """Ask for the whole word: what goes does not come back."""
    if nobody_to_ask():
        raise UsageError(Problem("", _("nobody can be asked whether this is right"), _("add --yes")))
    word = _("yes")
    return confirm(_("Type {word} to remove it: ").format(word=word), sys.stdout, (word,))
