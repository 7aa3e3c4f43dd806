"""Files on Windows: held by another program, only to be read, on a drive that is not there, called like a device."""

import os
import subprocess
from pathlib import Path

import pytest

from coach import files
from coach.errors import CoachError
from driver import environ
from talk import ANSWERS, RUN, coach, leftovers, log, logs, make_home, program, said, with_code, write_log

HELD = "another program may have it open: a virus scanner, one that synchronises, or an editor; close it there"


class Waiting:
    """Somebody who waits, and after so many times the other program has closed its file."""

    def __init__(self, descriptor: int, times: int) -> None:
        self.waited: list[float] = []
        self._descriptor, self._times = descriptor, times

    def __call__(self, seconds: float) -> None:
        self.waited.append(seconds)
        if len(self.waited) == self._times:
            os.close(self._descriptor)


@pytest.fixture
def held(tmp_path: Path) -> tuple[Path, int]:
    """Return a file that another program has open, and its descriptor."""
    path = tmp_path / "x.md"
    path.write_bytes(b"old")
    return path, os.open(path, os.O_RDONLY)


def test_a_file_that_is_held_for_a_moment_is_written_all_the_same(held: tuple[Path, int]) -> None:
    waiting = Waiting(held[1], 3)
    files.write(held[0], b"new", pause=waiting)
    assert (held[0].read_bytes(), len(waiting.waited)) == (b"new", 3)


def test_a_file_that_is_held_for_a_moment_is_removed_all_the_same(held: tuple[Path, int]) -> None:
    waiting = Waiting(held[1], 2)
    files.remove(held[0], pause=waiting)
    assert (held[0].exists(), len(waiting.waited)) == (False, 2)


def test_a_file_that_stays_held_is_said_to_be_and_keeps_what_it_holds(held: tuple[Path, int]) -> None:
    waiting = Waiting(held[1], 0)
    with pytest.raises(CoachError, match=HELD):
        files.write(held[0], b"new", pause=waiting)
    assert 0.5 < sum(waiting.waited) < 1.5
    os.close(held[1])
    assert (held[0].read_bytes(), os.listdir(held[0].parent)) == (b"old", ["x.md"])


def test_a_log_that_an_editor_has_open_is_not_forgotten_and_that_is_said(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    coach(home, "run", "talk", typed="S.\nTo listen.\nx\n1\ny\n")
    (path,) = logs(home)
    with path.open("rb"):
        refused = coach(home, "forget", path.stem, "--yes")
    assert (refused.returncode, HELD.encode() in refused.stderr, logs(home)) == (1, True, [path])
    assert coach(home, "forget", path.stem, "--yes").returncode == 0
    assert logs(home) == []


@pytest.mark.parametrize("folder", ["Q:/coach", "Q:/", "//no-such-computer/share/coach"])
def test_a_drive_or_a_share_that_is_not_there_is_told_in_one_line(folder: str) -> None:
    done = program(Path(folder), "run", "focus", "--plain", typed="S.\n")
    assert (done.returncode, len(done.stderr.decode().strip().split("\n"))) == (1, 1)
    assert str(Path(folder))[:2] in done.stderr.decode()


def test_a_path_that_is_too_long_is_told_as_that_or_used(tmp_path: Path) -> None:
    home = tmp_path / ("x" * 100) / ("y" * 100)
    home.parent.mkdir()
    done = program(home, "run", "focus", "--plain", typed="S.\n")
    assert done.returncode == 3 or b"its path is too long for this system" in done.stderr


@pytest.mark.parametrize("name", ["con", "Aux.md", "NUL.tar.gz", "com1.html"])
def test_a_file_called_like_a_device_is_not_written(tmp_path: Path, name: str) -> None:
    with pytest.raises(CoachError, match="Windows keeps this name for a device; choose another name"):
        files.write(tmp_path / name, b"new")
    assert os.listdir(tmp_path) == []


def test_nobody_sits_at_the_device_that_swallows_everything(tmp_path: Path) -> None:
    command, env = [*RUN, "run", "talk"], dict(environ(make_home(tmp_path), "en"))
    with Path(os.devnull).open("r+b") as nothing:
        assert nothing.isatty()  # Windows says so of every device
        ended = subprocess.run(command, stdin=nothing, stdout=nothing, stderr=subprocess.PIPE, env=env, check=False, timeout=60)
    assert (ended.returncode, b"The input ended before the last question." in ended.stderr) == (3, True)


def test_a_log_that_is_only_to_be_read_goes_on(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    coach(home, "run", "talk", typed="S.\n")
    logs(home)[0].chmod(0o400)
    assert coach(home, "resume", "--plain", typed="To listen.\n").returncode == 3
    assert ("- wish:: To listen." in log(home), said(home, "about")) == (True, ["S."])


def test_a_log_with_capitals_in_its_ending_can_be_called_as_it_should_be(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    plain = write_log(home, "2026-03-02-090000-talk", "wish:: Peace.")
    data = plain.read_bytes()
    plain.unlink()
    plain.with_suffix(".MD").write_bytes(data)
    mended = coach(home, "check", "--mend", "--yes").stdout.decode().split("\n")  # Wine leaves the name as it was all the same
    told = f"{plain.stem}.MD: this looks like a log and is not read; call it {plain.name}"
    assert mended == [told, "", f"{plain.stem}.MD \N{RIGHTWARDS ARROW} {plain.name}", ""]
    assert plain.read_bytes() == data


NO_LOCKS = "import msvcrt\ndef locking(*_): raise OSError(22, 'No')\nmsvcrt.locking = locking\n"


def test_on_a_disk_that_cannot_hold_a_file_all_is_saved(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    done = program(home, "run", "talk", typed=ANSWERS, PYTHONPATH=with_code(tmp_path, NO_LOCKS))
    assert (done.returncode, done.stderr, said(home, "wish"), leftovers(home)) == (0, b"", ["To listen."], [])


def test_a_hint_runs_as_it_stands(tmp_path: Path) -> None:
    home = make_home(tmp_path / "Zo\N{LATIN SMALL LETTER E WITH DIAERESIS} & co")
    told = program(home, "list", "--home", str(home)).stdout.decode()
    hint = told.rstrip().partition("Begin with: ")[2]
    assert hint.endswith(f' -m coach prepare --home "{home}"')
    done = subprocess.run(hint, shell=True, input=b"S.\n", capture_output=True, env=dict(environ(tmp_path, "en")), check=False)  # noqa: S602 # it is for a shell
    assert (done.returncode, len(logs(home))) == (3, 1)
