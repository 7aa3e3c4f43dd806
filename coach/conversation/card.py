"""The card of a session: what of its answers is to be held on to at the door."""

from __future__ import annotations

from collections.abc import Container

from coach.sequences.sequence import CardPlan


def ids_on(plan: CardPlan, answered: Container[str]) -> tuple[str, ...]:
    """Return the ids of the answers that stand on the card, in its order, each once."""
    first = (next((id_ for id_ in item.ids if id_ in answered), "") for item in plan.items)
    return tuple(dict.fromkeys(filter(None, first)))
