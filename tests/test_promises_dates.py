"""Days and times: how they are read and written, what waits on which day, and how many sessions a list shows."""

import re
import sys
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from coach.conversation.answer import NotAnAnswerError, read_answer
from coach.language import speak
from coach.language.dates import write_weekday
from coach.language.days import read_day
from coach.logs.session import Exchange
from coach.sequences.sequence import Question
from shelf import MONDAY, Result, coach, make_shelf, put
from talk import log, logs

TUESDAY = date(2026, 11, 24)
HELP = "All commands: coach --help\n"
NOTHING = "Nothing is waiting for you.\nBefore the next conversation:\n  coach prepare\n"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", TUESDAY),
        ("vandaag", TUESDAY),
        ("tomorrow", date(2026, 11, 25)),
        ("morgen", date(2026, 11, 25)),
        ("overmorgen", date(2026, 11, 26)),
        ("wednesday", date(2026, 11, 25)),
        ("Fri", date(2026, 11, 27)),
        ("vr", date(2026, 11, 27)),
        ("zondag", date(2026, 11, 29)),
        ("monday", date(2026, 11, 30)),
        ("dinsdag", date(2026, 12, 1)),  # on a Tuesday it is the next one
        ("24-11", TUESDAY),
        ("23/5", date(2027, 5, 23)),
        ("25.11", date(2026, 11, 25)),
        ("1 jan", date(2027, 1, 1)),
        ("December 31", date(2026, 12, 31)),
        ("23 november 2026", date(2026, 11, 23)),
        ("November 23, 2025", date(2025, 11, 23)),
        ("2026-11-23", date(2026, 11, 23)),
    ],
)
def test_a_day_is_the_next_one_of_its_name_unless_its_year_is_said(text: str, day: date) -> None:
    assert read_day(text, TUESDAY) == day


@pytest.mark.parametrize("text", ["d", "someday", "12-13", "1 x", "9999999999"])
def test_what_is_no_day_is_not_guessed(text: str) -> None:
    with pytest.raises(NotAnAnswerError) as refused:
        read_answer(Question("when", "When?", type="date"), text, TUESDAY)
    assert str(refused.value) == f"'{text}' is not a day I know. Write for instance 27 November 2026, friday or tomorrow."


@pytest.mark.parametrize(
    ("language", "weekdays", "months"),
    [
        (
            "en",
            "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
            "January February March April May June July August September October November December",
        ),
        (
            "nl",
            "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
            "januari februari maart april mei juni juli augustus september oktober november december",
        ),
    ],
)
def test_days_and_months_have_their_names_and_are_read_by_them(language: str, weekdays: str, months: str) -> None:
    speak(language)
    first_days = [date(2027, month, 1) for month in range(1, 13)]
    assert " ".join(write_weekday(date(2026, 6, day)).split(" ")[0] for day in range(1, 8)) == weekdays
    assert " ".join(write_weekday(day).split(" ")[2] for day in first_days) == months
    assert [read_day(name, TUESDAY).weekday() for name in weekdays.split()] == list(range(7))
    assert [read_day(f"1 {name} 2027", TUESDAY) for name in months.split()] == first_days


def test_the_calendar_of_a_report_names_its_months(tmp_path: Path) -> None:
    home = make_shelf(tmp_path)
    put(home, MONDAY, fear="x")
    put(home, MONDAY + timedelta(days=61), fear="x")
    page = coach(home, "report", "--output", "-", "--lang", "nl").out
    assert re.findall(r'<li><span class="where">(\w+)</span>', page) == ["maart", "april", "mei"]


def ago(days: int) -> datetime:
    return datetime.now().astimezone().replace(microsecond=0) - timedelta(days=days)


def on_day(days: int) -> str:
    return write_weekday(ago(days).date(), ago(0).date())


def test_what_is_half_way_waits_whatever_its_age(tmp_path: Path) -> None:
    home = make_shelf(tmp_path)
    half_way = put(home, MONDAY.replace(year=2025), finished=False, wish="x")
    assert coach(home) == Result(0, f"Sunday 2 March 2025, half-way: S.\n  coach resume {half_way}\n{HELP}")


