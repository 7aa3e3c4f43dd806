"""What is written is private from its first moment, whole or not there at all, and never through a link."""

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from coach import files
from coach.errors import CoachError
from coach.logs.library import Library
from systems import IS_WINDOWS, needs_modes
from talk import ANSWERS, coach, make_home, said, with_code, write_log
from test_faults_disk import CALLS, NEW, OLD, Failing, session

TO_THE_RENAME = range(1, CALLS.index("replace") + 2)


def interrupt() -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("number", TO_THE_RENAME)
def test_a_save_that_is_interrupted_leaves_the_file_as_it_was_and_no_other(tmp_path: Path, number: int) -> None:
    path = tmp_path / "x.md"
    path.write_bytes(OLD)
    with pytest.raises(KeyboardInterrupt):
        files.write(path, NEW, Failing(number, interrupt))
    assert (path.read_bytes(), os.listdir(tmp_path)) == (OLD, ["x.md"])


def test_a_disk_that_takes_no_bytes_is_an_error_and_the_file_as_it_was(tmp_path: Path) -> None:
    class Full(Failing):
        def write(self, fd: int, data: bytes | memoryview) -> int:  # as in `os`
            return 0

    path = tmp_path / "x.md"
    path.write_bytes(OLD)
    with pytest.raises(CoachError, match="the disk does not work well"):
        files.write(path, NEW, Full(0, lambda: None))
    assert (path.read_bytes(), os.listdir(tmp_path)) == (OLD, ["x.md"])


class Held:
    """The operating system, of which another program holds a file for so many calls."""

    def __init__(self, times: int) -> None:
        self.waited: list[float] = []
        self._times = times

    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)

    def replace(self, source: str, target: str) -> None:  # as in `os`
        if len(self.waited) < self._times:
            raise OSError(errno.EBUSY, "held")
        Path(source).replace(target)

    def pause(self, seconds: float) -> None:
        self.waited.append(seconds)


def test_a_file_that_another_program_holds_is_tried_again_until_it_is_let_go(tmp_path: Path) -> None:
    path, system = tmp_path / "x.md", Held(3)
    path.write_bytes(OLD)
    files.write(path, NEW, system, pause=system.pause)
    assert (path.read_bytes(), os.listdir(tmp_path), len(system.waited)) == (NEW, ["x.md"], 3)


def test_a_file_that_another_program_holds_for_over_a_second_is_as_it_was_and_that_is_said(tmp_path: Path) -> None:
    path, system = tmp_path / "x.md", Held(100)
    path.write_bytes(OLD)
    with pytest.raises(
        CoachError, match="another program may have it open: a virus scanner, one that synchronises, or an editor"
    ):
        files.write(path, NEW, system, pause=system.pause)
    assert (path.read_bytes(), os.listdir(tmp_path), 0.5 < sum(system.waited) < 1.5) == (OLD, ["x.md"], True)


@needs_modes
def test_a_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    """The root of the disk is never one's own; root is somebody else for the length of a forked child."""
    tmp_path.chmod(0o755)
    (tmp_path / "theirs").symlink_to("/")
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.chdir(tmp_path)
            os.write(writing, refusal(Path("theirs")).encode())
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    os.close(writing)
    with os.fdopen(reading) as told:
        assert told.read() == "theirs: this folder belongs to somebody else; choose another folder with --home"


def refusal(folder: Path) -> str:
    if os.geteuid() == 0:
        os.chown(folder, 12_345, -1, follow_symlinks=False)  # the link is one's own
        os.seteuid(12_345)
    try:
        files.make_folder(folder)
    except CoachError as error:
        return str(error)
    return "it is taken"


@needs_modes
@pytest.mark.parametrize("mask", [0o000, 0o777])
def test_folders_are_private_whatever_the_mask_is(tmp_path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        files.make_folder(tmp_path / "deep" / "er")
    finally:
        os.umask(before)
    assert [path.stat().st_mode & 0o777 for path in (tmp_path / "deep", tmp_path / "deep" / "er")] == [0o700, 0o700]


def test_a_folder_that_another_program_makes_in_the_meantime_is_used_and_made_private(tmp_path: Path) -> None:
    """From outside, the folder is made right before the program makes it."""
    home = make_home(tmp_path)
    code = (
        "import os, sys\n"
        "made = []\n"
        "def watch(event, arguments):\n"
        "    if event == 'os.mkdir' and str(arguments[0]).endswith('sessions') and not made:\n"
        "        made.append(arguments[0])\n"
        "        os.mkdir(arguments[0], 0o755)\n"
        "sys.addaudithook(watch)\n"
    )
    done = coach(home, "run", "talk", typed=ANSWERS, PYTHONPATH=with_code(tmp_path, code))
    assert (done.returncode, said(home, "fear")) == (0, ["That she leaves."])
    assert IS_WINDOWS or (home / "sessions").stat().st_mode & 0o777 == 0o700


@needs_modes
def test_rights_are_mended_on_logs_and_never_through_a_link(tmp_path: Path) -> None:
    home, victim = make_home(tmp_path), tmp_path / "victim"
    path = write_log(home, "2026-11-02-090000-talk", "fear:: A.")
    victim.write_text("theirs")
    victim.chmod(0o644)
    path.chmod(0o644)
    (home / "sessions" / "link.md").symlink_to(victim)
    (home / "sessions").chmod(0o755)
    assert coach(home, "run", "talk", typed=ANSWERS).returncode == 0
    modes = [each.stat().st_mode & 0o777 for each in (home / "sessions", path, victim)]
    assert (modes, victim.read_text()) == ([0o700, 0o600, 0o644], "theirs")


@needs_modes
def test_the_lock_of_an_open_session_is_private(tmp_path: Path) -> None:
    writer = Library(tmp_path / "sessions").begin(session("").started, "talk")
    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "sessions").glob(".2*")}
    writer.close()
    assert modes == {".2026-11-24-091500-talk.lock": 0o600}
