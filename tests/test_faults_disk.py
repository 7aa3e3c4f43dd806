"""Cases 5 and 18-21: a log is the old one or the new one whatever the disk does, and nobody else can read it."""

import errno
import itertools
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from coach import files
from coach.errors import CoachError
from coach.home import warning
from coach.logs.library import Library
from coach.logs.session import Exchange, Session
from driver import Terminal
from systems import IS_WINDOWS, needs_fork, needs_links, needs_modes
from talk import ANSWERS, coach, leftovers, log, logs, make_home, said

pytestmark = pytest.mark.slow

OLD, NEW = b"old\n" * 3, b"new\n" * 5000
OF_THE_FOLDER = () if IS_WINDOWS else ("open", "fsync", "close")
CALLS = ("open", "write", "fsync", "close", "replace", *OF_THE_FOLDER)
REFUSED = errno.EPERM if IS_WINDOWS else errno.EACCES  # there it means that somebody has the file open, and is tried again
ERRORS = (errno.ENOSPC, errno.EIO, errno.EROFS, REFUSED, errno.EINTR, errno.EDQUOT)


class Failing:
    """The operating system, of which one call fails; `done` says whether the call is carried out before it fails."""

    def __init__(self, number: int, fail: Callable[[], None], *, done: bool = False) -> None:
        self.calls: list[str] = []
        self._number, self._fail, self._done = number, fail, done

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:  # any call of `os`
            self.calls.append(name)
            is_done = len(self.calls) != self._number or self._done or name == "close"  # no file stays open, also when that fails
            result = getattr(os, name)(*arguments) if is_done else None
            if len(self.calls) == self._number:
                self._fail()
            return result

        return call


def refuse(number: int) -> Callable[[], None]:
    def fail() -> None:
        raise OSError(number, os.strerror(number))

    return fail


def session(answer: str) -> Session:
    started = datetime(2026, 11, 24, 9, 15, tzinfo=UTC)
    return Session("", "talk", "talk", "en", "Talk", started, exchanges=(Exchange("fear", "What?", (answer,)),))


def test_a_save_makes_these_calls(tmp_path: Path) -> None:
    system = Failing(0, lambda: None)
    files.write(tmp_path / "x.md", NEW, system)
    assert tuple(system.calls) == CALLS


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("done", [False, True])
def test_a_call_that_fails_leaves_the_old_or_the_new_file_and_nothing_else(tmp_path: Path, error: int, done: bool) -> None:
    for number, call in enumerate(CALLS, start=1):
        folder = tmp_path / str(number)
        folder.mkdir()
        path = folder / "x.md"
        path.write_bytes(OLD)
        with pytest.raises(CoachError):
            files.write(path, NEW, Failing(number, refuse(error), done=done))
        assert path.read_bytes() in ({OLD, NEW} if number > CALLS.index("replace") else {OLD}), call
        assert os.listdir(folder) == ["x.md"] or call == "open", call


def test_a_disk_that_takes_a_few_bytes_at_a_time_gets_them_all(tmp_path: Path) -> None:
    class Slow(Failing):
        def write(self, fd: int, data: bytes | memoryview) -> int:
            return os.write(fd, data[:100])

    files.write(tmp_path / "x.md", NEW, Slow(0, lambda: None))
    assert (tmp_path / "x.md").read_bytes() == NEW


@needs_fork
@pytest.mark.parametrize("number", range(1, len(CALLS) + 1))
@pytest.mark.parametrize("done", [False, True])
def test_a_kill_at_any_call_leaves_the_old_or_the_new_file(tmp_path: Path, number: int, done: bool) -> None:
    library = Library(tmp_path / "sessions")
    writer = library.begin(session("").started, "talk")
    writer.save(session("old"))
    old = writer.path.read_bytes()
    child = os.fork()
    if child == 0:
        try:
            library.folder.system = Failing(number, lambda: os.kill(os.getpid(), signal.SIGKILL), done=done)
            writer.save(session("new"))
        finally:
            os._exit(1)
    os.waitpid(child, 0)
    writer.close()
    assert writer.path.read_bytes() in {old, old.replace(b"old", b"new")}
    library.folder.prepare()
    assert leftovers(tmp_path) == []


