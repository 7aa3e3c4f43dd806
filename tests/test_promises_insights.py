"""What looking back counts and shows, and what a copy to share holds: the numbers, the words and the places at their edges."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from coach.insights.fears import FearCollector
from coach.logs.session import Exchange, Session
from collected import collected
from shelf import MONDAY, Result, coach, make_shelf, put

UNSEEN = (
    "No names or personal data were found.\n"
    "Not seen are nicknames, names without a capital, and what tells who somebody is without a name.\n"
    "Read the copy yourself too, and change it with --replace or --keep.\n"
)
PLACES = {
    "Situation": "first_thought feeling hope observation interpretation other_meaning involved going_well hard hard_for_whom "
    "hard_for_us exception learning strengths_each helpers present core core_when time moment decided own_part case "
    "what_happened how_now",
    "Task": "need greatest_need bothers_most changeable who_changes not_changeable difficulties leave_with change_mind "
    "begin_there hoped_for fear fear_likelihood fear_badness fear_sign if_it_happens let_go be_there effort_expected "
    "group_question from_group",
    "Action": "did_it held_back honest_question question_asked acknowledgement quality_given quality_words dare dared old_road "
    "old_road_sign old_road_taken old_road_moment way_back focus_kept focus_sentence explored discussed steps_together coped "
    "step_brought step_waited first_step_done question_aloud question_beneath said_of_it left_it taken_along next_way_back tried",
    "Result": "one_sentence other_said other_understood left_with pattern_recognised fear_outcome fear_badness_actual "
    "unexpected changed trust calm step_further referral one_question_enough coming_out instead loosened came_of_it mind_changed "
    "other_will_do seen_leaving heavier still_hard",
    "Reflection": "learned touched thought_now of_my_own",
}


def values(home: Path, *command: str) -> Any:  # JSON of any shape
    return json.loads(coach(home, *command, "--json").out)


def day(number: int) -> datetime:
    return MONDAY + timedelta(days=number)


def put_fear(home: Path, number: int, likelihood: str, outcome: str) -> None:
    """Write a preparation with a fear, and a reflection that tells what came of it."""
    numbers = (Exchange("fear_likelihood", "How likely? (0 not - 10 sure)", (likelihood,)),) if likelihood else ()
    prepared = put(home, day(2 * number), "prepare", Exchange("fear", "?", ("x",)), *numbers)
    put(home, day(2 * number + 1), "reflect", follows=prepared, fear_outcome=outcome)


def test_a_fear_counts_in_the_comparison_only_with_a_likelihood_and_an_outcome(tmp_path: Path) -> None:
    home = make_shelf(tmp_path)
    for number, fear in enumerate((("0", "no"), ("10", "no"), ("6", "partly"), ("6", "yes"), ("", "yes"), ("", "no"))):
        put_fear(home, number, *fear)
    put_fear(home, 7, "10", "unknown")
    assert values(home, "fears")["comparison"] is None
    put_fear(home, 8, "8", "no")
    assert values(home, "fears")["comparison"] == {"fears": 5, "expected": 0.6, "happened": 0.3}
    shown = " ".join(coach(home, "fears").out.split())
    assert "Over 5 fears: beforehand you gave them a chance of 60 % on average, and 30 % came true." in shown


def test_all_that_was_written_of_a_fear_is_read_from_its_logs(tmp_path: Path) -> None:
    home = make_shelf(tmp_path)
    numbers = (Exchange("fear_likelihood", "? (0 - 10)", ("7",)), Exchange("fear_badness", "? (0 - 10)", ("8",)))
    prepared = put(home, day(0), "prepare", Exchange("fear", "?", ("He goes.",)), *numbers, fear_sign="The door.", let_go="Calm.")
    badness = Exchange("fear_badness_actual", "? (0 - 10)", ("3",))
    told = put(
        home, day(1), "reflect", badness, follows=prepared, fear_outcome="partly (In part)", coped="I sat.", unexpected="Rain."
    )
    assert values(home, "fears") == {
        "fears": [
            {
                "id": prepared,
                "about": "S.",
                "started": "2026-03-02T09:00:00+00:00",
                "fear": "He goes.",
                "likelihood": 7,
                "sign": "The door.",
                "badness": 8,
                "let_go": "Calm.",
                "outcome": "partly",
                "badness_actual": 3,
                "coped": "I sat.",
                "looked_back": told,
            }
        ],
        "counts": {"no": 0, "partly": 1, "yes": 0, "unknown": 0, "open": 0},
        "comparison": None,
        "unexpected": [{"id": told, "about": "S.", "started": "2026-03-03T09:00:00+00:00", "text": "Rain."}],
    }


@pytest.mark.parametrize(
    ("scale", "answers", "expected"),
    [
        ("(0 not - 10 sure)", ("-1", "0", "5", "10", "11"), [None, 0.0, 0.5, 1.0, None]),
        ("(1 not - 5 sure)", ("0", "1", "2", "5", "6"), [None, 0.0, 0.25, 1.0, None]),
        ("(-2 - 2)", ("-3", "-2", "2", "3"), [None, 0.0, 1.0, None]),
        ("(5 - 5)", ("5",), [None]),
        ("", ("-1", "0", "10", "11"), [None, 0.0, 1.0, None]),
    ],
)
def test_a_likelihood_lies_within_the_bounds_of_its_scale(scale: str, answers: tuple[str, ...], expected: list[object]) -> None:
    sessions = [
        Session(str(number), "own", "prepare", "en", "", day(-number), exchanges=(Exchange("fear", "?", ("x",)), likelihood))
        for number, likelihood in enumerate(Exchange("fear_likelihood", f"How likely? {scale}", (text,)) for text in answers)
    ]
    assert [fear.expected for fear in collected(sessions, FearCollector()).fears] == expected


def test_roads_signs_ways_back_qualities_strengths_and_needs_are_what_returns(tmp_path: Path) -> None:
    home = make_shelf(tmp_path)
    put(
        home,
        day(0),
        "reflect",
        old_road="Explain.",
        old_road_sign="Shoulders.",
        way_back="Breathe.",
        quality="Courage.",
        strength="Calm.",
        need="Rest.",
        learned="Trust.",
    )
    put(
        home,
        day(1),
        "reflect",
        old_road="Explain.",
        old_road_sign="Shoulders.",
        way_back="Breathe.",
        quality="Courage.",
        other_strength="Calm.",
        greatest_need="Rest.",
        learned="Trust.",
    )
    found = [
        (one["field"], one["sessions"], [p["words"] for p in one["patterns"]]) for one in values(home, "patterns")["returning"]
    ]
    assert found == [
        ("old_road", 2, ["Explain."]),
        ("old_road_sign", 2, ["Shoulders."]),
        ("way_back", 2, ["Breathe."]),
        ("quality", 2, ["Courage."]),
        ("strength", 2, ["Calm."]),
        ("need", 2, ["Rest."]),
    ]


def test_what_returns_in_most_sessions_comes_first_and_twelve_are_the_most(tmp_path: Path) -> None:
    home = make_shelf(tmp_path)
    for number, line in enumerate(
        ("Window.\nThree breaths.", "My window.\nOnly three breaths.", "A window.\nThree breaths!", "That window.")
    ):
        put(home, day(number), old_road=line)
    signs = "\n".join(f"sign{letter}" for letter in "abcdefghijklm")
    for number in (4, 5):
        put(home, day(number), old_road_sign=signs)
    roads, found = values(home, "patterns")["returning"]
    assert [(pattern["words"], len(pattern["sessions"])) for pattern in roads["patterns"]] == [
        ("window", 4),
        ("three breaths", 3),
    ]
    assert [pattern["words"] for pattern in found["patterns"]] == signs.split("\n")[:12]


def test_numbers_remarks_handles_and_steps_are_read_from_the_logs_that_are_asked_for(tmp_path: Path) -> None:
    home = make_shelf(tmp_path)
    for number, about in enumerate(("S.", "Team K.")):
        remarked = Exchange("acknowledgement", "?", ("Well done.",), heard=("empty_acknowledgement",))
        helped = Exchange("helped", "?", ("focus (The core)",), choice=True)
        exchanges = (Exchange("effort", "?", ("4",)), Exchange("presence", "?", ("6",)), remarked, helped)
        put(home, day(number), "reflect", *exchanges, about=about, first_step="Call.", first_step_when="2026-03-05")
    read = values(home, "patterns", "--about", "K.")
    told = "2026-03-03-090000-reflect"
    started = {"id": told, "started": "2026-03-03T09:00:00+00:00"}
    step = {"about": "Team K.", "first_step": "Call.", "when": "2026-03-05", "done": "open", "looked_back": None}
    assert read == {
        "sessions": 1,
        "returning": [],
        "helped": [{"key": "focus", "label": "The core", "sessions": [told]}],
        "tags": [],
        "abouts": [{"key": "team k.", "label": "Team K.", "sessions": [told]}],
        "trends": [
            {"field": "effort", "points": [{**started, "value": 4}]},
            {"field": "presence", "points": [{**started, "value": 6}]},
        ],
        "heard": [
            {
                "field": "acknowledgement",
                "checks": {"empty_acknowledgement": 1},
                "answers": [{**started, "heard": ["empty_acknowledgement"]}],
            }
        ],
        "first_steps": [{**started, **step}],
        "thoughts": [],
        "efforts": [],
        "own_words": {},
    }


def test_a_pattern_is_shown_with_the_newest_line_of_each_wording(tmp_path: Path) -> None:
    home = make_shelf(tmp_path)
    for number, line in enumerate(("I EXPLAIN it.", "I explain it.", "Explain again.", "explain AGAIN.")):
        put(home, day(number), old_road=line)
    lines = coach(home, "patterns").out.split("\n")
    assert [line.strip() for line in lines[2:6]] == [
        "Old roads",
        "explain  4 of 4 sessions",
        "2026-03-05  explain AGAIN.  S.",
        "2026-03-03  I explain it.  S.",
    ]


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["I explain it."] * 2 + ["Explain now."], "I explain it."),
        (["I explain it."] * 3 + ["Explain now.", "Then explain."], "explain"),
        (["I explain it."] * 2 + ["Explain now.", "Then explain."], "explain"),
    ],
)
def test_a_line_stands_for_a_pattern_when_it_is_more_than_three_fifths_of_it(
    tmp_path: Path, lines: list[str], words: str
) -> None:
    home = make_shelf(tmp_path)
    for number, line in enumerate(lines):
        put(home, day(number), old_road=line)
    (roads,) = values(home, "patterns")["returning"]
    assert [pattern["words"] for pattern in roads["patterns"]] == [words]


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        ((2025, 2), (2026, 3), "4.0 on average in February 2025, 6.0 in March 2026"),  # fourteen months
        ((2025, 2), (2026, 4), "4.0 on average in 2025 Q1, 6.0 in 2026 Q2"),
        ((2025, 3), (2026, 7), "4.0 on average in 2025 Q1, 6.0 in 2026 Q3"),
        ((2025, 6), (2026, 9), "4.0 on average in 2025 Q2, 6.0 in 2026 Q3"),
        ((2025, 1), (2026, 10), "4.0 on average in 2025 Q1, 6.0 in 2026 Q4"),
        ((2025, 4), (2026, 12), "4.0 on average in 2025 Q2, 6.0 in 2026 Q4"),
        ((2021, 2), (2026, 1), "4.0 on average in 2021 Q1, 6.0 in 2026 Q1"),  # sixty months
        ((2021, 1), (2026, 1), "4.0 on average in 2021, 6.0 in 2026"),
    ],
)
def test_a_trend_is_told_in_months_quarters_or_years(
    tmp_path: Path, first: tuple[int, int], last: tuple[int, int], told: str
) -> None:
    home = make_shelf(tmp_path)
    for (year, month), effort in ((first, "4"), (last, "6")):
        for hour in (10, 11, 12):
            put(home, datetime(year, month, 9, hour, 0, tzinfo=UTC), "reflect", effort=effort)
    assert told in coach(home, "patterns").out


def test_one_month_is_told_alone(tmp_path: Path) -> None:
    home = make_shelf(tmp_path)
    for number in range(5):
        put(home, day(number), "reflect", effort="4")
    assert coach(home, "patterns").out.split("\n")[2:4] == ["How hard you worked", "  ▄  4.0 on average in March 2026"]


def test_below_five_numbers_are_told_one_by_one(tmp_path: Path) -> None:
    home = make_shelf(tmp_path)
    for number, effort in enumerate("8654"):
        put(home, day(number), "reflect", effort=effort)
    told = "  8 on 2 March 2026, 6 on 3 March 2026, 5 on 4 March 2026, 4 on 5 March 2026"
    assert coach(home, "patterns").out.split("\n")[2:4] == ["How hard you worked", told]


def test_below_five_known_outcomes_fears_have_no_bars(tmp_path: Path) -> None:
    home = make_shelf(tmp_path)
    drawn = []
    for number in range(5):
        put(home, day(2 * number + 1), "reflect", follows=put(home, day(2 * number), fear="x"), fear_outcome="no (No)")
        drawn.append("█" in coach(home, "fears").out)
    assert drawn == [False, False, False, False, True]


def test_every_answer_of_a_copy_told_as_starr_stands_in_its_place(tmp_path: Path) -> None:
    home = make_shelf(tmp_path)
    backwards = [id_ for names in reversed(PLACES.values()) for id_ in names.split()]
    put(home, MONDAY, "prepare", *(Exchange(id_, id_, ("x",), "Section") for id_ in backwards), about="the parents")
    parts = ["".join((f"\n## {part}\n", *(f"\n### {id_}\n\n> x\n" for id_ in ids.split()))) for part, ids in PLACES.items()]
    assert coach(home, "export", "--yes", "--starr") == Result(0, "".join(("# Talk: the parents\n", *parts)), UNSEEN)


def test_a_copy_holds_no_draft_no_first_wording_and_no_empty_answer(tmp_path: Path) -> None:
    home = make_shelf(tmp_path)
    put(
        home,
        MONDAY,
        "prepare",
        Exchange("about", "Whom?", ("the parents",)),
        Exchange("wish", "What?", ("To listen.",), before=("Why?",), heard=("why_blame",), draft=("To",), note="mine"),
        Exchange("fear", "And?", (), draft=("That she",)),
        Exchange("need", "Need?", ("",)),
        about="the parents",
        finished=False,
    )
    assert coach(home, "export", "--yes") == Result(0, "# Talk: the parents\n\n### What?\n\n> To listen.\n", UNSEEN)


@pytest.mark.parametrize(("count", "heading"), [(4, "What you have written so far"), (5, "What keeps coming back")])
def test_a_few_sessions_are_not_called_what_keeps_coming_back(tmp_path: Path, count: int, heading: str) -> None:
    home = make_shelf(tmp_path)
    for day in range(count):
        put(home, MONDAY + timedelta(days=day), old_road="I start explaining.")
    assert coach(home, "patterns").out.split("\n")[0] == heading
