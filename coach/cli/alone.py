"""What the program shows where no command is named; it needs no typer, which takes half of the time."""

from __future__ import annotations

from coach import __version__
from coach.cli.context import Setting
from coach.cli.message import say


def show_alone(setting: Setting, *, version: bool) -> None:
    """Show the version, or where you are."""
    if version:
        say(f"coach {__version__}")
    else:
        from coach.cli.status import show_overview  # reads sessions

        show_overview(setting)
