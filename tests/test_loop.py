"""A conversation held from its first question to its end: what is asked, what is shown, and what is in the log by then."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from coach.conversation.asker import Interruption
from coach.conversation.coach import Coach
from coach.conversation.loop import hold
from coach.conversation.start import Wishes, start
from coach.ear.ear import load_ear
from coach.logs.session import Exchange, Memory, Session
from script import NOON, Script, coach_in, save, texts, write_sequences

TALK = """
title: Talk
card: [question, calm]
steps:
  - {id: about, ask: Whom is it about?, type: line}
  - {id: question, ask: What do you ask?, hear: [closed_question]}
  - {id: likely, ask: How likely is it?, type: scale, scale: {from: 0, to: 10}}
  - {id: calm, ask: What keeps you calm?, when: {likely: {at_least: 7}}, recall: {calm: 2}}
  - say: That is all.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_sequences(tmp_path, talk=TALK)
    return tmp_path


def talk(coach: Coach) -> Session:
    """Hold a conversation to its end, or to where the script ends, and return the session."""
    conversation, keeper = start(coach, coach.catalogue("en").read("talk"), Wishes())
    try:
        keeper.finish(hold(coach, conversation, keeper))
    except Interruption:
        return keeper.session
    finally:
        keeper.close()
    return keeper.session


def asked(script: Script) -> list[str]:
    return [prompt.ask.question.id for prompt in script.prompts]


def test_what_is_said_is_in_the_log_when_it_is_done_with_whom_it_is_about_and_its_card(folder: Path) -> None:
    script = Script("S.", "How are you?", "8", "Tea.")
    coach = coach_in(folder, script)
    session = talk(coach)
    assert coach.library.find("latest") == session
    assert session == Session(
        id="2026-11-24-120000-talk",
        sequence="talk",
        kind="talk",
        language="en",
        title="Talk",
        started=NOON,
        about="S.",
        finished=NOON,
        card=("question", "calm"),
        heard=True,
        exchanges=(
            Exchange("about", "Whom is it about?", ("S.",)),
            Exchange("question", "What do you ask?", ("How are you?",)),
            Exchange("likely", "How likely is it? (0 - 10)", ("8",)),
            Exchange("calm", "What keeps you calm?", ("Tea.",)),
        ),
    )
    assert (script.reviews, script.told) == ([("S.", "How are you?", "8", "Tea.")], ["That is all."])


def test_every_answer_is_in_the_log_before_the_next_question(folder: Path) -> None:
    coach = coach_in(folder, Script("S.", "How are you?"))
    session = talk(coach)
    assert session.finished is None
    assert texts(coach.library.find("latest").exchanges) == {"about": "S.", "question": "How are you?"}


@pytest.mark.parametrize("line", ["How a...", "How a^C"])
def test_what_is_typed_half_is_in_the_log_as_a_draft_however_it_is_stopped(folder: Path, line: str) -> None:
    coach = coach_in(folder, Script("S.", line))
    talk(coach)
    assert coach.library.find("latest").exchanges[-1] == Exchange("question", "What do you ask?", draft=("How a",))


def test_one_who_goes_back_is_asked_the_question_before_with_the_answer_to_change(folder: Path) -> None:
    script = Script("S.", "How?", "<", "How are you?", "3")
    session = talk(coach_in(folder, script))
    assert asked(script) == ["about", "question", "likely", "question", "likely"]
    assert script.prompts[3].ask.default == "How?"
    assert texts(session.exchanges) == {"about": "S.", "question": "How are you?", "likely": "3"}


def test_an_answer_that_does_not_fit_is_asked_for_again_with_the_reason(folder: Path) -> None:
    script = Script("S.", "How?", "many", "3")
    talk(coach_in(folder, script))
    again = script.prompts[3]
    assert (again.problem, again.ask.default) == ("Please give a whole number on the scale: 0 - 10.", "many")


@pytest.mark.parametrize("seven", ["7", "7/10", "seven", "zeven", "Een 7.", "7,0", "7 van de 10", "seven out of ten"])
def test_a_number_is_read_as_people_say_it(folder: Path, seven: str) -> None:
    script = Script("S.", "How?", seven)
    assert texts(talk(coach_in(folder, script)).exchanges)["likely"] == "7"


