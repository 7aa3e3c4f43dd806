"""What is shared names nobody."""

# ruff: noqa: E501 # sentences stay on one line

from datetime import UTC, datetime

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
