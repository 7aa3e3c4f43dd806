"""Where and for whom a command runs."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING

from coach.errors import CoachError, Problem, UsageError
from coach.home import Home, find_home
from coach.language import _
from coach.window import is_terminal

if TYPE_CHECKING:
    from coach.logs.library import Library
    from coach.sequences.catalogue import Catalogue

PASSPHRASE_FD = "COACH_PASSPHRASE_FD"  # noqa: S105 # the name of a variable


@dataclass(frozen=True)
class Setting:
    """Where and for whom a command runs: what is not asked for is not looked up."""

    language: str
    environment: Mapping[str, str]
    home_asked_for: str = ""

    @cached_property
    def home(self) -> Home:
        """The folder of one's own sequences and sessions."""
        return find_home(self.home_asked_for, self.environment, self.working, user_folder)

    @cached_property
    def working(self) -> Path:
        """The folder one is in."""
        return working_folder()

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


def user_folder() -> Path:
    """Return a person's own folder.

    Raises:
        CoachError: when the system does not know it.

    """
    try:
        return Path.home()
    except RuntimeError:
        cure = _("name a folder with --home or COACH_HOME")
        raise CoachError(Problem("HOME", _("this system does not tell which folder is yours"), cure)) from None


def working_folder() -> Path:
    """Return the folder one is in, or a relative path where that is gone."""
    try:
        return Path.cwd()
    except OSError:
        return Path()


def now() -> datetime:
    """Return the local time, to the second, with its offset."""
    return datetime.now().astimezone().replace(microsecond=0)


def is_person() -> bool:
    """Return whether somebody sits at a terminal, who can be asked what to do."""
    return is_terminal(sys.stdin) and is_terminal(sys.stdout)


def refuse_a_file() -> None:
    """Refuse to ask a person who would not see the questions, because what is shown goes into a file.

    Raises:
        UsageError: when it does.

    """
    if is_terminal(sys.stdin) and S_ISREG(os.fstat(sys.stdout.fileno()).st_mode):
        cure = _("leave `> FILE` away, what you write is kept by itself")
        raise UsageError(Problem("", _("the questions would go into a file"), cure))


def has_keys(environment: Mapping[str, str]) -> bool:
    """Return whether somebody sits at a terminal that can do more than write lines, and wants more."""
    wants_keys = is_person() and not environment.get("ACCESSIBLE") and environment.get("TERM") not in {"dumb", "unknown"}
    return wants_keys and _can_be_watched()


def _can_be_watched() -> bool:
    """Return whether the system tells when something is typed: some do not for every terminal, and keys are read that way."""
    if sys.platform == "win32":
        return True  # its console is watched in another way
    from selectors import EVENT_READ, DefaultSelector  # only where questions are asked

    try:
        with DefaultSelector() as selector:
            selector.register(sys.stdin, EVENT_READ)
    except OSError:
        return False
    return True
