"""What counts as personal data is the same for the remark of the ear and for a copy to share."""

from __future__ import annotations

import pytest

from coach.documents.anonymise import find_replacements
from coach.ear.ear import load_ear
from coach.ear.personal_data import TABLE

LANGUAGES = ("nl", "en")


def heard(language: str, text: str) -> list[str]:
    return [found.words for found in load_ear(language).hear(text, []) if found.check == "personal_data"]


def replaced(text: str) -> dict[str, str]:
    return {one.found: one.becomes for one in find_replacements([text], "", [])}


DATA = {
    "s.jansen+thuis@voorbeeld.nl": "[e-mail address]",
    "06-12345678": "[phone number]",
    "06 - 12 34 56 78": "[phone number]",
    "06–12345678": "[phone number]",  # noqa: RUF001 # the dash is meant
    "020-1234567": "[phone number]",
    "(020) 123 45 67": "[phone number]",
    "02 123 45 67": "[phone number]",
    "+31 6 12345678": "[phone number]",
    "+31 (0)6 12345678": "[phone number]",
    "0031 6 12345678": "[phone number]",
    "+44 7700 900123": "[phone number]",
    "07700 900123": "[phone number]",
    "(555) 123-4567": "[phone number]",
    "555.123.4567": "[phone number]",
    "Dorpsstraat 12": "[address]",
    "dorpsstraat 12 b": "[address]",
    "Dorpsstraat  12": "[address]",
    "Kerksteeg 4b": "[address]",
    "één-meiplein 7": "[address]",
    "Schoolplein 3": "[address]",
    "12 Mill Lane": "[address]",
    "12 old mill crescent": "[address]",
    "12 Mill Way": "[address]",
    "12 Week Street": "[address]",
    "1234 AB": "[address]",
    "1234AB": "[address]",
    "1234\u00a0AB": "[address]",
    "2023 AN": "[address]",
    "SW1A 1AA": "[address]",
    "SW1A1AA": "[address]",
    "sw1a 1aa": "[address]",
    "12-03-2012": "[date]",
    "12 03 2012": "[date]",
    "111222333": "[number]",
    "1112.22.333": "[number]",
    "BSN111222333": "[number]",
    "123-45-6789": "[number]",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("data", [*DATA])
def test_what_is_heard_in_each_language_is_replaced(language: str, data: str) -> None:
    text = f"Ik zag dat, {data}."
    words = data.removeprefix("één-")
    assert (heard(language, text), replaced(text)) == ([words], {words: DATA[data]})


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_postcode_in_small_letters_is_one_with_its_place(language: str) -> None:
    text = "Zij woont in 1234 ab utrecht, maar 1234 ab."
    assert (heard(language, text), replaced(text)) == (["1234 ab"], {"1234 ab": "[address]"})


@pytest.mark.parametrize(
    ("language", "text", "date"),
    [
        ("nl", "Hij is geboren op 3 mei 2012.", "3 mei 2012"),
        ("nl", "Geb. 3-5-12.", "3-5-12"),
        ("nl", "Geboortedatum: 2012-05-03.", "2012-05-03"),
        ("en", "He was born on the 3rd of May 2012.", "3rd of May 2012"),
        ("en", "Born May 3, 2012.", "May 3, 2012"),
        ("en", "DOB: 2012-05-03.", "2012-05-03"),
    ],
)
def test_a_date_of_birth_is_heard_and_replaced(language: str, text: str, date: str) -> None:
    assert (heard(language, text), replaced(text)) == ([date], {date: "[date]"})


ORDINARY = [
    "Op het schoolplein 3 kinderen.",
    "We zijn onderweg 3 keer gestopt.",
    "Sinds 2019 al vaker gezien.",
    "Hij is sinds 2014 IB'er.",
    "Hij is sinds 2014 IB.",
    "Na 1500 km gereden te hebben.",
    "Ze had 2 jaar geleden meer drive.",
    "Ik heb 3 keer in the street gezegd.",
    "Bij H3 2de uur, bij Y6 2nd lesson.",
    "Bel 0800-2000 of 0900-1234567.",
    "Om 9.10 uur, van 08 30 tot 09 15.",
    "Nummer 12-345 en 1112223334.",
]


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_numbers_are_neither_heard_nor_replaced(text: str) -> None:
    assert (heard("nl", text), replaced(text)) == ([], {})


@pytest.mark.parametrize(
    "text", ["We walked 3 times down the street.", "There are 5 pupils who got close.", "Since 2019 an old habit."]
)
def test_ordinary_numbers_in_english_are_neither_heard_nor_replaced(text: str) -> None:
    assert (heard("en", text), replaced(text)) == ([], {})


@pytest.mark.parametrize(
    ("language", "text", "words", "becomes"),
    [
        ("nl", "Op mijn werk belde vader met 06-12345678 terug.", "06-12345678", "[phone number]"),
        ("en", "I saw 2 kids at 12 Mill Lane today.", "12 Mill Lane", "[address]"),
        ("en", "There were 2 at 12 Mill Lane.", "12 Mill Lane", "[address]"),
    ],
)
def test_words_beside_a_number_do_not_hide_it(language: str, text: str, words: str, becomes: str) -> None:
    assert (heard(language, text), replaced(text)) == ([words], {words: becomes})


def test_a_date_with_an_hour_is_no_phone_number() -> None:
    text = "Het was op 01-02-2026 10 uur."
    assert (heard("nl", text), replaced(text)) == ([], {"01-02-2026": "[date]"})


ONLY_REPLACED = {
    "www.voorbeeld.nl": "[link]",
    "24-11-2026": "[date]",
    "123456789": "[number]",
    "S.": "A.",
    "J.W.": "A.",
    "Kaspar": "A.",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("data", [*ONLY_REPLACED])
def test_what_is_only_replaced_is_not_heard(language: str, data: str) -> None:
    text = f"Ik zag dat {data} toen"
    assert (heard(language, text), replaced(text)) == ([], {data: ONLY_REPLACED[data]})


ONLY_IN_A_COPY = {
    "00 31 6 1234 5678": "[phone number]",
    "+31.6.12.34.56.78": "[phone number]",
    "+1 (555) 123-4567": "[phone number]",
    "06.12.34.56.78": "[phone number]",
    "06/12345678": "[phone number]",
    "NL91 ABNA 0417 1643 00": "[number]",
    "NL91ABNA0417164300": "[number]",
    "3 mei 2012": "[date]",
    "3rd of May 2012": "[date]",
    "May 3, 2012": "[date]",
    "2012-05-03": "[date]",
}


@pytest.mark.parametrize("data", [*ONLY_IN_A_COPY])
def test_rarer_forms_are_replaced_in_a_copy(data: str) -> None:
    assert replaced(f"Ik zag dat {data} toen") == {data: ONLY_IN_A_COPY[data]}


@pytest.mark.parametrize(
    ("text", "data", "becomes"),
    [
        ("Geboren op drie mei tweeduizendtwaalf.", "drie mei tweeduizendtwaalf", "[date]"),
        ("Born on the third of May, two thousand and twelve.", "third of May, two thousand and twelve", "[date]"),
        ("Geb. 12.03.'12.", "12.03.'12", "[date]"),
        ("Geboren in 2012.", "2012", "[date]"),
        ("Ze is jarig op 3 mei.", "3 mei", "[date]"),
        ("Her birthday is on May 3.", "May 3", "[date]"),
        ("Leerlingnummer: 123456.", "123456", "[number]"),
        ("Student number 12-345-6.", "12-345-6", "[number]"),
    ],
)
def test_what_stands_before_a_number_tells_what_it_is(text: str, data: str, becomes: str) -> None:
    assert replaced(text) == {data: becomes}


def test_the_words_of_a_full_name_are_replaced_one_by_one() -> None:
    text = "Ik sprak Fatima el Amrani. Toen huilde Fatima."
    assert (heard("nl", text), replaced(text)) == (["Fatima el Amrani"], {"Fatima": "A.", "Amrani": "B."})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "name", ["juf Kaspara Smits", "meester Kaspar Smits", "sir Kaspar Smits", "dhr. Kaspar Smits", "de heer Kaspar Smits"]
)
def test_a_name_behind_any_title_is_heard(language: str, name: str) -> None:
    assert heard(language, f"Toen kwam {name} binnen.") == [" ".join(name.split()[-2:])]


@pytest.mark.parametrize("title", ["mw.", "mevr.", "dhr.", "dr.", "mr.", "Mrs.", "juf", "de heer"])
def test_a_name_behind_any_title_is_replaced(title: str) -> None:
    assert replaced(f"Ik belde {title} Kaspar.") == {"Kaspar": "A."}


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("nl", "Zoë Bakker"),
        ("nl", "Zoe Bakker"),
        ("nl", "Anná Bakker"),
        ("nl", "Jan van 't Hof"),
        ("en", "Joël Carter"),
        ("en", "Joel Carter"),
    ],
)
def test_a_first_name_is_known_whatever_its_accents(language: str, name: str) -> None:
    assert heard(language, f"Ik sprak met {name}’s moeder.") == [name]  # noqa: RUF001 # the apostrophe is meant


