"""Which answers are about safety: those marked in the log, and those in older or changed logs, heard when they are read."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from coach.language import LANGUAGES
from coach.logs.session import Exchange, Session

_MOST = 5_000  # answers: many say the same in session after session, and a preparation is read again by what follows it
_SHORTEST = 6  # letters: what is shorter says too little


def mark_safety(session: Session) -> Session:
    """Return the session with every answer about safety marked as such in `heard`."""
    if session.heard:
        return session
    return replace(session, heard=True, exchanges=tuple(_marked(exchange, session.language) for exchange in session.exchanges))


def without_safety(session: Session) -> Session:
    """Return the session without its answers about safety, and those to a question that quotes one.

    They are counted, quoted and drawn nowhere.
    """
    marked = mark_safety(session).exchanges
    exchanges = tuple(
        [one for one in marked if not one.is_about_safety and (session.heard or not _quotes_safety(one, session.language))]
    )
    return session if len(exchanges) == len(session.exchanges) else replace(session, exchanges=exchanges)


def _quotes_safety(exchange: Exchange, language: str) -> bool:
    return '"' in exchange.question and bool(kinds_of_safety(exchange.question, language))


def _marked(exchange: Exchange, language: str) -> Exchange:
    if exchange.choice or exchange.is_about_safety or exchange.is_said_to_be_safe or len(exchange.text) < _SHORTEST:
        return exchange
    kinds = kinds_of_safety("\n".join((*exchange.lines, *exchange.before)), language)
    return exchange._replace(heard=(*exchange.heard, *kinds)) if kinds else exchange


@lru_cache(_MOST)
def kinds_of_safety(text: str, language: str) -> tuple[str, ...]:
    """Return the kinds of concern about safety that are heard in a text, in the order of the checks."""
    from coach.ear.checks import SAFETY
    from coach.ear.concerns import concerns  # lists of sessions do without
    from coach.ear.normalised import fold

    heard = {concern.check for concern in concerns(fold(text).text, language if language in LANGUAGES else "en")}
    return tuple(check for check in SAFETY if check in heard)
