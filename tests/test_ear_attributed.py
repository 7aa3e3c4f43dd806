"""Whose words stand in an answer: the writer's own, or somebody else's."""

from __future__ import annotations

import pytest

from coach.ear.answer import read_answer
from coach.ear.checks import checks_for
from coach.ear.ear import load_ear
from coach.ear.normalised import fold

OWN = [
    ("nl", "Volgens mij is vader lui."),
    ("nl", "Ik denk dat moeder overspannen is."),
    ("nl", "Ik zei dat hij te laat was."),
    ("nl", "Denkt u dat hij dat meent?"),
    ("en", "I think he is lazy."),
    ("en", "According to me he is lazy."),
    ("en", "Would you say he is lazy?"),
]
OTHERS = [
    ("nl", "Volgens moeder is vader lui.", "volgens xxxxxx xx xxxxx xxx."),
    ("nl", "Moeder zei dat ze moe is, maar ze is lui.", "moeder zei xxx xx xxx xx, maar ze is lui."),
    ("nl", "Juf vindt dat hij druk is. Hij is lui.", "juf vindt xxx xxx xxxx xx. hij is lui."),
    ("nl", "Hij is nog nooit op zee geweest, vertelde hij.", "xxx xx xxx xxxxx xx xxx xxxxxxx, vertelde hij."),
    ("nl", "Ze zei ik ben zo moe.", "ze zei xx xxx xx xxx."),
    ("nl", "Hij riep “ga weg!” Ik ging weg.", 'hij riep "xx xxxx" ik ging weg.'),
    ("nl", "Er is autisme vastgesteld. Hij is lui.", "xx xx xxxxxxx xxxxxxxxxxx. hij is lui."),
    ("en", "Dad wrote that he's tired, but he is lazy.", "dad wrote that xx'x xxxxx, but he is lazy."),
    ("en", "His brother said he had never been.", "his brother said xx xxx xxxxx xxxx."),
    ("en", "According to the report he is lazy.", "according to xxx xxxxxx xx xx xxxx."),
    ("en", "The head calls him a troublemaker.", "the head calls him x xxxxxxxxxxxx."),
    ("en", "He is lazy, said the teacher.", "xx xx xxxx, said xxx xxxxxxx."),
    ("en", "«You never listen», he wrote.", '"xxx xxxxx xxxxxx", he wrote.'),
]


def own_words(language: str, text: str) -> str:
    ear = load_ear(language)
    return read_answer(text, ear.known.index, ear.known.attribution).own


@pytest.mark.parametrize(("language", "text", "own"), OTHERS)
def test_somebody_elses_words_are_masked_to_the_end_of_their_clause(language: str, text: str, own: str) -> None:
    assert own_words(language, text) == own


@pytest.mark.parametrize(("language", "text"), OWN)
def test_ones_own_words_and_thoughts_are_heard(language: str, text: str) -> None:
    assert own_words(language, text) == fold(text).text


def test_an_answer_that_is_between_quotation_marks_as_a_whole_is_ones_own() -> None:
    assert own_words("en", '"Are you tired?"') == '"are you tired?"'


def test_a_question_mark_in_somebody_elses_words_asks_nothing() -> None:
    text = "U zei vorige keer: “luistert u eigenlijk wel?” Wat had ik toen moeten horen?"
    assert load_ear("nl").hear(text, checks_for("honest_question")) == ()


def test_personal_data_is_heard_in_anybodys_words() -> None:
    heard = load_ear("nl").hear("Moeder zei dat ik 06-12345678 moest bellen.", [])
    assert [(found.check, found.words) for found in heard] == [("personal_data", "06-12345678")]
