"""The card holds what is to be kept in mind at the door: on one screen, in words for the door, never an empty one."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from rich.console import Console

from coach.conversation.card import Card, CardLine, card_of, ids_on
from coach.logs.session import Exchange, Session
from coach.sequences.sequence import CardItem, CardPlan
from coach.terminal.card import card_page
from shelf import MONDAY, Result, coach, make_shelf, put

STARTED = datetime(2026, 11, 24, 9, 15, tzinfo=UTC)
PLAN = CardPlan(
    CardItem(("beneath", "question")),
    (
        CardItem(("sign",), "When I notice"),
        CardItem(("back",), "then"),
        CardItem(("praise",)),
        CardItem(("let_go", "calm"), "Or?"),
    ),
    (CardItem(("fear",)), CardItem(("question",))),
)
SAID = {
    "question": "How?",
    "sign": "I talk.",
    "back": "Pen down.",
    "praise": "You stayed.",
    "calm": "Listen.",
    "fear": "She leaves.",
}


def session(*exchanges: Exchange, card: tuple[str, ...] = ()) -> Session:
    ids = card or tuple(exchange.id for exchange in exchanges)
    return Session("x", "talk", "prepare", "en", "Talk", STARTED, about="S.", card=ids, exchanges=exchanges)


def said(**answers: str) -> tuple[Exchange, ...]:
    return tuple(Exchange(id_, "?", tuple(text.split("\n")), f"About {id_}") for id_, text in answers.items())


def screen(card: Card, *, width: int = 60, everything: bool = False) -> list[str]:
    """Return the lines that are seen, without the sides of the frame."""
    console = Console(legacy_windows=False, width=width, color_system=None)
    with console.capture() as capture:
        console.print(card_page(card, "S.", "coach card --all", everything=everything))
    return [line.strip("│ ").rstrip() for line in capture.get().rstrip("\n").split("\n")]


def shown(*exchanges: Exchange) -> list[str]:
    """Return the lines on the card of a sequence that is gone."""
    return [line for line in screen(card_of(session(*exchanges), None)) if line and line[0] not in "╭╰"]


def test_a_card_without_sections_holds_every_answer() -> None:
    assert shown(Exchange("wish", "What?", ("To listen.",)), Exchange("fear", "Why?", ("That she leaves.",))) == [
        "To listen.",
        "That she leaves.",
    ]


def test_a_section_stands_above_its_answers_once() -> None:
    exchanges = [Exchange(id_, "?", (id_,), section) for id_, section in (("a", "One"), ("b", "One"), ("c", "Two"))]

    assert shown(*exchanges) == ["One", "a", "b", "Two", "c"]


def test_the_log_keeps_the_first_answer_of_each_item_in_the_order_of_the_card() -> None:
    assert ids_on(PLAN, SAID) == ("question", "sign", "back", "praise", "calm", "fear")
    assert ids_on(PLAN, {*SAID, "beneath"}) == ("beneath", "sign", "back", "praise", "calm", "fear", "question")


def test_a_card_is_made_of_the_log_and_the_words_of_its_sequence() -> None:
    assert card_of(session(*said(**SAID)), PLAN) == Card(
        "How?",
        (
            CardLine("When I notice", "I talk.", is_named=True),
            CardLine("then", "Pen down.", is_named=True),
            CardLine("About praise", "You stayed."),
            CardLine("Or?", "Listen.", is_named=True),
        ),
        (CardLine("About fear", "She leaves."),),
    )


def test_the_question_beneath_comes_in_the_place_of_the_question_which_stays_with_the_rest() -> None:
    card = card_of(session(*said(question="How?", beneath="Why me?")), PLAN)
    assert card == Card("Why me?", (), (CardLine("About question", "How?"),))


def test_what_the_sequence_does_not_know_stands_at_the_door() -> None:
    assert card_of(session(*said(question="How?", wish="Rest.")), PLAN) == Card("How?", (CardLine("About wish", "Rest."),))


def test_what_the_log_does_not_put_on_the_card_is_not_on_it() -> None:
    assert card_of(session(*said(**SAID), card=("back",)), PLAN) == Card("", (CardLine("then", "Pen down.", is_named=True),))


def test_a_card_with_nothing_for_the_door_shows_the_rest_there() -> None:
    assert card_of(session(*said(fear="She leaves.")), PLAN) == Card("", (CardLine("About fear", "She leaves."),))


WHOLE = """\
╭─ S. ─────────────────────────────────────────────────────╮

How?

When I notice: I talk.
then: Pen down.

About praise
You stayed.

Or? Listen.

