"""What is heard, and what is not."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.ear.checks import ALWAYS, BY_NAME, CHECKS, FIELDS, SAFETY, checks_for
from coach.ear.ear import Ear, Heard, load_ear
from ear_data import own_sentences

LANGUAGES = ("nl", "en")
FILLERS = {"nl": ("Eh, ", "Nou, ", "Uhm... ", "Ja, ", "En "), "en": ("Um, ", "Well, ", "Uh... ", "So, ", "And ")}
QUESTION_CHECKS = checks_for("honest_question")[len(ALWAYS) :]


def verdict(ear: Ear, text: str, field: str) -> list[str]:
    return sorted({found.check for found in ear.hear(text, checks_for(field))})


def test_every_check_of_a_sequence_is_heard_in_some_field() -> None:
    heard = {check for field in FIELDS for check in checks_for(field)}
    assert heard == set(CHECKS)
    assert set(BY_NAME) == set(CHECKS) - {"personal_data", *SAFETY}


def test_a_finding_holds_the_words_as_they_were_typed() -> None:
    found = load_ear("nl").hear("Vader is  “LUI”, zegt men.  Hij is óngemotiveerd!", ["interpretation"])
    assert [heard.words for heard in found] == []
    found = load_ear("nl").hear("Vader is LUI en Ongeïnteresseerd.", ["interpretation"])
    assert [heard.words for heard in found] == ["LUI", "Ongeïnteresseerd"]
    decomposed = unicodedata.normalize("NFD", "Vader is Ongeïnteresseerd.")
    found = load_ear("nl").hear(decomposed, ["interpretation"])
    assert [heard.words for heard in found] == [unicodedata.normalize("NFD", "Ongeïnteresseerd")]


def test_a_finding_says_what_the_coach_says() -> None:
    assert load_ear("en").hear("Are you angry?", ["closed_question"]) == (
        Heard(
            "closed_question",
            "Are you angry?",
            "Someone can answer this with yes or no. Would you like to open it up, with how or what?",
            "How have things been since last week?",
        ),
    )


def test_the_weightiest_finding_comes_first() -> None:
    text = "Je moet toch ook naar S. Jansen luisteren (06-12345678)? Hij wordt geslagen. Waarom luister je nooit?"
    found = load_ear("nl").hear(text, CHECKS)
    places = [CHECKS.index(heard.check) for heard in found]
    assert places == sorted(places)
    assert found[0].check == "personal_data"


def test_personal_data_and_safety_are_heard_in_every_answer() -> None:
    text = "Hij wordt thuis geslagen, bel 06-12345678."
    assert [found.check for found in load_ear("nl").hear(text, [])] == ["personal_data", "safety_other"]


def test_an_unknown_check_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="closed_questoin"):
        load_ear("en").hear("text", ["closed_questoin"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_remark_blames_or_shouts(language: str) -> None:
    for rule in load_ear(language).rules:
        assert "!" not in rule.remark + rule.example
        assert not {"fout", "verkeerd", "wrong", "bad", "slecht"} & set(rule.remark.lower().split())
        assert "?" in rule.remark or rule.id in SAFETY


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_example_is_itself_remarked_on(language: str) -> None:
    ear = load_ear(language)
    for field in FIELDS:
        checks = checks_for(field)
        for rule in ear.rules:
            if rule.id in checks and rule.id != "but_eraser":
                assert verdict(ear, rule.example, field) == [], rule.example


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_it_is_typed_never_changes_what_is_heard(language: str) -> None:
    assert [change for sentence in own_sentences(language) for change in changes(language, sentence.field, sentence.text)] == []


def changes(language: str, field: str, text: str) -> list[tuple[str, str, list[str]]]:
    """Return the ways of typing a text in which something else is heard, and what."""
    ear = load_ear(language)
    heard = verdict(ear, text, field)
    names = "personal_data" in heard  # a name is known by its capitals
    variants = {
        "trailing blanks": text + "  \n ",
        "blanks before": "  " + text,
        "smart quotes": text.replace("'", "\u2019").replace(' "', " “").replace('"', "”"),
        "composed": unicodedata.normalize("NFC", text),
        "decomposed": unicodedata.normalize("NFD", text),
        "double blanks": text.replace(" ", "  "),
    }
    if not names:
        variants |= {"capitals": text.upper(), "small letters": text.lower(), "title": text.title()}
    if field == "honest_question":
        variants |= {filler: filler + text for filler in FILLERS[language]}
    return [(text, name, found) for name, variant in variants.items() if (found := verdict(ear, variant, field)) != heard]


@pytest.mark.parametrize("number", ["111222333", "123456782", "1112.22.333", "111 222 333"])
def test_a_citizen_number_that_passes_the_eleven_test_is_heard(number: str) -> None:
    assert [found.words for found in load_ear("nl").hear(f"Het bsn is {number}.", [])] == [number]


@pytest.mark.parametrize("number", ["123456789", "000000000", "1112223334", "111222333,50", "12-345"])
def test_a_number_that_fails_the_eleven_test_is_not_heard(number: str) -> None:
    assert load_ear("nl").hear(f"Het kostte {number} euro.", []) == ()


@pytest.mark.parametrize(
    "text",
    [
        "We volgen Marzano en de Kanjertraining.",
        "Op de Anne Frankschool en het Maria Montessori Lyceum.",
        "Volgens Marshall Rosenberg begint het bij kijken.",
        "S. de V. kwam met zijn moeder.",
        "Jan en Piet waren er.",
        "Veilig Thuis en de Raad voor de Kinderbescherming.",
    ],
)
def test_schools_methods_authors_and_initials_are_no_personal_data(text: str) -> None:
    assert [heard for heard in load_ear("nl").hear(text, []) if heard.check == "personal_data"] == []


@given(st.text(max_size=300), st.sampled_from(LANGUAGES))
def test_no_text_makes_the_ear_fail(text: str, language: str) -> None:
    for found in load_ear(language).hear(text, CHECKS):
        assert found.words in text


PIECES = [
    "je",
    "u",
    "waarom",
    "you",
    "why",
    "?",
    "\n",
    '"',
    "'",
    "moet",
    "should",
    "0",
    "06",
    "é",
    "e\u0301",
    "…",
    "-",
    " ",
    "toch",
]


@given(st.lists(st.sampled_from(PIECES), max_size=60), st.sampled_from(LANGUAGES))
def test_no_mixture_of_heard_words_makes_the_ear_fail(pieces: list[str], language: str) -> None:
    text = " ".join(pieces)
    for found in load_ear(language).hear(text, CHECKS):
        assert found.words in text
