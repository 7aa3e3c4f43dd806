"""What an answer says, as text and as a number."""

from __future__ import annotations

import re

from coach.logs.session import Exchange, Session

_NUMBER = re.compile(r"-?\d{1,9}", re.ASCII)


def text_of(session: Session, id_: str) -> str:
    """Return the answer to a question; "" where there is none."""
    exchange = session.exchange(id_)
    return exchange.text.strip() if exchange else ""


def number_of(exchange: Exchange | None) -> int | None:
    """Return the number that an answer is; None where it is none."""
    text = exchange.text.strip() if exchange else ""
    return int(text) if _NUMBER.fullmatch(text) else None
