"""Sealed logs: closed with public keys alone, opened with a passphrase, the recovery key, or the standard tool."""

import io
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from base64 import b85decode
from pathlib import Path

import pytest

from driver import PATIENCE, Terminal, environ
from inside import run_inside, text_stream
from talk import ANSWERS, RUN, coach, crashed, leftovers, logs, make_home

pyrage = pytest.importorskip("pyrage")
if sys.platform != "win32":
    import pty

from coach.cli.context import PASSPHRASE_FD
from coach.errors import CoachError
from coach.logs.encryption import SEALED, LockedError, Seal, identity, new_secret
from coach.logs.library import Library
from coach.logs.maintenance import seal_all, unseal_all
from systems import SEALING_TOOLS, is_private, needs_fork

pytestmark = pytest.mark.slow

PASSPHRASE = "vier woorden zijn genoeg"
SECRET = "AGE-SECRET-KEY-163HJR2TXWXCSF6D58T2YP5KARN5A60PFZ4X5GNF7JK60VGDRNJHQTW93XH"
# the key above under the passphrase above, with the least work there is: opening it need not take a second in a test
KEY = (
    "VP|D6Wo~0~d2n=TZ*DGca%V4gF$yg{Aai4Kd2n<fRzz@2XE<VWH!?3ZXm4b0O*dkCGEpEh3U+C0NOEXqcsMtCcTZ<CX;MlvRcCTi"
    "FfU|ySw%T-IZ<mtZ*+MvFhxT_3N0-yAb4RfT6082F-K8Ob51u^b7o0eD>6(tHf2ypFj+T5N>xHkS8QWAN@8Vm3N#TD3;&<&?5=FZ"
    "a~|TqmrP@C5MM$E8=kGJKUn<bX3$?Q{M^v?zyeGA*Wc1YZbA`Cu~ZggxIUiBb!YkmT}JWNNp)_@=yN#b=HeBDxnWci(uQDjh*gw("
    "H)huj(H@XPA*(SQ;L`F0"
)
CANARY = "That she leaves."


def with_passphrase(home: Path, *arguments: str, given: str = PASSPHRASE, typed: str = "") -> subprocess.CompletedProcess[bytes]:
    """Run a command that reads the passphrase from a file descriptor."""
    reading, writing = os.pipe()
    os.write(writing, f"{given}\n".encode())
    os.close(writing)
    try:
        return run_inside(
            arguments, text_stream(io.BytesIO(typed.encode())), environ(home, "en", COACH_PASSPHRASE_FD=str(reading))
        )
    finally:
        os.close(reading)


@pytest.mark.parametrize("ending", ["", "\r"])
def test_a_passphrase_from_a_descriptor_ends_as_a_line_does_on_any_system(home: Path, ending: str) -> None:
    done = with_passphrase(home, "search", "leaves", given=PASSPHRASE + ending)
    assert (done.returncode, CANARY.encode() in done.stdout, done.stderr) == (0, True, b"")


def test_a_descriptor_that_is_not_open_is_nobody_to_ask(home: Path) -> None:
    done = run_inside(("list",), text_stream(io.BytesIO()), environ(home, "en", **{PASSPHRASE_FD: "99"}))
    assert (done.returncode, done.stderr) == (1, b"a passphrase is needed, and nobody can be asked; run it in a terminal\n")


