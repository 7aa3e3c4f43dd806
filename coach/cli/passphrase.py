"""Asks for a passphrase: of a person at the terminal, or on a file descriptor that another program opened."""

from __future__ import annotations

import os
import sys
from getpass import getpass

from coach.cli.message import say
from coach.errors import Problem
from coach.language import _
from coach.logs.encryption import LockedError, is_begun
from coach.window import is_terminal


def ask_passphrase(descriptor: str, text: str = "") -> str:
    """Return the passphrase; it never stands in an argument or an environment variable, where other programs can see it.

    Raises:
        LockedError: when nobody can be asked.

    """
    try:
        if descriptor.isdecimal():
            return _line(int(descriptor))
        _check_terminal()
        return getpass((text or _("Passphrase of your logs:")) + " ")
    except (EOFError, OSError) as error:
        if isinstance(error, EOFError):  # Ctrl-D leaves what comes next on the same line
            say("", sys.stderr)
        raise LockedError(Problem("", _("a passphrase is needed, and nobody can be asked"), _("run it in a terminal"))) from None


def _check_terminal() -> None:
    """See that there is a terminal to ask at; without one getpass reads the answers in a pipe, or for ever on Windows.

    Raises:
        OSError: when there is none.

    """
    if sys.platform != "win32":
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
    elif not any(map(is_terminal, (sys.stdin, sys.stdout, sys.stderr))):  # a service, or a window of Git Bash
        raise OSError


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
    return data.removesuffix(b"\r").decode("utf-8-sig", "replace")
