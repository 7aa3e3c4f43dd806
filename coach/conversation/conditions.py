"""Whether a condition holds: of an answer, or of one still to come."""

from __future__ import annotations

from coach.insights.answers import number_of
from coach.logs.session import Exchange
from coach.sequences.condition import AtLeast, AtMost, OneOf, State, Test
from coach.sequences.sequence import Question


def holds(test: Test, exchange: Exchange | None) -> bool:
    """Return whether a test holds of an answer, which is None where there is none or it is empty."""
    match test:
        case State.ANSWERED:
            return exchange is not None
        case State.UNANSWERED:
            return exchange is None
        case OneOf(keys, or_unanswered):
            if exchange is None:
                return or_unanswered
            folded = {key.casefold() for key in keys}
            return any(key.casefold() in folded for key in (*exchange.keys, *exchange.lines))
        case AtLeast(number):
            return exchange is not None and _number(exchange) >= number
        case AtMost(number):
            return exchange is not None and _number(exchange) <= number
        case State.SAFE:
            return exchange is not None and not exchange.is_about_safety
        case State.UNSAFE:
            return exchange is not None and exchange.is_about_safety


def usually_holds(test: Test, question: Question | None) -> bool:
    """Return whether a test will hold when `question` is answered in the usual way: something, or the first option."""
    match test:
        case State.ANSWERED | State.SAFE:
            return True
        case OneOf(keys):
            return bool(question and question.options and question.options[0].key in keys)
        case _:
            return False


def _number(exchange: Exchange) -> float:
    number = number_of(exchange)
    return float("nan") if number is None else number
