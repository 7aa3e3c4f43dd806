"""How well the ear hears, on sentences of our own and on data kept beside the project."""

from __future__ import annotations

import pytest

from coach.ear.checks import CHECKS
from coach.ear.ear import load_ear
from ear_data import (
    DATA,
    balanced,
    dutch_forms,
    english_counselling,
    own_sentences,
    rows,
    scores,
    share,
)

LANGUAGES = ("nl", "en")
needs_data = pytest.mark.skipif(not DATA.exists(), reason=f"the data stands beside the project, in {DATA}")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("half", ["seen", "unseen"])
def test_remarks_on_our_own_sentences_stay_above_the_floors(language: str, half: str) -> None:
    of_check, whole = scores(load_ear(language), own_sentences(language, half))
    assert share((sum(s.hit for s in of_check.values()), sum(s.hit + s.false for s in of_check.values()))) >= 0.90
    assert share(whole.silence) >= 0.95
    assert share(of_check["closed_question"].recall) >= 0.75
    assert {check: share(score.recall) for check, score in of_check.items() if share(score.recall) < 0.6} == {}


@needs_data
def test_dutch_questions_in_corpora_are_told_apart() -> None:
    assert balanced(dutch_forms()) >= 0.98
    assert balanced(dutch_forms(easy=False)) >= 0.97


@needs_data
def test_english_counselling_questions_are_told_apart_as_experts_do() -> None:
    assert share(english_counselling().accuracy) >= 0.75


EXPECTED = {
    "closed": {"closed_question"},
    "choice": {"closed_question"},
    "closed_leading": {"closed_question", "leading_question"},
    "leading": {"leading_question"},
    "leading_rhetorical": {"leading_question"},
    "why_blame": {"why_blame"},
    "stacked": {"stacked_question"},
    "interpretation": {"interpretation"},
    "pseudo_feeling": {"interpretation"},
}
SILENT = {"targeted", "open", "single", "fact", "feeling", "near_fact", "untestable"}
"""Among them the fear in the words of the article itself, "dat er mis zou gaan"."""


@needs_data
def test_dutch_sentences_are_heard_as_their_sources_say() -> None:
    ear = load_ear("nl")
    wrong = []
    for row in rows("nl_sourced_examples.tsv"):
        heard = {found.check for found in ear.hear(row["text"], CHECKS)}
        if heard if row["label"] in SILENT else not heard >= EXPECTED[row["label"]]:
            wrong.append((row["label"], row["text"], heard))
    assert wrong == []


@needs_data
def test_english_praise_is_heard_as_its_sources_say() -> None:
    ear = load_ear("en")
    empty = {"not_specific", "general_praise", "support"}
    wrong = [
        (row["label"], row["text"])
        for row in rows("en_affirm_examples.tsv")
        if bool(ear.hear(row["text"], ["empty_acknowledgement"])) != (row["label"] in empty)
    ]
    assert wrong == []
