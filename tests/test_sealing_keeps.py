"""Sealing loses nothing: two forms are compared, a key alone goes on, and no key goes while something needs it."""

import io
import os
import shutil
import subprocess
from base64 import b85decode
from pathlib import Path

import pytest

from coach.cli import context
from coach.logs.encryption import identity, new_secret
from driver import environ
from inside import run_inside, text_stream
from shelf import MONDAY, Result, coach, make_shelf, put
from systems import SEALING_TOOLS
from test_promises_seal import KEYS
from test_sealed import PASSPHRASE, SECRET, open_with_age  # without pyrage these tests are skipped as those are

pyrage = pytest.importorskip("pyrage")

ID = "2026-03-02-090000-prepare"
RECOVERY = "AGE-SECRET-KEY-1USUHNCTVQLT8XR9655FWVY6LS3ATEGEKW26R2JL8FNEP5EJNEFUQ4EHK2M"
# the key and the passphrase of those tests, with the public keys in it, and with the least work there is
WHOLE_KEY = (
    "VP|D6Wo~0~d2n=TZ*DGca%V4gF$yg{Aai4Kd2n<fN_Imla&9YUOE*DxWmZ;2G;V8oOhF(r3Ql)ZcyCQ<S$9Q6Y*utoWkp6)WjA+f"
    "GB9yLZ)s*Ud38lIPHsd*HFr)l3N0-yAZlY+LsD8+K{ZfTWm<Vca4}U^PGW0xLs&C)XLKt=L`G6>bvI8)PIp>K3MFcbnl}kNsmTz<"
    "U*wWs#A~)qNc@pgkTlhSq;3J7V`)dxxjwVt9<`s_qQ%*Nr?oM1(@fg(#Q3D0yt}?&C^r9jU&j2;1a4Pxth|d7y?if%$5}UKyrzmF"
    "R4Q-^cL!L%=FC3&q~a6)Ch0~o==6|@oR#WcJ=VGSwQkBMEP}2;n-RGouc+*EQ<1_|F}CbR24M&kuqw}Wa^>GZlW-)7t!VNYiMUS{"
    "h~SejiEs%&99Bgka7v9L*&<jw!V6mvPLXqdzo>Z1UVW`tw)*4G^t+Ek7f1&025k*tG~UW+k8V>@atO2O+rI"
)
PUBLIC = f"{identity(SECRET).to_public()}"


def with_passphrase(home: Path, secrets: str, *arguments: str) -> Result:
    """Run a command that reads what is secret from a descriptor, as a program of its own would: with nothing open yet."""
    return run_with(home, "", secrets.rstrip("\n"), *arguments)


def sealed(content: bytes) -> bytes:
    return bytes(pyrage.encrypt(content, [pyrage.x25519.Recipient.from_str(PUBLIC)]))


def opened(path: Path) -> bytes:
    return bytes(pyrage.decrypt(path.read_bytes(), [identity(SECRET)]))


def names(home: Path) -> list[str]:
    folder = home / "sessions"
    found = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return [name for name in found if name != ".gitignore"]


def keys(home: Path, *left: str) -> Path:
    for name in left:
        (home / name).write_bytes(KEYS[name])
        (home / name).chmod(0o600)
    return home


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return keys(make_shelf(tmp_path), *KEYS)


def versions(home: Path) -> tuple[bytes, bytes]:
    """Return an older version of a session, of before its last answer, and the newer one; its plain file is there."""
    put(home, MONDAY, fear="That she leaves.", finished=False)
    path = home / "sessions" / f"{ID}.md"
    older = path.read_bytes()
    put(home, MONDAY, fear="That she leaves.", step="Call her.")
    return older, path.read_bytes()


