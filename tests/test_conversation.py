"""The engine, straight and saved and reloaded before each answer: nothing may depend on what a log does not hold."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from coach.conversation.answer import NotAnAnswerError
from coach.conversation.engine import Conversation
from coach.conversation.turn import Ask, Done
from coach.logs.session import Exchange, Session
from conversing import TODAY, Say, asked, read, reloaded

CHECK = """
title: Small check
follows: prepare
card: [fear]
steps:
  - id: about
    ask: Whom is it about?
    type: line
  - say: Take a breath.
  - id: fear
    title: Fear check
    say: Be honest.
    ask: What do you fear about {about}?
    hint: That {about} walks out.
  - id: likely
    ask: How likely is it?
    type: scale
    scale: {from: 0, to: 10, low: never, high: surely}
  - id: calm
    ask: What keeps you calm?
    when: {likely: {at_least: 7}}
  - id: happened
    ask: 'You feared "{prepare.fear}". Did it happen?'
    type: choice
    options: {no: Not at all, partly: In part, yes: It did}
    when: {prepare.fear: answered}
  - id: coped
    ask: How did you cope?
    optional: true
    when: {happened: [partly, yes, unanswered]}
  - say: That is all.
"""
PREPARED = Session(
    id="2026-11-23-090000-prepare",
    sequence="prepare",
    kind="prepare",
    language="en",
    title="Prepare",
    started=datetime(2026, 11, 23, 9, tzinfo=UTC),
    exchanges=(Exchange("fear", "What do you fear?", ("That she leaves.", "And I freeze.")),),
)


def begin(*carried: Session) -> Conversation:
    return Conversation(read(CHECK), carried, TODAY)


def test_the_first_question_is_asked_first() -> None:
    assert asked(begin()) == "about"


def test_a_question_shows_what_is_said_above_it_with_the_users_own_words_filled_in(say: Say) -> None:
    step = say(begin(), "Ms K.").step
    assert isinstance(step, Ask)
    assert (step.says, step.text, step.hint) == (
        ("Take a breath.", "Be honest."),
        "What do you fear about Ms K.?",
        "That Ms K. walks out.",
    )


def test_a_step_is_reached_when_its_condition_holds(say: Say) -> None:
    assert asked(say(begin(), "K", "x", "7")) == "calm"
    assert asked(say(begin(), "K", "x", "6")) == "coped"


def test_an_earlier_session_is_looked_back_on_in_its_own_words(say: Say) -> None:
    step = say(begin(PREPARED), "K", "x", "3").step
    assert isinstance(step, Ask)
    assert step.text == 'You feared "That she leaves. / And I freeze.". Did it happen?'


def test_the_log_holds_a_choice_with_its_label(say: Say) -> None:
    record = say(begin(PREPARED), "K", "x", "3", "partly").record
    assert [(exchange.id, exchange.lines) for exchange in record] == [
        ("about", ("K",)),
        ("fear", ("x",)),
        ("likely", ("3",)),
        ("happened", ("partly (In part)",)),
    ]


def test_an_optional_question_may_be_left_empty(say: Say) -> None:
    done = say(begin(), "K", "x", "3", "")
    assert done.step == Done(("That is all.",))
    assert done.record[-1] == Exchange("coped", "How did you cope?", ("",), "Fear check")


def test_a_question_that_needs_an_answer_refuses_an_empty_one() -> None:
    with pytest.raises(NotAnAnswerError):
        begin().answer("  ")


def test_a_scale_refuses_what_is_not_on_it(say: Say) -> None:
    conversation = say(begin(), "K", "x")
    for text in ("11", "-1", "3.5", "three hundred", "٣"):
        with pytest.raises(NotAnAnswerError):
            conversation.answer(text)


def test_back_asks_the_question_before_again_with_its_answer_to_be_changed(say: Say) -> None:
    step = say(begin(), "K", "x\ny").back().step
    assert isinstance(step, Ask)
    assert (step.question.id, step.default) == ("fear", "x\ny")


def test_back_at_the_first_question_stays_there() -> None:
    assert begin().back() == begin()


def test_back_and_forth_leaves_everything_as_it_was(say: Say) -> None:
    straight = say(begin(), "K", "x", "8", "tea", "well")
    wavering = begin().answer("K").answer("y").back().back().answer("K").answer("x").answer("8").answer("tea").answer("well")
    assert wavering.record == straight.record


def test_an_answer_whose_question_no_longer_applies_drops_out_and_comes_back_with_it() -> None:
    calm = begin().answer("K").answer("x").answer("8").answer("tea")
    lower = calm.revise("likely", "2")
    assert [exchange.id for exchange in lower.record] == ["about", "fear", "likely"]
    assert lower.revise("likely", "9").record == replace(calm, exchanges=lower.revise("likely", "9").exchanges).record


def test_a_draft_is_put_back_as_the_text_to_go_on_with(say: Say) -> None:
    step = reloaded(say(begin(), "K").with_draft("fear", "That she\ngets")).step
    assert isinstance(step, Ask)
    assert (step.question.id, step.default) == ("fear", "That she\ngets")


def test_a_draft_is_gone_when_the_answer_is_given(say: Say) -> None:
    conversation = say(begin(), "K").with_draft("fear", "That").answer("That she leaves")
    assert conversation.record[-1].draft == ()


def test_progress_counts_what_is_usual_ahead() -> None:
    steps = (begin().step, begin(PREPARED).step, begin().answer("K").answer("x").answer("9").step)
    assert [(step.number, step.total) for step in steps if isinstance(step, Ask)] == [(1, 4), (1, 4), (4, 5)]


def test_an_answer_to_a_question_that_is_gone_from_the_sequence_is_kept_at_the_end() -> None:
    old = Exchange("removed", "What was asked then?", ("something",))
    conversation = replace(begin(), exchanges=(old,)).answer("K")
    assert [exchange.id for exchange in conversation.record] == ["about", "removed"]


def test_a_long_answer_is_quoted_in_part() -> None:
    conversation = begin().answer("word " * 100)
    step = conversation.step
    assert isinstance(step, Ask)
    assert len(step.text) < 350
    assert step.text.endswith("word ...?")
