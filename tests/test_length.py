"""How long the way is: known once it is chosen, told before, and on the quick one only the heart is remarked on."""

from dataclasses import replace
from pathlib import Path

import pytest

from coach.conversation.engine import Conversation
from coach.conversation.length import Cost, cost_words
from coach.conversation.turn import Remark
from coach.ear.ear import load_ear
from conversing import TODAY, Say, ask_of, read
from driver import Terminal
from shelf import coach, make_shelf

TALK = """
title: Talk
length: time
quick: {time: minimal}
steps:
  - {id: about, ask: Whom is it about?, type: line}
  - {id: ready, ask: Are you ready?, type: yes-no}
  - id: time
    ask: How much time do you have?
    type: choice
    options: {minimal: Very little, short: Ten minutes, full: Plenty}
    when: {ready: yes}
  - {id: fear, ask: What do you fear?, when: {ready: yes}, more: What would you see?}
  - {id: likely, ask: How likely is it?, type: scale, scale: {from: 0, to: 10}, when: {time: [short, full]}}
  - {id: calm, ask: What keeps you calm?, when: {likely: {at_least: 7}}}
  - {id: day, ask: On which day?, type: date, when: {time: full}}
  - {id: wish, ask: What do you wish?, type: line, when: {time: full}}
  - {id: plan, ask: And what then?, when: {wish: answered}}
  - {id: place, ask: And where?, when: {wish: answered}}
  - {id: others, ask: Who else?, when: {wish: answered}}
  - {id: wait, ask: What keeps you?, when: {ready: no}}
  - {id: question, ask: What do you ask?, hear: [closed_question], when: {ready: yes}}
"""
COSTS = ("2 questions, about 2 minutes", "3 questions", "8 questions, about 10 minutes")


def begin() -> Conversation:
    return Conversation(read(TALK), (), TODAY)


def test_there_is_no_total_before_the_length_is_chosen(say: Say) -> None:
    given = ("K.", "yes", "short", "That she leaves us here.", "8")
    places = [ask_of(say(begin(), *given[:number])).place for number in range(6)]
    assert places == ["1", "2", "3", "4 / 6", "5 / 6", "6 / 7"]


def test_there_is_no_total_when_one_goes_back_to_the_choice(say: Say) -> None:
    assert ask_of(say(begin(), "K.", "yes", "short").back()).place == "3"


def test_where_no_length_is_asked_the_total_is_known(say: Say) -> None:
    assert ask_of(say(begin(), "K.", "no")).place == "3 / 3"
    other = Conversation(read(TALK.replace("options: {minimal", "optional: true\n    options: {minimal")), (), TODAY)
    assert ask_of(say(other, "K.", "yes", "")).place == "4 / 5"


def test_each_option_says_what_it_costs_from_there(say: Say) -> None:
    assert ask_of(say(begin(), "K.", "yes")).costs == COSTS
    assert ask_of(say(begin(), "K.", "yes", "full").back()).costs == COSTS
    assert ask_of(say(begin(), "K.")).costs == ()


@pytest.mark.parametrize(
    ("cost", "words"),
    [
        (Cost(1, 1), "1 question, about 1 minute"),
        (Cost(0, 0), "0 questions, about 0 minutes"),
        (Cost(9, 10), "9 questions, about 10 minutes"),
    ],
)
def test_a_cost_is_put_in_words(cost: Cost, words: str) -> None:
    assert cost_words(cost, "Short", "en") == words


@pytest.mark.parametrize(
    ("label", "language"), [("Ten minutes", "en"), ("Plenty of time", "en"), ("Tien minuten", "nl"), ("Een kwartier", "nl")]
)
def test_behind_a_label_that_speaks_of_time_no_minutes_are_said(label: str, language: str) -> None:
    assert cost_words(Cost(9, 10), label, language) == "9 questions"


