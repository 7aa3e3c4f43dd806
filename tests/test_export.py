"""What is shared names nobody."""

# ruff: noqa: E501 # sentences stay on one line

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from coach.documents.anonymise import Replacement, find_replacements, replace_all
from coach.documents.export import find_in_session, share, write_copy
from coach.logs.session import Exchange, Session

SESSION = Session(
    "2026-11-24-091502-prepare", "prepare", "prepare", "nl", "Voorbereiden", datetime(2026, 11, 24, tzinfo=UTC), "ouders van Jérôme",
    tags=("verzuim",), extra="owner: Tea",
    exchanges=(
        Exchange("about", "Met wie?", ("ouders van Jérôme",), "Het gesprek"),
        Exchange("observation", "Wat zag je?", ("Jérôme kwam te laat. Moeder belde met 06-12345678.", "- <b>Jerome</b> en S. lachten."), "Zien"),
        Exchange("fear", 'Je was bang: "dat S. wegloopt". Klopt dat?', ("Dat mevrouw Bakker boos wordt.",), "Angst", before=("Jérôme",)),
        Exchange("fear_outcome", "Is het gebeurd?", ("no (Nee)",), "Angst", choice=True),
    ),
)  # fmt: skip


def found(text: str, about: str = "", *own: tuple[str, str]) -> dict[str, str]:
    return {one.found: one.becomes for one in find_replacements([text], about, own)}


def test_every_name_is_replaced_by_the_same_everywhere() -> None:
    assert find_in_session(SESSION, [("S.", "kind A")]) == (
        Replacement("S.", "kind A", "own", 2),
        Replacement("Jérôme", "A.", "about", 3),
        Replacement("06-12345678", "[phone number]", "phone", 1),
        Replacement("Bakker", "B.", "name", 1),
    )


def shared(text: str, about: str = "", *own: tuple[str, str], tags: tuple[str, ...] = ()) -> str:
    """Return the title and the only answer of a copy."""
    session = replace(SESSION, title="Talk", about=about, tags=tags, exchanges=(Exchange("core", "What?", (text,)),))
    copy = share(session, find_in_session(session, own, {"joy", "noor", "mark"}), starr=False)
    return f"{copy.title} | {copy.parts[0].answers[0][1]}"


@pytest.mark.parametrize(
    ("about", "text", "copy"),
    [
        ("Yusra's mother", "Yusra's mother and YUSRA.", "Talk: A.'s mother | A.'s mother and A."),
        ("Yusra\u2019s mother", "I asked Yusra.", "Talk: A.\u2019s mother | I asked A."),
        ("TIM", "Tim is here; tim's bag, Tims bag.", "Talk: A. | A. is here; A.'s bag, A.'s bag."),
        ("June", "In June she left.", "Talk: A. | In A. she left."),
        ("Joy", "Joy left.", "Talk: A. | A. left."),
        ("O'Neill", "O\u2019Neill, ONeill and the O'Neills.", "Talk: A. | A., A. and the A.'s."),
        ("O\u2019Neill", "O'Neill came.", "Talk: A. | A. came."),
        ("Rene\u0301e", "Ren\u00e9e en RENEE.", "Talk: A. | A. en A."),
        ("Noor", "Noortje en Noortjes zus, noord.", "Talk: A. | A. en A.'s zus, noord."),
        ("Tim", "Timmetje speelt.", "Talk: A. | A. speelt."),
        ("Yusra", "Yusraatje lacht.", "Talk: A. | A. lacht."),
        ("Anne-Marie", "Annemarie en Anne\u2011Marie.", "Talk: A. | A. en A."),
        ("gesprek met noor", "Met noor ging het.", "Talk: gesprek met A. | Met A. ging het."),
        ("Mark's mum", "It left a mark. Mark left.", "Talk: A.'s mum | It left a A. A. left."),
        ("Will's mum", "He will ask. Will left.", "Talk: A.'s mum | He will ask. A. left."),
        ("S.", "Then I asked S.. He left.", "Talk: A. | Then I asked A. He left."),
        ("ouders van Sam", "De ouders, samen. Ik vroeg het Sam.", "Talk: ouders van A. | De ouders, samen. Ik vroeg het A."),
    ],
)
def test_a_name_it_was_told_goes_in_every_form(about: str, text: str, copy: str) -> None:
    assert shared(text, about) == copy


def test_a_name_of_the_persons_own_list_goes_in_every_form() -> None:
    assert shared("Noortje, NOOR, noor's jas.", "", ("Noor", "kind A")) == "Talk | kind A, kind A, kind A's jas."


