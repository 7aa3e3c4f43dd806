"""A home that is not there is not an empty one, and a disk that can do less than others is used as far as it goes."""

import errno
import os
import shlex
from pathlib import Path

import pytest

from coach.errors import CoachError
from coach.logs.library import Library
from shelf import MONDAY, Result, make_shelf, put
from shelf import coach as inside
from systems import IS_WINDOWS, READABLE, needs_links, needs_modes
from talk import ANSWERS, coach, leftovers, make_home, said, with_code
from test_faults_disk import CALLS, NEW, Failing, refuse, session

CURE = "see whether its disk is connected, or take the link away"
COMMANDS = [("list",), ("show",), ("fears",), ("card",), ()]


@needs_links
@pytest.mark.parametrize("arguments", COMMANDS)
def test_a_home_that_is_a_link_to_what_is_not_there_is_told_as_such(arguments: tuple[str, ...], tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.symlink_to("/media/gone/coach")
    told = f"{home}: it is a link to /media/gone/coach, which is not there; {CURE}\n"
    assert inside(home, *arguments) == Result(1, "", told)


@needs_links
def test_where_the_folders_are_is_told_also_of_a_home_that_is_not_there(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.symlink_to("/media/gone/coach")
    done = inside(home, "where")
    assert (done.code, done.err) == (0, "")
    assert "it is a link to /media/gone/coach, which is not there" in " ".join(done.out.split())


def test_of_a_home_that_was_named_and_is_not_there_yet_it_is_told_that_it_is_not(tmp_path: Path) -> None:
    told = f"{tmp_path / 'home'} is not there yet, so there are no sessions. Begin with: coach prepare\n"
    assert inside(tmp_path / "home", "list") == Result(0, told)
    make_home(tmp_path)
    assert inside(tmp_path / "home", "list") == Result(0, "No sessions yet. Begin with: coach prepare\n")


@needs_links
def test_nothing_is_saved_behind_a_link_to_what_is_not_there(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.symlink_to(tmp_path / "gone")
    done = inside(home, "run", "focus", typed="x\n")
    told = f"{home}: it is a link to {tmp_path / 'gone'}, which is not there; {CURE}\n"
    assert (done.code, done.err, os.listdir(tmp_path)) == (1, told, ["home"])


@pytest.mark.parametrize("arguments", [("list",), ("run", "focus")])
def test_a_home_in_a_folder_that_is_not_there_is_told_as_such_and_not_made(arguments: tuple[str, ...], tmp_path: Path) -> None:
    done = inside(tmp_path / "disk" / "coach", *arguments, typed="x\n")
    told = f"{tmp_path / 'disk'}: it is not there (any more); see whether the folder was moved or its disk taken out\n"
    assert (done.code, done.err, os.listdir(tmp_path)) == (1, told, [])


def test_nothing_is_made_in_a_place_that_went_away_before_the_first_save(tmp_path: Path) -> None:
    library = Library(tmp_path / "disk" / "coach" / "sessions")
    with pytest.raises(CoachError, match="see whether the folder was moved or its disk taken out"):
        library.begin(session("").started, "talk")
    assert os.listdir(tmp_path) == []


SEQUENCES = [("run", "talk"), ("prepare",), ("sequences",), ("sequences", "show", "talk")]


@needs_links
@pytest.mark.parametrize("arguments", SEQUENCES)
def test_sequences_behind_a_link_to_what_is_not_there_are_not_passed_over(arguments: tuple[str, ...], tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "prompts").symlink_to("/media/gone/prompts")
    told = f"{home / 'prompts'}: it is a link to /media/gone/prompts, which is not there; {CURE}\n"
    assert inside(home, *arguments, typed="x\n") == Result(1, "", told)
    assert inside(home, _COACH_COMPLETE="complete_bash", COMP_WORDS="coach run ", COMP_CWORD="2") == Result(0, "\n")


@needs_links
def test_a_sequence_that_is_a_link_to_what_is_not_there_is_not_taken_from_elsewhere(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    (home / "prompts" / "prepare.yaml").symlink_to("/media/gone/prepare.yaml")
    told = f"{home / 'prompts' / 'prepare.yaml'}: it is a link to /media/gone/prepare.yaml, which is not there; {CURE}\n"
    assert inside(home, "prepare", typed="x\n") == Result(1, "", told)
    assert inside(home, "run", "talk", typed=ANSWERS).code == 0


@needs_links
def test_a_log_that_cannot_be_read_is_not_taken_for_none(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    (home / "sessions").mkdir(mode=0o700)
    (home / "sessions" / "2026-11-24-091500-talk.md").symlink_to("/media/gone/talk.md")
    cure = "see whether the folder was moved or its disk taken out"
    path = home / "sessions" / "2026-11-24-091500-talk.md"
    assert inside(home, "show") == Result(1, "", f"{path}: it is not there (any more); {cure}\n")


def test_a_file_in_the_way_of_the_folder_of_sequences_is_named(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "prompts").write_text("mine")
    told = f"{home / 'prompts'}: a file is in the way of a folder with this name; give that file another name\n"
    assert inside(home, "sequences", "new", "mine") == Result(1, "", told)


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOSYS, errno.ENOTSUP])
@pytest.mark.parametrize("call", [place + 1 for place, name in enumerate(CALLS) if name == "fsync"])
def test_a_disk_that_cannot_confirm_a_save_has_saved_all_the_same(number: int, call: int, tmp_path: Path) -> None:
    from coach import files

    path = tmp_path / "x.md"
    files.write(path, NEW, Failing(call, refuse(number)))
    assert (path.read_bytes(), os.listdir(tmp_path)) == (NEW, ["x.md"])


NO_LOCKS = "import fcntl\ndef flock(*_): raise OSError({number}, 'No')\nfcntl.flock = flock\n"
NO_FOLDER_SYNC = """
import os, stat
real = os.fsync
def fsync(fd):
    if stat.S_ISDIR(os.fstat(fd).st_mode):
        raise OSError(22, 'No')
    real(fd)
os.fsync = fsync
"""
NO_RIGHTS = """
import os, pathlib
real_open, real_mkdir = os.open, os.mkdir
def open_(path, flags, mode=0o777, **more):
    fd = real_open(path, flags, 0o777, **more)
    if flags & os.O_CREAT:
        real_chmod(path, 0o777)
    return fd
def mkdir(path, *_, **more):
    real_mkdir(path, **more)
    real_chmod(path, 0o777)
def chmod(*_, **__): raise OSError(1, 'No')
real_chmod = os.chmod
os.open, os.mkdir, os.chmod = open_, mkdir, chmod
pathlib.Path.chmod = chmod
"""
WEAK = [
    (NO_LOCKS.format(number=errno.ENOLCK), "open a session in one window only"),
    (NO_LOCKS.format(number=errno.EOPNOTSUPP), "open a session in one window only"),
    (NO_LOCKS.format(number=errno.ENOSYS), "open a session in one window only"),
    (NO_FOLDER_SYNC, "after a power cut the latest answer may be gone"),
    (NO_RIGHTS, "everybody who can use it can read your logs"),
]


@pytest.mark.skipif(IS_WINDOWS, reason="Windows tells nothing of a disk; tests/windows saves where it cannot lock")
@pytest.mark.parametrize(("code", "lack"), WEAK)
def test_on_a_disk_that_can_do_less_all_is_saved_and_once_it_is_told_what_is_less(code: str, lack: str, tmp_path: Path) -> None:
    home = make_home(tmp_path)
    odd = with_code(tmp_path, code)
    told = f"This disk can do less than others: {lack}.".encode()
    first, second = (coach(home, "run", "talk", typed=ANSWERS, PYTHONPATH=odd) for _time in range(2))
    assert [(done.returncode, done.stderr, done.stdout.count(told)) for done in (first, second)] == [(0, b"", 1), (0, b"", 0)]
    assert leftovers(home) == []


def test_a_disk_that_can_do_all_is_not_spoken_of(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    done = coach(home, "run", "talk", typed=ANSWERS)
    assert (done.returncode, b"This disk" in done.stdout, said(home, "wish")) == (0, False, ["To listen."])


def test_what_is_less_on_a_disk_is_told_at_the_first_save_only(tmp_path: Path) -> None:
    library = Library(tmp_path / "sessions")
    writer = library.begin(session("").started, "talk")
    assert (writer.save(session("a")), writer.save(session("b"))) == ("", "")
    writer.close()


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a home that is found because one is in it, and that is under version control."""
    home = make_shelf(tmp_path)
    (home / ".git").mkdir()
    monkeypatch.chdir(home)
    return home


def test_a_report_goes_beside_the_logs_and_never_over_an_earlier_one(checkout: Path) -> None:
    put(checkout, MONDAY, fear="Silence.")
    told = [inside(checkout, "report", COACH_HOME="") for _time in range(2)]
    names = sorted(path.name for path in (checkout / "sessions").glob("*.html"))
    stem = names[0].removesuffix(".html").removesuffix("-2")
    assert names == [f"{stem}-2.html", f"{stem}.html"]
    assert [(done.code, done.out) for done in told] == [
        (0, f"Written to {checkout / 'sessions' / f'{stem}{number}.html'}.{READABLE}\n") for number in ("", "-2")
    ]
    assert [name for name in os.listdir(checkout) if name.startswith("looking")] == []


@needs_modes
def test_a_file_is_said_to_be_private_only_where_it_is(tmp_path: Path) -> None:
    home, copy = make_home(tmp_path), tmp_path / "copy.md"
    coach(home, "run", "talk", typed=ANSWERS)
    done = coach(home, "export", "--yes", "--output", str(copy), PYTHONPATH=with_code(tmp_path, NO_RIGHTS))
    assert (done.returncode, done.stdout.decode().partition(". ")[2]) == (0, f"Written to {copy}.\n")


def test_a_file_that_is_written_under_version_control_is_told_as_such(checkout: Path) -> None:
    put(checkout, MONDAY, fear="Silence.")
    told = f"Take note: this folder is under version control, which may take the file along: {checkout}\n"
    assert inside(checkout, "report", "--output", "page.html").err == told
    assert inside(checkout, "export", "--yes", "--output", "copy.md").err.endswith(told)
    assert "version control" not in inside(checkout, "report", "--output", str(checkout.parent / "page.html")).err


@pytest.mark.skipif(IS_WINDOWS, reason="the quotes are of a shell of Unix")
@pytest.mark.parametrize(
    ("sign", "how"), [(".git", "throw it away or clean it (`git clean -x`)"), ("pyproject.toml", "throw it away")]
)
def test_sessions_in_a_folder_that_may_be_thrown_away_are_seen_there_only_which_is_told_once(
    sign: str, how: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = make_shelf(tmp_path)
    (home / sign).touch()
    monkeypatch.chdir(home)
    elsewhere = f"coach --home '{Path('~', 'coach')}'"
    told = (
        f"kept.\n\nYour sessions are kept in this folder, and are seen here only. When you {how}, they are gone.\n"
        f"For a folder of your own, begin with: {elsewhere}\n\n1 / "
    )
    counts = [inside(home, "run", "talk", typed=ANSWERS, COACH_HOME="").out.count(told) for _time in range(2)]
    assert counts == [1, 0]
    begin = inside(home, *shlex.split(elsewhere)[1:], COACH_HOME="").out
    assert f"  coach prepare --home '{Path('~', 'coach')}'\n" in begin


def test_ones_own_folder_is_no_workplace_where_all_of_ones_files_are_under_version_control(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    out = inside(tmp_path / "coach", "run", "focus", COACH_HOME="").out
    assert ("1 / " in out, "seen here only" in out) == (True, False)


def test_a_home_that_was_named_is_seen_from_everywhere(checkout: Path) -> None:
    out = inside(checkout, "run", "talk", typed=ANSWERS).out
    assert ("Kept in" in out, "seen here only" in out) == (True, False)
