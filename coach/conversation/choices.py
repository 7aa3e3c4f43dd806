"""Choices in a log that a person wrote in another way than the coach does, read with their question at hand."""

from __future__ import annotations

from dataclasses import replace

from coach.conversation.answer import is_chosen
from coach.conversation.coach import Coach
from coach.errors import CoachError
from coach.logs.session import Exchange, Session
from coach.logs.value import key_and_label
from coach.sequences.sequence import Option, Sequence


def settled(session: Session, sequence: Sequence) -> Session:
    """Return a session in which every choice is as the coach would write it."""
    options = {question.id: question.options for question in sequence.questions if question.options}
    exchanges = tuple(_settled(one, options[one.id]) if one.id in options else one for one in session.exchanges)
    return replace(session, exchanges=exchanges)


def settled_with_sequence(session: Session, coach: Coach) -> Session:
    """Return the same; the sequence is only read where a choice is not as the coach writes it."""
    if all(line.endswith(")") and " (" in line for one in session.exchanges if one.choice for line in one.lines if line):
        return session
    try:
        return settled(session, coach.catalogue(session.language).read(session.sequence))
    except CoachError:  # it is gone, or broken
        return session


def _settled(exchange: Exchange, options: tuple[Option, ...]) -> Exchange:
    return exchange._replace(lines=tuple(_settled_line(line, options) for line in exchange.lines))


def _settled_line(line: str, options: tuple[Option, ...]) -> str:
    """Return a choice by its key; one that has it keeps what else a person wrote there."""
    key = key_and_label(line)[0]
    if any(option.key == key for option in options):
        return line
    return next((option.logged for option in options if is_chosen(option, line)), line)
