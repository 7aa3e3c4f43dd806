"""Where and for whom a command runs."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from coach.home import Home
from coach.window import is_terminal

if TYPE_CHECKING:
    from coach.logs.library import Library
    from coach.sequences.catalogue import Catalogue

PASSPHRASE_FD = "COACH_PASSPHRASE_FD"  # noqa: S105 # the name of a variable


class Setting(NamedTuple):
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
        from coach.sequences.catalogue import Catalogue, shipped_folder  # YAML is only needed where it is read

        return Catalogue(language, self.home.prompts, shipped_folder(), self.working)

    @property
    def library(self) -> Library:
        """The sessions there are."""
        return _library(self.home, self.environment.get(PASSPHRASE_FD, ""))


@cache
def _library(home: Home, passphrase_fd: str) -> Library:
    """Return the one library of a home: it asks for a passphrase once."""
    from coach.logs.encryption import Seal
    from coach.logs.library import Library

    def ask() -> str:
        from coach.cli.passphrase import ask_passphrase  # only where something is sealed

        return ask_passphrase(passphrase_fd)

    return Library(home.sessions, Seal(home.folder, ask))


def now() -> datetime:
    """Return the local time, to the second, with its offset."""
    return datetime.now().astimezone().replace(microsecond=0)


def is_person() -> bool:
    """Return whether somebody sits at a terminal, who can be asked what to do."""
    return is_terminal(sys.stdin) and is_terminal(sys.stdout)


def has_keys(environment: Mapping[str, str]) -> bool:
    """Return whether somebody sits at a terminal that can do more than write lines, and wants more."""
    return is_person() and not environment.get("ACCESSIBLE") and environment.get("TERM") not in {"dumb", "unknown"}
