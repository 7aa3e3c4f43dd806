"""The card of a session: what of its answers is to be held on to at the door."""

from __future__ import annotations

from collections.abc import Container
from typing import NamedTuple

from coach.logs.session import Exchange, Session
from coach.sequences.sequence import CardItem, CardPlan


class CardLine(NamedTuple):
    """One answer, under the title of its section or, where `is_named`, behind words for the door."""

    label: str
    text: str
    is_named: bool = False


class Card(NamedTuple):
    """What stands on a card: one answer on top, those for at the door, and the rest."""

    title: str = ""
    door: tuple[CardLine, ...] = ()
    more: tuple[CardLine, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands on it."""
        return not (self.title or self.door or self.more)


def ids_on(plan: CardPlan, answered: Container[str]) -> tuple[str, ...]:
    """Return the ids of the answers that stand on the card, in its order, each once."""
    first = (next((id_ for id_ in item.ids if id_ in answered), "") for item in plan.items)
    return tuple(dict.fromkeys(filter(None, first)))


def card_of(session: Session, plan: CardPlan | None) -> Card:
    """Return the card of a session: its log tells what is on it, the plan of its sequence in which words.

    What the plan does not know, or all of it where there is no plan any more, stands at the door under the titles of sections.
    """
    left = {id_: exchange for id_ in session.card if (exchange := session.exchange(id_))}
    plan = plan or CardPlan()
    title = _take(left, plan.title) if plan.title else None
    door = [line for item in plan.door if (line := _take(left, item))]
    more = [line for item in plan.more if (line := _take(left, item))]
    door += [_line(exchange) for exchange in left.values()]
    if not (title or door):
        door, more = more, []
    return Card(title.text if title else "", tuple(door), tuple(more))


def _take(left: dict[str, Exchange], item: CardItem) -> CardLine | None:
    """Take the first answer of an item from those that are left."""
    exchange = next((left.pop(id_) for id_ in item.ids if id_ in left), None)
    return _line(exchange, item.words) if exchange else None


def _line(exchange: Exchange, words: str = "") -> CardLine:
    return CardLine(words or exchange.section, "\n".join(exchange.labels), is_named=bool(words))
