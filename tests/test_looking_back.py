"""The commands that look back, run as a person runs them."""

# sentences stay on one line

from __future__ import annotations

import gc
import json
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from coach.__main__ import run
from coach.cli.filters import Filter
from coach.logs.markdown import render
from coach.logs.session import Exchange, Session
from driver import environ
from systems import is_private

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CANARY = "kanariegeel"
COUNT_OPENED = """
import os, sys
def note(event, arguments):
    if event == "open" and str(arguments[0]).endswith(".md"):
        os.write(2, os.path.basename(arguments[0]).encode() + b"\\n")
sys.addaudithook(note)
from coach.__main__ import main
main()
"""


def put(
    home: Path,
    day: int,
    kind: str,
    follows: str = "",
    *,
    about: str = "parents of S.",
    tags: tuple[str, ...] = (),
    **answers: str,
) -> str:
    started = MONDAY + timedelta(days=day)
    id_ = f"{started:%Y-%m-%d-%H%M%S}-{kind}"
    exchanges = tuple(Exchange(name, f"{name}?", tuple(text.split("\n"))) for name, text in answers.items())
    session = Session(id_, kind, kind, "en", "Title", started, about, started, follows, tags, exchanges=exchanges)
    (home / "sessions" / f"{id_}.md").write_text(render(session), "utf-8")
    return id_


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "sessions").mkdir(mode=0o700)
    (tmp_path / "prompts").mkdir()
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    first = put(tmp_path, 0, "prepare", tags=("absence",), fear="He walks out.", fear_likelihood="7", old_road="I explain.")
    put(tmp_path, 1, "reflect", first, fear_outcome="no (No)", effort="6", unexpected=CANARY)
    put(
        tmp_path,
        9,
        "prepare",
        about="team K.",
        fear="Silence. Jéroen leaves.",
        fear_likelihood="4",
        old_road="I go explaining.",
    )
    return tmp_path


def coach(home: Path, *arguments: str) -> int:
    return run(["--home", str(home), "--lang", "en", *arguments])


