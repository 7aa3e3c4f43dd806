"""Closes and opens logs with the age format: closing needs the public keys alone, opening the passphrase.

The keys lie in the home: `key.age`, the secret key under the passphrase, and `key.pub`, the public halves of that key and of
the recovery key, a line each. `age -d -i key.age FILE` opens a log without this program. Beside the secret key the public ones
lie in `key.age` too, as remarks: it alone is enough to go on.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable
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
_TOO_SLOW = "Excessive work"  # what the library says where opening would take it more than some 16 seconds
_WORK = re.compile(rb"-> scrypt \S+ (\d+)")
_X25519 = b"\n-> X25519 "
_PUBLIC = re.compile(r"\bage1[02-9ac-hj-np-z]{58}\b")
_PREFIX = "AGE-SECRET-KEY-1"
_BARE_PREFIX = _PREFIX.replace("-", "")
_KEY_LENGTH = 58  # signs of a secret key behind its prefix
_MISTAKEN = str.maketrans({"O": "0", "I": "L", "1": "L", "B": "8"})  # signs that a key never has, and what they were read for


class Seal:
    """The keys of one home; nothing is sealed while there are none."""

    def __init__(self, folder: Path, ask: Callable[[], str]) -> None:
        """`ask` asks for the passphrase."""
        self.key, self.public = folder / "key.age", folder / "key.pub"
        self._ask = ask
        self._identity: x25519.Identity | None = None
        self._in_key: tuple[str, ...] = ()

    @property
    def is_set(self) -> bool:
        """Whether logs are sealed from now on: there is a key, be it one that is still to come from elsewhere."""
        paths = (self.public, self.key)
        return any(os.path.lexists(place) for path in paths for place in (path, path.with_name(f".{path.name}.icloud")))

    @property
    def lacks_public(self) -> bool:
        """Whether the public keys are not in a file of their own."""
        return not os.path.lexists(self.public)

    @property
    def is_open(self) -> bool:
        """Whether logs can be opened without asking for the passphrase."""
        return self._identity is not None

    def close(self, data: bytes) -> bytes:
        """Return the data sealed.

        Raises:
            CoachError: when the public keys cannot be read or got: then nothing is written in the clear either.

        """
        age = _age()
        recipients = self.recipients()
        try:
            sealed = bytes(age.encrypt(data, [age.x25519.Recipient.from_str(line) for line in recipients]))
        except (age.RecipientError, age.EncryptError):
            what = _("this file does not hold the public keys that logs are sealed with")
            raise CoachError(Problem(str(self.public), what, _("put it back from a backup"))) from None
        if self._identity and str(self._identity.to_public()) not in recipients:
            what = _("these public keys belong to another key than the one that opens your logs")
            raise CoachError(Problem(str(self.public), what, _("put back the key.age and key.pub that belong together")))
        return sealed

    def recipients(self) -> tuple[str, ...]:
        """Return the public keys; where their file is gone they are taken from the key, which asks for the passphrase.

        Raises:
            CoachError: when they are nowhere.

        """
        if self.lacks_public:
            self._restore()
        return tuple(files.read(self.public).decode("ascii", "replace").split())

    def restore(self, recovery: str) -> None:
        """Write the public keys anew, that of the recovery key from that key itself.

        Raises:
            CoachError: when it is no such key, or the passphrase is not right.

        """
        own = self._unlock().to_public()
        self._write_public(str(own), str(identity(recovery).to_public()))

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
            CoachError: when there is a key already, or the key cannot be written; nothing is sealed then.

        """
        files.make_folder(self.key.parent)
        if self.is_set:
            what = _("there is a key already, and it is never replaced: logs may need it")
            raise CoachError(Problem(str(self.key), what, _("go on with it, or put it away safely first")))
        publics = [str(identity(one).to_public()) for one in (secret, recovery)]
        self._write_key(secret, publics, passphrase)
        self._identity = identity(secret)
        self._write_public(*publics)

    def check_passphrase(self) -> None:
        """Ask for the passphrase, and open the key with it.

        Raises:
            LockedError: when it does not open.

        """
        self._identity = None  # it may be the recovery key
        self._unlock()

    def change_passphrase(self, passphrase: str) -> None:
        """Put the same key under another passphrase; killed at any moment, one of the two opens it.

        Raises:
            CoachError: when the key cannot be opened or written; the old passphrase stays then.

        """
        self._write_key(str(self._unlock()), self.recipients(), passphrase)

    def _write_key(self, secret: str, publics: Iterable[str], passphrase: str) -> None:
        age = _age()
        text = "".join(f"# {public}\n" for public in publics) + f"{secret}\n"
        data = bytes(age.passphrase.encrypt(text.encode(), passphrase))
        try:
            is_right = bytes(age.passphrase.decrypt(data, passphrase)).decode() == text
        except age.DecryptError:  # also where the computer is suddenly too busy for the work that was chosen
            is_right = False
        if not is_right:
            raise CoachError(Problem(str(self.key), _("the key cannot be read back"), _("nothing was changed; try again")))
        files.write(self.key, data)

    def _write_public(self, *publics: str) -> None:
        files.write(self.public, "".join(f"{public}\n" for public in publics).encode())

    def _restore(self) -> None:
        """Take the public keys out of the key, and keep them.

        Raises:
            LockedError: when they are not in it: keys of before did not hold them.

        """
        self._unlock()
        if not self._in_key:
            what = _("the public keys are gone, and this key, which is of an older version, does not hold them")
            cure = _("put key.pub back from a backup, or run {command}: it asks for your recovery key").format(
                command=typed("seal")
            )
            raise LockedError(Problem(str(self.public), what, cure))
        self._write_public(*self._in_key)

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
        except age.DecryptError as error:
            if _TOO_SLOW in str(error):
                what = _("this computer is too busy or too slow now to open the key")
                command = typed("unseal", "--recover")
                cure = _("close other programs and try again, or use: {command}").format(command=command)
                raise LockedError(Problem(str(self.key), what, cure)) from None
            what = _("that is not the passphrase, or the key is damaged")
            raise LockedError(
                Problem(str(self.key), what, _("try again, or use: {command}").format(command=typed("unseal", "--recover")))
            ) from None
        self._in_key = tuple(_PUBLIC.findall(secret))
        return identity(secret)


