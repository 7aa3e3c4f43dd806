"""How the words of an answer are weighed for what may be about somebody's safety."""

from __future__ import annotations

import json
from pathlib import Path
from zlib import crc32

import pytest

from coach.ear.concerns import concerns
from coach.ear.evidence import Classes, Evidence, load_evidence
from coach.ear.normalised import fold

HERE = Path(__file__).parent
EAR = HERE.parent / "coach" / "ear"
CLASSES = Classes({"hits": "hurt", "bruis*": "mark", "long sleeves": "cover", "my old man": "own_partner", "sun": "warm"})


def evidence(weights: dict[str, int], together: dict[str, dict[str, int]] | None = None) -> Evidence:
    kinds = {"hits": (9, 0, 1), "herself": (0, 9, 0), "!safety_threat": (0, 0, 20)}
    return Evidence(CLASSES, weights, together or {}, kinds)


def heard(of: Evidence, text: str, *signs: str) -> tuple[str, ...]:
    return of.kinds(text, signs)


@pytest.mark.parametrize(
    ("feature", "text"),
    [
        ("hits", "he hits her"),
        ("brui*", "all bruised"),
        ("he hits", "he hits her"),
        ("<hurt>", "he hits her"),
        ("<mark>", "bruising again"),
        ("<cover>", "in long sleeves"),
    ],
)
def test_a_word_its_beginning_its_neighbour_and_its_class_have_a_weight(feature: str, text: str) -> None:
    of = evidence({"*": -10, feature: 10})
    assert (heard(of, text), heard(of, "she reads")) == (("safety_other",), ())


def test_two_classes_weigh_together_what_neither_does_alone() -> None:
    of = evidence({"*": -10}, {"cover": {"warm": 10}})
    texts = ("long sleeves in the sun", "long sleeves", "in the sun")
    assert [heard(of, text) for text in texts] == [("safety_other",), (), ()]


def test_what_stands_twice_weighs_once() -> None:
    assert heard(evidence({"*": -10, "hits": 6}), "hits hits hits") == ()


def test_a_sign_weighs_beside_the_words() -> None:
    of = evidence({"*": -10, "!": 8, "book": -5, "hits": 2})
    assert [heard(of, text, "safety_other") for text in ("he hits her", "he hits her in the book")] == [("safety_other",), ()]
    assert [of.is_possible(text) for text in ("he hits her", "he hits her in the book")] == [True, False]


def test_the_kind_is_the_one_that_weighs_most_and_those_that_have_a_sign() -> None:
    of = evidence({"*": 0})
    assert heard(of, "she hits herself") == ("safety_other",)
    assert heard(of, "she hurts herself") == ("safety_self_harm",)
    assert heard(of, "he hits her", "safety_threat") == ("safety_threat",)
    assert heard(of, "he hits her", "safety_threat", "safety_other") == ("safety_threat", "safety_other")


def test_sentences_add_up_only_where_one_of_them_nearly_says_it() -> None:
    of = evidence({"*": -100, "hits": 60, "he": 20, "said": 30, "late": 45})
    texts = (["he hits her", "he said so"], ["he said so", "so late"], ["so late"])
    assert [of.is_nearly_said(sentences) for sentences in texts] == [True, False, True]


ADDED_UP = "Started OK. I asked why he is always late. He went red and said everyone comes in when they like, so why pick on him."


def test_ordinary_sentences_in_a_row_are_no_concern() -> None:
    assert list(concerns(fold(ADDED_UP).text, "en")) == []


def test_what_is_heard_names_the_words_that_weigh_most() -> None:
    text = "on monday he hits her, they say"
    start, end = evidence({"hits": 9, "hits her": 4, "monday": -2, "they": -3}).span(text)
    assert text[start:end] == "hits her"


def test_the_own_partner_is_told_by_class() -> None:
    assert [evidence({}).is_at_own_home(text) for text in ("my old man again", "an old man again")] == [True, False]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_weights_are_those_of_the_sentences_that_are_there(language: str) -> None:
    files = (HERE / "training" / f"safety_{language}.tsv", HERE / "training" / f"classes_{language}.txt")
    learnt = json.loads((EAR / f"{language}_evidence.json").read_text("utf-8"))
    assert learnt["source"] == crc32(b"".join(path.read_bytes() for path in files))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_weights_take_less_than_a_megabyte(language: str) -> None:
    assert (EAR / f"{language}_evidence.json").stat().st_size < 1_000_000


RELATIVES = {
    "nl": "Onze overbuurman hoort haar 's nachts gillen en er wordt met deuren gesmeten.",
    "en": "She keeps her sleeves down in the heat and flinches when her stepdad rings.",
}


@pytest.mark.parametrize("language", RELATIVES)
def test_a_concern_in_a_long_answer_is_heard_where_it_stands(language: str) -> None:
    plain = {"nl": "We lazen samen een half uur. ", "en": "We read together for half an hour. "}[language]
    text = fold(12 * plain + RELATIVES[language] + " " + 12 * plain).text
    found = {concern.check: text[concern.start : concern.end] for concern in concerns(text, language)}
    assert list(found) == ["safety_other"]
    assert found["safety_other"] in RELATIVES[language].lower()


@pytest.mark.parametrize("language", RELATIVES)
def test_a_concern_in_words_that_go_on_without_a_stop_is_heard(language: str) -> None:
    plain = {"nl": "en we lazen samen een half uur ", "en": "and we read together for half an hour "}[language]
    text = fold(12 * plain + RELATIVES[language].removesuffix(".") + " " + 12 * plain).text
    assert {concern.check for concern in concerns(text, language)} == {"safety_other"}
    assert list(concerns(fold(24 * plain).text, language)) == []


def test_a_language_without_weights_is_heard_by_its_signs_alone() -> None:
    assert load_evidence("xx") is None
