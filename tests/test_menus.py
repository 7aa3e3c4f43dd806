"""Menus on a terminal take what people type: what is picked is shown before Enter takes it."""

from pathlib import Path

from driver import Terminal
from talk import coach, log, make_home, said

MENUS = """
title: Menus
steps:
  - {id: about, ask: Whom is it about?, type: line}
  - {id: decided, ask: Have you decided?, type: choice, options: {no: "No, not yet", yes: "Yes", half: "Half"}}
  - {id: sure, ask: Are you sure?, type: yes-no}
  - {id: means, ask: By what means?, type: choices, options: {call: Call, mail: Mail, visit: Visit}}
  - {id: honest_question, ask: What do you ask?, type: line, hear: [closed_question]}
"""


def begin(folder: Path, *typed: str, language: str = "en", columns: int = 80) -> Terminal:
    """Go on with a session in which so much was answered."""
    home = make_home(folder, MENUS)
    coach(home, "run", "talk", typed="".join(f"{line}\n" for line in ("S.", *typed)))
    return Terminal("resume", home=home, language=language, columns=columns)


def stop(terminal: Terminal) -> None:
    terminal.type("\x03")
    terminal.wait_for("coach resume")
    terminal.wait()


def test_a_word_picks_its_option_and_is_shown_before_enter_takes_it(tmp_path: Path) -> None:
    terminal = begin(tmp_path)
    terminal.wait_for(" › 1. No, not yet\n   2. Yes\n   3. Half\narrows choose")
    terminal.type("yes")
    terminal.wait_for("   1. No, not yet\n › 2. Yes\n   3. Half")
    terminal.type("\r")
    terminal.wait_for_question(3)
    terminal.wait_for("›  Yes\n")
    stop(terminal)
    assert said(tmp_path / "home", "decided") == ["yes (Yes)"]


def test_what_fits_nothing_is_told_in_a_line_and_never_taken(tmp_path: Path) -> None:
    terminal = begin(tmp_path)
    terminal.wait_for(" › 1. No, not yet")
    terminal.type("perhaps")
    terminal.wait_for('   3. Half\n   No choice begins with "perhaps".\narrows choose')
    terminal.type("\r")
    terminal.wait_for(" › 1. No, not yet\n   2. Yes\n   3. Half\narrows choose")
    terminal.type("h")
    terminal.wait_for(" › 3. Half\narrows choose")
    terminal.type("\r")
    terminal.wait_for_question(3)
    stop(terminal)
    assert said(tmp_path / "home", "decided") == ["half (Half)"]


def test_a_no_in_the_other_language_is_a_no(tmp_path: Path) -> None:
    terminal = begin(tmp_path, "yes")
    terminal.wait_for("Are you sure?", " › 1. yes\n   2. no")
    terminal.type("nee")
    terminal.wait_for("   1. yes\n › 2. no")
    terminal.type("\r")
    terminal.wait_for_question(4)
    stop(terminal)
    assert said(tmp_path / "home", "sure") == ["no"]


def test_that_all_is_good_is_picked_by_its_number_too(tmp_path: Path) -> None:
    terminal = begin(tmp_path, "yes", "no", "1")
    terminal.wait_for_question(5)
    terminal.type("What do you need?\r")
    terminal.wait_for(" › 1. This is good\n   2. Change something")
    terminal.type("2")
    terminal.wait_for("   1. This is good\n › 2. Change something")
    terminal.type("\x7f1")
    terminal.wait_for(" › 1. This is good\n   2. Change something")
    terminal.type("\r")
    assert terminal.wait() == 0
    assert "No choice" not in terminal.text
    assert "1. Whom is it about?" not in terminal.text


def test_back_from_the_list_of_questions_shows_the_answers_again(tmp_path: Path) -> None:
    terminal = begin(tmp_path, "yes", "no", "1")
    terminal.wait_for("What do you ask?")
    terminal.type("What do you need?\r")
    terminal.wait_for("Would you like to change anything?\n › 1. This is good")
    terminal.type("yes\r")
    terminal.wait_for("Which answer would you like to change?\n › 1. Whom is it about?\n   2. Have you decided?", "Ctrl-B back")
    terminal.type("\x02")
    terminal.wait_for("What do you need?\n\nWould you like to change anything?\n › 1. This is good")
    terminal.type("\r")
    assert terminal.wait() == 0
    assert (terminal.text.count("─ What you wrote"), said(tmp_path / "home", "honest_question")) == (2, ["What do you need?"])


