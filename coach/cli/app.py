"""The program: the commands, a module a group, put together when the language is known."""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING, cast

from coach.cli.completion import ASKED_FOR, command_line
from coach.language import _

if TYPE_CHECKING:
    from typer.core import TyperGroup


_ALONE = ("", "--version")  # these run no command

MODULES = {
    "talk": ("prepare", "reflect", "map", "follow-up", "run", "resume"),
    "done": ("done",),
    "hear": ("hear",),
    "demo": ("demo",),
    "read": ("list", "show", "card", "where"),
    "look_back": ("search", "fears", "patterns", "year"),
    "share": ("report", "export"),
    "check": ("check",),
    "forget": ("forget",),
    "seal": ("seal", "unseal"),
    "sequences": ("sequences",),
}
"""The modules of this package with the commands they define, in the order of the help."""


def build(typed: str = "--help") -> TyperGroup:
    """Return the program in the language that is spoken; only with the module of the command that was typed where it is known."""
    import typer

    from coach.cli.localised import SpokenGroup, overview, speak_completion  # their help is in the language

    app = typer.Typer(
        name="coach",
        help=_("A reflection coach, for before and after your hardest conversations."),
        epilog=_("Everywhere: --lang nl|en and --home FOLDER. Nothing you write leaves this computer."),
        context_settings={"help_option_names": ["-h", "--help"]},
        pretty_exceptions_enable=False,
        cls=SpokenGroup,
        callback=overview,
        invoke_without_command=True,
    )
    if is_completed := ASKED_FOR in os.environ:
        typed = next(iter(command_line()), "")
    is_alone = typed in _ALONE and not is_completed
    needed = [name for name, commands in MODULES.items() if typed in commands]
    for name in needed or ([] if is_alone else MODULES):
        import_module(f"coach.cli.{name}").add_to(app)
    program = cast("TyperGroup", typer.main.get_command(app))
    speak_completion(program)
    return program
