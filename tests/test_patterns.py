"""What keeps coming back."""

# sentences stay on one line

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from coach.insights.first_steps import FirstStep, FirstStepCollector
from coach.insights.patterns import PatternCollector, Patterns
from coach.insights.returning import Line, Pattern, Returning
from coach.insights.tallies import Tally
from coach.insights.trends import HeardAnswer, Hearing, Period, Point, Trend, periods_between
from coach.logs.session import Exchange, Session
from collected import collected

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def session(
    number: int,
    kind: str = "prepare",
    follows: int | None = None,
    *,
    language: str = "nl",
    heard: tuple[str, ...] = (),
    **answers: str,
) -> Session:
    exchanges = tuple(
        Exchange(id_, f"{id_}?", tuple(text.split("\n")), heard=heard, choice=id_ == "helped") for id_, text in answers.items()
    )
    earlier = "" if follows is None else str(follows)
    return Session(str(number), kind, kind, language, "", at(number), "S.", None, earlier, exchanges=exchanges)


def at(number: int) -> datetime:
    return MONDAY + timedelta(days=number)


def patterns(sessions: Iterable[Session]) -> Patterns:
    return collected(sessions, PatternCollector())


def first_steps(*sessions: Session) -> tuple[FirstStep, ...]:
    return collected(sessions, FirstStepCollector())


def returning(*lines: str, language: str = "nl") -> list[tuple[str, tuple[str, ...]]]:
    found = patterns(session(n, old_road=line, language=language) for n, line in enumerate(lines)).returning
    return [(pattern.words, pattern.ids) for one in found for pattern in one.patterns]


def test_a_word_that_returns_is_shown_with_the_lines_it_rests_on() -> None:
    sessions = [
        session(1, old_road="Ik ga uitleggen."),
        session(2, old_road="Weer die uitleg van mij."),
        session(3, old_road="Een rooster."),
    ]
    assert patterns(sessions).returning == (
        Returning("old_road", 3, (
            Pattern("uitleg", (Line("2", "S.", at(2), "Weer die uitleg van mij."), Line("1", "S.", at(1), "Ik ga uitleggen."))),
        )),
    )  # fmt: skip


def test_a_phrase_goes_before_its_words() -> None:
    assert returning("Ik leg mijn pen neer.", "Even de pen neer.", "Pak een pen.", "Pen gepakt.") == [
        ("pen", ("3", "2", "1", "0"))
    ]
    assert returning("Eerst drie tellen wachten.", "Drie tellen en dan pas praten.") == [("drie tellen", ("1", "0"))]


def test_a_phrase_does_not_run_over_a_full_stop() -> None:
    assert returning("Rust. Stilte.", "Rust. Stilte dus.") == [("rust", ("1", "0"))]


def test_the_same_line_every_time_is_shown_whole() -> None:
    assert returning("I go and explain.", "I go and explain.", language="en") == [("I go and explain.", ("1", "0"))]


def test_a_word_twice_in_one_session_does_not_return() -> None:
    assert returning("Uitleggen.\nNog meer uitleggen.") == []


def test_a_planned_way_back_is_not_yet_one_that_worked() -> None:
    sessions = [
        session(1, way_back="Adem halen."),
        session(2, way_back="Adem halen."),
        session(3, "reflect", way_back="Adem halen."),
    ]
    line = Line("3", "S.", sessions[2].started, "Adem halen.")
    assert patterns(sessions).returning == (Returning("way_back", 1, (), (line,)),)


def test_handles_tags_and_abouts_are_counted_with_their_sessions() -> None:
    sessions = [session(1, helped="focus (Bij de kern)\nquality (Kwaliteit)"), session(2, helped="focus (Bij de kern)")]
    found = patterns(sessions)
    assert found.helped == (Tally("focus", "Bij de kern", ("1", "2")), Tally("quality", "Kwaliteit", ("1",)))
    assert found.abouts == (Tally("s.", "S.", ("1", "2")),)


def test_a_copy_of_a_session_is_not_counted_twice() -> None:
    assert patterns([session(1), session(1)]).abouts == (Tally("s.", "S.", ("1",)),)


