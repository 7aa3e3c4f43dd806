"""All that a preparation and a map ask is taken up later: by a step, on the card, or in a view."""

import pytest

from coach.insights.fears import FearCollector
from coach.insights.first_steps import FirstStepCollector
from coach.insights.patterns import PatternCollector
from coach.sequences.references import references
from coach.sequences.sequence import Sequence
from walks import NAMES, sequence

NOT_TAKEN_UP = {
    ("prepare", "about"): "It is the name of the session, and opens each one that goes on from it.",
    ("map", "about"): "It is the name of the session, and opens each one that goes on from it.",
}
"""What is asked and comes back nowhere, each with its reason."""

SEQUENCES = [sequence(name, "nl") for name in NAMES]
VIEWS = {*FearCollector.ids, *FirstStepCollector.ids, *PatternCollector().ids}


@pytest.mark.parametrize("name", ["prepare", "map"])
def test_all_that_is_asked_is_taken_up(name: str) -> None:
    asked = sequence(name, "nl")
    elsewhere = VIEWS | on_card(asked) | asked_for(asked, "") | looked_back_on(asked) | recalled()
    left = {(name, question.id) for question in asked.questions if question.id not in elsewhere}

    assert left == {one for one in NOT_TAKEN_UP if one[0] == name}


def on_card(asked: Sequence) -> set[str]:
    return {id_ for item in asked.card.items for id_ in item.ids}


def asked_for(asked: Sequence, kind: str) -> set[str]:
    """Return what the steps of a sequence refer to in the session of a kind, or in their own."""
    found = {reference.id for step in asked.steps for reference in references(step) if reference.kind == kind}
    return found | ({asked.length} if not kind else set())


def looked_back_on(asked: Sequence) -> set[str]:
    return {id_ for other in SEQUENCES for id_ in asked_for(other, asked.kind)}


def recalled() -> set[str]:
    return {id_ for other in SEQUENCES for question in other.questions for id_, _count in question.recall}
