"""Plays the story of the article, with fictional answers, and leaves nothing behind."""

from __future__ import annotations

import typer

from coach.cli.app import Setting
from coach.cli.localised import Panels, SpokenCommand
from coach.language import _


def add_to(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command(
        "demo",
        help=_("See a preparation and a reflection played, with fictional answers."),
        epilog=_("Example: {example}").format(example="coach demo"),
        rich_help_panel=Panels.TALK,
        cls=SpokenCommand,
    )(_demo)


def _demo(context: typer.Context) -> None:
    from coach.cli.demo import demonstrate  # noqa: PLC0415

    setting: Setting = context.obj
    demonstrate(setting)
