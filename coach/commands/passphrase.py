"""Asks for a passphrase: of a person at the terminal, or on a file descriptor that another program opened."""

from __future__ import annotations

import os
from getpass import getpass

from coach.errors import CoachError, Problem
from coach.language import _


def ask_passphrase(descriptor: str, text: str = "") -> str:
    """Return the passphrase; it never stands in an argument or an environment variable, where other programs can see it.

    Raises:
        CoachError: when nobody can be asked.

    """
    if descriptor.isdecimal():
        return _line(int(descriptor))
    try:
        return getpass((text or _("Passphrase of your logs:")) + " ")
    except EOFError:
        raise CoachError(Problem("", _("no passphrase was given"), _("run it in a terminal"))) from None


def _line(descriptor: int) -> str:
    """Return the next line of an open file, read byte by byte so that the rest stays for who asks next."""
    data = b""
    while (byte := os.read(descriptor, 1)) not in {b"", b"\n"}:
        data += byte
    return data.decode("utf-8", "replace")
