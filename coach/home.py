"""Which folder, and which language."""

from __future__ import annotations

import locale
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from coach.errors import Problem, UsageError
from coach.language import LANGUAGES, _

_LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


@dataclass(frozen=True, slots=True)
class Home:
    """The folder that holds a person's own sequences and sessions; `reason` says how it was found."""

    folder: Path
    reason: str

    @property
    def prompts(self) -> Path:
        """The folder of one's own sequences."""
        return self.folder / "prompts"

    @property
    def sessions(self) -> Path:
        """The folder of the logs."""
        return self.folder / "sessions"


def find_home(given: str | None, environment: Mapping[str, str], working: Path, user: Path) -> Home:
    """Return the folder given, that of COACH_HOME, the nearest one upward with prompts/ and sessions/, or ~/coach."""
    if given:
        return Home(Path(given).expanduser().absolute(), "--home")
    if from_environment := environment.get("COACH_HOME"):
        return Home(Path(from_environment).expanduser().absolute(), "COACH_HOME")
    for folder in (working, *working.parents):
        if (folder / "prompts").is_dir() and (folder / "sessions").is_dir():
            return Home(folder, _("the nearest folder with prompts/ and sessions/"))
    return Home(user / "coach", _("the usual place"))


def choose_language(given: str | None, environment: Mapping[str, str]) -> str:
    """Return the language given, that of COACH_LANG, that of the locale, or English.

    Raises:
        UsageError: when a language is asked for that the coach does not speak.

    """
    for where, wanted in (("--lang", given), ("COACH_LANG", environment.get("COACH_LANG"))):
        if wanted in LANGUAGES:
            return wanted
        if wanted:
            what = _("the language '{language}' is not spoken here").format(language=wanted)
            raise UsageError(Problem(where, what, _("use one of: {words}").format(words=", ".join(LANGUAGES))))
    spoken = next((environment[name] for name in _LOCALE_VARIABLES if environment.get(name)), None) or _system_locale()
    return next((language for language in LANGUAGES if spoken.casefold().startswith(language)), "en")


def _system_locale() -> str:
    """Return the locale where no variable tells it, as on Windows."""
    return locale.getlocale()[0] or ""