def test_an_old_plain_copy_that_comes_back_never_takes_the_place_of_the_newer_sealed_one(home: Path) -> None:
    older, newer = versions(home)
    (home / "sessions" / f"{ID}.md").write_bytes(older)
    (home / "sessions" / f"{ID}.md.age").write_bytes(sealed(newer))
    shown = with_passphrase(home, f"{PASSPHRASE}\n", "list")
    assert shown.out == f"{ID}  S.  prepared\n"
    assert f"{ID}.md: this is another version of {ID}; coach seal or coach unseal keeps both, under two names" in shown.err
    assert "Call her." in with_passphrase(home, f"{PASSPHRASE}\n", "show").out
    done = with_passphrase(home, f"{PASSPHRASE}\n", "seal")
    assert done.err == (
        f"{ID}.md.age: there were two versions that differ; the older one is kept as {ID}.other.md.age; "
        "compare them, and forget the one you do not need\n"
    )
    assert names(home) == [f"{ID}.md.age", f"{ID}.other.md.age"]
    assert (opened(home / "sessions" / f"{ID}.md.age"), opened(home / "sessions" / f"{ID}.other.md.age")) == (newer, older)


def test_a_newer_plain_copy_takes_the_name_and_the_sealed_one_is_kept_beside_it(home: Path) -> None:
    older, newer = versions(home)
    (home / "sessions" / f"{ID}.md.age").write_bytes(sealed(older))
    assert with_passphrase(home, f"{PASSPHRASE}\n", "seal").code == 0
    assert (opened(home / "sessions" / f"{ID}.md.age"), opened(home / "sessions" / f"{ID}.other.md.age")) == (newer, older)
    assert names(home) == [f"{ID}.md.age", f"{ID}.other.md.age"]


@pytest.mark.parametrize("is_plain_newer", [False, True])
def test_unsealing_keeps_both_versions_too(home: Path, is_plain_newer: bool) -> None:
    older, newer = versions(home)
    (home / "sessions" / f"{ID}.md").write_bytes(newer if is_plain_newer else older)
    (home / "sessions" / f"{ID}.md.age").write_bytes(sealed(older if is_plain_newer else newer))
    assert with_passphrase(home, f"{PASSPHRASE}\n", "unseal").code == 0
    assert names(home) == [f"{ID}.md", f"{ID}.other.md"]
    assert (home / "sessions" / f"{ID}.md").read_bytes() == newer
    assert (home / "sessions" / f"{ID}.other.md").read_bytes() == older


def test_of_two_that_end_alike_the_file_that_was_written_last_is_the_newer_one(home: Path) -> None:
    _older, newer = versions(home)
    corrected = newer.replace(b"Call her.", b"Call him.")
    folder = home / "sessions"
    (folder / f"{ID}.md").write_bytes(corrected)
    (folder / f"{ID}.md.age").write_bytes(sealed(newer))
    os.utime(folder / f"{ID}.md.age", (1, 1))
    assert with_passphrase(home, f"{PASSPHRASE}\n", "seal").code == 0
    assert (opened(folder / f"{ID}.md.age"), opened(folder / f"{ID}.other.md.age")) == (corrected, newer)


def test_of_two_that_did_not_end_the_one_in_which_more_was_said_is_the_newer_one(home: Path) -> None:
    put(home, MONDAY, fear="That she leaves.", finished=False)
    folder = home / "sessions"
    older = (folder / f"{ID}.md").read_bytes()
    newer = older + b"- fear:: And stays away.\n"
    (folder / f"{ID}.md.age").write_bytes(sealed(newer))
    os.utime(folder / f"{ID}.md.age", (1, 1))
    assert with_passphrase(home, f"{PASSPHRASE}\n", "seal").code == 0
    assert (opened(folder / f"{ID}.md.age"), opened(folder / f"{ID}.other.md.age")) == (newer, older)


def test_two_forms_that_are_the_same_become_one_without_a_word(home: Path) -> None:
    _older, newer = versions(home)
    (home / "sessions" / f"{ID}.md.age").write_bytes(sealed(newer))
    assert with_passphrase(home, f"{PASSPHRASE}\n", "list").err == ""
    assert with_passphrase(home, f"{PASSPHRASE}\n", "seal").err == ""
    assert names(home) == [f"{ID}.md.age"]


