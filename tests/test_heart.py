"""Straight to the question that everything leads to: what is before it is left empty, and can be filled in at the end."""

from dataclasses import replace
from pathlib import Path

import pytest

from coach.conversation.coach import Coach
from coach.conversation.engine import Conversation
from coach.conversation.loop import hold
from coach.conversation.start import Wishes, start
from coach.conversation.turn import Remark
from coach.ear.ear import Heard, load_ear
from coach.logs.session import Exchange, Session
from conversing import TODAY, Say, ask_of, asked, read, reloaded
from driver import Terminal
from script import Script, coach_in, texts, write_sequences
from shelf import coach, make_shelf

TALK = """
title: Talk
length: time
heart: question
steps:
  - {id: about, ask: Whom is it about?, type: line}
  - {id: time, ask: How long?, type: choice, options: {long: Long, short: Short}}
  - {id: fear, ask: What do you fear?, title: The fear}
  - {id: likely, ask: How likely is it?, type: scale, scale: {from: 0, to: 10}, when: {fear: safe}}
  - {id: way, ask: Which way?, type: choice, options: {high: High, low: Low}}
  - {id: calm, ask: What keeps you calm?, optional: true, when: {time: long}}
  - {id: question, ask: What do you ask?, say_back: 'Without it: "{fear}"', when: {anything: safe}}
  - {id: plan, ask: And then?}
"""


def begin(text: str = TALK) -> Conversation:
    return Conversation(read(text), (), TODAY)


def kept(conversation: Conversation) -> list[tuple[str, str]]:
    return [(exchange.id, exchange.text) for exchange in conversation.record]


def test_it_goes_straight_to_the_question_and_leaves_what_is_between_empty(say: Say) -> None:
    there = say(begin(), "K.", "long").to_heart()
    assert asked(there) == "question"
    assert there.record[2:] == (
        Exchange("fear", "What do you fear?", ("",), "The fear"),
        Exchange("way", "Which way?", ("",), "The fear", choice=True),
        Exchange("calm", "What keeps you calm?", ("",), "The fear"),
    )


def test_what_was_left_empty_is_not_asked_again(say: Say) -> None:
    there = reloaded(say(begin(), "K.", "long").to_heart())
    assert asked(there) == "question"
    assert kept(say(there, "How?", "Wait."))[2:] == [
        ("fear", ""),
        ("way", ""),
        ("calm", ""),
        ("question", "How?"),
        ("plan", "Wait."),
    ]


def test_what_was_answered_before_stays(say: Say) -> None:
    there = say(begin(), "K.", "short", "That she leaves.").to_heart()
    assert ask_of(there).say_back == 'Without it: "That she leaves."'
    assert kept(there)[2:] == [("fear", "That she leaves."), ("likely", ""), ("way", "")]


def test_what_was_gone_back_over_keeps_its_answer() -> None:
    there = begin().answer("K.").answer("short").answer("x").answer("3").back().back().to_heart()
    assert (asked(there), kept(there)[2:]) == ("question", [("fear", "x"), ("likely", "3"), ("way", "")])


def test_half_an_answer_stays_half_an_answer() -> None:
    there = begin().answer("K.").answer("short").with_draft("fear", "That she").to_heart()
    fear = there.record[2]
    assert (fear.lines, fear.draft, there.ask("fear").default) == (("",), ("That she",), "That she")


def test_from_the_question_one_goes_back_to_the_one_before_and_straight_on_again() -> None:
    back = begin().answer("K.").answer("short").to_heart().back()
    assert (asked(back), ask_of(back).leads_to_heart, asked(back.to_heart())) == ("way", True, "question")


def test_what_was_left_empty_can_be_filled_in_afterwards() -> None:
    done = begin().answer("K.").answer("short").to_heart().answer("How?").answer("Wait.")
    filled = done.revise("fear", "That she leaves.")
    assert (asked(done), asked(filled)) == ("-", "likely")
    assert ask_of(filled).leads_to_heart is False  # it is behind


def offered(conversation: Conversation) -> bool:
    """Return whether there is a way to the heart: whether it is offered, and whether there is one."""
    assert (conversation.to_heart() == conversation) is not ask_of(conversation).leads_to_heart
    return ask_of(conversation).leads_to_heart