def minutes(texts: int, choices: int) -> str:
    """Return what a way of so many questions is said to cost."""
    asked = [f"{{id: t{number}, ask: T, type: {('text', 'line')[number % 2]}, when: {{time: long}}}}" for number in range(texts)]
    asked += [f"{{id: c{number}, ask: C, type: yes-no, when: {{time: long}}}}" for number in range(choices)]
    time = "{id: time, ask: Time, type: choice, options: {long: Long, short: Short}}"
    conversation = Conversation(read(f"title: T\nlength: time\nsteps: [{', '.join([time, *asked])}]"), (), TODAY)
    return ask_of(conversation).costs[0].partition("about ")[2]


def test_minutes_are_rounded_up_and_beyond_five_to_a_multiple_of_it() -> None:
    assert [minutes(0, 4), minutes(1, 1), minutes(5, 0), minutes(5, 1), minutes(10, 0), minutes(10, 1)] == [
        "1 minute",
        "2 minutes",
        "5 minutes",
        "10 minutes",
        "10 minutes",
        "15 minutes",
    ]


def quickly(time: str) -> Conversation:
    return replace(begin(), hear=load_ear("en").hear).answer("K.").leave().answer("yes").answer(time)


def test_while_it_is_quick_no_remark_is_made_and_none_is_kept(say: Say) -> None:
    after = say(quickly("minimal"), "That she leaves us here.", "Are you tired?")
    assert (isinstance(after.step, Remark), after.record[-1].heard) == (False, ())


def test_while_it_is_quick_only_the_question_that_everything_leads_to_gets_a_remark(say: Say) -> None:
    hearted = TALK.replace("length: time", "length: time\nheart: question").replace(
        ", more: What would you see?", ", hear: [closed_question]"
    )
    talk = replace(Conversation(read(hearted), (), TODAY), hear=load_ear("en").hear)
    after = say(talk, "K.", "yes", "minimal", "Will she leave us here?", "Are you tired?")
    step = after.step
    assert isinstance(step, Remark)
    assert (step.heard and step.heard.check, [one.heard for one in after.record[-2:]]) == (
        "closed_question",
        [(), ("closed_question",)],
    )


def test_while_it_is_not_quick_a_remark_is_made() -> None:
    after = quickly("short").answer("That she leaves us here.").leave().answer("3").answer("Are you tired?")
    assert (isinstance(after.step, Remark), after.record[-1].heard) == (True, ("closed_question",))


def test_while_it_is_quick_what_is_about_safety_is_told(say: Say) -> None:
    step = say(quickly("minimal"), "That her father beats her.").step
    assert isinstance(step, Remark)
    assert (step.heard, [one.check for one in step.safety]) == (None, ["safety_other"])


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return make_shelf(tmp_path, TALK)


def test_in_plain_lines_the_cost_stands_behind_the_option(home: Path) -> None:
    shown = coach(home, "run", "talk", "--plain", typed="K.\n1\n2\nThat she leaves us here.\n").out
    assert (
        f"\n3  How much time do you have?\n1. Very little, {COSTS[0]}\n2. Ten minutes, 3 questions\n3. Plenty, {COSTS[2]}\n"
        in shown
    )
    assert "\n4 / 6  What do you fear?\n" in shown


def test_on_the_screen_the_cost_stands_behind_the_option_and_the_choice_is_kept(home: Path) -> None:
    terminal = Terminal("run", "talk", home=home)
    terminal.wait_for_question(1)
    terminal.type("K.\r")
    terminal.wait_for_question(2)
    terminal.type("\r")
    terminal.wait_for_question(3)
    terminal.wait_for(f" › 1. Very little  {COSTS[0]}\n   2. Ten minutes  3 questions\n   3. Plenty  {COSTS[2]}")
    terminal.type("\x1b[B\r")
    terminal.wait_for_question(4)
    terminal.type("\x03")
    assert terminal.wait() == 130
    (log,) = (home / "sessions").glob("2*.md")
    assert "- time:: short (Ten minutes)\n" in log.read_text("utf-8")
