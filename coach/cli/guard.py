"""The commands that guard: forget, seal, unseal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from coach.cli.confirm import confirm, nobody_to_ask
from coach.cli.context import PASSPHRASE_FD, Setting
from coach.cli.localised import Panels, register
from coach.errors import CoachError, Problem, UsageError
from coach.language import _, ngettext
from coach.text import visible

if TYPE_CHECKING:
    from coach.logs.encryption import Seal

_TRIES = 3
_SHORTEST = 8


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    register(
        app,
        Panels.OWN,
        ("forget", _forget, _("Remove sessions for good."), "coach forget 2026-11-24-0915"),
        ("seal", _seal, _("Encrypt your logs, those there are and those to come."), "coach seal"),
        ("unseal", _unseal, _("Put your logs back as plain text."), "coach unseal"),
    )


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
        names = [library.find(id_).id if id_ == "latest" else library.name(id_)]
    else:
        names = [session.id for session in library.sessions() if fold(about) in fold(session.about)]
    if not names:
        print(_("No sessions like that."))
        return
    farewell = plan_to_forget(library, names)
    known = {session.id: session for session in farewell.sessions}
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


def _seal(context: typer.Context) -> None:
    from coach.cli.passphrase import ask_passphrase
    from coach.logs.encryption import new_secret
    from coach.logs.maintenance import seal_all

    setting: Setting = context.obj
    library, descriptor = setting.library, setting.environment.get(PASSPHRASE_FD, "")
    seal = _seal_of(setting)
    library.folder.prepare()
    if not seal.is_set:
        secret, recovery = new_secret(), new_secret()
        print(_("From now on your logs are encrypted. A passphrase opens them: four or five words are easy to keep."))
        passphrase = ask_passphrase(descriptor, _("A new passphrase:"))
        if len(passphrase) < _SHORTEST:
            what = _("this passphrase is too short to protect anything")
            raise CoachError(Problem("", what, _("take at least eight letters; four words are better")))
        if ask_passphrase(descriptor, _("Once more:")) != passphrase:
            raise CoachError(Problem("", _("these two are not the same"), _("nothing was changed; begin again")))
        print(_("This recovery key opens your logs when the passphrase is forgotten. Nobody can help you without one of them."))
        print(_("Print it or write it down, and keep it away from this computer:"))
        print(f"\n  {recovery}\n", flush=True)
        _prove(recovery, descriptor)
        seal.set_up(passphrase, secret, recovery)
    count, problems = seal_all(library.folder)
    print(ngettext("{count} log was sealed.", "{count} logs were sealed.", count).format(count=count))
    if problems:
        raise CoachError(*problems, Problem("", _("these are not sealed yet"), _("mend them and run coach seal once more")))
    print(_("Keep a copy of {key} with your backups: without it the passphrase opens nothing.").format(key=seal.key))
    print(_("What was on the disk before may still be found on it, and in backups."))


def _prove(recovery: str, descriptor: str) -> None:
    """Go on only when the recovery key, typed over, is the right one."""
    from coach.cli.passphrase import ask_passphrase
    from coach.logs.encryption import identity

    for _try in range(_TRIES):
        typed = ask_passphrase(descriptor, _("Type it over from your paper, to be sure that it works:"))
        try:
            if str(identity(typed)) == str(identity(recovery)):
                return
        except CoachError:
            pass
        print(_("That is not the recovery key. Look at your paper again."))
    raise CoachError(Problem("", _("the recovery key was not proved"), _("nothing was changed; begin again with: coach seal")))


def _unseal(
    context: typer.Context,
    recover: Annotated[bool, typer.Option("--recover", help=_("Use the recovery key instead of the passphrase."))] = False,
) -> None:
    from coach.cli.passphrase import ask_passphrase
    from coach.logs.maintenance import unseal_all

    setting: Setting = context.obj
    library, seal = setting.library, _seal_of(setting)
    if recover:
        seal.unlock(ask_passphrase(setting.environment.get(PASSPHRASE_FD, ""), _("Your recovery key:")))
    count, problems = unseal_all(library.folder)
    print(ngettext("{count} log is plain text again.", "{count} logs are plain text again.", count).format(count=count))
    if problems:
        cure = _("the key stays where it is until they are opened or forgotten")
        raise CoachError(*problems, Problem("", _("these stay sealed"), cure))
    seal.forget()


def _seal_of(setting: Setting) -> Seal:
    seal = setting.library.folder.seal
    if seal is None:
        raise TypeError("the library of a home has a seal")
    return seal
