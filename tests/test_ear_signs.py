"""Every sign about somebody's safety can be heard: in a sentence of our own, and wherever one of its patterns stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain, islice

import pytest

from coach.ear.normalised import fold
from coach.ear.patterns import WORD, bound, words_of
from coach.ear.safety import Safety, Sign, Ways
from coach.ear.stored import load_safety
from coach.ear.word_order import Pattern
from pattern_samples import samples
from test_ear_rules import HOSTILE, SLOW, seconds
from test_ear_safety import OWN

LANGUAGES = ("nl", "en")
FEW = 8  # patterns that are searched for at once: a search takes as long to go from word to word as to try one pattern there
SAFETY = {language: load_safety(language) for language in LANGUAGES}
SIGNS = {language: [safety.sign(place) for place in range(safety.count)] for language, safety in SAFETY.items()}


@cache
def only(language: str, place: int) -> Safety:
    """Return one sign of a language as if there were no other."""
    safety = SAFETY[language]
    ways = {number: [way for way in ways if way.split()[0] == str(place)] for number, ways in safety.ways.leads.items()}
    leads = {number: found for number, found in ways.items() if found}
    return Safety(safety.count, safety.sign, safety.lines, safety.index, Ways(safety.index, leads))


@cache
def led_to(language: str, text: str) -> set[int]:
    """Return the places of the signs that any words of a text may lead to: most signs need not be looked for."""
    return SAFETY[language].ways.led_to(words_of(text))


def is_found(language: str, place: int, text: str) -> bool:
    return place in led_to(language, text) and any(True for _ in only(language, place).concerns(text))


def test_every_dutch_sign_is_found_in_a_sentence_of_our_own() -> None:
    texts = [fold(text).text for language, kind, text in OWN if language == "nl" and kind != "nothing"]
    silent = [sign.words for place, sign in enumerate(SIGNS["nl"]) if not any(is_found("nl", place, text) for text in texts)]
    assert silent == []


def texts_of(pattern: Pattern, number: int) -> Iterator[str]:
    """Yield texts in which the parts of a pattern stand beside each other."""
    parts = [samples("|".join(alternatives)) for alternatives in pattern.patterns()]
    return (" ".join(" ".join(texts).split()) for texts in islice(zip(*parts, strict=True), number))


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


@cache
def patterns(language: str) -> list[tuple[str, ...]]:
    """Return the patterns of all signs, a few together."""
    parts: dict[str, None] = {}
    for sign in SIGNS[language]:
        joined = [of for one in (*sign.any, *sign.unless, *sign.silent_when) for of in one.patterns()]
        parts |= dict.fromkeys(chain(sign.beside, *joined))
    return [tuple(islice(parts, start, start + FEW)) for start in range(0, len(parts), FEW)]


@cache
def every_way(parts: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern that tries all there is in these patterns at every word and finds nothing: none by itself takes longer."""
    return re.compile(f"{bound(parts).pattern}(?!)")


def slow(parts: tuple[str, ...], text: str) -> set[str]:
    if seconds(every_way(parts), text) <= SLOW:
        return set()
    return {part for part in parts if seconds(bound((part,)), text) > SLOW}


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("language", LANGUAGES)  # one after the other: its patterns take a second to compile
def test_no_pattern_of_a_sign_is_slow_on_hostile_text(language: str, kind: str) -> None:
    text = fold(HOSTILE[kind]).text
    assert set().union(*(slow(parts, text) for parts in patterns(language))) == set()
