"""Forgetting takes all that a session left, under whatever name, takes no letter more, and says what it cannot judge."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coach.errors import CoachError
from coach.logs.forgetting import forget, plan_to_forget
from coach.logs.library import Library
from coach.logs.quotation import quotation
from shelf import Result, coach
from systems import IS_WINDOWS, needs_links
from talk import make_home, write_log

TALK, BACK, OTHER = "2026-11-01-090000-talk", "2026-11-02-090000-back", "2026-11-03-090000-talk"
FEAR = "That she leaves."
COPIES = (
    f"{TALK} (conflicted copy 2026-11-24).md",
    f"{TALK}.sync-conflict-20261124-091502-ABCDEFG.md",
    f"{TALK}-laptop.md",
    f"{TALK}.md~",
    f"{TALK}.md.bak",
    f"{TALK}.md.txt",
    *(() if IS_WINDOWS else (f"{TALK}.MD",)),  # there it is the log itself
    f"#{TALK}.md#",
    f"archive/{TALK}.md",
    "archive/deeper/mother.md",
)
DARK = (f".{TALK}.md.swp", f".{TALK}.md.icloud", f"{TALK} 2.md", f"{TALK}.md.sync-conflict-20261124-091502-ABCDEFG.age")


def session_files(home: Path) -> list[str]:
    folder = home / "sessions"
    found = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return [name for name in found if name != ".gitignore"]


def asks(path: Path, *questions: str) -> str:
    """Put questions above the answer of a log, the last one right above it, and return its text."""
    text = path.read_text().replace("- happened", "\n\n".join((*(f"### {one}" for one in questions), "- happened")))
    path.write_text(text)
    return text


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a home with a session and one of other people."""
    home = make_home(tmp_path)
    write_log(home, TALK, f"fear:: {FEAR}")
    write_log(home, OTHER, f"fear:: {FEAR}", about="B.")
    return home


def test_what_editors_and_synchronising_programs_made_of_a_session_is_named_and_goes_with_it(home: Path) -> None:
    folder = home / "sessions"
    for name in COPIES:
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(folder / f"{TALK}.md", folder / name)
    for name in DARK:
        (folder / name).write_bytes(b"" if name.endswith("2.md") else b"\0\1 soup")
    going = sorted((f"{TALK}.md", *COPIES, *DARK))
    done = coach(home, "forget", TALK, "--yes")
    rows = [line.strip().rsplit("  ", 1) for line in done.out.split("\n") if line.startswith("  ")]
    assert sorted(name for name, _what in rows) == going
    assert {name for name, what in rows if what == "it cannot be read"} == set(DARK)
    assert f"{len(going)} files are removed." in done.out
    assert (done.code, done.err, session_files(home)) == (0, "", [f"{OTHER}.md"])


def test_a_session_of_the_same_second_and_one_whose_name_begins_alike_stay(home: Path) -> None:
    for name in (f"{TALK}-2", f"{TALK}er"):
        write_log(home, name, "fear:: Mine.")
        (home / "sessions" / f"{name}.md.bak").write_bytes(b"\0")
    before = session_files(home)
    assert coach(home, "forget", TALK, "--yes").code == 0
    assert session_files(home) == [name for name in before if name != f"{TALK}.md"]


@pytest.mark.parametrize("left", [f"{TALK}-mother.md", f"{TALK} (conflicted copy).md"])
def test_a_file_that_was_renamed_or_is_the_only_copy_left_is_gone_afterwards(home: Path, left: str) -> None:
    (home / "sessions" / f"{TALK}.md").rename(home / "sessions" / left)
    assert coach(home, "forget", "--about", "S.", "--yes").out.split("\n")[:3] == [
        "This goes for good:",
        f"  {left}  S.",
        "1 file is removed.",
    ]
    assert session_files(home) == [f"{OTHER}.md"]