def test_a_session_that_goes_on_leaves_another_version_of_it_alone(home: Path) -> None:
    older, newer = versions(home)
    folder = home / "sessions"
    (folder / f"{ID}.md").write_bytes(newer.replace(b"finished: ", b"ended: ").replace(b"sequence: prepare", b"sequence: talk"))
    (folder / f"{ID}.md.age").write_bytes(sealed(older))
    done = with_passphrase(home, f"{PASSPHRASE}\n", "resume", "--close", ID)
    assert done.code == 0, done.err
    assert opened(folder / f"{ID}.md.age") == older
    assert b"Call her." in opened(folder / f"{ID}-2.md.age")


def test_with_the_key_alone_a_new_session_asks_for_the_passphrase_and_is_sealed(tmp_path: Path) -> None:
    home = make_shelf(tmp_path)
    (home / "key.age").write_bytes(b85decode(WHOLE_KEY))
    answers = "S.\nTo listen.\nThat she leaves.\n1\nCall her.\n"
    assert run_with(home, answers, PASSPHRASE, "run", "talk").code == 0
    (log,) = names(home)
    assert log.endswith(".md.age")
    both = [pyrage.decrypt((home / "sessions" / log).read_bytes(), [identity(one)]) for one in (SECRET, RECOVERY)]
    assert b"That she leaves." in both[0]
    assert both[0] == both[1]
    assert (home / "key.pub").read_text().split() == [str(identity(one).to_public()) for one in (SECRET, RECOVERY)]


def run_with(home: Path, typed: str, secrets: str, *arguments: str) -> Result:
    """Run a command with answers on its standard input and secrets on a descriptor."""
    context._library.cache_clear()  # noqa: SLF001 # it is one for a whole process
    reading, writing = os.pipe()
    os.write(writing, f"{secrets}\n".encode())
    os.close(writing)
    try:
        done = run_inside(
            arguments,
            text_stream(io.BytesIO(typed.encode())),
            environ(home, "en", COACH_PASSPHRASE_FD=str(reading)),
        )
    finally:
        os.close(reading)
    return Result(done.returncode, done.stdout.decode(), done.stderr.decode())


def test_without_the_passphrase_nothing_is_written_when_only_the_key_is_there(tmp_path: Path) -> None:
    home = keys(make_shelf(tmp_path), "key.age")
    done = run_with(home, "S.\nTo listen.\n", "wrong", "run", "talk")
    assert (done.code, names(home)) == (1, [])
    assert "that is not the passphrase" in done.err


def test_a_key_of_before_stops_and_seal_asks_for_the_recovery_key(tmp_path: Path) -> None:
    home = keys(make_shelf(tmp_path), "key.age")
    put(home, MONDAY, fear="That she leaves.")
    message = (
        "the public keys are gone, and this key, which is of an older version, does not hold them; "
        "put key.pub back from a backup, or run coach seal: it asks for your recovery key\n"
    )
    stopped = run_with(home, "S.\n", PASSPHRASE, "run", "talk")
    assert (stopped.code, stopped.err) == (1, f"{home / 'key.pub'}: {message}")
    recovery, key = new_secret(), (home / "key.age").read_bytes()
    done = with_passphrase(home, f"{PASSPHRASE}\n{recovery}\n", "seal")
    assert (done.code, done.err, (home / "key.age").read_bytes()) == (0, "", key)
    assert (home / "key.pub").read_text().split() == [PUBLIC, str(identity(recovery).to_public())]


def test_sealed_logs_without_any_key_are_no_reason_to_write_in_the_clear_or_to_make_a_new_key(tmp_path: Path) -> None:
    home = make_shelf(tmp_path)
    (home / "sessions" / f"{ID}.md.age").write_bytes(sealed(b"x"))
    for command in (("run", "talk"), ("seal",)):
        done = run_with(home, "S.\n", f"{PASSPHRASE}\n{PASSPHRASE}", *command)
        assert (done.code, "the key" in done.err, names(home)) == (1, True, [f"{ID}.md.age"])
    assert sorted(path.name for path in home.iterdir()) == ["prompts", "sessions"]


