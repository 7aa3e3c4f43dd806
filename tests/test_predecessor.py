"""The session that a new one goes on from: which ones are offered, how they are told apart, what the first screen says of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from coach.conversation.coach import Coach
from coach.conversation.start import Wishes, start
from coach.logs.session import Exchange, Session
from driver import Terminal
from script import NOON, Script, coach_in, save, write_sequences

MAP = "title: Map\nsteps: [{id: observation, ask: What do you see?}]\n"
PREPARE = """
title: Prepare
follows: {kind: map, again: true}
heart: question
card: {door: [[beneath, question], fear]}
steps:
  - {id: question, ask: What do you ask?}
  - {id: beneath, ask: What is beneath it?, optional: true}
  - {id: fear, ask: What do you fear?}
"""
REFLECT = """
title: Look back
follows: {kind: prepare, again: {did_it: no}}
steps:
  - {id: did_it, ask: Did you?, type: choice, options: {yes: Yes, no: Not yet}}
  - {id: happened, ask: What happened?}
  - {id: question, ask: What did you ask?, optional: true}
"""
LATER = """
title: Weeks later
follows:
  kind: reflect
  when: {reflect.did_it: [yes, unanswered]}
steps: [{id: how, ask: How is it now?}]
"""
MORNING = datetime(2026, 11, 20, 8, 5, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_sequences(tmp_path, map=MAP, prepare=PREPARE, reflect=REFLECT, later=LATER)
    return tmp_path


def session(name: str, started: datetime = MORNING, about: str = "S.", follows: str = "", **answers: str) -> Session:
    return Session(
        id=f"{started:%Y-%m-%d-%H%M%S}-{name}",
        sequence=name,
        kind=name,
        language="en",
        title=name.capitalize(),
        started=started,
        about=about,
        finished=started,
        follows=follows,
        exchanges=tuple(Exchange(id_, f"{id_}?", (text,)) for id_, text in answers.items()),
        heard=True,
    )


def unsafe(one: Session, id_: str) -> Session:
    """Return a session in which something about safety was heard in one answer."""
    marked = (each._replace(heard=("safety_other",)) if each.id == id_ else each for each in one.exchanges)
    return replace(one, exchanges=tuple(marked))


def coach_with(folder: Path, *sessions: Session, script: Script | None = None) -> Coach:
    coach = coach_in(folder, script or Script("none"))
    save(coach.library, *sessions)
    return coach


def offered(folder: Path, name: str, *sessions: Session, about: str = "") -> list[str]:
    """Return what a person is offered to go on from."""
    script = Script("none")
    coach = coach_with(folder, *sessions, script=script)
    start(coach, coach.catalogue("en").read(name), Wishes(about), offers=True)
    return list(script.options[0].values())[:-1] if script.options else []


def taken(coach: Coach, name: str, wishes: Wishes) -> str:
    """Return the session that is gone on from where nobody chooses."""
    return start(coach, coach.catalogue("en").read(name), wishes)[1].session.follows


def first_screen(folder: Path, name: str, *sessions: Session) -> list[str]:
    """Return what is told of the latest session that a new one goes on from."""
    script = Script()
    coach = coach_with(folder, *sessions, script=script)
    start(coach, coach.catalogue("en").read(name), Wishes(follows="latest"))
    return script.told


@pytest.mark.parametrize(("days", "names"), [(60, ["Wednesday 1 July: S."]), (61, [])])
def test_what_was_prepared_for_is_offered_to_a_second_preparation_for_sixty_days(
    folder: Path, days: int, names: list[str]
) -> None:
    mapped = session("map", datetime(2026, 7, 1, 9, tzinfo=UTC))
    first = session("prepare", MORNING - timedelta(days=40), follows=mapped.id)
    last = session("prepare", NOON - timedelta(days=days), follows=mapped.id)
    assert offered(folder, "prepare", mapped, replace(first, started=last.started - timedelta(days=1)), last) == names


def test_what_was_looked_back_on_is_not_looked_back_on_again(folder: Path) -> None:
    prepared = session("prepare", fear="x")
    reflected = session("reflect", MORNING + timedelta(hours=1), follows=prepared.id, did_it="yes (Yes)")
    assert offered(folder, "reflect", prepared, reflected) == []


def test_what_was_prepared_for_a_conversation_that_was_not_held_is_looked_back_on_again_until_it_is(folder: Path) -> None:
    prepared = session("prepare", fear="x")
    not_yet = session("reflect", MORNING + timedelta(hours=1), follows=prepared.id, did_it="no (Not yet)")
    held = session("reflect", MORNING + timedelta(days=1), follows=prepared.id, did_it="yes (Yes)")
    coach = coach_with(folder, prepared, not_yet)
    assert taken(coach, "reflect", Wishes()) == prepared.id
    assert offered(folder, "reflect") == ["Friday 20 November: S."]
    save(coach.library, held)
    assert offered(folder, "reflect") == []


def test_where_nobody_chooses_a_second_preparation_goes_on_only_from_what_was_wished(folder: Path) -> None:
    mapped = session("map")
    coach = coach_with(folder, mapped, session("prepare", MORNING + timedelta(hours=1), follows=mapped.id))
    wishes = (Wishes(), Wishes("S."), Wishes("K."), Wishes(follows="latest"))
    assert [taken(coach, "prepare", wish) for wish in wishes] == ["", mapped.id, "", mapped.id]


def test_a_conversation_that_was_not_held_is_not_offered_to_what_comes_weeks_later(folder: Path) -> None:
    held = session("reflect", MORNING, "held", did_it="yes (Yes)")
    not_yet = session("reflect", MORNING + timedelta(days=1), "not yet", did_it="no (Not yet)")
    unasked = session("reflect", MORNING + timedelta(days=2), "unasked", happened="Nothing.")
    assert offered(folder, "later", held, not_yet, unasked) == ["Sunday 22 November: unasked", "Friday 20 November: held"]


def test_a_conversation_that_was_not_held_can_still_be_named(folder: Path) -> None:
    not_yet = session("reflect", did_it="no (Not yet)")
    assert taken(coach_with(folder, not_yet), "later", Wishes(follows=not_yet.id)) == not_yet.id


def test_what_a_condition_asks_of_a_session_before_that_is_found_too(folder: Path) -> None:
    later = LATER.replace("when: {reflect.did_it: [yes, unanswered]}", "when: {prepare.fear: unsafe}")
    (folder / "prompts" / "later.yaml").write_text(later)
    prepared = session("prepare", fear="x")
    reflected = session("reflect", MORNING + timedelta(hours=1), "safe", follows=prepared.id, happened="x")
    concerned = unsafe(session("prepare", MORNING + timedelta(hours=2), fear="That he hits her."), "fear")
    after = session("reflect", MORNING + timedelta(hours=3), "unsafe", follows=concerned.id, happened="x")
    assert offered(folder, "later", prepared, reflected, concerned, after) == ["Friday 20 November: unsafe"]


def test_two_of_one_day_are_told_apart_by_time_and_where_they_are_about_the_same_by_their_question(folder: Path) -> None:
    sessions = (
        session("prepare", MORNING, question="How are you? I wonder."),
        session("prepare", MORNING + timedelta(minutes=50), question="What?", beneath="What worries you?"),
        session("prepare", MORNING + timedelta(hours=2), fear="No question yet."),
        unsafe(session("prepare", MORNING + timedelta(hours=3), question="What if he hits her?"), "question"),
        session("prepare", MORNING + timedelta(days=1), question="Why?"),
    )
    assert offered(folder, "reflect", *sessions) == [
        "Saturday 21 November: S.",
        "Friday 20 November, 11:05: S.",
        "Friday 20 November, 10:05: S.",
        'Friday 20 November, 08:55: S. "What worries you?"',
        'Friday 20 November, 08:05: S. "How are you?"',
    ]


def test_two_of_one_day_about_others_are_told_apart_by_time_alone(folder: Path) -> None:
    sessions = (
        session("prepare", MORNING, question="How?"),
        session("prepare", MORNING + timedelta(hours=1), "K.", question="X?"),
    )
    assert offered(folder, "reflect", *sessions) == ["Friday 20 November, 09:05: K.", "Friday 20 November, 08:05: S."]


def test_the_first_screen_says_what_is_taken_up_and_its_question(folder: Path) -> None:
    prepared = session("prepare", question="How are you?", fear="Silence.")
    assert first_screen(folder, "reflect", prepared) == [
        'This goes on from "Prepare: S.", Friday 20 November\nYour question was: "How are you?"'
    ]


def test_the_question_beneath_comes_before_the_one_that_it_was_beneath(folder: Path) -> None:
    prepared = session("prepare", question="How are you?", beneath="What worries you?")
    (told,) = first_screen(folder, "reflect", prepared)
    assert told.split("\n")[1:] == ['Your question was: "What worries you?"']


def test_weeks_later_the_question_is_the_one_that_was_asked_in_its_place(folder: Path) -> None:
    prepared = session("prepare", question="How are you?", beneath="What worries you?")
    reflected = session("reflect", MORNING + timedelta(hours=1), follows=prepared.id, question="What do you miss?")
    (told,) = first_screen(folder, "later", prepared, reflected)
    assert told.split("\n")[1:] == ['Your question was: "What do you miss?"']


def test_weeks_later_the_question_is_that_of_the_preparation(folder: Path) -> None:
    prepared = session("prepare", question="How are you?")
    reflected = session("reflect", MORNING + timedelta(hours=1), follows=prepared.id, happened="x")
    assert first_screen(folder, "later", prepared, reflected) == [
        'This goes on from "Reflect: S.", Friday 20 November\nYour question was: "How are you?"'
    ]


@pytest.mark.parametrize(
    ("name", "earlier"),
    [
        ("reflect", session("prepare", fear="Silence.")),
        ("reflect", unsafe(session("prepare", question="What if he hits her?"), "question")),
        ("reflect", unsafe(session("prepare", question="How?", beneath="What if he hits her?"), "beneath")),
        ("prepare", session("map", observation="He is silent.")),
    ],
    ids=["none was asked", "about safety", "about safety beneath", "of a kind without"],
)
def test_where_there_is_no_question_or_it_is_about_safety_only_the_session_is_named(
    folder: Path, name: str, earlier: Session
) -> None:
    assert first_screen(folder, name, earlier) == [f'This goes on from "{earlier.title}: S.", Friday 20 November']


def test_what_follows_nothing_says_nothing_of_it(folder: Path) -> None:
    assert first_screen(folder, "reflect", session("map")) == []


def test_a_session_of_a_sequence_that_is_gone_is_named_without_its_question(folder: Path) -> None:
    prepared = replace(session("prepare", question="How?"), sequence="gone")
    assert first_screen(folder, "reflect", prepared) == ['This goes on from "Prepare: S.", Friday 20 November']


def test_a_person_sees_the_choice_and_what_is_taken_up_on_the_first_screen(folder: Path) -> None:
    prepared = [session("prepare", MORNING + timedelta(hours=hour), question=f"How {hour}?", fear="x") for hour in range(2)]
    coach_with(folder, *prepared)
    folder.chmod(0o700)
    terminal = Terminal("reflect", home=folder)
    terminal.wait_for("Which one do you go on from?", '09:05: S. "How 1?"', '08:05: S. "How 0?"')
    terminal.type("\x1b[B\r")
    terminal.wait_for_question(1)
    terminal.wait_for('This goes on from "Prepare: S.", Friday 20 November', 'Your question was: "How 0?"', "Did you?")
    terminal.type("\x03")
    assert terminal.wait() == 130