def test_enter_first_marks_what_was_picked_by_its_number_and_the_answer_is_told_by_its_labels(tmp_path: Path) -> None:
    terminal = begin(tmp_path, "yes", "no")
    terminal.wait_for(" › 1. ○ Call\n   2. ○ Mail\n   3. ○ Visit\nspace marks")
    terminal.type("1 3")
    terminal.wait_for("   1. ● Call\n   2. ○ Mail\n › 3. ○ Visit")
    terminal.type("\r")
    terminal.wait_for("   1. ● Call\n   2. ○ Mail\n › 3. ● Visit")
    terminal.type("\r")
    terminal.wait_for("By what means?\n›  Call, Visit\n", "What do you ask?")
    stop(terminal)
    assert said(tmp_path / "home", "means") == ["call (Call)", "visit (Visit)"]


def test_who_marks_nothing_where_something_is_needed_is_asked_to_choose(tmp_path: Path) -> None:
    terminal = begin(tmp_path, "yes", "no")
    terminal.wait_for("space marks")
    terminal.type("\r")
    terminal.wait_for("Please choose something here.\n › 1. ○ Call\n   2. ○ Mail\n   3. ○ Visit\nspace marks")
    terminal.type("\x0c")
    terminal.wait_for("By what means?\n › 1. ○ Call\n   2. ○ Mail\n   3. ○ Visit\nspace marks")
    stop(terminal)


def test_other_words_typed_at_a_remark_say_it_again(tmp_path: Path) -> None:
    terminal = begin(tmp_path, "yes", "no", "1")
    terminal.wait_for("What do you ask?")
    terminal.type("Are you tired?\r")
    terminal.wait_for("What would you like?\n › 1. Leave it as it is\n   2. Say it in other words\narrows choose")
    terminal.type("What tires you?")
    terminal.wait_for("What would you like?\n›  Say it in other words\n", "once more", "›  What tires you?")
    terminal.type("\r")
    terminal.wait_for("Would you like to change anything?")
    stop(terminal)
    home = tmp_path / "home"
    assert (said(home, "honest_question"), said(home, "honest_question.before")) == (["What tires you?"], ["Are you tired?"])


def test_what_is_marked_is_kept_as_half_an_answer_and_marked_again(tmp_path: Path) -> None:
    terminal = begin(tmp_path, "yes", "no")
    terminal.wait_for("space marks")
    terminal.type("1 3 ")
    terminal.wait_for("   1. ● Call\n   2. ○ Mail\n › 3. ● Visit")
    stop(terminal)
    home = tmp_path / "home"
    assert said(home, "means.draft") == ["call", "visit"]
    again = Terminal("resume", home=home)
    again.wait_for(" › 1. ● Call\n   2. ○ Mail\n   3. ● Visit")
    again.type("\r")
    again.wait_for("What do you ask?")
    stop(again)
    assert said(home, "means") == ["call (Call)", "visit (Visit)"]
    assert ".draft" not in log(home)


def test_a_menu_on_a_narrow_screen_ends_its_lines_between_words(tmp_path: Path) -> None:
    terminal = begin(tmp_path, "yes", language="nl", columns=30)
    terminal.wait_for(" › 1. yes\n   2. no\npijltjes kiezen\nEnter verder · Ctrl-B terug\nCtrl-C stoppen en bewaren")
    terminal.type("misschien wel niet")
    terminal.wait_for('   2. no\n   Geen keuze begint met\n   "misschien wel niet".\npijltjes kiezen')
    terminal.type("\x03")
    assert terminal.wait() == 130


def test_a_long_option_ends_its_lines_between_words_below_its_number(tmp_path: Path) -> None:
    label = "Doorverwijzen naar de ploegendienst van reflectiecoaches"
    asks = f"title: Talk\nsteps: [{{id: way, ask: Welke?, type: choice, options: {{high: {label}, low: Laag}}}}]\n"
    terminal = Terminal("run", "talk", home=make_home(tmp_path, asks), columns=30)
    terminal.wait_for(" › 1. Doorverwijzen naar de\n      ploegendienst van\n      reflectiecoaches\n   2. Laag\n")
    terminal.type("\x03")
    assert terminal.wait() == 130


def test_going_back_from_the_review_asks_the_last_question_again(tmp_path: Path) -> None:
    terminal = begin(tmp_path, "yes", "no", "1")
    terminal.wait_for_question(5)
    terminal.type("What tires you?\r")
    terminal.wait_for("Would you like to change anything?", "Ctrl-B back")
    terminal.type("\x02")
    terminal.wait_for("once more", "›  What tires you?")
    terminal.type(" Now?\r")
    terminal.wait_for("What tires you? Now?\n\nWould you like to change anything?")
    terminal.type("\r")
    assert terminal.wait() == 0
    assert said(tmp_path / "home", "honest_question") == ["What tires you? Now?"]
