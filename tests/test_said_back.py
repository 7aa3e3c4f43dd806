"""A person's own words are said back above a question: one sentence, twice a session, and never words about safety."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coach.conversation.engine import Conversation
from coach.ear.ear import Heard
from coach.language.sentences import first_sentence
from coach.logs.session import Exchange, Session
from conversing import TODAY, Say, ask_of, read
from driver import Terminal
from shelf import MONDAY, coach, make_shelf, put

TALK = """
title: Talk
follows: prepare
steps:
  - {id: fear, ask: What do you fear?}
  - {id: calm, ask: What keeps you calm?, optional: true, say_back: 'You fear: "{fear}"'}
  - {id: other, ask: And else?, say_back: 'Before: "{prepare.fear}"'}
  - {id: way, ask: Which way?, type: choice, options: {high: The high one, low: The low one}, say_back: 'Calm is "{calm}"'}
  - {id: question, ask: What do you ask?, say: One is enough., say_back: '"{fear}" on "{way}", and "{calm|fear}"'}
"""
SENTENCES = {
    "That she leaves. And I freeze.": "That she leaves.",
    "That S. Bos leaves. And I freeze.": "That S. Bos leaves.",
    "That Mr. Bos leaves. And I freeze.": "That Mr. Bos leaves.",
    "Will she leave? I think so.": "Will she leave?",
    '"Go away." That is what she says.': '"Go away."',
    "That she leaves ... and stays away. Then I freeze.": "That she leaves ... and stays away.",
    "That it costs 3.50. More than we have.": "That it costs 3.50.",
    "\n  That she leaves\nAnd I freeze.": "That she leaves",
    "no stop at all": "no stop at all",
    "": "",
}


def begin(*carried: Session) -> Conversation:
    return Conversation(read(TALK), carried, TODAY)


def prepared(fear: str, *heard: str) -> Session:
    exchange = Exchange("fear", "What do you fear?", (fear,), heard=heard)
    return Session("p", "prepare", "prepare", "en", "", datetime(2026, 11, 23, tzinfo=UTC), exchanges=(exchange,))


@pytest.mark.parametrize("text", SENTENCES)
def test_a_sentence_ends_where_it_ends(text: str) -> None:
    assert first_sentence(text, "en") == SENTENCES[text]


def test_a_dutch_sentence_goes_on_behind_a_title() -> None:
    assert first_sentence("Dat dhr. Bos opstapt. En dan?", "nl") == "Dat dhr. Bos opstapt."


def test_the_first_sentence_is_said_back_right_above_the_question(say: Say) -> None:
    ask = ask_of(say(begin(), "That she leaves. And I freeze."))
    assert (ask.says, ask.say_back, ask.text) == ((), 'You fear: "That she leaves."', "What keeps you calm?")


def test_a_long_sentence_is_cut_at_a_word(say: Say) -> None:
    assert ask_of(say(begin(), "word " * 60)).say_back == f'You fear: "{("word " * 24).strip()} ..."'


def test_what_an_earlier_session_holds_is_said_back(say: Say) -> None:
    assert ask_of(say(begin(prepared("That he shouts. Again.")), "x", "")).say_back == 'Before: "That he shouts."'


def test_what_is_not_there_is_not_said_back(say: Say) -> None:
    assert ask_of(say(begin(), "x", "")).say_back == ""
    assert ask_of(say(begin(), "x", "", "y")).say_back == ""


def test_the_label_of_a_choice_and_the_first_of_several_are_said_back(say: Say) -> None:
    ask = ask_of(say(begin(), "That she leaves.", "", "y", "low"))
    assert (ask.says, ask.say_back) == (("One is enough.",), '"That she leaves." on "The low one", and "That she leaves."')


def test_it_is_done_twice_in_a_session_and_no_more(say: Say) -> None:
    carried = prepared("That he shouts.")
    given = ("That she leaves.", "Tea.", "Nothing.", "low")
    said = [ask_of(say(begin(carried), *given[:number])).say_back for number in range(5)]
    assert said == ["", 'You fear: "That she leaves."', 'Before: "That he shouts."', "", ""]


def test_words_about_safety_are_not_said_back() -> None:
    def hear(text: str, _checks: tuple[str, ...]) -> tuple[Heard, ...]:
        return (Heard("safety_other", text, "", ""),) if "hits" in text else ()

    conversation = replace(begin(prepared("That he hits her.", "safety_other")), hear=hear)
    assert ask_of(conversation.answer("That he hits her.")).say_back == ""
    assert ask_of(conversation.answer("x").leave().answer("")).say_back == ""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a home with a sequence that recalls and says back."""
    back = "say_back: 'You wish: \"{wish}\"'"
    steps = f"[{{id: wish, ask: Wish}}, {{id: step, say: Take time., {back}, ask: Step, recall: {{wish: 1}}}}]"
    home = make_shelf(tmp_path, f"title: Talk\nsteps: {steps}\n")
    put(home, MONDAY, "talk", wish="Peace.")
    return home


def test_it_stands_between_earlier_words_and_the_question_on_the_screen(home: Path) -> None:
    terminal = Terminal("run", "talk", home=home)
    terminal.wait_for_question(1)
    terminal.type("To listen. And wait.\r")
    terminal.wait_for_question(2)
    assert 'Take time.\n\nEarlier you wrote:\n  2 March 2026  Peace.\n\nYou wish: "To listen."\nStep\n' in terminal.text
    terminal.type("\x03")
    terminal.wait()


def test_it_stands_between_earlier_words_and_the_question_in_plain_lines(home: Path) -> None:
    plain = coach(home, "run", "talk", "--plain", typed="To listen. And wait.\nx\n").out
    assert 'Take time.\n2 March 2026: Peace.\nYou wish: "To listen."\n2 / 2  Step\n' in plain


def test_above_the_small_step_stands_what_was_written_right_before_it_about_another_time(tmp_path: Path) -> None:
    shown = coach(make_shelf(tmp_path), "reflect", typed="S.\nno\nHis colleague came in.\nTo walk with him.\n").out
    assert 'You just wrote: "To walk with him."\n' in shown[: shown.index("What small step")]