def test_public_keys_of_another_key_seal_nothing_once_logs_are_open(home: Path) -> None:
    put(home, MONDAY, fear="That she leaves.")
    coach(home, "seal")
    (home / "key.pub").write_text(f"{identity(new_secret()).to_public()}\n")
    done = run_with(home, "S.\nTo listen.\n", PASSPHRASE, "run", "talk")
    assert (done.code, names(home)) == (1, [f"{ID}.md.age"])
    assert "these public keys belong to another key than the one that opens your logs" in done.err


HALF_SEEN = (
    f"{ID}.md.sync-conflict-20261124-091502-ABCDEFG.age",
    f"{ID}.md (conflicted copy 2026-11-24).age",
    f"{ID} 2.md.age",
    f"{ID}.md.age~",
    f"{ID}.age",
    f"archive/{ID}.md.age",
)


def test_all_that_is_sealed_is_unsealed_under_whatever_name_and_then_the_keys_go(home: Path) -> None:
    (home / "sessions" / "archive").mkdir()
    for name in HALF_SEEN:
        (home / "sessions" / name).write_bytes(sealed(name.encode()))
    assert with_passphrase(home, f"{PASSPHRASE}\n", "unseal") == Result(0, "6 logs are plain text again.\n")
    assert {name: (home / "sessions" / name).read_text() for name in names(home)} == {
        f"{ID}.sync-conflict-20261124-091502-ABCDEFG.md": HALF_SEEN[0],
        f"{ID} (conflicted copy 2026-11-24).md": HALF_SEEN[1],
        f"{ID} 2.md": HALF_SEEN[2],
        f"{ID}~.md": HALF_SEEN[3],
        f"{ID}.md": HALF_SEEN[4],
        f"archive/{ID}.md": HALF_SEEN[5],
    }
    assert not (home / "key.age").exists()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        (f"{ID}.md.age", b""),
        (f".{ID}.md.age.icloud", b"bplist"),
        (f"{ID}.md.age", b"no seal at all"),
        (f"archive/{ID}.md.sync-conflict-20261124-091502-ABCDEFG.age", sealed(b"x")[:150]),
    ],
    ids=("empty", "still to come", "no seal", "broken off"),  # what is sealed differs from process to process
)
def test_the_keys_stay_while_something_sealed_is_not_opened(home: Path, name: str, data: bytes) -> None:
    (home / "sessions" / name).parent.mkdir(exist_ok=True)
    (home / "sessions" / name).write_bytes(data)
    done = with_passphrase(home, f"{PASSPHRASE}\n", "unseal")
    assert (done.code, done.err.split(":")[0], names(home)) == (1, name.rsplit("/", maxsplit=1)[-1], [name])
    assert "these stay sealed; the key stays where it is until they are opened or forgotten" in done.err
    assert (home / "key.age").exists()
    assert (home / "key.pub").exists()


def test_what_was_saved_elsewhere_on_a_full_disk_is_unsealed_before_the_keys_go(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(home.parent))
    rescued = home.parent / "coach-rescued" / "sessions"
    rescued.mkdir(parents=True)
    (rescued / f"{ID}.md.age").write_bytes(sealed(b"rescued"))
    assert with_passphrase(home, f"{PASSPHRASE}\n", "unseal").out == "1 log is plain text again.\n"
    assert (rescued / f"{ID}.md").read_bytes() == b"rescued"


def test_a_sealed_copy_with_its_mark_before_the_last_end_is_named_and_forgotten(home: Path) -> None:
    versions(home)
    assert coach(home, "seal").code == 0
    copy = home / "sessions" / HALF_SEEN[0]
    shutil.copy(home / "sessions" / f"{ID}.md.age", copy)
    assert f"{copy.name}: this is a copy of {ID}" in with_passphrase(home, f"{PASSPHRASE}\n", "list").err
    assert "2 files are removed." in with_passphrase(home, f"{PASSPHRASE}\n", "forget", ID, "--yes").out
    assert names(home) == []


