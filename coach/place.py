"""What is to be known of the folder the logs are put in."""

from __future__ import annotations

from pathlib import Path

from coach.language import _

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
_IGNORES_ALL = "*"


def warning(folder: Path) -> str:
    """Return what to say before the first log is put in a folder that others may get to see, or ""."""
    places = (folder.resolve(), *folder.resolve().parents)
    program = next((name for place in places if (name := _synchroniser(place))), "")
    if program:
        return _("Take note: {program} copies this folder to other computers, and your words with it: {folder}").format(
            program=program, folder=folder
        )
    if not any((place / ".git").exists() for place in places):
        return ""
    if _is_ignored(folder):
        text = _("This folder is under version control: {folder}\nThe file .gitignore in it keeps your logs out; leave it there.")
    else:
        text = _("Take note: this folder is under version control, and its .gitignore does not keep your logs out: {folder}")
    return text.format(folder=folder)


def _synchroniser(place: Path) -> str:
    """Return the name of the program that copies a folder elsewhere, or ""."""
    known = next((name for word, name in _NAMES.items() if place.name.casefold().startswith(word)), "")
    return known or next((name for name, signs in _SIGNS.items() if any((place / sign).exists() for sign in signs)), "")


def _is_ignored(folder: Path) -> bool:
    """Return whether the logs are kept out of version control; where there is no file yet, we put one."""
    try:
        lines = (folder / ".gitignore").read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError:
        return True
    return _IGNORES_ALL in (line.strip() for line in lines)
