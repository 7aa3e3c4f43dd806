"""What sealing does when something is not as it should be, and what it leaves alone."""

import os
from base64 import b85decode
from datetime import timedelta
from pathlib import Path

import pytest

from coach.logs.encryption import identity
from shelf import MONDAY, Result, coach, make_shelf, put
from systems import needs_links, needs_modes
from test_sealed import KEY, PASSPHRASE, SECRET  # without pyrage these tests are skipped as those are

KEYS = {"key.age": b85decode(KEY), "key.pub": f"{identity(SECRET).to_public()}\n".encode()}


def with_passphrase(home: Path, typed: str, *arguments: str) -> Result:
    """Run a command that reads the passphrase, and what else it asks for in secret, from a file descriptor."""
    reading, writing = os.pipe()
    os.write(writing, typed.encode())
    os.close(writing)
    try:
        return coach(home, *arguments, COACH_PASSPHRASE_FD=str(reading))
    finally:
        os.close(reading)


def files(home: Path) -> dict[str, bytes]:
    return {path.relative_to(home).as_posix(): path.read_bytes() for path in home.rglob("*") if path.is_file()}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a home with two logs and the keys that are to seal them."""
    shelf = make_shelf(tmp_path)
    for day in (0, 1):
        put(shelf, MONDAY + timedelta(days=day), fear="That she leaves.")
    for name, data in KEYS.items():
        (shelf / name).write_bytes(data)
        (shelf / name).chmod(0o600)
    return shelf


def test_sealing_takes_the_logs_and_nothing_else(home: Path) -> None:
    others = {"sessions/.hidden.md": b"hidden", "sessions/notes.txt": b"notes"}
    for name, data in others.items():
        (home / name).write_bytes(data)
    done = coach(home, "seal")
    assert (done.code, done.out.split("\n")[0], done.err) == (0, "2 logs were sealed.", "")
    assert {name: data for name, data in files(home).items() if name in others} == others
    assert sorted(path.name for path in (home / "sessions").glob("2*")) == [
        "2026-03-02-090000-prepare.md.age",
        "2026-03-03-090000-prepare.md.age",
    ]


@needs_links
def test_a_log_that_cannot_be_sealed_is_named_and_the_others_are_sealed(home: Path, tmp_path: Path) -> None:
    victim, link = tmp_path / "victim.md", home / "sessions" / "2026-03-03-090000-prepare.md"
    link.rename(victim)
    link.symlink_to(victim)
    kept = victim.read_bytes()
    assert coach(home, "seal") == Result(
        1,
        "1 log was sealed.\n",
        "2026-03-03-090000-prepare.md: it is a link to another place; take the link away\n"
        "these are not sealed yet; mend them and run coach seal once more\n",
    )
    assert victim.read_bytes() == kept


def test_a_wrong_passphrase_opens_no_log_and_keeps_both_keys(home: Path) -> None:
    coach(home, "seal")
    before = files(home)
    message = "that is not the passphrase, or the key is damaged; try again, or use: coach unseal --recover"
    assert with_passphrase(home, "not this one\n", "unseal") == Result(1, "", f"{home / 'key.age'}: {message}\n")
    assert files(home) == before


def test_the_recovery_key_can_be_typed_over_three_times_and_no_more(tmp_path: Path) -> None:
    home = make_shelf(tmp_path)
    done = with_passphrase(home, "8 signs!\n8 signs!\n" + "wrong\n" * 9, "seal")
    assert done.out.count("That is not the recovery key. Look at your paper again.") == 3
    assert (done.code, done.err) == (1, "the recovery key was not proved; nothing was changed; begin again with: coach seal\n")
    assert not (home / "key.age").exists()


def test_a_passphrase_has_eight_letters_at_least(tmp_path: Path) -> None:
    done = with_passphrase(make_shelf(tmp_path), "7 signs\n", "seal")
    message = "this passphrase is too short to protect anything; take at least eight letters; four words are better\n"
    assert (done.code, done.err) == (1, message)


@needs_modes
def test_a_key_that_others_could_read_is_made_private(home: Path) -> None:
    coach(home, "seal")
    (home / "key.age").chmod(0o644)
    assert with_passphrase(home, f"{PASSPHRASE}\n", "list").code == 0
    assert (home / "key.age").stat().st_mode & 0o777 == 0o600
