"""What the keys and numbers of a conversation do: go back, a new line, several marks, a change afterwards."""

from pathlib import Path

import pytest

from driver import Terminal
from talk import coach, log, make_home, said, write_log

pytestmark = pytest.mark.slow

WAYS = """
title: Ways
steps:
  - {id: about, ask: Whom is it about?, type: line}
  - {id: wish, ask: What do you wish?}
  - {id: way, ask: Which way?, type: choice, options: {high: High, low: Low}}
  - {id: why, ask: Why so high?, when: {way: high}}
  - {id: means, ask: By what means?, type: choices, options: {call: Call, mail: Mail, visit: Visit}}
"""
OPTIONS = """
title: Options
steps:
  - {id: number, ask: By number?, type: choice, options: {high: High, low: Low}}
  - {id: key, ask: By key?, type: choice, options: {high: High, low: Low}}
  - {id: label, ask: By label?, type: choice, options: {high: High, low: Low}}
  - {id: own, ask: Keys that are numbers?, type: choice, options: {2: Two, 1: One}}
  - {id: several, ask: Several?, type: choices, options: {a: Alpha, b: Beta, c: Gamma}}
  - {id: beyond, ask: No such number?, type: choice, options: {high: High, low: Low}}
"""
HEARD = """
title: Heard
steps:
  - {id: honest_question, ask: What do you ask?, type: line, hear: [closed_question]}
"""
ID = "2026-11-02-090000-talk"


def test_back_changes_an_earlier_answer_and_alt_enter_makes_a_new_line_in_a_text_only(tmp_path: Path) -> None:
    home = make_home(tmp_path, WAYS)
    write_log(home, ID, "about:: S.", finished="")
    terminal = Terminal("resume", home=home, rows=60)
    terminal.wait_for_question(2)
    assert terminal.text.split("\n")[-1] == "Enter next · Alt+Enter new line · Ctrl-B back · Ctrl-C stop and keep"
    terminal.type("\x02")
    terminal.wait_for_question(1)
    assert terminal.text.split("\n")[-1] == "Enter next · Ctrl-C stop and keep"
    terminal.type(" and K.\r")
    terminal.wait_for_question(2)
    terminal.type("one\x1b\rtwo")
    terminal.wait_for("›  one\n   two")
    terminal.type("\r")
    terminal.wait_for_question(3)
    terminal.type("\x03")
    assert terminal.wait() == 130
    assert (said(home, "about"), said(home, "wish")) == (["S. and K."], ["one", "two"])


def test_every_mark_is_kept_and_back_from_a_menu_shows_the_question_before(tmp_path: Path) -> None:
    home = make_home(tmp_path, WAYS)
    write_log(home, ID, "about:: S.", "wish:: Peace.", "way:: low (Low)", choices="[way]", finished="")
    terminal = Terminal("resume", home=home, rows=60)
    terminal.wait_for_question(4)
    terminal.type("\x02")
    terminal.wait_for_question(3)
    terminal.type("\r")
    terminal.wait_for_question(4)
    terminal.type(" \x1b[B\x1b[B ")
    terminal.wait_for("● Call", "○ Mail", "● Visit")
    terminal.type("\r")
    terminal.wait_for("Would you like to change anything?")
    terminal.type("\r")
    assert terminal.wait() == 0
    assert said(home, "means") == ["call (Call)", "visit (Visit)"]


def test_what_is_typed_replaces_a_refused_answer_and_an_arrow_lets_one_edit_it(tmp_path: Path) -> None:
    home = make_home(tmp_path, "title: Talk\nsteps: [{id: sure, ask: Sure?, type: scale, scale: {from: 0, to: 10}}]\n")
    terminal = Terminal("run", "talk", home=home)
    terminal.wait_for_question(1)
    terminal.type("12\r")
    terminal.wait_for("Please give a whole number", "›  12\nEnter next")
    terminal.type("3x")
    terminal.wait_for("›  3x\nEnter next")
    terminal.type("\r")
    terminal.wait_for("›  3x\nPlease give a whole number on the scale: 0 - 10.\n›  3x\nEnter next")
    terminal.type("\x1b[D\x1b[3~")
    terminal.wait_for("›  3\nEnter next")
    terminal.type("\r")
    terminal.wait_for("Would you like to change anything?")
    terminal.type("\r")
    assert (terminal.wait(), said(home, "sure")) == (0, ["3"])


