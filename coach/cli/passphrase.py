"""Asks for a passphrase: of a person at the terminal, or on a file descriptor that another program opened."""

from __future__ import annotations

import os
from getpass import getpass

from coach.errors import Problem
from coach.language import _
from coach.logs.encryption import LockedError, is_begun


def ask_passphrase(descriptor: str, text: str = "") -> str:
    """Return the passphrase; it never stands in an argument or an environment variable, where other programs can see it.

    Raises:
        LockedError: when nobody can be asked.

    """
    if descriptor.isdecimal():
        return _line(int(descriptor))
    try:
        if os.name != "nt":
            os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))  # else it would be read from the answers in a pipe
        return getpass((text or _("Passphrase of your logs:")) + " ")
    except (EOFError, OSError):
        raise LockedError(Problem("", _("a passphrase is needed, and nobody can be asked"), _("run it in a terminal"))) from None


def ask_secret_key(descriptor: str, text: str) -> str:
    """Return a secret key as it was typed over, which may take several lines.

    Raises:
        LockedError: when nobody can be asked.

    """
    typed = ask_passphrase(descriptor, text)
    while is_begun(typed) and (more := ask_passphrase(descriptor, _("The rest of it (Enter begins again):"))):
        typed += more
    return typed


def _line(descriptor: int) -> str:
    """Return the next line of an open file, read byte by byte so that the rest stays for who asks next."""
    data = b""
    while (byte := os.read(descriptor, 1)) not in {b"", b"\n"}:
        data += byte
    return data.decode("utf-8", "replace")
