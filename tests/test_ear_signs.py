"""Every sign about somebody's safety can be heard: in a sentence of our own, and wherever one of its patterns stands."""

from __future__ import annotations

import re
from functools import cache

import pytest

from coach.ear.normalised import fold
from coach.ear.patterns import WORD, bound
from coach.ear.safety import Safety, Sign, Ways
from coach.ear.stored import load_safety
from coach.ear.word_order import Pattern
from pattern_samples import samples
from test_ear_rules import HOSTILE, seconds
from test_ear_safety import OWN

LANGUAGES = ("nl", "en")
SAFETY = {language: load_safety(language) for language in LANGUAGES}
SIGNS = {language: [safety.sign(place) for place in range(safety.count)] for language, safety in SAFETY.items()}


@cache
def only(language: str, place: int) -> Safety:
    """Return one sign of a language as if there were no other."""
    safety = SAFETY[language]
    ways = {number: [way for way in ways if way.split()[0] == str(place)] for number, ways in safety.ways.leads.items()}
    leads = {number: found for number, found in ways.items() if found}
    return Safety(safety.count, safety.sign, safety.lines, safety.index, Ways(safety.index, leads))


def is_found(language: str, place: int, text: str) -> bool:
    return any(True for _ in only(language, place).concerns(text))


def test_every_dutch_sign_is_found_in_a_sentence_of_our_own() -> None:
    texts = [fold(text).text for language, kind, text in OWN if language == "nl" and kind != "nothing"]
    silent = [sign.words for place, sign in enumerate(SIGNS["nl"]) if not any(is_found("nl", place, text) for text in texts)]
    assert silent == []


def texts_of(pattern: Pattern, number: int) -> list[str]:
    """Return texts in which the parts of a pattern stand beside each other."""
    parts = [samples("|".join(alternatives), number) for alternatives in pattern.patterns()]
    return [" ".join(" ".join(texts).split()) for texts in zip(*parts, strict=True)]


def words_in(text: str) -> set[str]:
    words = set(re.findall(r"[^\W_]+(?:['-][^\W_]+)*", text))
    return words | set(WORD.findall(text))


def unled(sign: Sign) -> list[str]:
    return [text for pattern in sign.any for text in texts_of(pattern, 12) if not sign.is_led_to(words_in(text))]


def test_the_words_of_a_dutch_sign_lead_to_each_of_its_patterns() -> None:
    assert {sign.words: texts for sign in SIGNS["nl"] if (texts := unled(sign))} == {}


def test_no_dutch_sign_takes_back_what_it_looks_for() -> None:
    taken_back = [
        pattern.patterns()
        for place, sign in enumerate(SIGNS["nl"])
        for pattern in sign.any
        if not any(is_found("nl", place, text) for text in texts_of(pattern, 24))
    ]
    assert taken_back == []


PATTERNS = {
    language: {
        part
        for sign in signs
        for part in (
            *sign.beside,
            *(part for one in (*sign.any, *sign.unless, *sign.silent_when) for parts in one.patterns() for part in parts),
        )
    }
    for language, signs in SIGNS.items()
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", HOSTILE)
def test_no_pattern_of_a_sign_is_slow_on_hostile_text(language: str, kind: str) -> None:
    text = fold(HOSTILE[kind]).text
    assert {part for part in PATTERNS[language] if seconds(bound((part,)), text) > 0.010} == set()