def test_a_renamed_session_goes_with_its_copies_and_the_link_to_it(home: Path) -> None:
    folder = home / "sessions"
    (folder / f"{TALK}.md").rename(folder / f"{TALK}-mother.md")
    shutil.copy(folder / f"{TALK}-mother.md", folder / "older.md")
    back = write_log(home, BACK, "happened:: No.", follows=TALK)
    text = back.read_text()
    assert coach(home, "forget", TALK, "--yes").code == 0
    assert session_files(home) == [f"{BACK}.md", f"{OTHER}.md"]
    assert back.read_text() == text.replace(f"follows: {TALK}\n", "")


class PutBack:
    """The operating system, where a synchronising program puts a file back as soon as it is gone."""

    def __init__(self, path: Path) -> None:
        self._path, self._text = path, path.read_text()

    def __getattr__(self, name: str) -> Callable[..., Any]:
        return getattr(os, name)  # type: ignore[no-any-return] # any call

    def fsync(self, fd: int) -> None:
        os.fsync(fd)
        self._path.write_text(self._text)


@pytest.mark.skipif(IS_WINDOWS, reason="no folder is synced there")
def test_what_is_there_again_after_it_was_forgotten_is_said(home: Path) -> None:
    path = home / "sessions" / f"{TALK}.md"
    library = Library(path.parent, system=PutBack(path))
    with pytest.raises(CoachError) as caught:
        forget(library.folder, plan_to_forget(library, TALK))
    assert str(caught.value) == f"{TALK}.md: it is still there; close what has it open, and try once more"


def test_one_copy_is_forgotten_without_its_session(home: Path) -> None:
    shutil.copy(home / "sessions" / f"{TALK}.md", home / "sessions" / f"{TALK} 2.md")
    back = write_log(home, BACK, "happened:: No.", follows=TALK)
    text = asks(back, f'You feared "{FEAR}"?')
    assert coach(home, "forget", f"{TALK} 2", "--yes").out.split("\n")[1:3] == [f"  {TALK} 2.md  S.", "1 file is removed."]
    assert session_files(home) == [f"{TALK}.md", f"{BACK}.md", f"{OTHER}.md"]
    assert back.read_text() == text


@pytest.mark.parametrize(
    "name", [f"{BACK}-mother.md", "mother.md", f"{BACK} (conflicted copy).md", f"{BACK}.md~", f"old/{BACK}.md"]
)
def test_what_a_follower_quotes_goes_whatever_its_file_is_called(home: Path, name: str) -> None:
    back = write_log(home, BACK, "happened:: No.", follows=f'"[[{TALK}]]"')
    text = asks(back, f'You feared "{FEAR}"?')
    (home / "sessions" / name).parent.mkdir(exist_ok=True)
    back.rename(home / "sessions" / name)
    done = coach(home, "forget", TALK, "--yes")
    assert (done.code, done.err) == (0, "")
    assert (home / "sessions" / name).read_text() == text.replace(f'follows: "[[{TALK}]]"\n', "").replace(FEAR, "...")


def test_what_is_quoted_through_another_session_goes_too(home: Path) -> None:
    write_log(home, BACK, "happened:: No.", follows=TALK)
    last = write_log(home, "2026-11-04-090000-weeks", "happened:: No.", follows=BACK)
    text = asks(last, f'You feared "{FEAR}"?')
    assert coach(home, "forget", TALK, "--yes").code == 0
    assert last.read_text() == text.replace(FEAR, "...")


