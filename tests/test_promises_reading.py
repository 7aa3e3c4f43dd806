"""What is read back, shared and reported of a log: also when its questions are gone, of copies once, and nowhere else."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from coach import files
from coach.errors import CoachError
from driver import environ
from shelf import MONDAY, Result, coach, make_shelf, put
from systems import needs_links
from talk import ANSWERS, TALK, logs

CANARY = "canary-7f3a"
MAKING = """
import sys
from coach.__main__ import run
commands = ("export --yes", "export --yes --output copy.md", "export --yes --output copy.html", "report --output page.html")
sys.exit(max(run(command.split()) for command in commands))
"""


@pytest.mark.parametrize(
    "questions",
    [
        "",
        "title: broken\nstepz: []\n",
        TALK.replace("What do you fear?", "Something else?").replace("wish", "want").replace("High", "Tall"),
    ],
)
def test_a_session_is_exported_as_it_was_held_whatever_became_of_its_questions(tmp_path: Path, questions: str) -> None:
    home = make_shelf(tmp_path)
    coach(home, "run", "talk", typed=ANSWERS.replace("S.", "The parents."))
    (home / "prompts" / "talk.yaml").write_text(questions)
    held = (
        "# Talk: The parents.\n\n### What do you wish?\n\n> To listen.\n\n### What do you fear?\n\n> That she leaves.\n\n"
        "### Which way?\n\n> High\n\n### What is the first step?\n\n> Call her.\n"
    )
    assert coach(home, "export", "--yes").out == held


def test_copies_of_a_synchronising_program_change_nothing_that_is_counted_or_shown(tmp_path: Path) -> None:
    home, commands = make_shelf(tmp_path), ("", "list", "show", "card", "search wait", "fears", "patterns", "report --output -")
    prepared = put(home, MONDAY, "prepare", fear="That I wait.", old_road="I wait.", honest_question="Why?")
    put(home, MONDAY + timedelta(days=1), "reflect", follows=prepared, old_road="I wait again.", fear_outcome="no (No)")
    before = [coach(home, *command.split()) for command in commands]
    for path in logs(home):
        for name in (f"{path.stem} (conflicted copy 2026-11-25).md", f"{path.stem}.sync-conflict-20261125.md"):
            path.with_name(name).write_bytes(path.read_bytes().replace(b"I wait", b"They wait"))
    held = {path: path.read_bytes() for path in home.rglob("*.md")}
    assert [coach(home, *command.split()).out for command in commands] == [result.out for result in before]
    assert {path: path.read_bytes() for path in home.rglob("*.md")} == held
    assert coach(home, "fears").err.count(f": this is a copy of {prepared}, as synchronising programs make them;") == 2


@pytest.fixture
def open_mask() -> Iterator[None]:
    """Let a process make files that everybody may read and write."""
    mask = os.umask(0)
    yield
    os.umask(mask)


@needs_links
@pytest.mark.usefixtures("open_mask")
def test_a_page_or_a_copy_is_private_and_never_written_through_a_link(tmp_path: Path) -> None:
    home, victim = make_shelf(tmp_path), tmp_path / "victim.html"
    put(home, MONDAY, wish="x")
    coach(home, "report", "--output", str(victim))
    assert victim.stat().st_mode & 0o777 == 0o600
    victim.write_bytes(victim.read_bytes() + b"<!-- mine -->")
    kept = victim.read_bytes()
    for name, target, command in (("page.html", "victim.html", "report"), ("copy.md", "nowhere.md", "export --yes")):
        (tmp_path / name).symlink_to(tmp_path / target)
        assert coach(home, *command.split(), "--output", str(tmp_path / name)).code == 0
        assert (tmp_path / name).lstat().st_mode & 0o777777 == 0o100600
    assert victim.read_bytes() == kept
    assert not (tmp_path / "nowhere.md").exists()


class Trap:
    """The operating system, with somebody who puts a link where a temporary file is to be made."""

    def __init__(self, victim: Path) -> None:
        self._victim = victim

    def open(self, path: str, flags: int, mode: int) -> int:
        if flags & os.O_CREAT:
            Path(path).symlink_to(self._victim)
        return os.open(path, flags, mode)

    def __getattr__(self, name: str) -> object:
        return getattr(os, name)


@needs_links
def test_a_temporary_file_is_never_written_through_a_link(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    with pytest.raises(CoachError):
        files.write(tmp_path / "log.md", b"ours", Trap(victim))  # type: ignore[arg-type] # it has every call
    assert victim.read_text() == "mine"
    assert not (tmp_path / "log.md").exists()


def test_what_is_exported_and_reported_is_in_the_file_that_was_asked_for_and_nowhere_else(tmp_path: Path) -> None:
    home = make_shelf(tmp_path)
    (tmp_path / "tmp").mkdir()
    id_ = put(home, MONDAY, fear=CANARY, old_road=CANARY, unexpected=CANARY)
    env = {**environ(home, "en"), "TMPDIR": str(tmp_path / "tmp"), "XDG_CACHE_HOME": str(tmp_path / "tmp")}
    done = subprocess.run(
        [sys.executable, "-P", "-c", MAKING], capture_output=True, env=env, check=True, cwd=tmp_path, timeout=60
    )
    holding = [path for path in tmp_path.rglob("*") if path.is_file() and CANARY.encode() in path.read_bytes()]
    assert sorted(path.relative_to(tmp_path).as_posix() for path in holding) == [
        "copy.html",
        "copy.md",
        f"home/sessions/{id_}.md",
        "page.html",
    ]
    assert (done.stdout.count(CANARY.encode()), CANARY.encode() in done.stderr) == (3, False)
    assert list((tmp_path / "tmp").iterdir()) == []


def test_a_report_tells_of_what_it_was_narrowed_to_as_text(tmp_path: Path) -> None:
    home = make_shelf(tmp_path)
    put(home, MONDAY, about="<b>S.</b>", wish="x")
    page = coach(home, "report", "--about", "<b>S.</b>", "--output", "-").out
    assert ('<p class="quiet">&lt;b&gt;S.&lt;/b&gt;</p>' in page, "<b>" in page) == (True, False)
    assert coach(home, "report", "--about", "nobody", "--output", "-") == Result(1, "", "No sessions like that.\n")