def test_numbers_become_a_trend_and_words_do_not() -> None:
    sessions = [
        session(40, "reflect", effort="4"),
        session(1, "reflect", effort="8"),
        session(2, "reflect", effort="6"),
        session(3, "reflect", effort="hard"),
    ]
    (trend,) = patterns(sessions).trends
    assert trend == Trend("effort", (Point("1", at(1), 8), Point("2", at(2), 6), Point("40", at(40), 4)))
    assert trend.means(periods_between(point.started for point in trend.points)) == (7.0, 4.0)


def test_what_was_heard_is_counted_in_each_period() -> None:
    sessions = [
        session(1, heard=("closed_question",), honest_question="x?"),
        session(2, honest_question="y?"),
        session(70, honest_question="z?"),
    ]
    (hearing,) = patterns(sessions).hearings
    assert hearing == Hearing(
        "honest_question",
        (HeardAnswer("1", at(1), ("closed_question",)), HeardAnswer("2", at(2), ()), HeardAnswer("70", at(70), ())),
    )
    assert hearing.checks == {"closed_question": 1}
    assert hearing.counts(periods_between(answer.started for answer in hearing.answers)) == ((1, 2), (0, 0), (0, 1))


def test_many_months_are_shown_as_quarters_and_many_quarters_as_years() -> None:
    assert periods_between([at(0), at(40)]) == (Period(2026, 3, "month"), Period(2026, 4, "month"))
    assert periods_between([at(0), at(500)])[-1] == Period(2027, 3, "quarter")
    assert periods_between([at(0), at(3000)])[0] == Period(2026, 1, "year")
    assert periods_between([]) == ()


def test_a_first_step_is_open_until_a_later_session_says_what_came_of_it() -> None:
    reflected = session(1, "reflect", first_step="Bellen.", first_step_when="2026-03-05")
    assert first_steps(reflected) == (FirstStep("1", "S.", at(1), "Bellen.", date(2026, 3, 5)),)
    assert first_steps(session(2, "follow-up", 1, first_step_done="partly (Deels)"), reflected) == (
        FirstStep("1", "S.", at(1), "Bellen.", date(2026, 3, 5), "partly", "2"),
    )


def test_a_session_that_does_not_count_only_tells_what_came_of_the_first_steps_of_others() -> None:
    sessions = [
        session(1, "reflect", first_step="Bellen.", effort="5"),
        session(
            2, "follow-up", 1, first_step="Mailen.", first_step_done="yes", old_road="Uitleggen.", effort="6", helped="a (A)"
        ),
    ]
    assert collected(sessions, PatternCollector(), lambda one: one.kind == "reflect") == Patterns(
        times=(at(1),),
        abouts=(Tally("s.", "S.", ("1",)),),
        trends=(Trend("effort", (Point("1", at(1), 5),)),),
        first_steps=(FirstStep("1", "S.", at(1), "Bellen.", outcome="yes", looked_back="2"),),
    )


def test_what_somebody_says_of_an_own_first_step_is_what_came_of_it() -> None:
    taken = session(1, "reflect", first_step="I call.", step_outcome="let_go (Let go)")
    assert first_steps(taken) == (FirstStep("1", "S.", at(1), "I call.", outcome="let_go", looked_back="1"),)


def test_a_first_step_gives_way_where_the_conversation_is_looked_back_on_once_more() -> None:
    sessions = [
        session(1, "prepare"),
        session(2, "reflect", 1, first_step="I walk with him."),
        session(3, "reflect", 1),
        session(4, "intervision", 1),
    ]
    assert first_steps(*sessions) == (FirstStep("2", "S.", at(2), "I walk with him.", outcome="replaced", looked_back="3"),)


def test_a_first_step_gives_way_to_the_next_one_in_its_chain() -> None:
    steps = first_steps(session(1, first_step="Bellen."), session(2, "reflect", 1, first_step="Mailen.", first_step_when="ooit"))
    assert [(step.id, step.outcome, step.due) for step in steps] == [("2", "open", None), ("1", "replaced", None)]