def test_words_inside_others_stay_as_they_are(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    write_log(home, TALK, "fear:: rust", "wish:: Wanneer", "step:: nee")
    back = write_log(home, BACK, "happened:: Ja.", follows=TALK)
    text = asks(back, 'Wanneer komt er rust? Je zei: "rustig", niet "nee hoor". Benee?')
    assert coach(home, "forget", TALK, "--yes").err == ""
    assert back.read_text() == text.replace(f"follows: {TALK}\n", "")


def marked(path: Path, question: str, *quotes: tuple[str, str, str]) -> str:
    """Put a question above the answer and below it what it quotes: session, answer and words."""
    marks = [str(quotation(session, answer, question.partition(words)[0], words)) for session, answer, words in quotes]
    path.write_text(asks(path, question) + "".join(f"- happened.quotes:: {mark}\n" for mark in marks))
    return path.read_text()


def test_marked_words_go_and_the_same_words_of_the_author_and_of_another_session_stay(home: Path) -> None:
    back = write_log(home, BACK, "happened:: No.", follows=TALK)
    question = f'*Before:* "{FEAR}!" With "That he shouts…" and "Rest" after it. {FEAR} "{FEAR}"?'
    text = marked(back, question, (TALK, "fear", f"{FEAR}!"), (OTHER, "fear", "That he shouts…"), (TALK, "wish", "Rest"))
    other = quotation(OTHER, "fear", '*Before:* "..." With "', "That he shouts…")
    kept = text.replace(f"follows: {TALK}\n", "").replace(f'"{FEAR}!"', '"..."').replace('"Rest"', '"..."')
    kept = "".join(line for line in kept.splitlines(keepends=True) if ".quotes::" not in line) + f"- happened.quotes:: {other}\n"
    done = coach(home, "forget", TALK, "--yes")
    assert (done.code, f"This stays as it is, and may hold something of it:\n  {BACK}.md: " in done.err) == (0, False)
    assert back.read_text() == kept


def test_a_quotation_goes_although_its_source_was_corrected_later(home: Path) -> None:
    back = write_log(home, BACK, "happened:: No.", follows=TALK)
    text = marked(back, 'You feared "That she laeves"?', (TALK, "fear", "That she laeves"))
    assert coach(home, "forget", TALK, "--yes").code == 0
    kept = text.replace(f"follows: {TALK}\n", "").replace("That she laeves", "...")
    assert back.read_text() == "".join(line for line in kept.splitlines(keepends=True) if ".quotes::" not in line)


@pytest.mark.parametrize(
    ("question", "after"),
    [
        ('You feared "That \\*she\\* leaves…"?', 'You feared "..."?'),
        ("You feared “That _she_ leaves...”?", "You feared “...”?"),
        ('And you feared "That *she* leaves..."?', 'And you feared "..."?'),
    ],
)
def test_marked_words_are_found_when_a_formatter_or_a_hand_moved_them(home: Path, question: str, after: str) -> None:
    back = write_log(home, BACK, "happened:: No.", follows=TALK)
    text = marked(back, 'You feared "That *she* leaves..."?', (TALK, "fear", "That *she* leaves..."))
    back.write_text(text.replace('You feared "That *she* leaves..."?', question).replace(".fear ", ".fear\n  "), "utf-8")
    assert coach(home, "forget", TALK, "--yes").code == 0
    assert back.read_text("utf-8").split("\n")[-4:] == [f"### {after}", "", "- happened:: No.", ""]


def test_a_marked_question_that_was_changed_stays_and_is_named(home: Path) -> None:
    back = write_log(home, BACK, "happened:: No.", follows=TALK)
    text = marked(back, f'You feared "{FEAR}"?', (TALK, "fear", FEAR)).replace("she leaves", "she goes")
    back.write_text(text)
    assert coach(home, "forget", TALK, "--yes").err == (
        "This stays as it is, and may hold something of it:\n"
        f"  {BACK}.md: a question quotes {TALK}.fear, and no longer as it was written: "
        'You feared "That she goes."?; look at it yourself\n'
    )
    assert back.read_text() == text.replace(f"follows: {TALK}\n", "")


def test_a_damaged_log_of_the_same_people_goes_and_a_damaged_follower_loses_what_it_quotes(home: Path) -> None:
    damaged = write_log(home, "2026-11-05-090000-talk", "fear:: He knows.", started="never")
    back = write_log(home, BACK, "happened:: No.", about="B.", follows=TALK, finished="never")
    text = marked(back, f'You feared "{FEAR}"?', (TALK, "fear", FEAR))
    shown = coach(home, "forget", "--about", "S.", "--yes")
    assert (shown.code, f"  {damaged.name}  S.\n" in shown.out) == (0, True)
    kept = text.replace(f"follows: {TALK}\n", "").replace(FEAR, "...")
    assert back.read_text() == "".join(line for line in kept.splitlines(keepends=True) if ".quotes::" not in line)
    assert session_files(home) == [back.name, f"{OTHER}.md"]


def test_what_cannot_be_read_and_is_not_known_to_belong_to_it_is_named_and_stays(home: Path) -> None:
    (home / "sessions" / f"{OTHER}.md").write_bytes(b"\0" * 9)
    (home / "sessions" / ".DS_Store").write_bytes(b"\0" * 9)
    done = coach(home, "forget", TALK, "--yes")
    assert done.err == (
        "This stays as it is, and may hold something of it:\n"
        f"  {OTHER}.md: it cannot be read, so coach cannot tell what is in it; remove it with coach forget, "
        "or put it back from a backup\n"
    )
    assert session_files(home) == [".DS_Store", f"{OTHER}.md"]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_the_link_goes_from_a_log_however_it_is_written(home: Path, mark: str, end: str) -> None:
    links = (f"follows: {TALK}\n", f"'follows' : \"[[{TALK}|before]]\"\n", f"follows:\n  - '[[{TALK}]]'\n")
    for link in links:
        write_log(home, TALK, f"fear:: {FEAR}")
        back = write_log(home, BACK, "happened:: No.", follows="X")
        text = mark + back.read_text().replace("follows: X\n", link).replace("\n", end)
        back.write_bytes(text.encode())
        assert coach(home, "forget", TALK, "--yes").code == 0
        assert back.read_bytes().decode() == text.replace(link.replace("\n", end), "")


def test_forgetting_takes_people_as_they_are_written_and_names_others_like_them(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    names = ("S.", "A.S.", "Mrs. de Boer", "parents of S.")
    for number, about in enumerate(names):
        write_log(home, f"2026-11-0{number + 1}-090000-talk", "fear:: x", about=about)
    assert coach(home, "forget", "--about", "parents", "--yes") == Result(
        0, "No sessions like that.\nWrite it as it stands in the log: parents of S.\n"
    )
    assert coach(home, "forget", "--about", " s. ", "--yes").code == 0
    assert session_files(home) == [f"2026-11-0{number}-090000-talk.md" for number in (2, 3, 4)]


def test_elsewhere_people_are_found_by_whole_words(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    for number, about in enumerate(("S.", "A.S.", "Mrs. de Boer", "parents of S.", "Yusra's mother")):
        write_log(home, f"2026-11-0{number + 1}-090000-talk", "fear:: x", about=about)

    def found(about: str) -> list[str]:
        return [line.split("  ")[0][8:10] for line in coach(home, "list", "--about", about).out.split("\n") if line[:2] == "20"]

    assert [found(about) for about in ("s.", "s", "boer", "yusra", "parents of", "rents")] == [
        ["04", "01"],
        ["04", "01"],
        ["03"],
        ["05"],
        ["04"],
        [],
    ]


@needs_links
def test_a_link_goes_and_what_it_leads_to_stays_and_is_named(home: Path, tmp_path: Path) -> None:
    path, elsewhere = home / "sessions" / f"{TALK}.md", tmp_path / "elsewhere.md"
    path.rename(elsewhere)
    path.symlink_to(elsewhere)
    done = coach(home, "forget", TALK, "--yes")
    assert (done.code, "a link to another place, and what is there stays" in done.err) == (0, True)
    assert (elsewhere.exists(), session_files(home)) == (True, [f"{OTHER}.md"])


@pytest.mark.parametrize(
    ("language", "before", "words"),
    [
        ("en", 'You were afraid: "', "That she feels attacked and walks out."),
        ("nl", 'Je was bang: "', "Dat moeder zich aangevallen voelt en wegloopt."),
    ],
)
def test_the_example_in_the_reference_is_true(language: str, before: str, words: str) -> None:
    mark = quotation("2026-11-24-091502-prepare", "fear", before, words)
    reference = (Path(__file__).parents[1] / ".readme" / f"reference.{language}.md").read_text("utf-8")
    assert f'### {before}{words}"' in reference
    assert f"- fear_outcome.quotes:: {mark}\n" in reference
