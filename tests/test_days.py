"""A day is read as people write it, forward for an appointment and backward for what was; what may be two days is asked."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.language import speak
from coach.language.dates import write_day, write_weekday
from coach.language.days import Days, Direction, NotADayError, read_day, read_days, say_back

TUESDAY = date(2026, 11, 24)
MONDAY = TUESDAY - timedelta(days=1)
FRIDAY = date(2026, 11, 27)
FRIDAY_AFTER = date(2026, 12, 4)


@pytest.fixture(autouse=True)
def english() -> None:
    speak("en")


def refusal(text: str, direction: Direction = "ahead", today: date = TUESDAY) -> str:
    with pytest.raises(NotADayError) as refused:
        read_day(text, today, direction)
    return str(refused.value)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("komende vrijdag", FRIDAY),
        ("a.s. vrijdag", FRIDAY),
        ("Vrijdag a.s.", FRIDAY),
        ("this Friday", FRIDAY),
        ("vrijdagochtend", FRIDAY),
        ("Friday morning", FRIDAY),
        ("vr om 10.00 uur", FRIDAY),
        ("friday at 10am", FRIDAY),
        ("fri.", FRIDAY),
        ("op vrijdag", FRIDAY),
        ("over 3 dagen", FRIDAY),
        ("volgende week vrijdag", FRIDAY_AFTER),
        ("vrijdag volgende week", FRIDAY_AFTER),
        ("friday of next week", FRIDAY_AFTER),
        ("vrijdag over een week", FRIDAY_AFTER),
        ("vrijdag 4 december", FRIDAY_AFTER),
        ("Friday 4 December", FRIDAY_AFTER),
        ("Friday, December 4th, 2026 at 10:00", FRIDAY_AFTER),
        ("vr. 4 dec. om 10 uur", FRIDAY_AFTER),
        ("vrijdag 4-12", FRIDAY_AFTER),
        ("4 dec '26", FRIDAY_AFTER),
        ("4-12-26", FRIDAY_AFTER),
        ("4th of December", FRIDAY_AFTER),
        ("vrijdag de 4e", FRIDAY_AFTER),
        ("the 4th", FRIDAY_AFTER),
        ("2026/12/4", FRIDAY_AFTER),
        ("over twee weken", date(2026, 12, 8)),
        ("in two weeks", date(2026, 12, 8)),
        ("two weeks from now", date(2026, 12, 8)),
        ("in a fortnight", date(2026, 12, 8)),
        ("over een maand", date(2026, 12, 24)),
        ("zaterdagmorgen", date(2026, 11, 28)),
        ("morgenochtend", date(2026, 11, 25)),
        ("the day after tomorrow", date(2026, 11, 26)),
        ("next monday", date(2026, 11, 30)),
        ("yesterday", MONDAY),
        ("gisteravond", MONDAY),
        ("eergisteren", date(2026, 11, 22)),
        ("vorige maandag", MONDAY),
        ("afgelopen maandag", MONDAY),
        ("last monday", MONDAY),
        ("vorige week maandag", date(2026, 11, 16)),
        ("two weeks ago", date(2026, 11, 10)),
        ("14 dagen geleden", date(2026, 11, 10)),
        ("24-11", TUESDAY),
        ("24/11", TUESDAY),
        ("24 nov", TUESDAY),
        ("2026-11-24T09:15:02+01:00", TUESDAY),
        ("2026-11-24-091502-prepare", TUESDAY),
    ],
)
def test_a_day_is_read_as_people_write_it(text: str, day: date) -> None:
    assert read_day(text, TUESDAY) == day


@pytest.mark.parametrize(
    ("text", "ahead", "back"),
    [
        ("monday", date(2026, 11, 30), MONDAY),
        ("dinsdag", date(2026, 12, 1), date(2026, 11, 17)),
        ("vrijdag", FRIDAY, date(2026, 11, 20)),
        ("25-11", date(2026, 11, 25), date(2025, 11, 25)),
        ("2-3", date(2027, 3, 2), date(2026, 3, 2)),
        ("1 januari", date(2027, 1, 1), date(2026, 1, 1)),
        ("de 24e", TUESDAY, TUESDAY),
        ("the 25th", date(2026, 11, 25), date(2026, 10, 25)),
    ],
)
def test_an_appointment_is_to_come_and_what_was_is_past(text: str, ahead: date, back: date) -> None:
    assert (read_day(text, TUESDAY), read_day(text, TUESDAY, "back")) == (ahead, back)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("november", "2026-11-01", "2026-11-30"),
        ("december", "2025-12-01", "2025-12-31"),
        ("November 2025", "2025-11-01", "2025-11-30"),
        ("2025-11", "2025-11-01", "2025-11-30"),
        ("2025", "2025-01-01", "2025-12-31"),
        ("vorig jaar", "2025-01-01", "2025-12-31"),
        ("eind november?", "2026-11-21", "2026-11-30"),
        ("begin november", "2026-11-01", "2026-11-10"),
        ("vorige week", "2026-11-16", "2026-11-22"),
        ("last month", "2026-10-01", "2026-10-31"),
        ("eind volgende week", "2026-12-03", "2026-12-04"),
        ("dit weekend", "2026-11-28", "2026-11-29"),
        ("week 46", "2026-11-09", "2026-11-15"),
        ("week 50", "2025-12-08", "2025-12-14"),
    ],
)
def test_looking_back_reads_several_days_too(text: str, first: str, last: str) -> None:
    assert read_days(text, TUESDAY, "back") == Days(date.fromisoformat(first), date.fromisoformat(last))


def test_an_appointment_is_on_one_day() -> None:
    told = "'eind november?' is more than one day: 21 November 2026 to 30 November 2026. Write which day you mean."
    assert refusal("eind november?") == told


def test_what_can_be_two_days_is_asked_with_both() -> None:
    two = "Friday 27 November 2026 or Friday 4 December 2026. Write one of these two."
    assert refusal("next friday") == f"'next friday' can be {two}"
    assert refusal("volgende vrijdag") == f"'volgende vrijdag' can be {two}"
    assert read_day("next friday", date(2026, 11, 28)) == FRIDAY_AFTER


def test_a_day_just_past_is_not_silently_that_of_next_year() -> None:
    two = "Tuesday 24 November 2026 or Wednesday 24 November 2027. Write one of these two."
    wednesday = date(2026, 11, 25)
    assert refusal("24-11", today=wednesday) == f"'24-11' can be {two}"
    assert refusal("24 nov", today=wednesday) == f"'24 nov' can be {two}"
    assert read_day("24-11", wednesday, "back") == TUESDAY
    assert read_day("24-5", wednesday) == date(2027, 5, 24)


def test_where_the_month_may_come_first_a_date_can_be_two() -> None:
    two = "Thursday 12 November 2026 or Friday 11 December 2026. Write one of these two."
    assert refusal("11/12/2026") == f"'11/12/2026' can be {two}"
    assert [read_day(text, TUESDAY) for text in ("11-12-2026", "24/11/2026", "11/24/2026", "12/12/2026")] == [
        date(2026, 12, 11),
        TUESDAY,
        TUESDAY,
        date(2026, 12, 12),
    ]
    speak("nl")
    assert read_day("11/12/2026", TUESDAY) == date(2026, 12, 11)


def test_a_weekday_that_does_not_fit_its_date_is_asked() -> None:
    two = "Wednesday 25 November 2026 or Friday 27 November 2026. Write one of these two."
    assert refusal("friday 25 november") == f"'friday 25 november' can be {two}"


@pytest.mark.parametrize(
    ("text", "month", "days"),
    [
        ("29-2", "February 2027", 28),
        ("29-2-2026", "February 2026", 28),
        ("31-11", "November 2026", 30),
        ("2026-11-31", "November 2026", 30),
    ],
)
def test_of_a_day_that_does_not_exist_the_reason_is_told(text: str, month: str, days: int) -> None:
    assert refusal(text) == f"There is no such day as '{text}': {month} has {days} days."
    assert read_day("29-2", date(2028, 1, 10)) == date(2028, 2, 29)


def test_an_example_is_written_as_the_language_writes_days() -> None:
    assert refusal("x") == "'x' is not a day I know. Write for instance 27 November 2026, friday or tomorrow."
    assert refusal("x", "back") == "'x' is not a day I know. Write for instance 21 November 2026, monday or yesterday."
    speak("nl")
    assert refusal("x") == "'x' is geen dag die ik ken. Schrijf bijvoorbeeld 27 november 2026, vrijdag of morgen."


def test_what_was_understood_is_said_back() -> None:
    assert say_back(FRIDAY_AFTER, TUESDAY) == "Friday 4 December"
    assert say_back(date(2027, 1, 1), TUESDAY) == "Friday 1 January 2027"
    speak("nl")
    assert say_back(FRIDAY_AFTER, TUESDAY) == "Vrijdag 4 december"


@pytest.mark.parametrize("language", ["nl", "en"])
@given(
    today=st.dates(date(1990, 1, 1), date(2200, 1, 1)), days=st.integers(-600, 600), direction=st.sampled_from(("ahead", "back"))
)
def test_every_day_that_is_shown_is_read_back_as_that_day(language: str, today: date, days: int, direction: Direction) -> None:
    speak(language)
    day = today + timedelta(days=days)
    shown = (write_day(day), write_weekday(day), say_back(day, today), day.isoformat(), f"{day}-091502-prepare")
    assert [read_day(text, today, direction) for text in shown] == [day] * len(shown)


@given(st.text(max_size=20), st.dates(date(1990, 1, 1), date(2200, 1, 1)), st.sampled_from(("ahead", "back")))
def test_any_text_is_a_day_or_refused(text: str, today: date, direction: Direction) -> None:
    try:
        day: object = read_day(text, today, direction)
    except NotADayError as refused:
        day = refused.args[0].replace(text, "")
    assert day
