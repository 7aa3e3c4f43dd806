"""The commands that encrypt logs and put them back: seal, unseal."""

from __future__ import annotations

import os
import sys
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


def _seal(
    context: typer.Context,
    change_passphrase: Annotated[
        bool, typer.Option("--change-passphrase", help=_("Put your key under a new passphrase."))
    ] = False,
) -> None:
    from coach.logs.maintenance import left_plain, seal_all

    setting: Setting = context.obj
    folder, descriptor = setting.library.folder, setting.environment.get(PASSPHRASE_FD, "")
    seal = _seal_of(setting)
    if change_passphrase:
        _change_passphrase(seal, descriptor)
        return
    folder.prepare()
    if not seal.is_set and folder.is_sealed:
        what = _("your logs are sealed, and the keys are not here")
        command = typed("unseal", "--recover")
        cure = _("put key.age back from a backup, or open your logs first with: {command}").format(command=command)
        raise CoachError(Problem(str(seal.key), what, cure))
    if not seal.is_set:
        _set_up(seal, descriptor)
    elif seal.lacks_public:
        _mend(seal, descriptor)
    turned = seal_all(folder)
    say(ngettext("{count} log was sealed.", "{count} logs were sealed.", turned.count).format(count=turned.count))
    _name(turned.kept)
    if turned.problems:
        raise CoachError(
            *turned.problems,
            Problem("", _("these are not sealed yet"), _("mend them and run {command} once more").format(command=typed("seal"))),
        )
    left = left_plain(folder)
    if left:
        say(_("These hold words too, and are not sealed: {names}").format(names=", ".join(left)), sys.stderr)
    if seal.key.exists():
        say(_("Keep a copy of {key} with your backups: without it the passphrase opens nothing.").format(key=seal.key))
    else:
        say(_("{key} is not here: only your recovery key opens your logs until you put it back.").format(key=seal.key))
    say(_("What was on the disk before may still be found on it, and in backups."))


def _set_up(seal: Seal, descriptor: str) -> None:
    from coach.logs.encryption import new_secret

    secret, recovery = new_secret(), new_secret()
    say(_("From now on your logs are encrypted. A passphrase opens them: four or five words are easy to keep."))
    passphrase = _new_passphrase(descriptor)
    say(_("This recovery key opens your logs when the passphrase is forgotten. Nobody can help you without one of them."))
    say(_("Print it or write it down, and keep it away from this computer:"))
    say(f"\n  {recovery}\n\n", end="")
    _prove(recovery, descriptor)
    seal.set_up(passphrase, secret, recovery)


def _new_passphrase(descriptor: str) -> str:
    from coach.cli.passphrase import ask_passphrase

    passphrase = ask_passphrase(descriptor, _("A new passphrase:"))
    if len(passphrase) < _SHORTEST:
        what = _("this passphrase is too short to protect anything")
        raise CoachError(Problem("", what, _("take at least eight letters; four words are better")))
    if ask_passphrase(descriptor, _("Once more:")) != passphrase:
        raise CoachError(Problem("", _("these two are not the same"), _("nothing was changed; begin again")))
    return passphrase


def _change_passphrase(seal: Seal, descriptor: str) -> None:
    from coach.logs.encryption import LockedError

    if not os.path.lexists(seal.key):
        raise LockedError(Problem(str(seal.key), _("the key is not here"), _("put it back from a backup")))
    seal.recipients()
    seal.check_passphrase()
    seal.change_passphrase(_new_passphrase(descriptor))
    say(_("The new passphrase opens your logs. Copies of {key} in backups still open with the old one.").format(key=seal.key))


def _mend(seal: Seal, descriptor: str) -> None:
    """Write the public keys again; of a key that does not hold them the recovery key is asked."""
    from coach.cli.passphrase import ask_secret_key
    from coach.logs.encryption import LockedError

    try:
        seal.recipients()
    except LockedError:
        if not seal.is_open:
            raise
        say(_("The public keys are gone. They are made again of your passphrase and your recovery key."))
        seal.restore(ask_secret_key(descriptor, _("Your recovery key:")))


def _prove(recovery: str, descriptor: str) -> None:
    """Go on only when the recovery key, typed over, is the right one."""
    from coach.cli.passphrase import ask_secret_key
    from coach.logs.encryption import identity

    for _try in range(_TRIES):
        text = ask_secret_key(descriptor, _("Type it over from your paper, to be sure that it works:"))
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
    from coach.cli.passphrase import ask_secret_key
    from coach.cli.runner import rescue_folder
    from coach.logs.maintenance import Turned, unseal_all

    setting: Setting = context.obj
    library, seal = setting.library, _seal_of(setting)
    if recover:
        seal.unlock(ask_secret_key(setting.environment.get(PASSPHRASE_FD, ""), _("Your recovery key:")))
    turned = Turned()
    for folder in (library.folder, library.at(rescue_folder(setting) / "sessions").folder):
        turned = turned.and_(unseal_all(folder))
    count = turned.count
    say(ngettext("{count} log is plain text again.", "{count} logs are plain text again.", count).format(count=count))
    _name(turned.kept)
    if turned.problems:
        cure = _("the key stays where it is until they are opened or forgotten")
        raise CoachError(*turned.problems, Problem("", _("these stay sealed"), cure))
    seal.forget()


def _name(kept: list[Problem]) -> None:
    for problem in kept:
        say(str(problem), sys.stderr)


def _seal_of(setting: Setting) -> Seal:
    seal = setting.library.folder.seal
    if seal is None:
        raise TypeError("the library of a home has a seal")
    return seal