class LockedError(CoachError):
    """Nothing that is sealed can be opened; said once, not of each file."""


def new_secret() -> str:
    """Return a new secret key, as text."""
    return str(_age().x25519.Identity.generate())


def identity(text: str) -> x25519.Identity:
    """Return the secret key that stands in a text, as people type it over: in capitals or not, in pieces, a letter mistaken.

    Raises:
        CoachError: when there is none.

    """
    age = _age()
    signs = _signs_of(text)
    start = signs.find(_BARE_PREFIX)
    key = signs[start + len(_BARE_PREFIX) :][:_KEY_LENGTH] if start >= 0 else signs
    try:
        return age.x25519.Identity.from_str(_PREFIX + key.translate(_MISTAKEN))
    except age.IdentityError:
        what = _("this is not a secret key")
        raise CoachError(Problem("", what, _("it starts with AGE-SECRET-KEY-1; look for a letter mistaken"))) from None


def _install(package: str) -> str:
    """Return the command that puts a package beside this program, however that was installed."""
    from importlib.util import find_spec  # only where it is lacking

    here = python(sys.executable)
    return f"{here} -m pip install {package}" if find_spec("pip") else f"uv pip install --python {here} {package}"


def is_begun(text: str) -> bool:
    """Return whether a text is the beginning of a secret key, and the rest is still to come."""
    signs = _signs_of(text)
    return signs.startswith(_BARE_PREFIX) and len(signs) < len(_BARE_PREFIX) + _KEY_LENGTH


def _signs_of(text: str) -> str:
    """Return the letters and digits of a text, but for remarks: blanks, line breaks and dashes of any kind say nothing."""
    lines = (line for line in text.upper().split("\n") if not line.lstrip().startswith("#"))
    return "".join(sign for line in lines for sign in line if sign.isascii() and sign.isalnum())


def _age() -> ModuleType:
    """Return the library, which is only loaded where something is sealed."""
    try:
        import pyrage
    except ImportError:
        cure = _("install it with: {command}").format(command=_install("pyrage"))
        raise LockedError(Problem("", _("sealed logs need the package pyrage"), cure)) from None
    module: ModuleType = pyrage
    return module
