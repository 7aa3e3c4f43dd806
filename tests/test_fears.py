"""What was feared and what happened."""

# sentences stay on one line

from datetime import UTC, datetime, timedelta

import pytest

from coach.insights.fears import Comparison, Fear, FearCollector, Fears, Setback
from coach.insights.labels import comparison_sentence
from coach.logs.session import Exchange, Session
from collected import collected

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def session(number: int, kind: str = "prepare", follows: int | None = None, **answers: str) -> Session:
    exchanges = tuple(Exchange(id_, f"{id_}?", tuple(text.split("\n"))) for id_, text in answers.items())
    earlier = "" if follows is None else str(follows)
    return Session(str(number), kind, kind, "en", "", MONDAY + timedelta(days=number), "S.", None, earlier, exchanges=exchanges)


def outcomes(*sessions: Session) -> list[tuple[str, str, str]]:
    return [(fear.id, fear.outcome, fear.looked_back) for fear in collected(sessions, FearCollector()).fears]


def test_a_fear_is_kept_whole_with_what_came_of_it() -> None:
    prepared = session(
        1,
        fear="He walks out.\nOr shouts.",
        fear_likelihood="7",
        fear_badness="8",
        fear_sign="The door",
        let_go="Listen",
    )
    reflected = session(
        2, "reflect", 1, fear_outcome="partly (In part)", fear_badness_actual="3", coped="I waited", unexpected="Rain"
    )
    assert collected([reflected, prepared], FearCollector()) == Fears(
        (
            Fear(
                "1",
                "S.",
                MONDAY + timedelta(days=1),
                "He walks out.\nOr shouts.",
                7,
                0.7,
                "The door",
                8,
                "Listen",
                "partly",
                3,
                "I waited",
                "2",
            ),
        ),
        (Setback("2", "S.", MONDAY + timedelta(days=2), "Rain"),),
    )


def test_a_fear_nobody_looked_back_on_is_open() -> None:
    assert outcomes(session(1, fear="x"), session(2, "reflect", 1, effort="3")) == [("1", "open", "")]


def test_an_outcome_reaches_its_fear_through_another_session() -> None:
    chain = [session(1, fear="x"), session(2, "reflect", 1), session(3, "follow-up", 2, fear_outcome="no (No)")]
    assert outcomes(*chain) == [("1", "no", "3")]


def test_a_follow_up_knows_what_a_reflection_did_not() -> None:
    reflected, followed = (
        session(2, "reflect", 1, fear_outcome="unknown"),
        session(3, "follow-up", 2, fear_outcome="yes (Ja)"),
    )
    assert outcomes(session(1, fear="x"), reflected) == [("1", "unknown", "2")]
    assert outcomes(session(1, fear="x"), followed, reflected) == [("1", "yes", "3")]


def test_not_knowing_later_does_not_undo_what_was_known() -> None:
    reflected, followed = (
        session(2, "reflect", 1, fear_outcome="no"),
        session(3, "follow-up", 2, fear_outcome="unknown"),
    )
    assert outcomes(session(1, fear="x"), reflected, followed) == [("1", "no", "2")]


def test_the_same_words_in_another_session_are_another_fear() -> None:
    assert outcomes(session(1, fear="x"), session(2, fear="x"), session(3, "reflect", 1, fear_outcome="no")) == [
        ("2", "open", ""),
        ("1", "no", "3"),
    ]


def test_the_nearest_fear_in_the_chain_is_meant() -> None:
    chain = [
        session(1, "map", fear="a"),
        session(2, "prepare", 1, fear="b"),
        session(3, "reflect", 2, fear_outcome="no"),
    ]
    assert outcomes(*chain) == [("2", "no", "3"), ("1", "open", "")]


def test_a_link_to_a_session_that_is_gone_and_one_that_goes_round_match_nothing() -> None:
    assert outcomes(session(2, "reflect", 1, fear_outcome="no")) == []
    assert outcomes(session(1, "a", 2, fear_outcome="no"), session(2, "b", 1, effort="1")) == []


def test_a_copy_of_a_session_is_not_counted_twice() -> None:
    assert outcomes(session(1, fear="x"), session(1, fear="x")) == [("1", "open", "")]


def test_a_session_that_does_not_count_only_tells_of_the_fears_of_others() -> None:
    sessions = [session(1, fear="x"), session(2, "reflect", 1, fear="y", fear_outcome="no", unexpected="Rain")]
    fears = collected(sessions, FearCollector(), lambda one: one.kind == "prepare")
    assert fears == Fears((Fear("1", "S.", MONDAY + timedelta(days=1), "x", outcome="no", looked_back="2"),))


def test_what_was_heavier_than_expected_is_a_setback_also_in_the_words_of_older_logs() -> None:
    sessions = [session(1, "reflect", heavier="The silence"), session(2, "reflect", unexpected="Rain")]
    assert [setback.text for setback in collected(sessions, FearCollector()).setbacks] == ["Rain", "The silence"]


def test_an_outcome_that_is_no_choice_says_nothing() -> None:
    assert outcomes(session(1, fear="x"), session(2, "reflect", 1, fear_outcome="perhaps")) == [("1", "open", "")]


@pytest.mark.parametrize(("outcome", "told"), [("no", False), ("partly (In part)", True)])
def test_that_in_part_counts_for_a_half_is_said_only_where_something_was_in_part(outcome: str, told: bool) -> None:
    sessions = [session(2 * n, fear="x", fear_likelihood="6") for n in range(5)]
    sessions += [session(2 * n + 1, "reflect", 2 * n, fear_outcome=outcome) for n in range(5)]
    comparison = collected(sessions, FearCollector()).comparison
    assert comparison is not None
    assert ("In part counts for a half." in comparison_sentence(comparison)) is told


def test_five_known_outcomes_are_compared_with_what_was_expected() -> None:
    told = ["no", "no", "partly (In part)", "yes", "no", "unknown"]
    sessions = [session(2 * n, fear="x", fear_likelihood="6") for n in range(6)]
    sessions += [session(2 * n + 1, "reflect", 2 * n, fear_outcome=outcome) for n, outcome in enumerate(told)]
    fears = collected([*sessions, session(20, fear="y", fear_likelihood="10")], FearCollector())
    assert fears.comparison == Comparison(5, 0.6, 0.3, has_partly=True)
    assert fears.counts == {"no": 3, "partly": 1, "yes": 1, "unknown": 1, "open": 1}


def test_four_known_outcomes_are_only_counted() -> None:
    sessions = [session(2 * n, fear="x", fear_likelihood="6") for n in range(4)]
    sessions += [session(2 * n + 1, "reflect", 2 * n, fear_outcome="no") for n in range(4)]
    assert collected(sessions, FearCollector()).comparison is None


def test_a_likelihood_is_read_on_the_scale_of_its_question() -> None:
    exchanges = (Exchange("fear", "?", ("x",)), Exchange("fear_likelihood", "How likely? (0 not - 100 sure)", ("40",)))
    fear = collected([Session("1", "own", "prepare", "en", "", MONDAY, exchanges=exchanges)], FearCollector()).fears[0]
    assert (fear.likelihood, fear.expected) == (40, 0.4)


def test_a_likelihood_in_words_is_no_number() -> None:
    fear = collected([session(1, fear="x", fear_likelihood="high")], FearCollector()).fears[0]
    assert (fear.likelihood, fear.expected) == (None, None)
