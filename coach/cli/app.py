"""The commands, a module a group; they are put together when the language is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

from coach.home import Home
from coach.language import _

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from typer.core import TyperGroup

    from coach.logs.library import Library
    from coach.sequences.catalogue import Catalogue

_ALONE = ("--version",)
PASSPHRASE_FD = "COACH_PASSPHRASE_FD"  # noqa: S105 # the name of a variable


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and for whom a command runs."""

    home: Home
    language: str
    working: Path
    environment: Mapping[str, str]

    @property
    def catalogue(self) -> Catalogue:
        """The sequences there are."""
        return self.catalogue_in(self.language)

    def catalogue_in(self, language: str) -> Catalogue:
        """Return the sequences in a language."""
        from coach.sequences.catalogue import Catalogue, shipped_folder  # noqa: PLC0415 # YAML is only needed where it is read

        return Catalogue(language, self.home.prompts, shipped_folder(), self.working)

    @property
    def library(self) -> Library:
        """The sessions there are."""
        return _library(self.home, self.environment.get(PASSPHRASE_FD, ""))


@cache
def _library(home: Home, passphrase_fd: str) -> Library:
    """Return the one library of a home: it asks for a passphrase once."""
    from coach.logs.encryption import Seal  # noqa: PLC0415
    from coach.logs.library import Library  # noqa: PLC0415

    def ask() -> str:
        from coach.cli.passphrase import ask_passphrase  # noqa: PLC0415 # only where something is sealed

        return ask_passphrase(passphrase_fd)

    return Library(home.sessions, Seal(home.folder, ask))


@dataclass(frozen=True, slots=True)
class Wishes:
    """The options a conversation is started with."""

    about: str = ""
    tags: tuple[str, ...] = ()
    follows: str = ""
    answers: Path | None = None
    plain: bool = False
    remarks: bool = True


def now() -> datetime:
    """Return the local time, to the second, with its offset."""
    return datetime.now().astimezone().replace(microsecond=0)


def console(*, errors: bool = False) -> Console:
    """Return the screen; texts on it are never read as markup."""
    from rich.console import Console  # noqa: PLC0415

    return Console(stderr=errors, highlight=False, markup=False, emoji=False)


def show(*parts: RenderableType) -> None:
    """Put something on the screen."""
    screen = console()
    for part in parts:
        screen.print(part)


def show_long(page: RenderableType) -> None:
    """Put something on the screen, in a pager where it is higher than the screen."""
    screen = console()
    if screen.is_terminal and len(screen.render_lines(page)) > screen.height:
        with screen.pager(styles=True):
            screen.print(page)
    else:
        screen.print(page)


MODULES = {
    "cli.talk": ("prepare", "reflect", "map", "follow-up", "run", "resume"),
    "cli.hear": ("hear",),
    "commands.demo": ("demo",),
    "cli.read": ("list", "show", "card", "where"),
    "cli.look_back": ("search", "fears", "patterns"),
    "cli.share": ("report", "export"),
    "cli.guard": ("seal", "unseal", "forget"),
    "commands.sequences": ("sequences",),
}
"""The modules of this package with the commands they define, in the order of the help."""


def build(wanted: str = "") -> TyperGroup:
    """Return the program in the language that is spoken; only with the module of the command `wanted` where that is known."""
    import typer  # noqa: PLC0415

    from coach.cli.localised import SpokenGroup, overview, speak_completion  # noqa: PLC0415 # their help is in the language

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
    needed = [name for name, commands in MODULES.items() if wanted in commands]
    for name in needed or ([] if wanted in _ALONE else MODULES):
        import_module(f"coach.{name}").add_to(app)
    program = cast("TyperGroup", typer.main.get_command(app))
    speak_completion(program)
    return program
