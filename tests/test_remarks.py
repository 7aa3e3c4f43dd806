"""The coach remarks on the wording of an answer: once, gently, and keeps how it was said at first."""

import json
import re
from dataclasses import replace
from pathlib import Path

from coach.conversation.engine import Conversation
from coach.conversation.turn import Ask, Done, Remark
from coach.ear.ear import load_ear
from coach.logs.markdown import decode, read_log
from conversing import TODAY, read
from driver import Terminal
from shelf import coach
from test_conversation import begin

TALK = """
title: Talk
steps:
  - {id: about, ask: Whom is it about?, type: line}
  - {id: honest_question, ask: What do you ask?, type: line, hear: [closed_question, leading_question]}
  - {id: other_question, ask: And if that fails?, type: line, hear: [closed_question]}
"""


def listening() -> Conversation:
    return replace(Conversation(read(TALK), (), TODAY), hear=load_ear("en").hear).answer("K.")


def remark_of(conversation: Conversation) -> str:
    step = conversation.step
    assert isinstance(step, Remark)
    assert step.heard is not None
    return step.heard.check


def test_a_remark_comes_after_the_answer_it_is_about() -> None:
    conversation = listening().answer("Are you tired?")
    assert remark_of(conversation) == "closed_question"
    step = conversation.leave().step
    assert isinstance(step, Ask)
    assert step.question.id == "other_question"


def test_an_answer_that_is_left_so_keeps_what_was_heard() -> None:
    exchange = listening().answer("Are you tired?").leave().record[-1]
    assert (exchange.lines, exchange.before, exchange.heard) == (("Are you tired?",), (), ("closed_question",))


def test_an_answer_that_is_said_again_keeps_how_it_was_said_at_first() -> None:
    exchange = listening().answer("Are you tired?").say_again("What tires you?").record[-1]
    assert (exchange.lines, exchange.before, exchange.heard) == (("What tires you?",), ("Are you tired?",), ("closed_question",))


def test_an_answer_gets_one_remark_also_when_it_is_said_again_no_better() -> None:
    step = listening().answer("Are you tired?").say_again("Do you sleep?").step
    assert isinstance(step, Ask)


def test_the_same_remark_is_made_once_in_a_session() -> None:
    done = listening().answer("Are you tired?").leave().answer("Do you sleep?")
    assert isinstance(done.step, Done)
    assert done.record[-1].heard == ("closed_question",)


def test_a_name_that_was_taken_out_is_not_kept() -> None:
    conversation = replace(begin(), hear=load_ear("en").hear).answer("Mail me at jan.smit@example.org")
    assert remark_of(conversation) == "personal_data"
    exchange = conversation.say_again("J.").record[0]
    assert (exchange.lines, exchange.before) == (("J.",), ())


def test_the_line_about_safety_stands_beside_a_remark() -> None:
    step = listening().answer("Is he beaten at home?").step
    assert isinstance(step, Remark)
    assert ([heard.check for heard in step.safety], step.heard and step.heard.check) == (["safety_other"], "closed_question")


def test_who_says_that_it_is_about_something_else_gets_the_remark_and_is_believed_of_these_words() -> None:
    conversation = listening().answer("Is he beaten at home?").not_about_safety()
    step = conversation.step
    assert isinstance(step, Remark)
    assert (step.safety, step.heard and step.heard.check) == ((), "closed_question")
    same, other = conversation.leave(), conversation.leave().revise("honest_question", "Is he beaten at home again?")
    assert same.record[-1].heard == ("closed_question", "not_safety")
    assert same.revise("honest_question", "Is he beaten at home?").record[-1].heard == ("closed_question", "not_safety")
    assert other.record[-1].heard == ("safety_other", "closed_question")


def test_who_hears_nothing_remarks_nothing() -> None:
    conversation = Conversation(read(TALK), (), TODAY).answer("K.").answer("Are you tired?")
    assert isinstance(conversation.step, Ask)


def log_in(home: Path) -> dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]]:
    (path,) = (home / "sessions").glob("*.md")
    session = read_log(decode(path.read_bytes()), path.name)
    return {one.id: (one.lines, one.before, one.heard) for one in session.exchanges if one.heard or one.before}


