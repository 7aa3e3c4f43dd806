"""The commands that encrypt logs and put them back: seal, unseal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from coach.cli.context import PASSPHRASE_FD, Setting
from coach.cli.localised import Panels, register
from coach.cli.message import say
from coach.errors import CoachError, Problem
from coach.language import _, ngettext
from coach.program import typed

if TYPE_CHECKING:
    from coach.logs.encryption import Seal

_TRIES = 3
_SHORTEST = 8


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    register(
        app,
        Panels.OWN,
        ("seal", _seal, _("Encrypt your logs, those there are and those to come."), "coach seal"),
        ("unseal", _unseal, _("Put your logs back as plain text."), "coach unseal"),
    )


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
        say(_("From now on your logs are encrypted. A passphrase opens them: four or five words are easy to keep."))
        passphrase = ask_passphrase(descriptor, _("A new passphrase:"))
        if len(passphrase) < _SHORTEST:
            what = _("this passphrase is too short to protect anything")
            raise CoachError(Problem("", what, _("take at least eight letters; four words are better")))
        if ask_passphrase(descriptor, _("Once more:")) != passphrase:
            raise CoachError(Problem("", _("these two are not the same"), _("nothing was changed; begin again")))
        say(_("This recovery key opens your logs when the passphrase is forgotten. Nobody can help you without one of them."))
        say(_("Print it or write it down, and keep it away from this computer:"))
        say(f"\n  {recovery}\n\n", end="")
        _prove(recovery, descriptor)
        seal.set_up(passphrase, secret, recovery)
    count, problems = seal_all(library.folder)
    say(ngettext("{count} log was sealed.", "{count} logs were sealed.", count).format(count=count))
    if problems:
        raise CoachError(
            *problems,
            Problem("", _("these are not sealed yet"), _("mend them and run {command} once more").format(command=typed("seal"))),
        )
    say(_("Keep a copy of {key} with your backups: without it the passphrase opens nothing.").format(key=seal.key))
    say(_("What was on the disk before may still be found on it, and in backups."))


def _prove(recovery: str, descriptor: str) -> None:
    """Go on only when the recovery key, typed over, is the right one."""
    from coach.cli.passphrase import ask_passphrase
    from coach.logs.encryption import identity

    for _try in range(_TRIES):
        text = ask_passphrase(descriptor, _("Type it over from your paper, to be sure that it works:"))
        try:
            if str(identity(text)) == str(identity(recovery)):
                return
        except CoachError:
            pass
        say(_("That is not the recovery key. Look at your paper again."))
    raise CoachError(
        Problem(
            "",
            _("the recovery key was not proved"),
            _("nothing was changed; begin again with: {command}").format(command=typed("seal")),
        )
    )


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
    say(ngettext("{count} log is plain text again.", "{count} logs are plain text again.", count).format(count=count))
    if problems:
        cure = _("the key stays where it is until they are opened or forgotten")
        raise CoachError(*problems, Problem("", _("these stay sealed"), cure))
    seal.forget()


def _seal_of(setting: Setting) -> Seal:
    seal = setting.library.folder.seal
    if seal is None:
        raise TypeError("the library of a home has a seal")
    return seal