@needs_fork
@pytest.mark.parametrize("number", range(1, len(CALLS) + 1))
def test_a_kill_while_the_folder_is_made_leaves_nothing_after_the_next_start(tmp_path: Path, number: int) -> None:
    library = Library(tmp_path / "sessions", system=Failing(number, lambda: os.kill(os.getpid(), signal.SIGKILL)))
    child = os.fork()
    if child == 0:
        try:
            library.folder.prepare()
        finally:
            os._exit(1)
    os.waitpid(child, 0)
    (library.folder.root / ".x (conflicted copy 2026-11-24-091500-talk).lock").touch()
    (library.folder.root / ".somebody-else.lock").touch()
    (library.folder.root / ".mother 4.md.age.c0890081.tmp").touch()
    Library(library.folder.root).folder.prepare()
    assert leftovers(tmp_path) == [".somebody-else.lock"]
    assert "*" in (library.folder.root / ".gitignore").read_text().split("\n")


@pytest.mark.parametrize("number", range(1, len(CALLS) + 1))
def test_a_save_tried_again_after_any_failure_goes_in_the_same_file(tmp_path: Path, number: int) -> None:
    library = Library(tmp_path / "sessions")
    writer = library.begin(session("").started, "talk")
    writer.save(session("old"))
    library.folder.system = Failing(number, refuse(errno.EIO))
    with pytest.raises(CoachError):
        writer.save(session("new"))
    library.folder.system = os
    assert writer.save(session("newer")) == ""
    assert [path.read_text().count("newer") for path in logs(tmp_path)] == [1]