def test_what_was_prepared_waits_to_be_looked_back_on(tmp_path: Path) -> None:
    home = make_shelf(tmp_path)
    prepared = put(home, ago(91), wish="x")
    line = f"{on_day(91)}, prepared: S.\n  coach card\n  coach reflect --follows {prepared}\n"
    assert coach(home) == Result(0, line + HELP)


def test_what_was_left_lying_for_a_season_asks_for_nothing_any_more(tmp_path: Path) -> None:
    home = make_shelf(tmp_path)
    put(home, ago(92), wish="x")
    put(home, ago(93), "reflect", learned="x")
    put(home, ago(110), "reflect", first_step="Call.", first_step_when=f"{ago(92).date()}")
    assert coach(home) == Result(0, NOTHING + HELP)
    due = put(home, ago(120), "reflect", first_step="Call.", first_step_when=f"{ago(91).date()}")
    shown = f"{on_day(91)}, the first step with S.: Call.\n  coach done {due}\n  coach follow-up --follows {due}\n"
    assert coach(home) == Result(0, shown + HELP)


def test_a_first_step_with_a_day_is_shown_from_the_start(tmp_path: Path) -> None:
    home = make_shelf(tmp_path)
    today, later = ago(0).date(), ago(-2).date()
    due = put(home, ago(5), "reflect", first_step="Call.\nThen listen.", first_step_when=f"{today}")
    soon = put(home, ago(6), "reflect", first_step="Mail.", first_step_when=f"{later}")
    lines = (
        f"{on_day(0)}, the first step with S.: Call.\n  coach done {due}\n"
        f"{on_day(-2)}, the first step with S.: Mail.\n  coach done {soon}\n"
    )
    assert coach(home) == Result(0, lines + HELP)


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        (Exchange("first_step", "?", ("Call.",)), "{today}, the first step with S.: Call."),
        (Exchange("learned", "?", ("x",)), "{then}, look at what came of it: S."),
    ],
)
def test_a_step_without_a_day_and_a_reflection_wait_after_two_weeks(tmp_path: Path, answer: Exchange, line: str) -> None:
    home = make_shelf(tmp_path)
    early = put(home, ago(13), "reflect", answer)
    step = f"Still open, the first step with S.: Call.\n  coach done {early}\n"
    assert coach(home) == Result(0, (step if answer.id == "first_step" else NOTHING) + HELP)
    (home / "sessions" / f"{early}.md").unlink()
    waiting = put(home, ago(14), "reflect", answer)
    shown = line.format(today=on_day(0), then=on_day(14))
    done = f"  coach done {waiting}\n" if answer.id == "first_step" else ""
    assert coach(home) == Result(0, f"{shown}\n{done}  coach follow-up --follows {waiting}\n{HELP}")


def test_a_fear_of_which_nothing_was_known_is_asked_after_two_weeks(tmp_path: Path) -> None:
    home = make_shelf(tmp_path)
    prepared = put(home, ago(20), "prepare", fear="x")
    put(home, ago(13), "reflect", follows=prepared, fear_outcome="unknown (I do not know)")
    assert coach(home) == Result(0, NOTHING + HELP)
    prepared = put(home, ago(21), "prepare", fear="y")
    looked = put(home, ago(14), "reflect", follows=prepared, fear_outcome="unknown (I do not know)")
    line = f"{on_day(14)}, what you feared with S.: do you know more now?"
    assert coach(home) == Result(0, f"{line}\n  coach follow-up --follows {looked}\n{HELP}")


def test_how_it_is_now_is_asked_in_the_days_after_a_fear_came_true(tmp_path: Path) -> None:
    home = make_shelf(tmp_path)
    put(home, ago(5), "reflect", fear_outcome="yes (Yes)")
    asked = put(home, ago(3), "reflect", did_it="yes (Yes)", fear_outcome="partly (In part)")
    put(home, ago(1), "reflect", fear_outcome="yes (Yes)")
    line = f"How is it now, after {on_day(3)}? S.\n  coach follow-up --follows {asked}\n"
    assert coach(home) == Result(0, line + HELP)


def test_how_it_is_now_is_asked_in_the_days_after_somebody_was_shaken(tmp_path: Path) -> None:
    home = make_shelf(tmp_path)
    put(home, ago(3), "reflect", did_it="yes (Yes)", coming_out="tired (Tired)")
    asked = put(home, ago(4), "reflect", did_it="yes (Yes)", coming_out="shaken (Shaken)")
    line = f"How is it now, after {on_day(4)}? S.\n  coach follow-up --follows {asked}\n"
    assert coach(home) == Result(0, line + HELP)


