"""What is run by a word alone or by nothing at all; it needs no typer, which takes as long to load as the rest."""

from __future__ import annotations

from coach import __version__
from coach.cli.context import Setting
from coach.cli.message import say

SHIPPED = ("prepare", "reflect", "map", "follow-up")
ALONE = ("--version", *SHIPPED)


def run_alone(setting: Setting, word: str = "") -> int:
    """Show where you are or the version, or hold a conversation, and return the exit code."""
    if word in SHIPPED:
        from coach.cli.runner import start
        from coach.conversation.start import Wishes

        return start(setting, word, Wishes(), answers=None, plain=False, remarks=True)
    if word:
        say(f"coach {__version__}")
    else:
        from coach.cli.status import show_overview  # reads sessions

        show_overview(setting)
    return 0
