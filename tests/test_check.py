"""`coach check`: what in the logs is not read and what does not fit, and mending it after it was shown."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from driver import Terminal
from shelf import MONDAY, coach, make_shelf, put
from systems import needs_case

ID, BACK = "2026-03-02-090000-talk", "2026-03-03-090000-reflect"


def make(folder: Path) -> Path:
    """Return a home with a preparation and a reflection on it."""
    home = make_shelf(folder)
    put(home, MONDAY, "talk", wish="Peace.", fear="That she leaves.", fear_likelihood="7", way="high (High)")
    put(home, MONDAY + timedelta(days=1), "reflect", follows=ID, fear_outcome="no (No)", effort="3")
    return home


def edit(home: Path, old: str, new: str, id_: str = ID) -> Path:
    path = home / "sessions" / f"{id_}.md"
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new).encode())
    return path


LOST = "put it back from a backup"
FAULTS = [
    ("- fear::", "- fear:", ":21: this looks like an answer to 'fear' and is not read; write it as `- fear:: ...`"),
    ("likelihood:: 7", "likelihood:: 7,5", ":25: 'fear_likelihood' cannot be counted as it stands here; write a whole number"),
    ("hood:: 7", "hood:: 7\n- fear_likelihood:: 3", ": 'fear_likelihood' has more than one answer; take one away"),
    (
        "likelihood:: 7",
        "likelihood:: 12",
        ": the answer to 'fear_likelihood' is not on its scale; write a whole number from 0 to 10",
    ),
    (
        "- fear:: That she",
        "She",
        ": no answer to 'fear' is read, and the front matter names it; look whether its line is there",
    ),
    ("- wish::", "- wihs::", ": there is no question 'wihs' in this sequence; did you mean 'wish'?"),
    ("high (High)\n", "hi", f":29: it does not end where a line ends: the rest may be lost; {LOST}"),
    ("\n- way:: high (High)\n", "\n", f":27: it ends with a question: the answer below it may be lost; {LOST}"),
    ("high (High)", "\0\0\0", f":29: part of this file is lost: there are zero bytes in it; {LOST}"),
    ("- wish::", "<<<<<<< HEAD\n- wish::", ":17: two versions of this file were put together here; keep the lines you want"),
    (
        "started: 2026-03-02",
        "started: 2026-02-28",
        ": it started on another day than its name says; the name counts; write the day of its name under started",
    ),
    ("finished: 2026-03-02", "finished: 2026-03-01", ": it was finished before it started; mend started or finished"),
    ("- way::", "- fear:: Two.", ": 'fear' is answered twice, to two questions; only the first counts; take one away"),
    ("- wish:: P", "- wish:: \\[ ] p", ": an editor put backslashes in the answer to 'wish'; take them out"),
    ("sequence: talk", "sequence: 'talk", ":4: the quote that opens here is never closed; close it, or leave out both quotes"),
]


@pytest.mark.parametrize(("old", "new", "told"), FAULTS)
def test_what_does_not_fit_is_told_with_its_file_and_what_to_do(tmp_path: Path, old: str, new: str, told: str) -> None:
    home = make(tmp_path)
    edit(home, old, new)
    done = coach(home, "check")
    assert (done.code, f"{ID}.md{told}" in done.out.split("\n"), done.err) == (1, True, "")


def test_logs_as_they_were_written_need_nothing(tmp_path: Path) -> None:
    done = coach(make(tmp_path), "check")
    assert (done.code, done.out) == (0, "2 logs, nothing to mend.\n")
    assert coach(tmp_path / "nowhere", "check").out == "0 logs, nothing to mend.\n"


def test_a_link_to_nothing_is_told(tmp_path: Path) -> None:
    home = make(tmp_path)
    (home / "sessions" / f"{ID}.md").unlink()
    cure = "put that log back, or take the line `follows` out"
    assert coach(home, "check").out == f"{BACK}.md: it follows '{ID}', which is not there; {cure}\n"


def test_a_question_that_only_its_sequence_knows_is_told_and_mended(tmp_path: Path) -> None:
    home = make(tmp_path)
    edit(home, "card: [wish, fear, fear_likelihood, way]\n", "")
    path = edit(home, "- wish::", "Wish::")
    told = f"{ID}.md:16: this looks like an answer to 'wish' and is not read; write it as `- wish:: ...`\n"
    assert coach(home, "check").out.startswith(told)
    assert coach(home, "check", "--mend", "--yes").code == 0
    assert "\n- wish:: Peace.\n" in path.read_text()


@pytest.mark.parametrize("name", [pytest.param(f"{ID}.MD", marks=needs_case), f"{ID}.md.txt", f"{ID}.markdown", f"{ID}.txt"])
def test_a_file_with_another_ending_is_told_and_mended(tmp_path: Path, name: str) -> None:
    home = make(tmp_path)
    path = (home / "sessions" / f"{ID}.md").rename(home / "sessions" / name)
    assert coach(home, "list").err == "1 file looks like a log and is not read; coach check says which.\n"
    done = coach(home, "check", "--mend", "--yes")
    assert f"{name}: this looks like a log and is not read; call it {ID}.md\n" in done.out
    assert f"\n{name} \N{RIGHTWARDS ARROW} {ID}.md\n" in done.out
    assert (path.exists(), coach(home, "check").code) == (False, 0)


def test_files_that_are_not_here_yet_folders_and_hidden_logs_are_told(tmp_path: Path) -> None:
    home = make(tmp_path)
    sessions = home / "sessions"
    (sessions / f"{BACK}.md").rename(sessions / f".{BACK}.md.icloud")
    (sessions / "2025").mkdir()
    (sessions / "2025" / "2025-03-02-090000-talk.md").write_text("x")
    (sessions / ".2026-03-09-090000-talk.md").write_text("x")
    for name in (f".{ID}.lock", f".{ID}.md.0123abcd.tmp", ".DS_Store", f"{ID}.md~", "notes.txt", ".obsidian"):
        (sessions / name).write_text("")
    assert coach(home, "list").err == "2 files look like logs and are not read; coach check says which.\n"
    assert coach(home, "check").out.split("\n")[:-1] == [
        f".{BACK}.md.icloud: this log is not on this computer yet; open it in the folder of your cloud, so that it comes",
        ".2026-03-09-090000-talk.md: this looks like a log and is not read; call it ID.md, or move it away",
        "2025/: the logs in this folder are not read; move them one folder up",
    ]


def test_mending_changes_the_answers_and_no_other_byte(tmp_path: Path) -> None:
    home = make(tmp_path)
    path = edit(
        home, "- wish:: Peace.", "*   **Wish**:: Pea\\*ce\n    and quiet.  \n\n\tMine:  keep\t \n~~~\n- fear: in code\n~~~"
    )
    before = path.read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(b"\xef\xbb\xbf" + before)
    done = coach(home, "check", "--mend", "--yes")
    after = before.replace(b"*   **Wish**:: Pea\\*ce\r\n    and quiet.  \r\n", b"- wish:: Pea\\*ce and quiet.\r\n")
    assert path.read_bytes() == b"\xef\xbb\xbf" + after
    assert done.code == 1  # the backslash is left to the person
    assert done.out.split("\n\n", 1)[1].split("\n")[:5] == [
        f"{ID}.md",
        " ",
        "-*   **Wish**:: Pea\\*ce",
        "-    and quiet.  ",
        "+- wish:: Pea\\*ce and quiet.",
    ]


def test_nothing_is_mended_without_a_yes(tmp_path: Path) -> None:
    home = make(tmp_path)
    path = edit(home, "- fear::", "* fear::")
    before = path.read_bytes()
    read = "In 1 log an editor changed the shape of answers; they are read.\n"
    assert coach(home, "check").out == read + "What can be mended is shown and mended with: coach check --mend\n"
    refused = coach(home, "check", "--mend")
    assert (refused.code, refused.err) == (2, "nobody can be asked whether this is right; add --yes\n")
    assert path.read_bytes() == before


@pytest.mark.parametrize(("typed", "line"), [("n", "* fear:: That she leaves."), ("y", "- fear:: That she leaves.")])
def test_a_person_is_asked_for_each_log(tmp_path: Path, typed: str, line: str) -> None:
    home = make(tmp_path)
    path = edit(home, "- fear::", "* fear::")
    terminal = Terminal("check", "--mend", home=home)
    terminal.wait_for("Mend this? [y/N]")
    terminal.type(f"{typed}\r")
    terminal.wait()
    assert line in path.read_text().split("\n")


def test_a_program_is_told_the_same(tmp_path: Path) -> None:
    home = make(tmp_path)
    edit(home, "- fear::", "- fear:")
    edit(home, "- effort::", "* effort::", BACK)
    what = {"problem": "this looks like an answer to 'fear' and is not read", "cure": "write it as `- fear:: ...`"}
    assert json.loads(coach(home, "check", "--json").out) == [
        {"file": f"{ID}.md", "line": 21, **what, "can_be_mended": True},
        {
            "file": f"{BACK}.md",
            "line": None,
            "problem": "an editor changed the shape of answers; they are read",
            "cure": None,
            "can_be_mended": True,
        },
    ]
    assert coach(home, "check", "--mend", "--json").code == 2


def test_a_log_that_is_open_elsewhere_is_not_mended(tmp_path: Path) -> None:
    from coach.logs.lock import holding

    home = make(tmp_path)
    path = edit(home, "- fear::", "* fear::")
    with holding(home / "sessions", ID):
        done = coach(home, "check", "--mend", "--yes")
    assert (done.code, "* fear::" in path.read_text()) == (1, True)
