"""Which earlier sessions a conversation is offered, goes on from and recalls, and which command goes on with one that stopped."""

import re
from pathlib import Path

import pytest

from coach.sequences.catalogue import Catalogue, shipped_folder
from driver import Terminal
from talk import coach, make_home, write_log

BACK = """
title: Back
kind: reflect
follows: talk
steps:
  - {id: happened, ask: Did it happen?}
  - {id: wish, ask: What do you wish now?, recall: {fear: 3, wish: 1}}
  - {id: next, ask: What is next?, recall: {wish: 1}}
"""


def make(folder: Path) -> Path:
    home = make_home(folder)
    (home / "prompts" / "back.yaml").write_text(BACK)
    return home


def test_a_reflection_is_offered_the_finished_sessions_of_its_kind_that_none_of_its_own_has_followed(tmp_path: Path) -> None:
    home = make(tmp_path)
    write_log(home, "2026-11-01-090000-talk", about="Open.")
    write_log(home, "2026-11-02-090000-talk", about="Reflected on.")
    write_log(home, "2026-11-03-090000-back", kind="reflect", follows="2026-11-02-090000-talk")
    write_log(home, "2026-11-04-090000-talk", about="Unfinished.", finished="")
    write_log(home, "2026-11-05-090000-other", about="Of another kind.")
    write_log(home, "2026-11-06-090000-talk", about="Followed by another kind.")
    write_log(home, "2026-11-07-090000-other", follows="2026-11-06-090000-talk")
    terminal = Terminal("run", "back", home=home, rows=30)
    terminal.wait_for("Which one do you go on from?", "None of these")
    assert terminal.lines[terminal.lines.index("Which one do you go on from?") :][:5] == [
        "Which one do you go on from?",
        " › 1. Friday 6 November: Followed by another kind.",
        "   2. Sunday 1 November: Open.",
        "   3. None of these, a new situation",
        "arrows choose · Enter next",
    ]
    terminal.type("\x03")
    assert terminal.wait() == 130


def test_the_session_that_is_named_is_followed_though_a_later_one_is_open_too(tmp_path: Path) -> None:
    home = make(tmp_path)
    write_log(home, "2026-11-01-090000-talk", about="A.")
    write_log(home, "2026-11-06-090000-talk", about="B.")
    coach(home, "run", "back", "--follows", "11-01", typed="No.\n")
    (path,) = (home / "sessions").glob("*-back.md")
    front = path.read_text().split("---")[1].split("\n")
    assert {"about: A.", "follows: 2026-11-01-090000-talk"} <= set(front)


def test_what_follows_nothing_is_about_nobody_and_recalls_what_is_latest(tmp_path: Path) -> None:
    home = make(tmp_path)
    write_log(home, "2026-11-01-090000-talk", "wish:: Peace.", about="")
    write_log(home, "2026-11-02-090000-talk", "wish:: Rest.", about="A.")
    done = coach(home, "run", "back", "--follows", "none", typed="No.\n")
    assert done.stdout.decode().endswith("\n2 November 2026: Rest.\n2 / 3  What do you wish now?\n> ")
    (path,) = (home / "sessions").glob("*-back.md")
    assert not re.search("follows:|about:", path.read_text())


def test_the_latest_answers_are_recalled_those_about_the_same_first_and_never_ones_own(tmp_path: Path) -> None:
    home = make(tmp_path)
    write_log(home, "2026-11-01-090000-talk", "fear:: One.", "wish:: Peace.", about="s.")
    write_log(home, "2026-11-02-090000-talk", "fear:: Two.", about="Somebody else")
    write_log(home, "2026-11-03-090000-talk", "fear:: Three.", about="S.")
    write_log(home, "2026-11-04-090000-talk", "fear:: Four.", "wish:: Rest.", about="Somebody else")
    write_log(home, "2026-11-05-090000-talk", "fear.draft:: Half a", about="S.")
    done = coach(home, "run", "back", "--follows", "11-03", typed="No.\nNew.\n")
    assert done.stdout.decode().split("1 / 3  ")[1] == (
        "Did it happen?\n> \n"
        "3 November 2026: Three.\n"
        "1 November 2026: One.\n"
        "4 November 2026: Four.\n"
        "1 November 2026: Peace.\n"
        "2 / 3  What do you wish now?\n> \n"
        "1 November 2026: Peace.\n"
        "3 / 3  What is next?\n> "
    )


def test_the_command_to_go_on_with_names_the_session_only_where_it_is_not_the_latest_unfinished_one(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    for day, finished in (("01", ""), ("02", ""), ("03", "2026-11-03T10:00:00+01:00")):
        write_log(home, f"2026-11-{day}-090000-talk", "about:: S.", finished=finished)
    for named, command in (("11-01", "coach resume 2026-11-01-090000-talk"), ("11-02", "coach resume")):
        done = coach(home, "resume", named, "--plain", typed="To listen.\n")
        assert " ".join(done.stderr.decode().split()).endswith(f" is kept. Go on with: {command}")


@pytest.mark.parametrize("name", ["prepare", "reflect", "map", "follow-up"])
def test_a_command_begins_the_sequence_of_its_name_and_nothing_said_is_no_log(tmp_path: Path, name: str) -> None:
    home = make_home(tmp_path)
    title = Catalogue("en", home / "prompts", shipped_folder(), tmp_path).read(name).title
    done = coach(home, name)
    assert (done.returncode, done.stdout.decode().split("\n")[1]) == (3, title)
    assert not (home / "sessions").exists()