def test_it_is_offered_once_the_length_is_known_until_the_question_is_there(say: Say) -> None:
    given = ("K.", "long", "That she leaves.", "3", "low", "Tea.", "How?")
    assert [offered(say(begin(), *given[:number])) for number in range(8)] == [False, False, True, True, True, True, False, False]


def test_without_a_length_it_is_offered_from_the_first_question_on() -> None:
    assert offered(begin(TALK.replace("length: time\n", "")))


def test_it_is_not_offered_where_there_is_no_such_question_on_the_way(say: Say) -> None:
    guarded = TALK.replace("when: {anything: safe}", "when: {fear: answered}")
    assert not offered(say(begin(guarded), "K.", "short"))
    assert offered(say(begin(guarded), "K.", "short", "x"))


def hear(text: str, _checks: tuple[str, ...]) -> tuple[Heard, ...]:
    return (Heard("safety_other", text, "", ""),) if "hits" in text else ()


def test_it_is_not_offered_past_what_is_asked_where_something_is_about_safety() -> None:
    unsafe = TALK.replace("when: {anything: safe}", "optional: true")
    assert not offered(replace(begin(unsafe), hear=hear).answer("K.").answer("short").answer("He hits her.").leave())


def test_what_was_said_back_to_nobody_does_not_count() -> None:
    back = "say_back: 'Of \"{about}\"'"
    steps = [f"{{id: {id_}, ask: What, {back}}}" for id_ in ("one", "two", "three", "question", "after")]
    text = f"title: T\nheart: question\nsteps: [{{id: about, ask: Who}}, {{id: real, ask: W}}, {', '.join(steps)}]"
    there = begin(text.replace("id: about, ask: Who", "id: about, ask: Who, optional: true")).answer("K.").answer("x").answer("y")
    there = there.to_heart()
    assert [ask_of(there).say_back, ask_of(there.answer("How?")).say_back] == ['Of "K."', ""]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_sequences(tmp_path, talk=TALK)
    return tmp_path


def talk(coach: Coach) -> Session:
    conversation, keeper = start(coach, coach.catalogue("en").read("talk"), Wishes())
    keeper.finish(hold(coach, conversation, keeper))
    keeper.close()
    return keeper.session


def test_what_was_typed_by_then_is_the_answer(folder: Path) -> None:
    script = Script("K.", "short", "That she leaves.>>", "How?", "Wait.")
    assert texts(talk(coach_in(folder, script)).exchanges) == {
        "about": "K.",
        "time": "short (Short)",
        "fear": "That she leaves.",
        "likely": "",
        "way": "",
        "question": "How?",
        "plan": "Wait.",
    }
    assert [prompt.ask.question.id for prompt in script.prompts] == ["about", "time", "fear", "question", "plan"]


def test_what_does_not_answer_the_question_is_told_and_it_stays(folder: Path) -> None:
    script = Script("K.", "short", "x", "many>>", ">>", "How?", "Wait.")
    assert texts(talk(coach_in(folder, script)).exchanges)["likely"] == ""
    problem = script.prompts[4]
    assert (problem.problem, problem.ask.default, problem.ask.leads_to_heart) == (
        "Please give a whole number on the scale: 0 - 10.",
        "many",
        True,
    )


def test_what_was_typed_by_then_gets_its_remark_first(folder: Path) -> None:
    script = Script("K.", "short", "Mail jan@example.org>>", "leave", "How?", "Wait.")
    talk(coach_in(folder, script)._replace(listener=lambda language: load_ear(language).hear))
    assert [remark.heard and remark.heard.check for remark in script.remarks] == ["personal_data"]
    assert [prompt.ask.question.id for prompt in script.prompts] == ["about", "time", "fear", "question", "plan"]


def test_what_was_typed_by_then_and_is_about_safety_leaves_nothing_out(folder: Path) -> None:
    script = Script("K.", "short", "That he hits her.>>", "leave", "low", "Wait.")
    conductor = coach_in(folder, script)._replace(listener=lambda _language: hear)
    assert list(texts(talk(conductor).exchanges)) == ["about", "time", "fear", "way", "plan"]
    assert [one.check for one in script.remarks[0].safety] == ["safety_other"]


