"""The program: the commands, a module a group, put together when the language is known."""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING, cast

from coach.language import _
from coach.program import ASKED_FOR

if TYPE_CHECKING:
    from typer.core import TyperGroup


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
    if ASKED_FOR in os.environ:
        from coach.cli.completion import command_line

        typed = next(iter(command_line()), "")
    for name in [name for name, commands in MODULES.items() if typed in commands] or MODULES:
        import_module(f"coach.cli.{name}").add_to(app)
    program = cast("TyperGroup", typer.main.get_command(app))
    speak_completion(program)
    return program
