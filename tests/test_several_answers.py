"""The first of several answers, and several ways to reach a step."""

from datetime import UTC, datetime

from coach.conversation.engine import Conversation
from coach.conversation.turn import Done
from coach.logs.session import Exchange, Session
from conversing import TODAY, Say, ask_of, asked, read

FIRST = """
title: Check
follows: prepare
steps:
  - {id: question, ask: What do you ask?}
  - {id: real, ask: Is it your real question?, type: yes-no}
  - {id: beneath, ask: What is beneath it?, when: {real: no}}
  - {id: ready, ask: 'Will you ask "{beneath|question}"?', hint: 'So "{beneath|question}".', optional: true}
  - {id: fear, ask: 'Are you still afraid: "{prepare.fear|question}"?', optional: true}
  - {id: calm, ask: How do you keep calm?, when: {beneath|question: safe}}
"""
SEVERAL = """
title: Check
steps:
  - {id: feared, ask: Did it happen?, type: choice, options: {no: No, partly: In part, yes: Yes}, optional: true}
  - {id: out, ask: How do you come out of it?, type: choice, options: {light: Lighter, shaken: Shaken}}
  - {id: glad, ask: What are you glad of?, when: [{feared: [partly, yes]}, {out: shaken}]}
  - include: part
    when: [{out: light}, {feared: yes}]
  - say: That is all.
"""
PART = "title: Part\nsteps: [{id: sure, ask: Sure?, type: yes-no}, {id: who, ask: Who?, when: {sure: yes}}]"


def prepared(fear: str, *heard: str) -> Session:
    exchange = Exchange("fear", "What do you fear?", (fear,), heard=heard)
    return Session("p", "prepare", "prepare", "en", "", datetime(2026, 11, 23, tzinfo=UTC), exchanges=(exchange,))


def first(*carried: Session) -> Conversation:
    return Conversation(read(FIRST), carried, TODAY)


def several() -> Conversation:
    return Conversation(read(SEVERAL, part=PART), (), TODAY)


def test_the_first_answer_that_is_there_is_quoted(say: Say) -> None:
    beneath = ask_of(say(first(), "How?", "no", "Why me?"))
    question = ask_of(say(first(), "How?", "yes"))
    assert (beneath.text, beneath.hint) == ('Will you ask "Why me?"?', 'So "Why me?".')
    assert (question.text, question.hint) == ('Will you ask "How?"?', 'So "How?".')


def test_an_answer_whose_question_is_no_longer_reached_is_not_the_first() -> None:
    changed = first().answer("How?").answer("no").answer("Why me?").revise("real", "yes")
    assert ask_of(changed).text == 'Will you ask "How?"?'


def test_an_answer_of_an_earlier_session_can_be_the_first(say: Say) -> None:
    assert ask_of(say(first(prepared("That she leaves.")), "How?", "yes", "")).text == 'Are you still afraid: "That she leaves."?'
    assert ask_of(say(first(), "How?", "yes", "")).text == 'Are you still afraid: "How?"?'


def test_a_condition_is_put_to_the_first_answer_that_is_there(say: Say) -> None:
    assert asked(say(first(), "How?", "yes", "", "")) == "calm"


def test_what_is_first_and_about_safety_lets_no_other_stand_in_for_it() -> None:
    text = ask_of(first(prepared("That he hits her.", "safety_other")).answer("How?").answer("yes").answer("")).text
    assert text == 'Are you still afraid: "what you wrote about safety"?'


def test_one_of_several_ways_is_enough(say: Say) -> None:
    ways = {(feared, out): asked(say(several(), feared, out)) for feared in ("no", "yes") for out in ("light", "shaken")}
    assert ways == {("no", "light"): "sure", ("no", "shaken"): "glad", ("yes", "light"): "glad", ("yes", "shaken"): "glad"}


def test_the_ways_to_what_is_included_join_those_of_its_steps(say: Say) -> None:
    assert asked(say(several(), "yes", "shaken", "That I stayed.", "yes")) == "who"
    assert say(several(), "no", "light", "no").step == Done(("That is all.",))


def test_what_is_ahead_is_counted_on_the_usual_way() -> None:
    assert [ask_of(several()).total, ask_of(several().answer("no").answer("light")).total] == [4, 4]
    assert [ask_of(first()).total, ask_of(first().answer("How?")).total] == [5, 5]
