"""What waits for a person who types `coach` alone."""

# sentences stay on one line

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from coach.cli.status import open_loops
from coach.logs.session import Exchange, Session, title_of
from coach.sequences.condition import Condition, Conditions, OneOf, first_of
from coach.sequences.sequence import Following


def conditions(first: str, test: OneOf) -> Conditions:
    return (Condition(first_of(first), test),)


def session(day: int, kind: str, follows: str = "", *, about: str = "S.", finished: bool = True, **answers: str) -> Session:
    started = datetime(2026, 3, day, 9, 0, tzinfo=UTC)
    exchanges = tuple(Exchange(id_, f"{id_}?", (text,)) for id_, text in answers.items())
    done = started if finished else None
    return Session(f"{kind}-{day}", kind, kind, "en", "A title", started, about, done, follows, exchanges=exchanges)


FOLLOW_UP = Following(
    when=(conditions("reflect.did_it", OneOf(("yes",), or_unanswered=True)),),
    soon=(conditions("reflect.fear_outcome", OneOf(("partly", "yes"))), conditions("reflect.coming_out", OneOf(("shaken",)))),
)


REFLECT = Following(again=(conditions("did_it", OneOf(("no",))),))


def following_of(name: str, _language: str) -> Following:
    return {"follow-up": FOLLOW_UP, "reflect": REFLECT}[name]


def loops(*sessions: Session, day: int) -> list[tuple[str, ...]]:
    return list(open_loops(sessions, date(2026, 3, day), following_of))


def test_a_first_step_with_a_day_is_shown_from_the_start() -> None:
    reflected = session(1, "reflect", first_step="I call.", first_step_when="2026-03-05")
    waits = ("Thursday 5 March, the first step with S.: I call.", "coach done reflect-1")
    assert [loops(reflected, day=day) for day in (1, 4, 6)] == [[waits], [waits], [waits]]


def test_a_first_step_of_any_other_session_is_shown_until_something_came_of_it() -> None:
    open_ = session(1, "first-step", first_step="I call.", first_step_when="2026-03-05")
    taken = session(1, "first-step", first_step="I call.", first_step_when="2026-03-05", step_outcome="yes (Taken)")
    waits = ("Thursday 5 March, the first step with S.: I call.", "coach done first-step-1")
    assert [loops(open_, day=1), loops(taken, day=1)] == [[waits], []]


def test_a_first_step_without_a_day_is_told_from_the_start_and_waits_after_two_weeks() -> None:
    reflected = session(1, "reflect", first_step="I call.")
    waits = ("Sunday 15 March, the first step with S.: I call.", "coach done reflect-1", "coach follow-up --follows reflect-1")
    early = ("Still open, the first step with S.: I call.", "coach done reflect-1")
    assert [loops(reflected, day=day) for day in (1, 14, 15)] == [[early], [early], [waits]]


def test_a_fear_of_which_nothing_was_known_waits_after_two_weeks() -> None:
    sessions = (session(2, "reflect", "prepare-1", fear_outcome="unknown"), session(1, "prepare", fear="Silence."))
    waits = ("Monday 2 March, what you feared with S.: do you know more now?", "coach follow-up --follows reflect-2")
    assert [loops(*sessions, day=day) for day in (15, 16)] == [[], [waits]]


def test_what_is_half_way_and_what_was_prepared_wait_at_once() -> None:
    sessions = (
        session(3, "map", finished=False),
        session(2, "prepare"),
        session(1, "prepare"),
        session(1, "reflect", "prepare-1"),
    )
    assert loops(*sessions, day=3) == [
        ("Tuesday 3 March, half-way: S.", "coach resume map-3"),
        ("Monday 2 March, prepared: S.", "coach reflect --follows prepare-2"),
    ]


def test_a_session_is_called_after_what_it_is_about_else_after_what_it_is() -> None:
    about, title = session(1, "map"), session(1, "map", about="")
    assert [title_of(about), title_of(title), title_of(Session("1", "map", "map", "en", "", about.started))] == [
        "S.",
        "A title",
        "map",
    ]


@pytest.mark.parametrize(
    "answers",
    [
        {"fear_outcome": "yes (Yes)"},
        {"fear_outcome": "partly (In part)"},
        {"fear_outcome": "no (No)", "coming_out": "shaken (Shaken)"},
    ],
)
def test_how_it_is_now_is_asked_from_two_to_four_days_after_a_conversation_that_went_badly(answers: dict[str, str]) -> None:
    reflected = session(1, "reflect", "", about="S.", finished=True, **answers)
    asks = ("How is it now, after Sunday 1 March? S.", "coach follow-up --follows reflect-1")
    assert [loops(reflected, day=day) for day in range(2, 7)] == [[], [asks], [asks], [asks], []]


@pytest.mark.parametrize(
    "answers", [{"fear_outcome": "no (No)"}, {"fear_outcome": "unknown"}, {"coming_out": "tired (Tired)"}, {}]
)
def test_after_any_other_conversation_it_is_not_asked(answers: dict[str, str]) -> None:
    assert loops(session(1, "reflect", "", about="S.", finished=True, **answers), day=3) == []


def test_how_it_is_now_comes_before_the_first_step_and_once_it_was_told_no_more() -> None:
    reflected = session(1, "reflect", fear_outcome="yes (Yes)", first_step="I call.", first_step_when="2026-03-02")
    step = ("Monday 2 March, the first step with S.: I call.", "coach done reflect-1")
    asks = ("How is it now, after Sunday 1 March? S.", "coach follow-up --follows reflect-1")
    assert [loops(reflected, day=day) for day in (2, 3, 6)] == [[step], [asks], [step]]
    assert loops(session(3, "follow-up", "reflect-1"), reflected, day=4) == []