def test_what_is_left_plain_is_named(home: Path) -> None:
    put(home, MONDAY, fear="That she leaves.")
    folder = home / "sessions"
    (folder / "archive").mkdir()
    for name in ("archive/mother.md", f"{ID}.md~", f"{ID}.md.txt"):
        shutil.copy(folder / f"{ID}.md", folder / name)
    done = coach(home, "seal")
    assert done.err == f"These hold words too, and are not sealed: {ID}.md.txt, {ID}.md~, archive/mother.md\n"


@pytest.mark.parametrize(
    "typed",
    [
        SECRET.lower(),
        " ".join(SECRET[i : i + 4] for i in range(0, len(SECRET), 4)),
        SECRET.replace("-", "\N{NON-BREAKING HYPHEN}"),
        f"{SECRET[:30]}\n   {SECRET[30:50].lower()}-\n{SECRET[50:]}.",
        SECRET.removeprefix("AGE-SECRET-KEY-1"),
        SECRET.replace("0", "O").replace("8", "b"),
        f"# created: 2026-11-24\n# public key: {PUBLIC}\n{SECRET}\n",
    ],
)
def test_a_secret_key_is_taken_as_people_type_it_over(typed: str) -> None:
    assert str(identity(typed)) == SECRET


@pytest.mark.slow
@pytest.mark.parametrize("tool", SEALING_TOOLS)
def test_the_standard_tools_open_a_log_with_the_whole_key_and_coach_reads_what_they_sealed(tmp_path: Path, tool: str) -> None:
    home = make_shelf(tmp_path)
    put(home, MONDAY, fear="That she leaves.")
    plain = home / "sessions" / f"{ID}.md"
    (home / "key.age").write_bytes(b85decode(WHOLE_KEY))
    assert with_passphrase(home, f"{PASSPHRASE}\n", "seal").code == 0
    text = open_with_age(home, f"{tool} -d -i key.age sessions/{ID}.md.age")
    (home / "sessions" / f"{ID}.md.age").unlink()
    plain.write_bytes(text)
    recipients = [word for public in (home / "key.pub").read_text().split() for word in ("-r", public)]
    subprocess.run([tool, *recipients, "-o", f"{plain}.age", str(plain)], check=True, timeout=60)
    plain.unlink()
    assert "That she leaves." in with_passphrase(home, f"{PASSPHRASE}\n", "show").out


@pytest.mark.slow  # a new passphrase costs a second or more, on purpose
def test_a_new_passphrase_opens_the_same_logs_and_the_public_keys_are_in_the_key_from_then_on(home: Path) -> None:
    put(home, MONDAY, fear="That she leaves.")
    coach(home, "seal")
    words = "another four good words"
    done = with_passphrase(home, f"{PASSPHRASE}\n{words}\n{words}\n", "seal", "--change-passphrase")
    assert (done.code, done.err) == (0, "")
    text = pyrage.passphrase.decrypt((home / "key.age").read_bytes(), words).decode()
    assert text == f"# {PUBLIC}\n{SECRET}\n"


@pytest.mark.parametrize(
    ("secrets", "message"),
    [
        ("wrong\n", "that is not the passphrase"),
        (f"{PASSPHRASE}\nshort\n", "too short"),
        (f"{PASSPHRASE}\nlong enough\nlong enoughh\n", "not the same"),
    ],
)
def test_a_passphrase_that_is_not_changed_leaves_the_key_as_it_was(home: Path, secrets: str, message: str) -> None:
    done = with_passphrase(home, secrets, "seal", "--change-passphrase")
    assert (done.code, message in done.err) == (1, True)
    assert {name: (home / name).read_bytes() for name in KEYS} == KEYS