def test_a_wish_for_it_where_there_is_no_way_asks_the_same_again(folder: Path) -> None:
    script = Script(">>", "K.", "short", ">>", ">>", "How?", "Wait.")
    talk(coach_in(folder, script))
    assert [prompt.ask.question.id for prompt in script.prompts] == [
        "about",
        "about",
        "time",
        "fear",
        "question",
        "question",
        "plan",
    ]


def test_what_was_left_empty_is_filled_in_at_the_review(folder: Path) -> None:
    script = Script("K.", "short", ">>", "How?", "Wait.", "fear", "That she leaves.", "3")
    session = talk(coach_in(folder, script))
    assert (texts(session.exchanges)["fear"], texts(session.exchanges)["likely"]) == ("That she leaves.", "3")
    assert len(script.reviews) == 2


def test_a_wish_for_it_at_the_review_changes_nothing(folder: Path) -> None:
    script = Script("K.", "short", ">>", "How?", "Wait.", "fear", ">>")
    assert (texts(talk(coach_in(folder, script)).exchanges)["fear"], len(script.reviews)) == ("", 2)


def test_a_wish_for_it_in_the_place_of_other_words_leaves_the_answer(folder: Path) -> None:
    script = Script("K.", "short", "Mail jan@example.org", "again", ">>", "3", "low", "How?", "Wait.")
    session = talk(coach_in(folder, script)._replace(listener=lambda language: load_ear(language).hear))
    assert (texts(session.exchanges)["fear"], len(script.remarks)) == ("Mail jan@example.org", 1)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return make_shelf(tmp_path, TALK)


def log(home: Path) -> str:
    (path,) = (home / "sessions").glob("2*.md")
    return path.read_text("utf-8")


def test_in_plain_lines_a_sign_goes_there_and_is_named_once(home: Path) -> None:
    done = coach(home, "run", "talk", "--plain", typed="K.\n2\nx\n>>\nHow?\nWait.\n")
    assert (done.code, done.out.count(">> goes straight to your question.")) == (0, 1)
    assert "\n3 / 7  What do you fear?\n>> goes straight to your question.\n> " in done.out
    assert "- likely::\n" in log(home)
    assert "- question:: How?\n" in log(home)


def test_on_the_screen_a_key_goes_there_from_a_text_with_what_is_typed(home: Path) -> None:
    terminal = Terminal("run", "talk", home=home)
    terminal.wait_for_question(1)
    assert "Ctrl-T" not in terminal.text
    terminal.type("K.\r")
    terminal.wait_for_question(2)
    terminal.type("\r")
    terminal.wait_for_question(3)
    terminal.wait_for("Ctrl-B back · Ctrl-T to my question\nCtrl-C stop and keep")
    terminal.type("That she leaves.\x14")
    terminal.wait_for('\nWithout it: "That she leaves."\nWhat do you ask?\n')
    terminal.wait_for("Enter next · Alt+Enter new line · Ctrl-B back · Ctrl-C stop and keep")
    terminal.type("How?\r")
    terminal.wait_for("And then?")
    terminal.type("\x03")
    assert terminal.wait() == 130
    assert "- fear:: That she leaves.\n" in log(home)


def test_on_the_screen_a_key_goes_there_from_a_choice(home: Path) -> None:
    coach(home, "run", "talk", typed="K.\n2\nx\n3\n")
    terminal = Terminal("resume", home=home)
    terminal.wait_for("arrows choose · Enter next · Ctrl-B back · Ctrl-T to my question")
    terminal.type("\x14")
    terminal.wait_for("What do you ask?")
    terminal.wait_for("Alt+Enter new line")
    terminal.type("\x03")
    assert terminal.wait() == 130
    assert "- way::\n" in log(home)


def test_a_remark_that_is_waiting_stays_waiting_on_the_way() -> None:
    there = replace(begin(), hear=load_ear("en").hear).answer("Mail jan@example.org").to_heart()
    assert isinstance(there.step, Remark)
