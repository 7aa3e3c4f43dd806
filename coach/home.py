"""Which folder and which language, and who else gets to see that folder."""

from __future__ import annotations

import locale
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from coach.errors import CoachError, Problem, UsageError
from coach.language import LANGUAGES, _

_LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
_NO_LANGUAGE = ("C", "POSIX")  # then gettext does not look at LANGUAGE either
_NAMED = ("--home", "COACH_HOME")
_SIGNS = {
    "Dropbox": (".dropbox", ".dropbox.cache"),
    "Syncthing": (".stfolder",),
    "Nextcloud": (".nextcloudsync.log", ".owncloudsync.log"),
}
_NAMES = {
    "dropbox": "Dropbox",
    "onedrive": "OneDrive",
    "google drive": "Google Drive",
    "nextcloud": "Nextcloud",
    "mobile documents": "iCloud",
}
_IGNORE, _IGNORES_ALL = ".gitignore", "*"


class Home(NamedTuple):
    """The folder of a person's own sequences and sessions; `reason` says how it was found, `is_nearest` that one is in it."""

    folder: Path
    reason: str
    is_nearest: bool = False

    @property
    def is_named(self) -> bool:
        """Whether a person named it, so that it may stand anywhere."""
        return self.reason in _NAMED

    @property
    def prompts(self) -> Path:
        """The folder of one's own sequences."""
        return self.folder / "prompts"

    @property
    def sessions(self) -> Path:
        """The folder of the logs."""
        return self.folder / "sessions"


def find_home(given: str, environment: Mapping[str, str], working: Path, user: Callable[[], Path]) -> Home:
    """Return the folder given, that of COACH_HOME, the nearest one upward with prompts/ and sessions/, or ~/coach.

    `working` is relative where the folder one is in is gone.

    Raises:
        CoachError: when it stands in the folder of a person or a place that is not known.

    """
    for where, text in zip(_NAMED, (given, environment.get("COACH_HOME")), strict=True):
        if not text:
            continue
        folder = working / without_tilde(text, where)
        if not folder.is_absolute():
            what = _("the folder you are in is not there any more")
            raise UsageError(Problem(where, what, _("go to another one, or write the whole path")))
        return Home(folder, where)
    for folder in (working, *working.parents):
        if (folder / "prompts").is_dir() and (folder / "sessions").is_dir():
            return Home(folder, _("where you are now, or above it"), is_nearest=True)
    return Home(user() / "coach", _("the usual place"))


def without_tilde(path: str, where: str) -> Path:
    """Return a path with the folder of a person in the place of `~`.

    Raises:
        CoachError: when there is no such person here.

    """
    try:
        return Path(path).expanduser()
    except RuntimeError:
        person = path.partition("/")[0]
        what = _("'{person}' is nobody's folder here").format(person=person)
        raise CoachError(Problem(where, what, _("write the whole path"))) from None


def choose_language(given: str | None, environment: Mapping[str, str], spoken: str) -> str:
    """Return the language given, that of COACH_LANG, or the one `spoken` by the system.

    Raises:
        UsageError: when a language is asked for that the coach does not speak.

    """
    for where, wanted in (("--lang", given), ("COACH_LANG", environment.get("COACH_LANG"))):
        if wanted and wanted in LANGUAGES:
            return wanted
        if wanted:
            what = _("the language '{language}' is not spoken here").format(language=wanted)
            raise UsageError(Problem(where, what, _("use one of: {words}").format(words=", ".join(LANGUAGES))))
    return spoken


def system_language(environment: Mapping[str, str]) -> str:
    """Return the first language of the system that the coach speaks, or English."""
    spoken = next((environment[name] for name in _LOCALE_VARIABLES if environment.get(name)), "") or _system_locale()
    preferred = "" if spoken.partition(".")[0] in _NO_LANGUAGE else environment.get("LANGUAGE", "")
    return next((code for name in (*preferred.split(":"), spoken) if (code := _code(name)) in LANGUAGES), "en")


def _code(name: str) -> str:
    """Return the two letters of a language, however a system names it: `nl_BE.UTF-8`, `nl-NL`, `Dutch_Netherlands`."""
    return locale.normalize(re.split(r"[-_.@ ]", name)[0]).partition("_")[0].lower()


def _system_locale() -> str:
    """Return the locale where no variable tells it, as on Windows."""
    return locale.getlocale()[0] or ""


def warning(folder: Path) -> str:
    """Return what to say before the first log is put in a folder that others may get to see, or ""."""
    program = next((name for place in _places(folder) if (name := _synchroniser(place))), "")
    if program:
        return _("Take note: {program} copies this folder to other computers, and your words with it: {folder}").format(
            program=program, folder=folder
        )
    if not is_versioned(folder) or not (folder / _IGNORE).exists() or is_ignored(folder):  # where there is none yet, we put one
        return ""
    return _("Take note: this folder is under version control, and its .gitignore does not keep your logs out: {folder}").format(
        folder=folder
    )


def is_versioned(folder: Path) -> bool:
    """Return whether a folder is under version control."""
    return any((place / ".git").exists() for place in _places(folder))


def is_workplace(folder: Path) -> bool:
    """Return whether a folder holds a program, as it was downloaded or under version control: such a folder is thrown away."""
    return is_versioned(folder) or (folder / "pyproject.toml").is_file()


def _places(folder: Path) -> tuple[Path, ...]:
    return (folder.resolve(), *folder.resolve().parents)


def _synchroniser(place: Path) -> str:
    """Return the name of the program that copies a folder elsewhere, or ""."""
    known = next((name for word, name in _NAMES.items() if place.name.casefold().startswith(word)), "")
    return known or next((name for name, signs in _SIGNS.items() if any((place / sign).exists() for sign in signs)), "")


def is_ignored(folder: Path) -> bool:
    """Return whether all in a folder is kept out of version control."""
    try:
        lines = (folder / _IGNORE).read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError:
        return False
    return _IGNORES_ALL in (line.strip() for line in lines)
