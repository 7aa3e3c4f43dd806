"""What a shell can complete: sessions with whom they are about, and sequences; and how a shell comes to do so."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from coach.cli.context import Setting, user_folder
from coach.errors import CoachError, Problem
from coach.language import _
from coach.program import ASKED_FOR, typed

if TYPE_CHECKING:
    from coach.logs.session import Session

_MOST = 50
_UNSAFE = re.compile(r"[^\w .,:-]")  # zsh runs what it is given, and rich reads markup in it
_SHELLS = {
    "bash": (".bash_completions/coach.sh", ".bashrc", "source ~/.bash_completions/coach.sh"),
    "zsh": (".zfunc/_coach", ".zshrc", "fpath+=~/.zfunc; autoload -Uz compinit; compinit"),
    "fish": (".config/fish/completions/coach.fish", "", ""),
}
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
    try:
        return list(setting.catalogue.names()) if isinstance(setting, Setting) else []
    except CoachError:  # a shell has no place to tell it
        return []


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
        if isinstance(session, Session) and is_wished(session) and not _UNSAFE.search(session.id):
            about = _UNSAFE.sub("", session.about or session.title)
            yield session.id, f"{write_weekday(session.started.date())}: {about}"


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
        for path in _write(shell):
            print(_("Written to {path}.").format(path=path))
        print(_("It works in a new window."))
    else:
        what = _("the shell '{shell}' cannot be completed for").format(shell=shell)
        raise CoachError(Problem("--install-completion", what, _("use one of: {words}").format(words=", ".join(_SHELLS))))
    raise typer.Exit


def _write(shell: str) -> Iterator[Path]:
    """Yield what is written: what the shell is to do, and once a line in its start-up file, after what is there."""
    from coach import files  # only here

    script, start, line = _SHELLS[shell]
    user = user_folder()
    text = import_module("typer.completion").get_completion_script(prog_name="coach", complete_var=ASKED_FOR, shell=shell)
    path = user / script
    path.parent.mkdir(parents=True, exist_ok=True)
    files.write(path, f"{text}\n".encode())
    yield path
    if start and line.encode() not in ((user / start).read_bytes() if (user / start).exists() else b""):
        with (user / start).open("ab") as file:  # whatever it holds, in whatever encoding
            file.write(f"\n{line}\n".encode())
        yield user / start


def _shell() -> str:
    """Return the name of the shell that called us, or ""."""
    shellingham = import_module("shellingham")  # typer finds it by this too
    try:
        return str(shellingham.detect_shell()[0])
    except shellingham.ShellDetectionFailure:
        return ""