def test_in_the_terminal_an_answer_can_be_said_in_other_words(tmp_path: Path) -> None:
    home = tmp_path / "home"
    terminal = Terminal("run", "honest-question", home=home)
    terminal.wait_for_question(1)
    terminal.type("\r")
    terminal.wait_for_question(2)
    terminal.type("Are you tired?\r")
    terminal.wait_for("yes or no", "Leave it as it is")
    terminal.type("\x1b[B\r")
    terminal.wait_for("once more")
    terminal.wait_for("Enter next")
    terminal.type("\x15What tires you?\r")
    terminal.wait_for_question(3)
    terminal.type("7\r")
    terminal.wait_for("change anything")
    terminal.type("\r")
    assert terminal.wait() == 0
    assert log_in(home) == {"honest_question": (("What tires you?",), ("Are you tired?",), ("closed_question",))}
    shown = coach(home, "show").out
    assert "First you wrote: Are you tired?" in shown
    assert "The coach heard a closed question." in shown


def test_through_a_pipe_and_from_a_file_it_is_heard_and_kept_and_nothing_is_asked(tmp_path: Path) -> None:
    piped, filed, silent = tmp_path / "piped", tmp_path / "filed", tmp_path / "silent"
    (tmp_path / "answers.yaml").write_text("honest_question: Are you tired?\ntension: 7\n", "utf-8")
    typed = "\nAre you tired?\n7\n"
    through_a_pipe = coach(piped, "run", "honest-question", typed=typed)
    from_a_file = coach(filed, "run", "honest-question", "--answers", str(tmp_path / "answers.yaml"))
    without = coach(silent, "run", "honest-question", "--no-remarks", typed=typed)
    assert [done.code for done in (through_a_pipe, from_a_file, without)] == [0, 0, 0]
    heard = {"honest_question": (("Are you tired?",), (), ("closed_question",))}
    assert (log_in(piped), log_in(filed), log_in(silent)) == (heard, heard, {})
    assert re.search(r"yes or no", through_a_pipe.out)
    assert not re.search(r"yes or no", from_a_file.out + without.out)


def test_ones_own_words_are_heard_and_mistakes_in_them_named_before_the_first_question(tmp_path: Path) -> None:
    home = tmp_path / "home"
    own = home / "prompts" / "en" / "ear.yaml"
    own.parent.mkdir(parents=True)
    own.write_text("closed_question:\n  off: true\n", "utf-8")
    nothing = "Nothing stands out in the words. What they mean is for you to judge.\n"
    assert coach(home, "hear", "Are you tired?").out == nothing
    own.write_text("closed_qestion:\n  off: true\n", "utf-8")
    done = coach(home, "run", "honest-question", typed="x\n")
    assert (done.code, (home / "sessions").exists()) == (1, False)
    assert "ear.yaml:1: " in done.err
    assert "closed_question" in done.err


def test_hear_says_in_which_field_it_listens_and_gives_no_all_clear(tmp_path: Path) -> None:
    shown = {
        text: coach(tmp_path / "home", "hear", text).out.split("\n")[0]
        for text in ("Are you tired?", "He never listens.", "I rang his mother.")
    }
    assert shown == {
        "Are you tired?": '"Are you tired?"  (honest_question)',
        "He never listens.": '"never"  (observation)',
        "I rang his mother.": "Nothing stands out in the words. What they mean is for you to judge.",
    }


def test_hear_in_json_names_the_field(tmp_path: Path) -> None:
    done = coach(tmp_path / "home", "hear", "-", "--json", typed="Are you tired?\nI rang his mother.\n")
    fields = [(one["text"], one["field"]) for one in map(json.loads, done.out.splitlines())]
    assert fields == [("Are you tired?", "honest_question"), ("I rang his mother.", None)]


def test_what_is_about_safety_is_told_also_when_it_comes_with_other_words() -> None:
    again = listening().answer("Are you tired?").say_again("Is he beaten at home?")
    step = again.step
    assert isinstance(step, Remark)
    assert (step.heard, [heard.check for heard in step.safety]) == (None, ["safety_other"])
    assert again.record[-1].heard == ("closed_question", "safety_other")
    assert isinstance(again.leave().step, Ask)


def test_what_is_about_safety_is_heard_also_when_an_answer_that_was_said_again_is_changed() -> None:
    changed = listening().answer("Are you tired?").say_again("What tires you?").revise("honest_question", "Is he beaten at home?")
    step = changed.step
    assert isinstance(step, Remark)
    assert (step.heard, [heard.check for heard in step.safety]) == (None, ["safety_other"])
    assert changed.record[-1].heard == ("closed_question", "safety_other")


def test_a_line_about_safety_that_was_told_is_not_told_again_for_other_words() -> None:
    assert isinstance(listening().answer("Is he beaten at home?").say_again("Who beats him at home?").step, Ask)