def test_a_first_name_that_begins_a_sentence_is_known_whatever_its_accents() -> None:
    found = find_replacements(["Zoë belde. JAN ook."], "", [], {"zoe", "jan"})
    assert [(one.found, one.becomes) for one in found] == [("Zoë", "A."), ("JAN", "B.")]


@pytest.mark.parametrize(
    ("about", "name"),
    [("Zoë’s moeder", "Zoë"), ("O’Neill’s mother", "O’Neill"), ("Ouders van Zoë", "Zoë")],  # noqa: RUF001 # as typed
)
def test_whom_it_is_about_is_replaced_whatever_the_accents_and_the_s(about: str, name: str) -> None:
    found = find_replacements([f"{name} zei niets."], about, [])
    assert [(one.found, one.becomes, one.times) for one in found] == [(name, "A.", 2)]


def test_small_words_with_an_accent_and_i_am_are_no_names() -> None:
    assert replaced("Hij zag één kind, and then I'm told that I’ve won.") == {}  # noqa: RUF001 # the apostrophe is meant


def test_a_name_in_letters_without_capitals_is_replaced() -> None:
    assert replaced("Ik sprak met ليلى vandaag.") == {"ليلى": "A."}


def test_each_form_that_is_only_heard_or_only_replaced_says_why() -> None:
    assert [(form.kind, bool(form.unheard), bool(form.unreplaced)) for form in TABLE if form.unheard or form.unreplaced] == [
        ("link", True, False),
        ("date", True, False),
        ("date", True, False),
        ("date", True, False),
        ("phone", True, False),
        ("number", True, False),
        ("number", True, False),
        ("number", True, False),
        ("name", False, True),
        ("name", True, False),
        ("name", True, False),
    ]