@pytest.mark.parametrize(
    "half", ["7,5", "7.5", "7½", "7 1/2", "zeven en een half", "zevenenhalf", "seven and a half", "7-8", "7 of 8"]
)
def test_what_is_between_two_numbers_is_asked_again_with_the_reason(folder: Path, half: str) -> None:
    script = Script("S.", "How?", half, "8")
    talk(coach_in(folder, script))
    reason = f"'{half}' is between two numbers, and only whole ones can be compared later. Choose 7 or 8."
    assert script.prompts[3].problem == reason


@pytest.mark.parametrize("typed", ["", "11", "7/100", "10.5", "-1", "a", "9 tot 11"])
def test_what_is_no_number_of_a_scale_is_told_which_are(folder: Path, typed: str) -> None:
    script = Script("S.", "How?", typed, "8")
    talk(coach_in(folder, script))
    assert script.prompts[3].problem == "Please give a whole number on the scale: 0 - 10."


WHEN = """
title: When
steps:
  - {id: day, ask: Which day?, type: date}
  - {id: sure, ask: Sure?, type: yes-no}
"""


def test_a_day_that_was_understood_is_said_back_and_one_that_was_not_is_asked_again(tmp_path: Path) -> None:
    write_sequences(tmp_path, talk=WHEN)
    script = Script("", "11/12/2026", "4 december", "", "yes")
    talk(coach_in(tmp_path, script))
    two = "Thursday 12 November 2026 or Friday 11 December 2026"
    assert script.told == ["Friday 4 December"]
    assert [prompt.problem for prompt in script.prompts] == [
        "",
        "This question needs a day. Write for instance 27 November 2026, friday or tomorrow.",
        f"'11/12/2026' can be {two}. Write one of these two.",
        "",
        "Please choose something here.",
    ]


def test_an_answer_that_gets_a_remark_can_be_said_again(folder: Path) -> None:
    script = Script("S.", "Are you tired?", "again", "What tires you?", "3")
    coach = coach_in(folder, script)._replace(listener=lambda language: load_ear(language).hear)
    session = talk(coach)
    assert [remark.heard and remark.heard.check for remark in script.remarks] == ["closed_question"]
    assert (asked(script), script.prompts[2].changing) == (["about", "question", "question", "likely"], True)
    assert session.exchanges[1] == Exchange(
        "question", "What do you ask?", ("What tires you?",), before=("Are you tired?",), heard=("closed_question",)
    )


def test_an_answer_that_gets_a_remark_can_be_left_so(folder: Path) -> None:
    script = Script("S.", "Are you tired?", "leave", "3")
    coach = coach_in(folder, script)._replace(listener=lambda language: load_ear(language).hear)
    assert talk(coach).exchanges[1].text == "Are you tired?"
    assert asked(script) == ["about", "question", "likely"]


def test_a_change_afterwards_names_what_no_longer_applies_and_takes_it_out_of_the_log(folder: Path) -> None:
    script = Script("S.", "How?", "8", "Tea.", "likely", "2")
    session = talk(coach_in(folder, script))
    assert script.prompts[4].changing
    assert script.told == [
        "This no longer applies and is left out of your log:\n- What keeps you calm?",
        "That is all.",
    ]
    assert texts(session.exchanges) == {"about": "S.", "question": "How?", "likely": "2"}


def test_one_who_goes_back_from_a_change_afterwards_changes_nothing(folder: Path) -> None:
    script = Script("S.", "How?", "2", "question", "<")
    session = talk(coach_in(folder, script))
    assert (texts(session.exchanges)["question"], len(script.reviews)) == ("How?", 2)


def test_earlier_answers_are_shown_first_those_about_the_same(folder: Path) -> None:
    script = Script("S.", "How?", "8", "Tea.")
    coach = coach_in(folder, script)
    day = NOON - timedelta(days=3)
    for number, about in enumerate(("K.", "S.", "T.")):
        started = day + timedelta(hours=number)
        calm = Exchange("calm", "What keeps you calm?", (f"{about} calms me.",))
        save(coach.library, Session("", "talk", "talk", "en", "Talk", started, about, started, exchanges=(calm,)))
    talk(coach)
    assert script.prompts[3].memories == (
        Memory(datetime(2026, 11, 21, 13, tzinfo=UTC), "S.", "S. calms me."),
        Memory(datetime(2026, 11, 21, 14, tzinfo=UTC), "T.", "T. calms me."),
    )


@pytest.mark.parametrize("line", ["...", "^C"])
def test_one_who_stops_before_saying_anything_leaves_no_log(folder: Path, line: str) -> None:
    coach = coach_in(folder, Script(line))
    talk(coach)
    assert coach.library.folder.ids() == []
