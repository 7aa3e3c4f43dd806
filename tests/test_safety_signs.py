"""How a sign is led to by words, and what must or may not stand beside what it finds."""

from __future__ import annotations

import pytest

from coach.ear.safety import Concern
from coach.ear.safety_file import read_safety
from coach.errors import CoachError

LINES = "\nlines:\n  safety_other: a\n  safety_self_harm: b\n  safety_threat: c\n"


def concerns(sign: str, text: str) -> list[Concern]:
    safety = read_safety(f"let:\n  who: (?:her|him)\n\nsigns:\n  - check: safety_other\n{sign}{LINES}", "signs.yaml")
    return list(safety.concerns(text))


def other(start: int, end: int) -> list[Concern]:
    return [Concern("safety_other", start, end, own=False)]


def test_a_sign_is_heard_where_a_word_leads_to_it() -> None:
    assert concerns("    words: hits\n    any: [hits <who>]\n", "he hits her") == other(3, 11)


def test_a_sign_is_not_tried_where_no_word_leads_to_it() -> None:
    assert concerns("    words: kicks\n    any: [hits <who>]\n", "he hits her") == []


def test_a_word_leads_to_a_sign_before_its_apostrophe() -> None:
    assert concerns("    words: dad\n    any: [belt]\n", "dad's belt") == other(6, 10)


def test_a_sign_that_asks_for_another_word_is_not_tried_without_it() -> None:
    sign = "    words: hides\n    also: bread food*\n    any: [hides]\n"
    assert concerns(sign, "she hides foodstuff") == other(4, 9)
    assert concerns(sign, "she hides a book") == []


def test_what_must_stand_beside_a_sign_may_stand_in_the_next_sentence() -> None:
    sign = "    words: sleeves\n    any: [long sleeves]\n    beside: [heat]\n"
    assert concerns(sign, "long sleeves again. what heat.") == other(0, 12)
    assert concerns(sign, "long sleeves again. what snow.") == []


def test_what_must_stand_beside_a_sign_may_not_stand_far_from_it() -> None:
    sign = "    words: sleeves\n    any: [long sleeves]\n    beside: [heat]\n"
    assert concerns(sign, f"long sleeves. {'a' * 200} heat.") == []


def test_a_place_that_is_excepted_leaves_the_next_one_heard() -> None:
    sign = "    words: hits\n    any: [hits <who>]\n    unless: [it hits <who>]\n"
    assert concerns(sign, "it hits her that he hits him") == other(20, 28)


def test_a_sign_is_silent_in_a_sentence_about_a_story() -> None:
    sign = "    words: hits\n    any: [hits <who>]\n    silent_when: [novel]\n"
    assert concerns(sign, "a novel in which he hits her") == []


def test_a_mistake_in_a_sign_is_told_with_its_line() -> None:
    with pytest.raises(CoachError) as caught:
        concerns("    words: hi*\n    any: [hits <whom>]\n", "he hits her")
    assert str(caught.value).split("\n") == [
        "signs.yaml:6: 'hi*' is too short for a *; give three letters at least",
        "signs.yaml:7: unknown fragment '<whom>'; did you mean 'who'?",
    ]