╰──────────────────────────────────────────────────────────╯
coach card --all shows the rest."""


def test_the_question_is_on_top_and_words_for_the_door_stand_before_their_answer() -> None:
    assert screen(card_of(session(*said(**SAID)), PLAN)) == WHOLE.split("\n")


def test_all_of_it_is_shown_when_asked_for() -> None:
    rest = ["", "About fear", "She leaves."]
    lines = WHOLE.split("\n")
    assert screen(card_of(session(*said(**SAID)), PLAN), everything=True) == [*lines[:-3], *rest, *lines[-3:-1]]


def test_a_card_that_is_whole_names_no_rest() -> None:
    assert screen(Card("How?", ()))[-1] == "╰──────────────────────────────────────────────────────────╯"


LONG = "word " * 100


def test_a_long_card_is_one_screen_its_answers_cut_at_a_word_and_the_question_whole() -> None:
    card = Card(LONG.strip(), tuple(CardLine(f"L{number}", LONG, is_named=True) for number in range(4)))
    lines = screen(card, width=80)
    assert len(lines) == 23
    whole, cut = ("word " * 15).strip(), ("word " * 14).strip() + " ..."
    first = ("word " * 14).strip()
    assert lines[2:20] == [
        *[whole] * 6,
        ("word " * 10).strip(),
        "",
        *[f"L0: {first}", whole, cut],
        *[f"L1: {first}", whole, cut],
        *[f"L2: {first}", cut],
        *[f"L3: {first}", cut],
    ]
    assert lines[-1] == "coach card --all shows the rest."


def test_more_answers_than_lines_leave_the_last_ones_out() -> None:
    lines = screen(Card("How?", tuple(CardLine(f"L{number}", "x", is_named=True) for number in range(40))), width=80)
    assert (len(lines), lines[4], lines[-4]) == (23, "L0: x", "L15: x")


def test_a_word_longer_than_a_line_is_cut_too() -> None:
    lines = screen(Card("", tuple(CardLine("", "x" * 600) for number in range(3))), width=40)
    assert (len(lines) <= 23, max(map(len, lines)), lines[11].endswith("x ...")) == (True, 40, True)


@pytest.mark.parametrize("length", [1, 13, 14, 15, 29, 30, 59, 400])
def test_a_card_fits_whatever_is_on_it(length: int) -> None:
    lines = tuple(CardLine(f"Section {number}", "word " * length) for number in range(7))
    assert len(screen(Card("word " * length, lines, (CardLine("", "x"),)), width=80)) <= 23


SEQUENCE = """
title: Talk
kind: prepare
card:
  door: [question, {id: sign, as: When I notice}]
  more: [fear]
steps:
  - {id: fear, title: The fear, ask: What do you fear?, optional: true}
  - {id: sign, ask: What is the sign?, optional: true}
  - {id: question, ask: What do you ask?, optional: true}
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return make_shelf(tmp_path, SEQUENCE)


def lines(done: Result) -> list[str]:
    return [line.strip("│ ").rstrip() for line in done.out.rstrip("\n").split("\n")]


def test_the_card_of_the_latest_preparation_is_shown_for_the_door_and_whole(home: Path) -> None:
    coach(home, "run", "talk", typed="She leaves.\nI talk.\nHow?\n")
    (log,) = (home / "sessions").glob("2*.md")
    assert "\ncard: [question, sign, fear]\n" in log.read_text("utf-8")
    assert lines(coach(home, "card"))[2:] == [
        "How?",
        "",
        "When I notice: I talk.",
        "",
        lines(coach(home, "card"))[6],
        "coach card --all shows the rest.",
    ]
    assert lines(coach(home, "card", "--all"))[2:8] == ["How?", "", "When I notice: I talk.", "", "The fear", "She leaves."]


def test_a_log_alone_is_enough_for_its_card(home: Path) -> None:
    coach(home, "run", "talk", typed="She leaves.\nI talk.\nHow?\n")
    (home / "prompts" / "talk.yaml").unlink()
    assert lines(coach(home, "card"))[2:6] == ["The fear", "How?", "I talk.", "She leaves."]


def test_a_preparation_with_nothing_on_its_card_is_passed_over(home: Path) -> None:
    put(home, MONDAY, "prepare", question="How?", about="K.")
    put(home, MONDAY + timedelta(days=1), "prepare", Exchange("question", "?", ("",)), about="S.")
    put(home, MONDAY + timedelta(days=2), "reflect", question="What?", about="S.")
    assert lines(coach(home, "card"))[0].startswith("╭─ K. ─")


def test_without_anything_for_a_card_that_is_said(home: Path) -> None:
    nothing = Result(1, "", "There is no card yet. Make one with: coach prepare\n")
    assert coach(home, "card") == nothing
    id_ = put(home, MONDAY, "prepare", Exchange("question", "?", ("",)))
    assert coach(home, "card") == nothing
    assert lines(coach(home, "card", id_))[2] == "Nothing on this card yet."


def test_the_rest_of_a_card_that_is_named_is_shown_by_its_name(home: Path) -> None:
    coach(home, "run", "talk", typed="She leaves.\nI talk.\nHow?\n")
    assert lines(coach(home, "card", "talk"))[-1] == "coach card talk --all shows the rest."