def test_a_name_in_a_tag_is_a_name() -> None:
    assert shared("Bij Kaspar thuis. Kaspar sliep.", tags=("Kaspar", "verzuim")) == "Talk | Bij A. thuis. A. sliep."
    assert shared("Kaspar sliep. Verzuim ook.", tags=("Kaspar", "verzuim")) == "Talk | A. sliep. Verzuim ook."


@pytest.mark.parametrize(
    "text",
    [
        "That I'm scared of it, and that I\u2019ve lost; that She's gone, that It's late, so Don't ask, They'd say.",
        "Toen zei Zij dat Ik ging.",
    ],
)
def test_contractions_and_small_words_are_no_names(text: str) -> None:
    assert shared(text) == f"Talk | {text}"


def test_what_is_replaced_is_shown_where_it_stands() -> None:
    (one,) = find_replacements(
        ["Niets.", "Dat is een heel lange zin waarin ik aan Kaspar vroeg of hij dat ook zo had gezien."], "", []
    )
    assert one.context == "...heel lange zin waarin ik aan Kaspar vroeg of hij dat ook zo had g..."


def test_what_stands_in_something_longer_is_not_counted() -> None:
    assert find_replacements(["Bel +1 (555) 123-4567."], "", []) == (
        Replacement("+1 (555) 123-4567", "[phone number]", "phone", 1),
    )


def test_a_copy_holds_nothing_of_the_front_matter() -> None:
    copy = write_copy(share(SESSION, find_in_session(SESSION, [("S.", "kind A")]), starr=False), "markdown")
    assert copy == (
        "# Voorbereiden: ouders van A.\n\n## Zien\n\n### Wat zag je?\n\n"
        "> A. kwam te laat. Moeder belde met [phone number].\n> - \\<b>A.\\</b> en kind A lachten.\n\n".replace(
            "\\</b>", "\\</b>"
        )
        + '## Angst\n\n### Je was bang: "dat kind A wegloopt". Klopt dat?\n\n> Dat mevrouw B. boos wordt.\n\n### Is het gebeurd?\n\n> Nee\n'
    )


def test_a_copy_can_be_told_as_starr() -> None:
    copy = share(SESSION, (), starr=True)
    assert [(part.heading, len(part.answers)) for part in copy.parts] == [("Situation", 1), ("Task", 1), ("Result", 1)]


def test_a_copy_as_text_has_its_answers_below_its_questions() -> None:
    copy = write_copy(share(SESSION, (), starr=False), "text")
    assert copy.endswith(
        'ANGST\n\nJe was bang: "dat S. wegloopt". Klopt dat?\n  Dat mevrouw Bakker boos wordt.\n\nIs het gebeurd?\n  Nee\n'
    )


def test_a_copy_as_a_page_keeps_markup_as_text() -> None:
    copy = write_copy(share(SESSION, (), starr=False), "html")
    assert "&lt;b&gt;Jerome&lt;/b&gt;" in copy
    assert "<b>Jerome" not in copy


def test_personal_data_are_found() -> None:
    text = "Mail j.bakker@school.nl of bel +31 6 1234 5678, Dorpsstraat 12, 1234 AB, geboren 12-03-2014, nummer 123456782."
    assert found(text) == {
        "j.bakker@school.nl": "[e-mail address]",
        "1234 AB": "[address]",
        "Dorpsstraat 12": "[address]",
        "12-03-2014": "[date]",
        "+31 6 1234 5678": "[phone number]",
        "123456782": "[number]",
    }


def test_words_that_begin_a_sentence_and_days_are_no_names() -> None:
    assert found("Moeder belde. Daarna kwam Ahmed, on Monday. IB was erbij.") == {"Ahmed": "A."}


def test_a_name_that_begins_a_sentence_is_known_from_a_list() -> None:
    found = find_replacements(["Bram zei niets. Stil was het."], "", [], {"bram"})
    assert found == (Replacement("Bram", "A.", "name", 1),)


def test_the_longest_is_replaced_first_and_nothing_twice() -> None:
    assert (
        replace_all("S. en S.K. en DS.", [Replacement("S.", "A.", "own"), Replacement("S.K.", "S.", "own")]) == "A. en S. en DS."
    )


def test_a_letter_that_is_taken_is_not_given_to_another() -> None:
    assert found("Met A. en Bram.", "ouders van A.") == {"A.": "B.", "Bram": "C."}