def without_terminal(home: Path, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[bytes]:
    """Run a command that has nobody to ask for a passphrase."""
    env = dict(environ(home, "en"))
    return subprocess.run(
        [*RUN, *arguments], input=typed.encode(), capture_output=True, env=env, check=False, timeout=60, start_new_session=True
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with one session that is sealed with a key that opens fast."""
    home = make_home(tmp_path_factory.mktemp("sealed"))
    coach(home, "run", "talk", typed=ANSWERS)
    for name, data in (("key.age", b85decode(KEY)), ("key.pub", f"{identity(SECRET).to_public()}\n".encode())):
        (home / name).write_bytes(data)
        (home / name).chmod(0o600)
    assert b"1 log was sealed." in without_terminal(home, "seal").stdout
    return home


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "home")
    return tmp_path / "home"


def test_sealing_is_set_up_in_a_terminal_and_the_recovery_key_opens_a_log(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    coach(home, "run", "talk", typed=ANSWERS)
    home.chmod(0o755)
    terminal = Terminal("seal", home=home, columns=120, rows=60)
    terminal.wait_for("A new passphrase:")
    terminal.type(PASSPHRASE + "\r")
    terminal.wait_for("Once more:")
    terminal.type(PASSPHRASE + "\r")
    terminal.wait_for("Type it over")
    (recovery,) = re.findall(r"AGE-SECRET-KEY-1\w+", terminal.text)
    assert not (home / "key.age").exists()  # nothing goes on before the key is proved
    terminal.type("AGE-SECRET-KEY-1WRONG\r")
    terminal.wait_for("The rest of it (Enter begins again):")
    terminal.type("\r")
    terminal.wait_for("That is not the recovery key. Look at your paper again.\nType it over")
    terminal.type(recovery[:40].lower().replace("-", " \N{EN DASH}") + "\r")
    terminal.wait_for("Look at your paper again.\nType it over from your paper, to be sure that it works:\nThe rest of it")
    terminal.type(" - ".join(recovery[40:]) + "\r")
    terminal.wait_for("1 log was sealed.")
    assert terminal.wait() == 0
    assert PASSPHRASE.encode() not in terminal.raw
    assert all(map(is_private, (home / "key.age", home / "key.pub")))
    assert oct(home.stat().st_mode & 0o777) == "0o700"
    (sealed,) = (home / "sessions").glob("*.md.age")
    assert CANARY.encode() in pyrage.decrypt(sealed.read_bytes(), [identity(recovery)])


@pytest.mark.parametrize("tool", SEALING_TOOLS)
def test_the_standard_tools_open_a_log_with_the_key_under_its_passphrase_and_with_the_secret_key(home: Path, tool: str) -> None:
    (sealed,) = (home / "sessions").glob("*.md.age")
    text = pyrage.decrypt(sealed.read_bytes(), [identity(SECRET)])
    (home / "secret.txt").write_text(SECRET)
    command = [tool, "-d", "-i", str(home / "secret.txt"), str(sealed)]
    assert open_with_age(home, f"{tool} -d -i key.age sessions/{sealed.name}") == text
    assert subprocess.run(command, capture_output=True, check=True, timeout=60).stdout == text


@pytest.mark.parametrize("tool", SEALING_TOOLS)
@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_recipe_of_the_reference_opens_a_log_without_coach(home: Path, language: str, tool: str) -> None:
    reference = Path(__file__).parents[1] / ".readme" / f"reference.{language}.md"
    (recipe,) = re.findall(r"`(age -d [^`]*)`", reference.read_text("utf-8"))
    (sealed,) = (home / "sessions").glob("*.md.age")
    found = open_with_age(home, recipe.replace("2026-....md.age", sealed.name).replace("age", tool, 1))
    assert (CANARY.encode() in found, found.startswith(b"---\nformat: 1\n")) == (True, True)


def open_with_age(home: Path, command: str) -> bytes:
    """Return what a command of the standard tool prints, which asks for the passphrase in a terminal."""
    pid, fd = pty.fork()
    if pid == 0:
        os.chdir(home)
        os.execvpe("sh", ["sh", "-c", f"{command} > out.md"], os.environ | {"PINENTRY_PROGRAM": ""})  # rage asks here too
    deadline, seen = time.monotonic() + PATIENCE, b""
    while b"passphrase" not in seen and time.monotonic() < deadline:
        seen += os.read(fd, 1000)
    os.write(fd, PASSPHRASE.encode() + b"\n")
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    os.close(fd)
    return (home / "out.md").read_bytes()


def test_sealing_leaves_no_plain_text_and_private_files(home: Path) -> None:
    assert [path.name[10:] for path in logs(home)] == []
    (sealed,) = (home / "sessions").glob("*.md.age")
    assert sealed.read_bytes().startswith(SEALED)
    assert all(map(is_private, (sealed, home / "key.age", home / "key.pub")))
    assert not any(CANARY.encode() in path.read_bytes() for path in home.rglob("*") if path.is_file())
    assert leftovers(home) == []


def test_reading_commands_are_the_same_on_sealed_logs(home: Path, tmp_path: Path) -> None:
    plain = make_home(tmp_path / "other")
    shutil.copytree(home / "sessions", plain / "sessions")
    for name in ("key.age", "key.pub"):
        shutil.copy(home / name, plain / name)
    assert with_passphrase(plain, "unseal").returncode == 0
    for command in (["show"], ["list"], ["list", "--json"], ["search", "she"], ["fears"], ["card"], ["patterns"], []):
        sealed, opened = with_passphrase(home, *command), coach(plain, *command)
        assert (sealed.stdout, sealed.returncode) == (opened.stdout, opened.returncode), command


def test_saving_never_asks_and_writes_no_plain_text(home: Path) -> None:
    done = without_terminal(home, "run", "talk", typed=ANSWERS.replace(CANARY, "Second."))
    assert done.returncode == 0
    assert b"go on without your earlier sessions" in done.stderr
    assert len(list((home / "sessions").glob("*.md.age"))) == 2
    assert logs(home) == []
    assert b"Second." in with_passphrase(home, "show").stdout


def test_an_unfinished_sealed_session_is_gone_on_with(home: Path) -> None:
    without_terminal(home, "run", "talk", typed="S.\nTo listen.\n")
    done = with_passphrase(home, "resume", "--plain", typed="Nothing.\n2\nCall.\n")
    assert done.returncode == 0
    assert b"Nothing." in with_passphrase(home, "show").stdout
    assert logs(home) == []


def test_a_sealed_session_is_forgotten_with_its_copies(home: Path) -> None:
    (sealed,) = (home / "sessions").glob("*.md.age")
    shutil.copy(sealed, sealed.with_name(sealed.name.replace(".md.age", " 2.md.age")))
    done = with_passphrase(home, "forget", "latest", "--yes")
    assert (done.returncode, b"2 files are removed." in done.stdout) == (0, True)
    assert os.listdir(home / "sessions") == [".gitignore"]


def test_a_wrong_passphrase_is_said_once(home: Path) -> None:
    done = with_passphrase(home, "list", given="not this one")
    assert done.returncode == 1
    assert done.stderr.count(b"that is not the passphrase") == 1
    assert not crashed(done.stderr)


def test_a_secret_key_opens_all_when_the_passphrase_and_its_key_are_lost(home: Path) -> None:
    (home / "key.age").unlink()
    lost = with_passphrase(home, "list")
    assert b"the key that opens them is not here" in lost.stderr
    done = with_passphrase(home, "unseal", "--recover", given=SECRET.lower())
    assert done.returncode == 0, done.stderr
    assert CANARY in logs(home)[0].read_text()
    assert not (home / "key.pub").exists()
    assert list((home / "sessions").glob("*.age")) == []


def test_where_no_passphrase_comes_that_is_told_on_a_line_of_its_own(home: Path) -> None:
    terminal = Terminal("list", home=home)
    terminal.wait_for("Passphrase of your logs:")
    terminal.type("\x04")
    assert (terminal.wait(), terminal.text) == (
        1,
        "Passphrase of your logs:\na passphrase is needed, and nobody can be asked; run it in a terminal",
    )


def test_a_damaged_log_and_one_of_another_key_are_told_apart_and_others_still_work(home: Path) -> None:
    folder = home / "sessions"
    (good,) = folder.glob("*.md.age")
    data = good.read_bytes()
    (folder / "2026-01-01-000000-talk.md.age").write_bytes(data[:-9] + b"damaged!!")
    (folder / "2026-01-02-000000-talk.md.age").write_bytes(data[:100])
    other = pyrage.x25519.Identity.generate().to_public()
    (folder / "2026-01-03-000000-talk.md.age").write_bytes(pyrage.encrypt(b"x", [other]))
    (folder / "2026-01-04-000000-talk.md.age").write_bytes(b"no seal at all")
    done = with_passphrase(home, "list")
    assert good.name[:10].encode() in done.stdout
    told = done.stderr.decode()
    assert told.count("this sealed log is damaged") == 2
    assert told.count("sealed with another key, or its first lines are damaged") == 1
    assert told.count("this is not a log of a session") == 1
    stays = with_passphrase(home, "unseal")
    assert stays.returncode == 1
    assert b"the key stays where it is" in stays.stderr
    assert (home / "key.age").exists()


def test_a_key_that_would_take_all_memory_is_refused_before_it_is_tried(home: Path) -> None:
    key = (home / "key.age").read_bytes()
    (home / "key.age").write_bytes(re.sub(rb"(-> scrypt \S+) \d+", rb"\1 30", key))
    done = with_passphrase(home, "list")
    assert b"would take all the memory" in done.stderr


def test_a_passphrase_that_is_short_or_typed_differently_changes_nothing(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    for given, words in (
        ("kort", "too short"),
        ("long enough\nlong enoughh", "not the same"),
        ("long enough\n" * 5, "not proved"),
    ):
        done = with_passphrase(home, "seal", given=given)
        assert (done.returncode, words in done.stderr.decode()) == (1, True)
    assert sorted(path.name for path in home.iterdir()) == ["prompts", "sessions"]


class Locked(Seal):
    """A seal with a key that needs no passphrase, so that a test need not wait a second for it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, lambda: PASSPHRASE)
        secret = new_secret()
        self.public.write_text(f"{pyrage.x25519.Identity.from_str(secret).to_public()}\n")
        self.unlock(secret)


@needs_fork
@pytest.mark.parametrize("turn", [seal_all, unseal_all])
def test_killed_at_any_call_while_sealing_each_log_is_whole_in_one_form(tmp_path: Path, turn: type) -> None:
    from test_faults_disk import Failing, session

    plain = Library(tmp_path / "sessions")
    for number in range(3):
        writer = plain.begin(session("").started, "talk")
        writer.save(session(f"answer {number}"))
        writer.close()
    library = plain.at(plain.folder.root)
    library.folder.seal = Locked(tmp_path)
    wanted = sorted(found.exchanges[0].text for found in plain.sessions())
    if turn is unseal_all:
        seal_all(library.folder)
    for number in range(1, 60):
        child = os.fork()
        if child == 0:
            status = 1
            try:
                library.folder.system = Failing(number, lambda: os.kill(os.getpid(), signal.SIGKILL))
                turn(library.folder)
                status = 0
            finally:
                os._exit(status)
        killed = os.waitpid(child, 0)[1] != 0
        assert sorted(found.exchanges[0].text for found in library.sessions()) == wanted
        if not killed:
            break
    library.folder.prepare()
    assert leftovers(tmp_path) == []
    assert {name.endswith(".age") for name in os.listdir(plain.folder.root) if name != ".gitignore"} == {turn is seal_all}


def test_without_its_public_keys_nothing_is_written_in_the_clear(tmp_path: Path) -> None:
    from test_faults_disk import session

    seal = Locked(tmp_path)
    library = Library(tmp_path / "sessions", seal)
    writer = library.begin(session("").started, "talk")
    seal.public.write_text("nonsense\n")
    with pytest.raises(CoachError, match="does not hold the public keys"):
        writer.save(session("secret"))
    assert logs(tmp_path) == []


def test_without_the_package_a_sealed_log_says_what_to_install(home: Path) -> None:
    code = "import sys; sys.modules['pyrage'] = None; from coach.__main__ import main; sys.argv = ['coach', 'list']; main()"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, env=dict(environ(home, "en")), check=False, timeout=60
    )
    assert (b"pip install " in done.stderr, done.stderr.rstrip().endswith(b" pyrage")) == (True, True)


def test_nothing_loads_the_package_before_something_is_sealed(tmp_path: Path) -> None:
    code = "import sys; from coach.__main__ import run; run(['list']); print('pyrage' in sys.modules)"
    env = dict(environ(make_home(tmp_path), "en"))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=env, check=False, timeout=60)
    assert done.stdout.split()[-1] == b"False"


def test_a_locked_library_is_an_error_and_not_a_heap_of_damaged_files(tmp_path: Path) -> None:
    seal = Locked(tmp_path)
    library = Library(tmp_path / "sessions", seal)
    library.folder.prepare()
    (library.folder.root / "2026-01-01-000000-talk.md.age").write_bytes(seal.close(b"x"))
    fresh = Library(library.folder.root, Seal(tmp_path, lambda: ""))
    with pytest.raises(LockedError):
        list(fresh.entries())
