"""The card holds what is to be kept in mind at the door."""

from datetime import UTC, datetime

from rich.console import Console

from coach.logs.session import Exchange, Session
from coach.terminal.session import card

STARTED = datetime(2026, 11, 24, 9, 15, tzinfo=UTC)


def shown(*exchanges: Exchange) -> list[str]:
    """Return the lines on the card, without its frame."""
    ids = tuple(exchange.id for exchange in exchanges)
    session = Session("x", "talk", "prepare", "en", "Talk", STARTED, about="S.", card=ids, exchanges=exchanges)
    screen = Console(width=60, color_system=None)
    with screen.capture() as capture:
        screen.print(card(session))
    lines = [line.strip("│ ") for line in capture.get().split("\n")[1:]]
    return [line for line in lines if line and not line.startswith("╰")]


def test_a_card_without_sections_holds_every_answer() -> None:
    assert shown(Exchange("wish", "What?", ("To listen.",)), Exchange("fear", "Why?", ("That she leaves.",))) == [
        "To listen.",
        "That she leaves.",
    ]


def test_a_section_stands_above_its_answers_once() -> None:
    exchanges = [Exchange(id_, "?", (id_,), section) for id_, section in (("a", "One"), ("b", "One"), ("c", "Two"))]

    assert shown(*exchanges) == ["One", "a", "b", "Two", "c"]
