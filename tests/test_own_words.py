"""What was written in one's own words, read again as it stands: thoughts, efforts, questions, what helped."""

from datetime import UTC, datetime, timedelta

from coach.insights.efforts import Effort, EffortCollector
from coach.insights.own_words import OwnWordsCollector, Words
from coach.insights.thoughts import Thought, ThoughtCollector
from coach.logs.session import Exchange, Session
from collected import collected

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def at(number: int) -> datetime:
    return MONDAY + timedelta(days=number)


def session(number: int, kind: str, follows: int | None = None, **answers: str) -> Session:
    exchanges = tuple(Exchange(id_, f"{id_}?", (text,)) for id_, text in answers.items())
    earlier = "" if follows is None else str(follows)
    return Session(str(number), kind, kind, "en", "", at(number), "S.", at(number), earlier, exchanges=exchanges)


def test_a_thought_is_followed_through_the_conversation_and_the_weeks_after_it() -> None:
    sessions = [
        session(1, "prepare", first_thought="This will never work."),
        session(2, "reflect", 1, thought_now="They work harder than I knew."),
        session(9, "follow-up", 2, thought_now="It goes slowly, and that is fine."),
    ]
    thought = Thought(
        "1", "S.", at(1), "This will never work.", "They work harder than I knew.", "It goes slowly, and that is fine."
    )
    assert collected(reversed(sessions), ThoughtCollector()) == (thought,)


def test_a_thought_that_stands_alone_did_not_change() -> None:
    sessions = [session(1, "prepare", first_thought="x"), session(2, "reflect", thought_now="y")]
    assert collected(sessions, ThoughtCollector()) == ()


def test_the_latest_thought_of_each_time_counts_and_the_newest_situation_comes_first() -> None:
    sessions = [
        session(1, "prepare", first_thought="a"),
        session(2, "reflect", 1, thought_now="old"),
        session(3, "reflect", 1, thought_now="new"),
        session(4, "prepare", first_thought="b"),
        session(5, "follow-up", 4, thought_now="later"),
    ]
    thoughts = collected(sessions, ThoughtCollector())
    assert thoughts == (Thought("4", "S.", at(4), "b", later="later"), Thought("1", "S.", at(1), "a", "new"))


def test_a_thought_counts_where_its_first_one_does() -> None:
    sessions = [session(1, "prepare", first_thought="a"), session(2, "reflect", 1, thought_now="b")]
    assert len(collected(sessions, ThoughtCollector(), lambda one: one.kind == "prepare")) == 1
    assert collected(sessions, ThoughtCollector(), lambda one: one.kind == "reflect") == ()


def test_the_effort_that_was_expected_stands_beside_the_one_there_was() -> None:
    sessions = [
        session(1, "prepare", effort_expected="8"),
        session(2, "reflect", 1, effort="5"),
        session(3, "reflect", effort="4"),
        session(4, "prepare", effort_expected="7"),
    ]
    assert collected(sessions, EffortCollector()) == (Effort("2", "S.", at(2), 8, 5),)


def test_the_question_beneath_is_the_question_and_each_answer_stands_under_what_was_asked() -> None:
    sessions = [
        session(1, "prepare", honest_question="What?", question_beneath="What worries you?", way_back="Pen down."),
        session(2, "prepare", honest_question="How are the evenings?"),
        session(3, "reflect", loosened="She told me.", strength="I can wait.", not_yours="The house."),
        session(4, "follow-up", helped_by="That I waited.", learned="Wait.", purpose="One child.", not_yours="The quarrel."),
    ]
    assert collected(sessions, OwnWordsCollector()) == {
        "question": (Words("2", "S.", at(2), "How are the evenings?"), Words("1", "S.", at(1), "What worries you?")),
        "loosened": (Words("3", "S.", at(3), "She told me."),),
        "helped": (Words("4", "S.", at(4), "That I waited."), Words("3", "S.", at(3), "I can wait.")),
        "not_yours": (Words("4", "S.", at(4), "The quarrel."), Words("3", "S.", at(3), "The house.")),
        "learned": (Words("4", "S.", at(4), "Wait."),),
        "purpose": (Words("4", "S.", at(4), "One child."),),
    }


def test_the_question_that_was_asked_takes_the_place_of_the_one_that_was_prepared() -> None:
    sessions = [
        session(1, "prepare", honest_question="Why?"),
        session(2, "reflect", 1, question_asked="other (A different one)", honest_question="What do you miss?"),
        session(3, "prepare", honest_question="How are the evenings?"),
        session(4, "reflect", 3, question_asked="yes (Yes)"),
        session(5, "reflect", honest_question="Who helps you?"),
    ]
    asked = [Words("5", "S.", at(5), "Who helps you?"), Words("3", "S.", at(3), "How are the evenings?")]
    replaced = Words("2", "S.", at(2), "What do you miss?")
    assert collected(reversed(sessions), OwnWordsCollector()) == {"question": (*asked, replaced)}
    assert collected(sessions, OwnWordsCollector(), lambda one: one.id != "2") == {"question": tuple(asked)}
