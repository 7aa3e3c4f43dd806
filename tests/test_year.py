"""A year on one page, in one's own words."""

import json
from pathlib import Path

import pytest

from shelf import MONDAY, Result, coach, make_shelf, put

PAGE = """\
Your year 2026

1 conversation prepared, 1 looked back on, 1 looked at again weeks later

What you feared, and what happened
  "That she leaves."
    It did not happen · 2 March 2026 · S.

How your thinking changed
  2 March 2026 · S.
    first: "This will never work."
    after the conversation: "They work hard."
    weeks later: "It goes slowly."

Your questions
  "What worries you?"
    2 March 2026 · S.

What your question brought up
  "She told me."
    3 March 2026 · S.

What helped, in your words
  "That I waited."
    24 March 2026 · S.

First small steps
  Taken: 1

What you do it for
  "One child."
    24 March 2026 · S.
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = make_shelf(tmp_path)
    prepared = put(
        home, MONDAY, fear="That she leaves.", first_thought="This will never work.", honest_question="What worries you?"
    )
    reflected = put(
        home,
        MONDAY.replace(day=3),
        "reflect",
        follows=prepared,
        fear_outcome="no (No)",
        loosened="She told me.",
        thought_now="They work hard.",
        first_step="I call.",
    )
    put(
        home,
        MONDAY.replace(day=24),
        "follow-up",
        follows=reflected,
        first_step_done="yes (Yes)",
        thought_now="It goes slowly.",
        helped_by="That I waited.",
        purpose="One child.",
    )
    return home


def test_a_year_is_told_with_the_conversations_it_rests_on(home: Path) -> None:
    done = coach(home, "year", "2026")
    assert (done.code, done.out) == (0, PAGE)


@pytest.mark.parametrize(("year", "days"), [("2026", ["2026-01-01", "2026-12-31"]), ("2025-2026", ["2025-08-01", "2026-07-31"])])
def test_a_year_or_a_school_year_has_its_first_and_its_last_day(year: str, days: list[str], home: Path) -> None:
    value = json.loads(coach(home, "year", year, "--json").out)
    assert ([value["first"], value["last"]], value["sessions"]) == (days, 3)


def test_a_year_without_sessions_is_told(home: Path) -> None:
    assert coach(home, "year", "2019") == Result(0, "No sessions in that year. The latest are of 2026: coach year 2026\n")


@pytest.mark.parametrize("year", ["26", "2025-2027", "0000", "last"])
def test_what_is_no_year_is_told(year: str, home: Path) -> None:
    assert coach(home, "year", year) == Result(2, "", f"YEAR: '{year}' is not a year; write it as 2026 or 2025-2026\n")


def test_of_many_words_three_are_told_from_all_through_the_year(tmp_path: Path) -> None:
    home = make_shelf(tmp_path)
    for day in range(1, 8):
        put(home, MONDAY.replace(day=day), honest_question=f"What is {day}?")
    put(home, MONDAY.replace(day=9), honest_question="What is 7?")
    put(home, MONDAY.replace(day=10), honest_question="What is 1?")
    told = coach(home, "year", "2026").out.split("Your questions\n")[1]
    assert [line.strip() for line in told.splitlines()] == [
        '"What is 2?"',
        "2 March 2026 · S.",
        '"What is 5?"',
        "5 March 2026 · S.",
        '"What is 1?"',
        "10 March 2026 · S.",
    ]
