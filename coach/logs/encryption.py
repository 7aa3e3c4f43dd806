"""Closes and opens logs with the age format: closing needs the public keys alone, opening the passphrase.

The keys lie in the home: `key.age`, the secret key under the passphrase, and `key.pub`, the public halves of that key and of
the recovery key, a line each. `age -d -i key.age FILE` opens a log without this program.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from coach import files
from coach.errors import CoachError, Problem
from coach.language import _
from coach.program import python, typed

if TYPE_CHECKING:
    from pyrage import x25519

SEALED = b"age-encryption.org/v1\n"
MOST_WORK = 20
_WORK = re.compile(rb"-> scrypt \S+ (\d+)")
_X25519 = b"\n-> X25519 "
_SECRET = re.compile(r"AGE-SECRET-KEY-1[0-9A-Z]+")


class Seal:
    """The keys of one home; nothing is sealed while there are none."""

    def __init__(self, folder: Path, ask: Callable[[], str]) -> None:
        """`ask` asks for the passphrase."""
        self.key, self.public = folder / "key.age", folder / "key.pub"
        self._ask = ask
        self._identity: x25519.Identity | None = None

    @property
    def is_set(self) -> bool:
        """Whether logs are sealed from now on."""
        return self.public.exists()

    @property
    def is_open(self) -> bool:
        """Whether logs can be opened without asking for the passphrase."""
        return self._identity is not None

    def close(self, data: bytes) -> bytes:
        """Return the data sealed, or as it is when sealing is not set up.

        Raises:
            CoachError: when the public keys cannot be read: then nothing is written in the clear either.

        """
        if not self.is_set:
            return data
        age = _age()
        recipients = self.public.read_text(encoding="ascii", errors="replace").split()
        try:
            return bytes(age.encrypt(data, [age.x25519.Recipient.from_str(line) for line in recipients]))
        except (age.RecipientError, age.EncryptError):
            what = _("this file does not hold the public keys that logs are sealed with")
            raise CoachError(Problem(str(self.public), what, _("put it back from a backup"))) from None

    def open(self, data: bytes, where: str) -> bytes:
        """Return what a sealed log holds; the passphrase is asked for the first time only.

        Raises:
            CoachError: when it is damaged, or sealed with another key.

        """
        age = _age()
        identity = self._unlock()
        try:
            return bytes(age.decrypt(data, [identity]))
        except age.DecryptError as error:
            if "No matching keys" in str(error) and _X25519 in data:
                what = _("this log is sealed with another key, or its first lines are damaged")
                raise CoachError(Problem(where, what, _("open it with the key.age it was sealed with"))) from None
            raise CoachError(Problem(where, _("this sealed log is damaged"), _("put it back from a backup"))) from None

    def unlock(self, secret: str) -> None:
        """Open logs with the secret key itself: the recovery key.

        Raises:
            CoachError: when it is no such key.

        """
        self._identity = identity(secret)

    def forget(self) -> None:
        """Take the keys away: nothing is sealed any more."""
        for path in (self.public, self.key):
            path.unlink(missing_ok=True)
        self._identity = None

    def set_up(self, passphrase: str, secret: str, recovery: str) -> None:
        """Put the keys in the home, the public ones last: from then on every log is sealed.

        Raises:
            CoachError: when the key cannot be written, or not be read back; nothing is sealed then.

        """
        files.make_folder(self.key.parent)
        files.write(self.key, bytes(_age().passphrase.encrypt(f"{secret}\n".encode(), passphrase)))
        self._ask = lambda: passphrase
        if str(self._unlock()) != secret:
            raise CoachError(Problem(str(self.key), _("the key cannot be read back"), _("nothing was sealed; try again")))
        publics = (identity(secret).to_public(), identity(recovery).to_public())
        files.write(self.public, "".join(f"{public}\n" for public in publics).encode())

    def _unlock(self) -> x25519.Identity:
        if self._identity is None:
            self._identity = self._read_key()
        return self._identity

    def _read_key(self) -> x25519.Identity:
        age = _age()
        if not os.path.lexists(self.key):
            what = _("your logs are sealed, and the key that opens them is not here")
            raise LockedError(
                Problem(
                    str(self.key),
                    what,
                    _("put it back from a backup, or use: {command}").format(command=typed("unseal", "--recover")),
                )
            )
        data = files.read(self.key, private=True)
        work = _WORK.search(data.partition(b"\n---")[0])
        if not data.startswith(SEALED) or work is None:
            raise LockedError(Problem(str(self.key), _("this is not a key under a passphrase"), _("put it back from a backup")))
        if int(work[1][:3]) > MOST_WORK:
            what = _("opening this key would take all the memory of this computer, so it is not from coach")
            raise LockedError(Problem(str(self.key), what, _("put it back from a backup")))
        try:
            secret = bytes(age.passphrase.decrypt(data, self._ask())).decode("ascii", "replace")
        except age.DecryptError:
            what = _("that is not the passphrase, or the key is damaged")
            raise LockedError(
                Problem(str(self.key), what, _("try again, or use: {command}").format(command=typed("unseal", "--recover")))
            ) from None
        return identity(secret)


class LockedError(CoachError):
    """Nothing that is sealed can be opened; said once, not of each file."""


def new_secret() -> str:
    """Return a new secret key, as text."""
    return str(_age().x25519.Identity.generate())


def identity(text: str) -> x25519.Identity:
    """Return the secret key that stands in a text, typed in capitals or not, with or without spaces.

    Raises:
        CoachError: when there is none.

    """
    age = _age()
    match = _SECRET.search("".join(line for line in text.upper().split("\n") if not line.startswith("#")).replace(" ", ""))
    try:
        return age.x25519.Identity.from_str(match[0] if match else "")
    except age.IdentityError:
        what = _("this is not a secret key")
        raise CoachError(Problem("", what, _("it starts with AGE-SECRET-KEY-1; look for a letter mistaken"))) from None


def _install(package: str) -> str:
    """Return the command that puts a package beside this program, however that was installed."""
    from importlib.util import find_spec  # only where it is lacking

    here = python(sys.executable)
    return f"{here} -m pip install {package}" if find_spec("pip") else f"uv pip install --python {here} {package}"


def _age() -> ModuleType:
    """Return the library, which is only loaded where something is sealed."""
    try:
        import pyrage
    except ImportError:
        cure = _("install it with: {command}").format(command=_install("pyrage"))
        raise LockedError(Problem("", _("sealed logs need the package pyrage"), cure)) from None
    module: ModuleType = pyrage
    return module
