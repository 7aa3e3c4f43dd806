"""What a shell can complete: sessions with whom they are about, and sequences; and how a shell comes to do so."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import islice
from typing import TYPE_CHECKING

import typer

from coach.cli.context import Setting
from coach.errors import CoachError, Problem
from coach.language import _
from coach.program import typed

if TYPE_CHECKING:
    from coach.logs.session import Session

ASKED_FOR = "_COACH_COMPLETE"  # set by a shell that asks what can be typed
_MOST = 50
_SHELLS = ("bash", "zsh", "fish")
_POWERSHELLS = ("powershell", "pwsh")

Ids = list[tuple[str, str]]


def command_line() -> list[str]:
    """Return the words before the one that a shell asks for, without the program."""
    line = os.environ.get("COMP_WORDS") or os.environ.get("_TYPER_COMPLETE_ARGS", "")
    words = line.split()
    last = int(os.environ.get("COMP_CWORD", len(words) - (not line.endswith((" ", "\n")))))
    return words[1:last]


def session_ids(context: typer.Context) -> Ids:
    """Return the latest sessions, each with whom it is about."""
    return _ids(context, lambda _session: True)


def unfinished_ids(context: typer.Context) -> Ids:
    """Return the latest sessions that stopped half-way."""
    return _ids(context, lambda session: not session.finished)


def sequence_names(context: typer.Context) -> list[str]:
    """Return the names of all sequences."""
    setting = context.find_root().obj
    return list(setting.catalogue.names()) if isinstance(setting, Setting) else []


def _ids(context: typer.Context, is_wished: Callable[[Session], bool]) -> Ids:
    setting = context.find_root().obj
    try:
        return list(islice(_named(setting, is_wished), _MOST)) if isinstance(setting, Setting) else []
    except CoachError:  # a shell has no place to tell it
        return []


def _named(setting: Setting, is_wished: Callable[[Session], bool]) -> Iterator[tuple[str, str]]:
    """Yield ids with whom they are about; of sealed logs only ids, for nobody is asked for a passphrase now."""
    from coach.language.dates import write_weekday
    from coach.logs.session import Session

    library = setting.library
    if not library.folder.is_open:
        yield from ((id_, "") for id_ in library.folder.ids())
        return
    for session in library.entries(answers=()):
        if isinstance(session, Session) and is_wished(session):
            yield session.id, f"{write_weekday(session.started.date())}: {session.about or session.title}"


def install(context: typer.Context, _parameter: object, value: object) -> object:
    """Let the shell complete the program from now on, and say what was written; a profile of PowerShell is left to its owner."""
    if not value or context.resilient_parsing:
        return value
    shell = value if isinstance(value, str) else _shell()
    if shell in _POWERSHELLS:
        print(_("Put this line in the file that $PROFILE names:"))
        print(f"  {typed('--show-completion')} | Out-String | Invoke-Expression")
        print(_("It runs where scripts are allowed; coach does not change what is allowed on your computer."))
    elif shell in _SHELLS:
        _name, path = import_module("typer.completion").install(shell=shell, prog_name="coach", complete_var=ASKED_FOR)
        print(_("Written to {path}, and named in the start-up file of {shell}.").format(path=path, shell=shell))
        print(_("It works in a new window."))
    else:
        what = _("the shell '{shell}' cannot be completed for").format(shell=shell)
        raise CoachError(Problem("--install-completion", what, _("use one of: {words}").format(words=", ".join(_SHELLS))))
    raise typer.Exit


def _shell() -> str:
    """Return the name of the shell that called us, or ""."""
    shellingham = import_module("shellingham")  # typer finds it by this too
    try:
        return str(shellingham.detect_shell()[0])
    except shellingham.ShellDetectionFailure:
        return ""