def test_a_case_for_a_peer_group_leaves_what_waits_after_a_reflection_and_a_preparation() -> None:
    reflected, prepared = session(1, "reflect", learned="x"), session(2, "prepare")
    cases = (session(3, "intervision", "reflect-1"), session(4, "intervision", "prepare-2"))
    assert loops(*cases, prepared, reflected, day=15) == [
        ("Monday 2 March, prepared: S.", "coach reflect --follows prepare-2"),
        ("Sunday 1 March, look at what came of it: S.", "coach follow-up --follows reflect-1"),
    ]


def test_after_a_conversation_that_was_not_held_it_is_not_asked_either() -> None:
    assert loops(session(1, "reflect", did_it="no (Not yet)", coming_out="shaken (Shaken)"), day=3) == []


def test_what_a_condition_asks_of_the_sessions_before_a_reflection_is_found() -> None:
    def worried(_name: str, _language: str) -> Following:
        return Following(when=(conditions("map.worried", OneOf(("yes",))),))

    chain = (
        session(4, "reflect", "prepare-3"),
        session(3, "prepare", "map-1"),
        session(2, "map"),
        session(1, "map", worried="yes (Yes)"),
    )
    waits = ("Wednesday 4 March, look at what came of it: S.", "coach follow-up --follows reflect-4")
    assert list(open_loops(chain, date(2026, 3, 18), worried)) == [waits]


def test_a_conversation_that_was_not_held_waits_to_be_prepared_and_not_to_be_looked_back_on() -> None:
    not_yet = session(1, "reflect", "prepare-1", did_it="no (Not yet)")
    waits = ("Sunday 1 March, the conversation is still to come: S.", "coach prepare")
    assert [loops(not_yet, day=day) for day in (14, 15)] == [[], [waits]]


def test_the_first_step_to_a_conversation_that_was_not_held_leads_to_preparing_it() -> None:
    not_yet = session(1, "reflect", did_it="no (Not yet)", first_step="I walk with him.", first_step_when="2026-03-04")
    step = ("Wednesday 4 March, the first step with S.: I walk with him.", "coach done reflect-1", "coach prepare")
    assert [loops(not_yet, day=day) for day in (3, 4, 20)] == [[step], [step], [step]]


def test_a_conversation_that_was_prepared_again_waits_no_longer_to_be_prepared() -> None:
    not_yet = session(1, "reflect", did_it="no (Not yet)", first_step="I walk with him.")
    again, other = (session(2, "prepare", about=about) for about in ("s.", "K."))
    earlier = replace(session(1, "prepare"), started=not_yet.started - timedelta(days=1))
    step = ("Sunday 15 March, the first step with S.: I walk with him.", "coach done reflect-1", "coach prepare")
    assert loops(again, not_yet, day=20)[1:] == []
    assert loops(other, not_yet, earlier, day=20)[1:-1] == [step]


def test_no_sequence_is_read_while_nothing_waits() -> None:
    sessions = (session(1, "reflect", did_it="no (Not yet)"), session(5, "map"), session(6, "prepare"))
    loops = open_loops(sessions, date(2026, 3, 10), lambda _name, _language: pytest.fail("it was read"))
    assert [text for text, *_commands in loops] == ["Friday 6 March, prepared: S."]


def carded(day: int) -> Session:
    return replace(session(day, "prepare", question="How?"), card=("question",))


def test_the_card_of_the_latest_open_preparation_is_named_once() -> None:
    assert loops(session(3, "prepare"), carded(2), carded(1), day=3) == [
        ("Tuesday 3 March, prepared: S.", "coach reflect --follows prepare-3"),
        ("Monday 2 March, prepared: S.", "coach card", "coach reflect --follows prepare-2"),
        ("Sunday 1 March, prepared: S.", "coach reflect --follows prepare-1"),
    ]


def test_a_card_that_is_not_the_latest_is_named_with_its_session() -> None:
    assert loops(session(3, "reflect", "prepare-2"), carded(2), carded(1), day=3) == [
        ("Sunday 1 March, prepared: S.", "coach card prepare-1", "coach reflect --follows prepare-1"),
    ]


def test_a_conversation_that_was_not_held_is_still_prepared_and_its_step_leads_there() -> None:
    prepared = session(1, "prepare")
    not_yet = session(
        2, "reflect", "prepare-1", did_it="no (Not yet)", first_step="I walk with him.", first_step_when="2026-03-04"
    )
    waits = ("Sunday 1 March, prepared: S.", "coach reflect --follows prepare-1")
    step = ("Wednesday 4 March, the first step with S.: I walk with him.", "coach done reflect-2")
    assert [loops(not_yet, prepared, day=day) for day in (3, 20)] == [[step, waits], [step, waits]]
    held = session(5, "reflect", "prepare-1", did_it="yes (Yes)")
    assert loops(held, not_yet, prepared, day=6) == []


def test_how_it_went_on_is_asked_after_two_weeks_too_where_it_was_asked_in_the_first_days() -> None:
    reflected, soon = session(1, "reflect", coming_out="shaken (Shaken)"), session(3, "follow-up", "reflect-1")
    asks = ("Sunday 1 March, look at what came of it: S.", "coach follow-up --follows reflect-1")
    assert [loops(soon, reflected, day=day) for day in (4, 14, 15)] == [[], [], [asks]]
    assert loops(session(16, "follow-up", "reflect-1"), soon, reflected, day=20) == []
