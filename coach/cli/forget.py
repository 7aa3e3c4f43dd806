"""The command that removes sessions for good."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from coach.cli.completion import session_ids
from coach.cli.confirm import is_yes, nobody_to_ask, reply
from coach.cli.localised import Panels, register
from coach.cli.message import say
from coach.errors import Problem, UsageError
from coach.language import _, ngettext
from coach.text import holds_words

if TYPE_CHECKING:
    from coach.logs.forgetting import Farewell
    from coach.logs.library import Library
    from coach.logs.traces import Trace


def add_to(app: typer.Typer) -> None:
    """Add this command to the program."""
    register(app, Panels.OWN, ("forget", _forget, _("Remove sessions for good."), "coach forget 2026-11-24-0915"))


def _forget(
    context: typer.Context,
    id_: Annotated[
        str, typer.Argument(metavar="ID", help=_("A part of the session's name, or latest."), autocompletion=session_ids)
    ] = "",
    about: Annotated[
        str, typer.Option("--about", metavar=_("TEXT"), help=_("All about these people, exactly as it stands in the log."))
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", help=_("Do not ask first."))] = False,
) -> None:
    from coach.logs.forgetting import forget, plan_to_forget, plan_to_forget_about

    library: Library = context.obj.library
    if bool(id_) == bool(about.strip()):
        raise UsageError(Problem("", _("say what to forget"), _("give the ID of one session, or --about TEXT")))
    if id_:
        farewell = plan_to_forget(library, library.find(id_).file if id_ == "latest" else library.name(id_))
    else:
        farewell = plan_to_forget_about(library, about)
    if not farewell.gone:
        say(_("No sessions like that."))
        _name_near(library, about)
        _name_doubts(farewell)
        return
    _show(library, farewell)
    if not yes and not _agrees():
        say(_("Nothing was removed."))
        raise typer.Exit(1)
    forget(library.folder, farewell)
    count = len(farewell.gone)
    say(ngettext("{count} file is removed.", "{count} files are removed.", count).format(count=count))
    say(_("Backups and synchronised copies are beyond my reach: remove them there too."))


def _show(library: Library, farewell: Farewell) -> None:
    """Show what goes, what changes, and what a person has to look at."""
    say(_("This goes for good:"))
    for trace in farewell.gone:
        say(_row(library, trace))
    if farewell.changes:
        say(_("This stays, without its link to it and without its words in the questions:"))
    for change in farewell.changes:
        say(_row(library, change.trace))
        for question in change.shown:
            say(f"    {question}")
    _name_doubts(farewell)


def _row(library: Library, trace: Trace) -> str:
    from coach.logs.session import title_of

    title = title_of(library.read(trace.path)) if trace.session else trace.about or _("it cannot be read")
    return f"  {trace.name}  {title}"


def _name_doubts(farewell: Farewell) -> None:
    if farewell.doubts:
        say(_("This stays as it is, and may hold something of it:"), sys.stderr)
    for doubt in farewell.doubts:
        say(f"  {doubt}", sys.stderr)


def _name_near(library: Library, about: str) -> None:
    """Name the people in whose name these words stand: forgetting takes them as they are written there."""
    near = dict.fromkeys(session.about for session in library.sessions() if holds_words(session.about, about))
    if near:
        say(_("Write it as it stands in the log: {abouts}").format(abouts=", ".join(near)))


def _agrees() -> bool:
    """Ask for the whole word: what goes does not come back."""
    if nobody_to_ask():
        raise UsageError(Problem("", _("nobody can be asked whether this is right"), _("add --yes")))
    word = _("yes")
    question = _("Type {word} to remove it: ").format(word=word)
    answer = reply(question, sys.stdout)
    if answer != word and is_yes(answer):
        say(_("Type the whole word {word}, so that nothing is removed by a slip.").format(word=word))
        answer = reply(question, sys.stdout)
    return answer == word
