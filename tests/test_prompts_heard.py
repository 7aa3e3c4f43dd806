"""The coach's own questions pass the ear that listens to the user's."""

from pathlib import Path

import pytest

from coach.ear.checks import checks_for
from coach.ear.ear import load_ear
from coach.sequences.catalogue import Catalogue, shipped_folder

EXCEPTIONS: dict[tuple[str, str, str], str] = {}
"""A sequence, step and check that is heard and may stay, with its reason."""


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_question_that_ships_passes_the_ear(language: str) -> None:
    catalogue = Catalogue(language, Path("none"), shipped_folder(), Path.cwd())
    ear = load_ear(language)
    heard = {
        (name, question.id, one.check): (question.ask, one.words)
        for name in catalogue.names()
        for question in catalogue.read(name).questions
        for text in (question.ask, question.say, question.more)
        for one in ear.hear(text, checks_for("honest_question"))
        if not (question.options and one.check == "closed_question")  # a choice is answered with one of its options
    }
    assert {key: value for key, value in heard.items() if key not in EXCEPTIONS} == {}


ABOUT_SAFETY = {("map", "act_today"), ("follow-up", "who_knows")}
"""The steps whose example is about safety, because their question is."""


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_example_that_ships_passes_the_ear(language: str) -> None:
    catalogue = Catalogue(language, Path("none"), shipped_folder(), Path.cwd())
    ear = load_ear(language)
    heard = {
        (name, question.id, one.check): one.words
        for name in catalogue.names()
        for question in catalogue.read(name).questions
        for one in ear.hear(question.hint, question.hear)
        if (name, question.id) not in ABOUT_SAFETY
    }
    assert heard == {}
