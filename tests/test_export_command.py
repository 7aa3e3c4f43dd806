"""A copy to share, made as a person makes it: what is replaced is shown first, and what is typed wrong is told."""

import json
from pathlib import Path

import pytest

from driver import Terminal
from shelf import MONDAY, Result, coach, make_shelf, put
from systems import READABLE

PAIR = 'write it as --replace "S.=child A"'


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    home = make_shelf(tmp_path)
    put(home, MONDAY, wish="To listen.")
    return home


@pytest.mark.parametrize("pair", ["listen", " =hear"])
def test_a_replacement_that_says_not_what_becomes_what_is_told(pair: str, home: Path) -> None:
    told = f"--replace: '{pair}' does not say what becomes what; {PAIR}\n"
    assert coach(home, "export", "--replace", pair) == Result(2, "", told)


def test_a_format_that_is_none_is_told(home: Path) -> None:
    told = "--format: 'pdf' is not a format; use one of: markdown, html, text\n"
    assert coach(home, "export", "--format", "pdf") == Result(2, "", told)


@pytest.mark.parametrize(
    ("name", "copy"),
    [("copy.txt", "wish?\n  To hear.\n"), ("copy.md", "### wish?\n\n> To hear.\n"), ("copy", "### wish?\n\n> To hear.\n")],
)
def test_a_copy_is_in_the_format_that_its_name_ends_with(name: str, copy: str, home: Path) -> None:
    done = coach(home, "export", "--replace", " listen = hear ", "--yes", "--output", name)
    assert (done.code, done.out) == (0, f"A copy of Talk: S., Monday 2 March. Written to {name}.{READABLE}\n")
    assert Path(name).read_text("utf-8").endswith(copy)


def test_a_copy_is_a_value_for_a_program_with_what_was_replaced(home: Path) -> None:
    done = coach(home, "export", "--replace", "listen=hear", "--format", "text", "--json")
    value = json.loads(done.out)
    assert (done.code, done.err, value["format"]) == (0, "", "text")
    assert value["replacements"] == [
        {"found": "listen", "becomes": "hear", "reason": "own", "times": 1},
        {"found": "S.", "becomes": "A.", "reason": "about", "times": 1},
    ]
    assert value["copy"].endswith("wish?\n  To hear.\n")


CASE = "title: Talk\nshare: {only: [case], room: Questions}\nsteps: [{id: case, ask: What?}, {id: stayed, ask: What stayed?}]\n"
LINES = {"copy.md": "## Questions\n\n" + "-\n" * 8, "copy.txt": "QUESTIONS\n\n" + "\n\n".join(["_" * 60] * 8) + "\n"}


@pytest.mark.parametrize("name", LINES)
def test_a_copy_holds_what_its_sequence_shares_and_room_below_it(name: str, home: Path) -> None:
    (home / "prompts" / "prepare.yaml").write_text(CASE)
    put(home, MONDAY.replace(hour=10), case="He left.", stayed="Why?")
    coach(home, "export", "--yes", "--output", name)
    copy = Path(name).read_text("utf-8")
    assert ("He left." in copy, "Why?" in copy, copy.endswith(LINES[name])) == (True, False, True)


def test_a_copy_holds_all_where_that_is_asked(home: Path) -> None:
    (home / "prompts" / "prepare.yaml").write_text(CASE)
    put(home, MONDAY.replace(hour=10), case="He left.", stayed="Why?")
    done = coach(home, "export", "--all", "--yes", "--format", "html")
    assert [text in done.out for text in ("He left.", "Why?", "<h2>Questions</h2>" + "<hr></hr>" * 8)] == [True, True, True]


def test_with_nobody_to_ask_nothing_is_written_until_it_is_said_that_it_was_seen(home: Path) -> None:
    done = coach(home, "export", "--replace", "listen=hear", "--output", "copy.md")
    shown = "What is replaced:\n  listen  →  hear  (1)\n      To listen.\n  S.      →  A.  (1)\n"
    unseen = "Not seen are nicknames, names without a capital, and what tells who somebody is without a name.\n"
    read = f"{unseen}Read the copy yourself too, and change it with --replace or --keep.\n"
    assert done == Result(1, "", f"{shown}{read}To write it, say that you have seen this: --yes\nNothing was written.\n")
    assert not Path("copy.md").exists()


def test_somebody_at_a_terminal_gets_a_page_beside_the_logs_and_is_told_where_it_is(home: Path) -> None:
    (home / "prompts" / "prepare.yaml").write_text(CASE)
    put(home, MONDAY.replace(hour=10), case="He left.", stayed="Why?")
    told = [_exported(home) for _time in range(2)]
    names = ["copy-2026-03-02.html", "copy-2026-03-02-2.html"]
    assert [text.endswith(f"/home/sessions/{name}.Itisreadablebyyouonly.") for name, text in zip(names, told, strict=True)] == [
        True,
        True,
    ]
    page = (home / "sessions" / names[0]).read_text("utf-8")
    assert ("He left." in page, "S." in page, page.startswith("<!doctype html>")) == (True, False, True)
    assert [path.name for path in home.parent.iterdir()] == ["home"]
    assert coach(home, "check").err == ""


def _exported(home: Path) -> str:
    terminal = Terminal("export", home=home, columns=200)
    terminal.wait_for("S.  →  A.", "Write the copy? [y/N]")
    terminal.type("y\r")
    assert terminal.wait() == 0
    return "".join(terminal.text.split()).partition("Writtento")[2]


def test_a_report_of_nothing_is_not_written(home: Path) -> None:
    assert coach(home, "report", "--about", "nobody", "--output", "page.html") == Result(1, "", "No sessions like that.\n")
    assert not Path("page.html").exists()