def test_an_answer_changed_in_the_review_is_kept_and_what_no_longer_applies_is_told_and_left_out(tmp_path: Path) -> None:
    home = make_home(tmp_path, WAYS)
    coach(home, "run", "talk", typed="S.\nPeace.\n1\nView.\n")
    terminal = Terminal("resume", home=home, rows=60)
    terminal.wait_for_question(5)
    terminal.type(" ")
    terminal.wait_for("● Call")
    terminal.type("\r")
    terminal.wait_for("Would you like to change anything?")
    terminal.type("change\r")
    terminal.wait_for(" › 1. Whom is it about?", "   3. Which way?\n   4. Why so high?\n   5. By what means?")
    terminal.type("\x1b[B\x1b[B")
    terminal.wait_for(" › 3. Which way?")
    terminal.type("\r")
    terminal.wait_for("once more", "Ctrl-C stop and keep")
    terminal.type("\x1b[B\r")
    terminal.wait_for("This no longer applies and is left out of your log:\n- Why so high?\n", " › 1. This is good")
    terminal.type("\r")
    assert terminal.wait() == 0
    assert [line for line in log(home).split("\n") if line.startswith("- ")] == [
        "- about:: S.",
        "- wish:: Peace.",
        "- way:: low (Low)",
        "- means:: call (Call)",
    ]


def test_plain_lines_number_questions_and_options_go_back_with_a_mark_and_tell_what_is_left_out(tmp_path: Path) -> None:
    home = make_home(tmp_path, WAYS)
    done = coach(home, "run", "talk", typed="S.\nPeace.\n1\nView.\n<\n < \n2\n3, 1\n")
    means = "By what means?\n1. Call\n2. Mail\n3. Visit\nGive one or more numbers, with spaces between them."
    assert done.stdout.decode().split("kept.\n\n")[1].split("Kept in")[0].split("\n> \n") == [
        "1 / 5  Whom is it about?",
        "2 / 5  What do you wish?",
        "3 / 5  Which way?\n1. High\n2. Low",
        "4 / 5  Why so high?",
        f"5 / 5  {means}",
        "4 / 5  Why so high?\nEnter keeps: View.",
        "3 / 5  Which way?\n1. High\n2. Low\nEnter keeps: high",
        f"This no longer applies and is left out of your log:\n- Why so high?\n\n4 / 4  {means}",
        "",
    ]
    assert [line for line in log(home).split("\n") if line.startswith("- ")] == [
        "- about:: S.",
        "- wish:: Peace.",
        "- way:: low (Low)",
        "- means:: call (Call)",
        "- means:: visit (Visit)",
    ]


def test_an_option_is_chosen_by_its_number_its_key_or_its_label(tmp_path: Path) -> None:
    home = make_home(tmp_path, OPTIONS)
    done = coach(home, "run", "talk", typed="2\nlow\nLow\n1\n3 1\n3\n0\n\N{ARABIC-INDIC DIGIT TWO}\n1\n")
    assert done.returncode == 0
    assert [line for line in log(home).split("\n") if line.startswith("- ")] == [
        "- number:: low (Low)",
        "- key:: low (Low)",
        "- label:: low (Low)",
        "- own:: 1 (One)",
        "- several:: a (Alpha)",
        "- several:: c (Gamma)",
        "- beyond:: high (High)",
    ]
    refused = "is not one of the choices: High, Low."
    assert [line for line in done.stdout.decode().split("\n") if refused in line] == [
        f"'{typed}' {refused}" for typed in ("3", "0", "\N{ARABIC-INDIC DIGIT TWO}")
    ]


AGAIN = (["What tires you?"], ["Are you tired?"])


@pytest.mark.parametrize(
    ("turns", "kept"),
    [
        ({"2": "Enter keeps: Are you tired?\n>", "What tires you?": ""}, AGAIN),
        ({"What tires you?": "Enter keeps: What tires you?\n>", "": ""}, AGAIN),
        ({"nee": ""}, (["Are you tired?"], [])),
    ],
    ids=["the number of a choice", "other words", "a no"],
)
def test_plain_lines_take_at_a_remark(tmp_path: Path, turns: dict[str, str], kept: tuple[list[str], list[str]]) -> None:
    home = make_home(tmp_path, HEARD)
    terminal = Terminal("run", "talk", "--plain", home=home)
    terminal.wait_for("What do you ask?\n>")
    terminal.type("Are you tired?\r")
    terminal.wait_for("What would you like?\n1. Leave it as it is\n2. Say it in other words\n>")
    for typed, shown in turns.items():
        terminal.type(f"{typed}\r")
        terminal.wait_for(shown)
    assert terminal.wait() == 0
    assert (said(home, "honest_question"), said(home, "honest_question.before")) == kept


def test_plain_lines_take_no_choice_that_was_not_meant(tmp_path: Path) -> None:
    home = make_home(tmp_path, HEARD)
    terminal = Terminal("run", "talk", "--plain", home=home)
    terminal.wait_for("What do you ask?\n>")
    (home / "sessions").write_text("in the way")
    terminal.type("What tires you?\r")
    terminal.wait_for("What would you like to do?\n1. Try again", "3. Stop, and show all I wrote\n>")
    terminal.type("perhaps\r")
    terminal.wait_for('No choice begins with "perhaps".\n>')
    terminal.type("stop\r")
    assert terminal.wait() == 1