def answer(home: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:  # JSON of any shape
    assert coach(home, *arguments, "--json") == 0
    return json.loads(capsys.readouterr().out)


def test_what_is_found_is_shown_under_its_session_and_question(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert coach(home, "search", "jeroen") == 0
    assert capsys.readouterr().out == "11 March 2026  team K.  2026-03-11-090000-prepare\n  fear?\n    Silence. Jéroen leaves.\n"


def test_nothing_found_is_exit_code_1(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert coach(home, "search", "zebra") == 1
    assert capsys.readouterr() == ("", "Nothing found with 'zebra'.\n")
    assert coach(home, "search", "explain", "--about", "nobody") == 1


def test_where_nothing_is_found_the_nearest_word_and_question_are_named(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert coach(home, "search", "explian") == 1
    assert capsys.readouterr() == ("", "Nothing found with 'explian'. Did you mean 'explain'?\n")
    assert coach(home, "search", "explain", "--field", "old-road") == 1
    assert capsys.readouterr() == ("", "Nothing found in answers to 'old-road'. Did you mean 'old_road'?\n")
    assert coach(home, "search", "silence", "explain", "--field", "fear") == 1
    occurs = "It does occur, but not together, or not in the sessions and answers where you look."
    assert capsys.readouterr() == ("", f"Nothing found with 'silence explain'. {occurs}\n")
    assert coach(home, "search", "explai", "--word") == 1
    assert capsys.readouterr().err == "Nothing found with 'explai'. Did you mean 'explain'?\n"


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("uitleggen", "Ik leg het nog eens uit."),
        ("uitleggen", "Ik legde alles uit."),
        ("uitleggen", "Ik heb het uitgelegd."),
        ("uitleggen", "Ik hoef niets uit te leggen."),
        ("moeders", "De moeder zweeg."),
        ("gesprekken", "Het gesprek stokte."),
        ("questions", "One question."),
        ("talked", "I talk on."),
    ],
)
def test_where_nothing_is_found_other_forms_of_the_word_are_tried_and_that_is_said(
    typed: str, line: str, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(home, 20, "prepare", core=line)
    assert coach(home, "search", typed) == 0
    shown = capsys.readouterr()
    assert shown.out.endswith(f"  core?\n    {line}\n")
    assert shown.err == f"Nothing found with '{typed}' as it is typed. With other forms of the word:\n"
    assert coach(home, "search", typed, "--word") == 1
    assert coach(home, "search", typed, "--json") == 1


def test_a_copy_is_searched_once(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    id_ = "2026-03-11-090000-prepare"
    data = (home / "sessions" / f"{id_}.md").read_bytes()
    for name in (f"{id_}-laptop.md", f"{id_} (1).md", f"{id_}.sync-conflict-20260312-101010-ABCDEFG.md"):
        (home / "sessions" / name).write_bytes(data)
    assert [hit["id"] for hit in answer(home, capsys, "search", "jeroen")] == [id_]


def test_filters_narrow_what_is_found(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(home, capsys, "search", "explain", "--since", "2026-03-05")
    assert [(hit["id"], hit["field"], hit["line"]) for hit in found] == [
        ("2026-03-11-090000-prepare", "old_road", "I go explaining.")
    ]
    assert [hit["id"] for hit in answer(home, capsys, "search", "explain", "--tag", "Absence")] == ["2026-03-02-090000-prepare"]


def test_a_day_looking_back_is_past_and_said_back(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert coach(home, "list", "--since", "2 march 2026", "--until", "march 2026") == 0
    shown = capsys.readouterr()
    assert "--since: Monday 2 March" in shown.err
    assert [line.split()[0] for line in shown.out.strip().split("\n")] == [
        "2026-03-11-090000-prepare",
        "2026-03-03-090000-reflect",
        "2026-03-02-090000-prepare",
    ]


def test_what_a_filter_leaves_out_is_not_said_to_be_nowhere(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert coach(home, "fears", "--since", "yesterday") == 0
    assert capsys.readouterr().out == "No fears like that.\n"


@pytest.mark.parametrize(("about", "found"), [("s.", ["Mrs. S.", "S."]), ("team", ["team K."]), ("eam", []), ("k", ["team K."])])
def test_whom_it_is_about_is_found_by_whole_words(about: str, found: list[str]) -> None:
    abouts = ["Mrs. S.", "S.", "team K.", "Mrs. de Boer", "A.S."]
    assert [
        one for one in abouts if Filter(about).admits(Session("x", "x", "x", "en", "x", datetime(2026, 3, 2, tzinfo=UTC), one))
    ] == found


def test_fears_are_values_for_a_program(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(home, capsys, "fears")
    assert [(fear["id"], fear["fear"], fear["likelihood"], fear["outcome"]) for fear in found["fears"]] == [
        ("2026-03-11-090000-prepare", "Silence. Jéroen leaves.", 4, "open"),
        ("2026-03-02-090000-prepare", "He walks out.", 7, "no"),
    ]
    assert found["counts"] == {"no": 1, "partly": 0, "yes": 0, "unknown": 0, "open": 1}


def test_a_filter_on_fears_keeps_their_outcomes(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for narrowed in (("--sequence", "prepare"), ("--until", "2026-03-02"), ("--tag", "absence")):
        found = answer(home, capsys, "fears", "--about", "S.", *narrowed)
        assert [fear["outcome"] for fear in found["fears"]] == ["no"]


def test_patterns_list_their_sessions(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (roads,) = answer(home, capsys, "patterns")["returning"]
    assert roads["patterns"][0]["sessions"] == ["2026-03-11-090000-prepare", "2026-03-02-090000-prepare"]


def test_a_damaged_file_is_named_once_and_stops_nothing(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "sessions" / "2026-03-05-090000-prepare.md").write_bytes(b"\x00\xff" * 100)
    for arguments, code in ((("search", "explain"), 0), (("fears",), 0), (("patterns",), 0), (("search", "zebra"), 1)):
        assert coach(home, *arguments) == code
        assert capsys.readouterr().err.count("2026-03-05-090000-prepare.md: this is not a log of a session") == 1


@pytest.mark.parametrize("arguments", [("report", "--output", "-"), ("fears",), ("patterns",), ()])
def test_each_log_is_read_once(home: Path, arguments: tuple[str, ...]) -> None:
    command = [sys.executable, "-P", "-c", COUNT_OPENED, *arguments]
    done = subprocess.run(command, capture_output=True, env=dict(environ(home, "en")), check=True, stdin=subprocess.DEVNULL)
    opened = Counter(line for line in done.stderr.decode().split("\n") if line.endswith(".md"))
    assert opened == dict.fromkeys((path.name for path in (home / "sessions").glob("*.md")), 1)


@pytest.mark.parametrize("command", ["report", "fears", "patterns"])
def test_garbage_is_collected_again_after_a_long_pass(home: Path, command: str) -> None:
    assert coach(home, command) == 0
    assert gc.isenabled()


def test_a_pattern_that_is_none_is_one_line(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert coach(home, "search", "(", "--regex") == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_looking_back_writes_only_what_was_asked_for(home: Path) -> None:
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    for arguments in (("search", CANARY), ("fears",), ("patterns",), ("export", "--yes"), ()):
        coach(home, *arguments)
    assert {path: path.read_bytes() for path in home.rglob("*") if path.is_file()} == before
    assert coach(home, "report", "--output", "page.html") == 0
    made = [path for path in home.rglob("*") if path.is_file() and path not in before]
    assert made == [home / "elsewhere" / "page.html"]
    assert is_private(made[0])


def test_a_file_that_is_not_ours_is_not_written_over(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("notes.html").write_text("mine", "utf-8")
    assert coach(home, "report", "--output", "notes.html") == 1
    assert coach(home, "export", "latest", "--yes", "--output", "notes.html") == 1
    assert "there is a file with this name already" in capsys.readouterr().err
    assert Path("notes.html").read_text("utf-8") == "mine"


def test_a_copy_is_written_only_after_its_replacements_were_seen(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert coach(home, "export", "2026-03-11", "--output", "copy.md", "--replace", "K.=one") == 1
    captured = capsys.readouterr()
    assert "K.      →  one  (1)" in captured.err
    assert "Jéroen  →  A.  (1)" in captured.err
    assert not Path("copy.md").exists()
    assert coach(home, "export", "2026-03-11", "--output", "copy.md", "--replace", "K.=one", "--yes") == 0
    assert Path("copy.md").read_text("utf-8").startswith("# Title: team one\n\n### fear?\n\n> Silence. A. leaves.\n")