def test_a_conversation_that_was_not_held_leads_to_preparing_it(tmp_path: Path) -> None:
    home = make_shelf(tmp_path)
    put(home, ago(14), "reflect", did_it="no (Not yet)")
    line = f"{on_day(14)}, the conversation is still to come: S.\n  coach prepare\n"
    assert coach(home) == Result(0, line + HELP)


def test_after_a_follow_up_only_its_own_first_step_waits(tmp_path: Path) -> None:
    home = make_shelf(tmp_path)
    first, second = (put(home, ago(days), "reflect", learned="x") for days in (60, 61))
    put(home, ago(30), "follow-up", follows=first, changed="x")
    last = put(home, ago(15), "follow-up", follows=second, first_step="Call.")
    line = f"{on_day(1)}, the first step with S.: Call."
    assert coach(home) == Result(0, f"{line}\n  coach done {last}\n{HELP}")


def test_four_things_that_wait_are_shown_and_the_others_counted(tmp_path: Path) -> None:
    home = make_shelf(tmp_path)
    for day in range(6):
        put(home, MONDAY + timedelta(days=day), finished=False, wish="x")
    assert coach(home).out.split("\n")[7:] == [
        "  coach resume 2026-03-04-090000-prepare",
        "And 2 more: coach list",
        HELP.strip(),
        "",
    ]
    for path in logs(home)[:2]:
        path.unlink()
    assert coach(home).out.split("\n")[7:] == ["  coach resume 2026-03-04-090000-prepare", HELP.strip(), ""]


def test_the_card_counts_among_the_lines_that_are_shown(tmp_path: Path) -> None:
    home = make_shelf(tmp_path)
    first, second, third, _last = (put(home, ago(day), wish="x") for day in range(4))
    assert coach(home).out.split("\n") == [
        f"{on_day(0)}, prepared: S.",
        "  coach card",
        f"  coach reflect --follows {first}",
        f"{on_day(1)}, prepared: S.",
        f"  coach reflect --follows {second}",
        f"{on_day(2)}, prepared: S.",
        f"  coach reflect --follows {third}",
        "And 1 more: coach list",
        HELP.strip(),
        "",
    ]


def test_a_list_shows_the_newest_twenty_and_says_that_there_are_more(tmp_path: Path) -> None:
    home = make_shelf(tmp_path)
    ids = [put(home, MONDAY + timedelta(days=day), wish="x") for day in range(21)]
    shown = [f"{id_}  S.  prepared\n" for id_ in reversed(ids)]
    assert coach(home, "list") == Result(0, "".join(shown[:20]), "There are more: coach list --limit 0\n")
    assert coach(home, "list", "--limit", "0") == Result(0, "".join(shown))
    assert coach(home, "list", "--until", "2026-03-21") == Result(0, "".join(shown[1:]))


@pytest.mark.parametrize("option", ["--since", "--until"])
def test_a_day_without_a_year_or_a_date_is_past_when_looking_back(option: str, tmp_path: Path) -> None:
    home = make_shelf(tmp_path)
    yesterday = put(home, ago(1), wish="x")
    done = coach(home, "list", option, on_day(1).split(" ")[0])
    assert (done.code, done.out) == (0, f"{yesterday}  S.  prepared\n")
    assert done.err.startswith(f"{option}: {on_day(1)}")


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the clock be that of a zone with an offset that no other has, known without any table."""
    monkeypatch.setenv("TZ", "XYZ-5:51")
    if sys.platform == "win32":
        pytest.skip("a process keeps its zone on Windows")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("zone")
def test_a_time_is_local_to_the_second_and_keeps_its_offset(tmp_path: Path) -> None:
    home = make_shelf(tmp_path)
    before = ago(0)
    coach(home, "run", "talk", typed="S.\n")
    (path,) = logs(home)
    (started,) = re.findall(r"^started: (.*)$", log(home), re.MULTILINE)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+05:51", started)
    assert before <= datetime.fromisoformat(started) <= ago(0)
    assert path.stem == f"{datetime.fromisoformat(started):%Y-%m-%d-%H%M%S}-talk"
