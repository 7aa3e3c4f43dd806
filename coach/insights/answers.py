"""What an answer says, as text and as a number."""

from __future__ import annotations

from datetime import date

from coach.logs.session import Exchange, Session
from coach.logs.value import day, number, outcome


def text_of(session: Session, id_: str) -> str:
    """Return the answer to a question without the blanks around its lines, which formatters take away; "" where there is none."""
    exchange = session.exchange(id_)
    if exchange is None:
        return ""
    lines = exchange.lines
    return lines[0].strip() if len(lines) == 1 else "\n".join(map(str.strip, lines)).strip()  # nearly always one


def number_of(exchange: Exchange | None) -> int | None:
    """Return the number that an answer is, also where it stands there twice; None where it is none."""
    if exchange is None:
        return None
    if len(exchange.lines) == 1:  # nearly always
        return number(exchange.lines[0], exchange.question)
    numbers = {number(line, exchange.question) for line in exchange.lines if line.strip()}
    return numbers.pop() if len(numbers) == 1 else None


def day_of(exchange: Exchange | None) -> date | None:
    """Return the day that an answer is, also where it stands there twice; None where it is none."""
    days = set(map(day, filter(str.strip, exchange.lines))) if exchange else set[date | None]()
    return days.pop() if len(days) == 1 else None


def outcome_of(exchange: Exchange | None) -> str:
    """Return which of `yes`, `no`, `partly`, `unknown` and `let_go` an answer is; "" where it is none of them."""
    return next((outcome(line) for line in exchange.lines if line.strip()), "") if exchange else ""
