"""The layers before the checks: a concrete clause, a way in before a question, names that are nobody's here."""

from __future__ import annotations

import pytest

from coach.ear.checks import checks_for
from coach.ear.ear import load_ear


def verdict(language: str, field: str, text: str) -> list[str]:
    return sorted({found.check for found in load_ear(language).hear(text, checks_for(field))})


CONCRETE = [
    ("nl", "first_step", "Beter luisteren.", "Beter luisteren: donderdag vat ik eerst zijn laatste zin samen."),
    ("nl", "first_step", "Meer aandacht voor S.", "Meer aandacht voor S.: om 10 uur naast haar zitten."),
    ("nl", "fear", "Dat het escaleert.", "Dat het escaleert: dat vader gaat staan en de tolk wegstuurt."),
    ("nl", "acknowledgement", "Knap hoor.", "Knap hoor, je belde hem terug."),
    ("en", "first_step", "Be more patient.", "Be more patient, so I count to five under my breath tomorrow."),
    ("en", "fear", "That I mess it up.", "That I mess it up, meaning I forget my three points."),
    ("en", "acknowledgement", "Well done.", "Well done, you called him back."),
]


@pytest.mark.parametrize(("language", "field", "vague", "concrete"), CONCRETE)
def test_a_vague_word_is_no_matter_where_another_clause_is_concrete(language: str, field: str, vague: str, concrete: str) -> None:
    assert (len(verdict(language, field, vague)), verdict(language, field, concrete)) == (1, [])


QUESTIONS = [
    ("nl", "Kan zijn dat ik het mis heb hoor, maar hoe zit dat?", []),
    ("nl", "Kan zijn dat ik het mis heb hoor, maar bent u moe?", ["closed_question"]),
    ("nl", "Ben je moe, maar hoe slaap je dan?", ["closed_question", "stacked_question"]),
    ("nl", "Kun je een voorbeeld geven van zo'n dag?", []),
    ("nl", "Oké als we het donderdag doen?", []),
    ("nl", "Alles goed thuis?", ["closed_question"]),
    ("en", "Could be just me, but what did you mean by that?", []),
    ("en", "I might be wrong, but are you tired?", ["closed_question"]),
    ("en", "ok if we push it to Thursday?", []),
    ("en", "u coming thursday or nah", ["closed_question"]),
]


@pytest.mark.parametrize(("language", "text", "heard"), QUESTIONS)
def test_the_last_clause_decides_what_a_question_asks(language: str, text: str, heard: list[str]) -> None:
    assert [check for check in verdict(language, "honest_question", text) if check != "leading_question"] == heard


NAMES = [
    ("nl", "We werken met het boek van Anna Bosman.", []),
    ("nl", "Mevrouw Anneke Smits kwam binnen.", ["personal_data"]),
    ("nl", "Mevrouw De Vries kwam binnen.", []),
    ("en", "We use John Smith's book.", []),
    ("en", "Mrs Anneke Smits came in.", ["personal_data"]),
    ("en", "Mrs Ellis came in.", []),
]


@pytest.mark.parametrize(("language", "text", "heard"), NAMES)
def test_a_maker_is_no_personal_data_and_a_title_with_a_full_name_is(language: str, text: str, heard: list[str]) -> None:
    assert verdict(language, "observation", text) == heard


GIVEN = [
    ("nl", "De bus reed niet, maar daar stond je om acht uur.", []),
    ("nl", "Je kwam elke dag, maar je moet wel op tijd zijn.", ["but_eraser"]),
    ("en", "The car wouldn't start, but there you were at eight.", []),
    ("en", "You came every day, but you need to be on time.", ["advice", "but_eraser"]),
]


@pytest.mark.parametrize(("language", "text", "heard"), GIVEN)
def test_a_but_that_gives_erases_nothing(language: str, text: str, heard: list[str]) -> None:
    assert [check for check in verdict(language, "acknowledgement", text) if check in {"but_eraser", *heard}] == heard