class Disk:
    """A disk of which the power fails: what was not synced may be there in part, or not, in any order."""

    def __init__(self, synced: frozenset[str]) -> None:
        self.durable: dict[str, int] = {"x.md": 0}  # the folder as it is on the disk: name -> number of a file
        self.pending: list[tuple[str, str, int]] = []  # changes of the folder that are not synced
        self.files: list[bytes] = [OLD]
        self.safe: list[bool] = [True]
        self._open: dict[int, int] = {}
        self._synced = synced

    def open(self, path: str, flags: int, mode: int) -> int:  # as in `os`
        fd = 100 + len(self._open)
        if not flags & os.O_CREAT:
            self._open[fd] = -1
            return fd
        self._open[fd] = len(self.files)
        self.pending.append(("make", Path(path).name, len(self.files)))
        self.files.append(b"")
        self.safe.append(False)
        return fd

    def write(self, fd: int, data: bytes | memoryview) -> int:
        self.files[self._open[fd]] += bytes(data[:7000])
        return min(len(data), 7000)

    def fsync(self, fd: int) -> None:
        if self._open[fd] >= 0 and "file" in self._synced:
            self.safe[self._open[fd]] = True
        elif self._open[fd] < 0 and "folder" in self._synced:
            for change in self.pending:
                self._apply(self.durable, change)
            self.pending.clear()

    def close(self, fd: int) -> None: ...

    def replace(self, source: str, target: str) -> None:
        self.pending.append(("move", f"{Path(source).name}>{Path(target).name}", 0))

    def unlink(self, path: str) -> None:
        self.pending.append(("drop", Path(path).name, 0))

    def _apply(self, names: dict[str, int], change: tuple[str, str, int]) -> None:
        kind, name, number = change
        if kind == "make":
            names[name] = number
        elif kind == "drop":
            names.pop(name, None)
        else:
            source, target = name.split(">")
            made = next(n for k, m, n in [*self.pending, change] if k == "make" and m == source)
            names.pop(source, None)
            names[target] = made

    def after_power_loss(self) -> Iterator[bytes]:
        """Yield every content that x.md may have: any subset of the pending changes, any part of what is not synced."""
        for size in range(len(self.pending) + 1):
            for changes in itertools.combinations(self.pending, size):
                names = dict(self.durable)
                for change in changes:
                    self._apply(names, change)
                number = names["x.md"]
                data = self.files[number]
                yield from [data] if self.safe[number] else [b"", data[: len(data) // 2], b"\0" * len(data), data]


def states(synced: frozenset[str]) -> Iterator[tuple[bool, bytes]]:
    """Yield, for power lost after each call of a save, whether it had been reported as saved, and what x.md may hold."""
    for number in range(1, 20):
        model = Disk(synced)
        left = number

        class Until:
            def __getattr__(self, name: str, model: Disk = model) -> Callable[..., object]:
                def call(*arguments: object) -> object:
                    nonlocal left
                    if left == 0:
                        raise InterruptedError
                    left -= 1
                    return getattr(model, name)(*arguments)

                return call

        try:
            files.write(Path("x.md"), NEW, Until())  # type: ignore[arg-type] # it has every call
            saved = True
        except CoachError:
            saved = False
        yield from ((saved, data) for data in model.after_power_loss())


def losing(synced: frozenset[str]) -> int:
    return sum(data != NEW if saved else data not in {OLD, NEW} for saved, data in states(synced))


@pytest.mark.skipif(IS_WINDOWS, reason="Windows has no call that makes a rename last")
def test_power_lost_at_any_moment_leaves_the_old_or_the_new_file_and_the_new_one_once_it_is_said_to_be_saved() -> None:
    assert losing(frozenset({"file", "folder"})) == 0
    assert losing(frozenset({"folder"})) > 0  # the model notices a sync that is left out
    assert losing(frozenset({"file"})) > 0
    assert sum(1 for _ in states(frozenset({"file", "folder"}))) > 30


@needs_modes
@pytest.mark.parametrize("mask", [0o000, 0o022, 0o777])
def test_folders_and_files_are_private_under_any_mask(tmp_path: Path, mask: int) -> None:
    home = tmp_path / "home"
    done = coach(home, "run", "focus", typed="S.\n", before=f"umask {mask:o}")
    assert done.returncode == 3
    made = [home, home / "sessions"]
    assert [oct(path.stat().st_mode & 0o777) for path in made] == ["0o700"] * 2
    assert {oct(path.stat().st_mode & 0o777) for path in (home / "sessions").iterdir()} == {"0o600"}


@needs_modes
def test_files_that_others_could_read_are_mended(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    coach(home, "run", "talk", typed=ANSWERS)
    (path,) = logs(home)
    path.chmod(0o644)
    assert coach(home, "list").returncode == 0
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o644)
    (home / "sessions").chmod(0o755)
    coach(home, "run", "talk", typed=ANSWERS)
    assert (home / "sessions").stat().st_mode & 0o777 == 0o700
    assert path.stat().st_mode & 0o777 == 0o600


@needs_modes
def test_a_folder_that_others_can_write_in_is_refused(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    (home / "sessions").mkdir()
    (home / "sessions").chmod(0o777)
    done = coach(home, "run", "talk", typed=ANSWERS)
    assert done.returncode == 1
    assert b"other people on this computer can write in this folder; make it yours alone: chmod 700" in done.stderr


@needs_links
def test_links_are_never_written_through(tmp_path: Path) -> None:
    home, victim, folder = make_home(tmp_path), tmp_path / "victim", tmp_path / "elsewhere"
    coach(home, "run", "talk", typed="S.\n")
    (path,) = logs(home)
    victim.write_bytes(path.read_bytes())
    victim.chmod(0o644)
    kept = (victim.read_bytes(), victim.stat())
    path.unlink()
    path.symlink_to(victim)
    coach(home, "list")
    coach(home, "resume", "--plain", typed="To listen.\n")
    assert (victim.read_bytes(), victim.stat().st_mtime_ns, victim.stat().st_mode) == (
        kept[0],
        kept[1].st_mtime_ns,
        kept[1].st_mode,
    )
    for name in os.listdir(home / "sessions"):
        (home / "sessions" / name).unlink()
    lock = Library(home / "sessions").folder.root / ".2026-11-24-091500-talk.lock"
    lock.symlink_to(victim)
    with pytest.raises(CoachError, match="it is a link to another place"):
        Library(home / "sessions").begin(session("").started, "talk")
    assert victim.read_bytes() == kept[0]
    lock.unlink()
    (home / "sessions" / ".gitignore").unlink(missing_ok=True)
    (home / "sessions").rmdir()
    folder.mkdir(mode=0o755)
    (home / "sessions").symlink_to(folder)
    assert coach(home, "run", "talk", typed=ANSWERS).returncode == 0
    assert folder.stat().st_mode & 0o777 == 0o755  # somebody's choice, left as it is


def test_a_file_too_large_for_its_limit_is_not_said_to_be_saved(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    done = coach(home, "run", "talk", typed="S.\n" + "x" * 3000 + "\nmore\n", before="ulimit -f 1")
    assert done.returncode == 1
    assert b"the file would be larger than is allowed" in done.stderr
    assert b"Kept" not in done.stdout
    assert said(home, "about") == ["S."]
    assert leftovers(home) == []


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root of a Unix can make a file system")
@pytest.mark.parametrize(("key", "expected"), [("again", ["full"]), ("elsewhere", []), ("stop", [])])
def test_on_a_full_disk_the_person_chooses_what_to_do(tmp_path: Path, key: str, expected: list[str]) -> None:
    home = make_home(tmp_path)
    (home / "sessions").mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k,mode=700", "none", str(home / "sessions")], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("a file system cannot be mounted here")
    try:
        terminal = Terminal("run", "talk", home=home, rows=60)
        terminal.wait_for_question(1)
        terminal.type("S.\r")
        terminal.wait_for_question(2)
        filler = home / "sessions" / "filler"
        with pytest.raises(OSError, match="No space"), filler.open("wb") as file:
            file.write(b"x" * 100_000)
        terminal.type("full\r")
        terminal.wait_for("This could not be saved", "the disk is full", "Your answers are still here", "Try again")
        if key == "again":
            filler.unlink()
            terminal.type("\r")
        else:
            terminal.type("\x1b[B" * (1 if key == "elsewhere" else 2) + "\r")
        if key == "stop":
            terminal.wait_for("What do you wish?\nfull", "Not all of it could be saved")
            assert terminal.wait() == 1
        else:
            terminal.wait_for_question(3)
            terminal.type("\x03")
            terminal.wait_for("What you wrote is kept", "coach resume")
            assert terminal.wait() == 130
        assert said(home, "wish") == expected
        if key == "elsewhere":
            rescued = home.parent / "coach-rescued"
            assert "--home" in terminal.text
            assert said(rescued, "wish") == ["full"]
            assert (rescued / "sessions").stat().st_mode & 0o777 == 0o700
    finally:
        subprocess.run(["umount", "-l", str(home / "sessions")], check=True)


def taken_away(home: Path) -> Terminal:
    """Answer one question, and take the folder of logs away."""
    terminal = Terminal("run", "talk", home=home, rows=60)
    terminal.wait_for_question(1)
    terminal.type("S.\r")
    terminal.wait_for_question(2)
    (home / "sessions").rename(home / "taken")
    return terminal


def test_a_folder_that_is_gone_midway_is_told_and_nothing_is_said_to_be_saved(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    terminal = taken_away(home)
    terminal.type("gone\r")
    terminal.wait_for("This could not be saved", "it is not there (any more)", "Try again")
    (home / "taken").rename(home / "sessions")
    terminal.type("\r")
    terminal.wait_for_question(3)
    terminal.type("\x03")
    terminal.wait_for("What you wrote is kept. Go on with: coach resume")
    terminal.wait()
    assert said(home, "wish") == ["gone"]


def test_who_stops_where_nothing_can_be_saved_sees_all_that_was_written_also_half_an_answer(tmp_path: Path) -> None:
    terminal = taken_away(make_home(tmp_path))
    terminal.type("one\x1b\rtw")
    terminal.wait_for("›  one\n   tw")
    terminal.type("\x03")
    terminal.wait_for("This could not be saved", "Stop, and show all I wrote")
    terminal.type("\x1b[B\x1b[B")
    terminal.wait_for(" › 3. Stop")
    terminal.type("\r")
    assert terminal.wait() == 1
    assert "Whom is it about?\nS.\n\nWhat do you wish?\none\ntw\n\nNot all of it could be saved" in terminal.text


def test_no_name_of_a_person_is_in_the_name_of_a_file(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    assert coach(home, "run", "talk", "--about", "Jéroen", typed="To listen.\n").returncode == 3
    assert said(home, "about") == ["Jéroen"]
    assert "roen" not in "".join(os.listdir(home / "sessions"))


def test_logs_stay_out_of_version_control_and_a_folder_that_others_may_see_is_named(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    (tmp_path / ".git").mkdir()
    assert b"version control" not in coach(home, "run", "talk", typed="S.\n").stdout
    assert (home / "sessions" / ".gitignore").read_text().split("\n")[1] == "*"
    (home / "sessions" / ".gitignore").write_text("!*.md\n")
    assert "does not keep your logs out" in warning(home / "sessions")
    assert "Dropbox copies this folder" in warning(tmp_path / "Dropbox" / "coach" / "sessions")
    (tmp_path / ".stfolder").mkdir()
    assert "Syncthing copies this folder" in warning(home / "sessions")


def test_a_log_read_only_for_its_owner_is_replaced_all_the_same(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    coach(home, "run", "talk", typed="S.\n")
    logs(home)[0].chmod(0o400)
    assert coach(home, "resume", "--plain", typed="To listen.\n").returncode == 3
    assert "- wish:: To listen." in log(home)
