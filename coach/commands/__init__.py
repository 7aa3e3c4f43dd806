"""The commands, a module a group; they are put together when the language is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

from coach.home import Home
from coach.language import _

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from typer.core import TyperGroup

    from coach.catalogue import Catalogue
    from coach.library import Library

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
        from coach.catalogue import Catalogue, shipped_folder  # noqa: PLC0415 # YAML is only needed where it is read

        return Catalogue(language, self.home.prompts, shipped_folder(), self.working)

    @property
    def library(self) -> Library:
        """The sessions there are."""
        return _library(self.home, self.environment.get(PASSPHRASE_FD, ""))


@cache
def _library(home: Home, passphrase_fd: str) -> Library:
    """Return the one library of a home: it asks for a passphrase once."""
    from coach.library import Library  # noqa: PLC0415
    from coach.seal import Seal  # noqa: PLC0415

    def ask() -> str:
        from coach.commands.passphrase import ask_passphrase  # noqa: PLC0415 # only where something is sealed

        return ask_passphrase(passphrase_fd)

    return Library(home.sessions, Seal(home.folder, ask))


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


def build() -> TyperGroup:
    """Return the program in the language that is spoken."""
    import typer  # noqa: PLC0415

    from coach.commands import conversations, demo, guarding, looking_back, reading, sequences  # noqa: PLC0415 # their help is in the language
    from coach.commands.spoken import Panels, SpokenGroup, speak_completion  # noqa: PLC0415

    app = typer.Typer(
        name="coach",
        help=_("A reflection coach, for before and after your hardest conversations."),
        epilog=_("Everywhere: --lang nl|en and --home FOLDER. Nothing you write leaves this computer."),
        context_settings={"help_option_names": ["-h", "--help"]},
        pretty_exceptions_enable=False,
        cls=SpokenGroup,
    )
    conversations.add_to(app)
    demo.add_to(app)
    reading.add_to(app)
    looking_back.add_to(app)
    guarding.add_to(app)
    help_ = _("See, copy, write and check sequences.")
    app.add_typer(sequences.build(), name="sequences", help=help_, rich_help_panel=Panels.OWN)
    program = cast("TyperGroup", typer.main.get_command(app))
    speak_completion(program)
    return program
