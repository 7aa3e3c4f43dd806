"""Which words name somebody, by the capitals with which they are typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from coach.ear.normalised import Folded
from coach.ear.patterns import compiled

Word = re.Match[str]
_ACRONYM = 4  # letters
_SHORT = 2  # letters
WORD = re.compile(r"[^\W\d_][\w'-]*(?<!'s)(?<!['-])")
"""A word that may be a name, without the s of an owner."""
_BETWEEN = {"van", "de", "der", "den", "ter", "ten", "te", "het", "t", "von"}  # Dutch and German
_BETWEEN |= {"el", "al", "bin", "ben", "di", "da", "la", "le", "du", "dos"}  # Arabic and Romance
_SHORTENED = {"mevr", "mw", "dhr", "mr", "mrs", "ms", "dr"}
_TITLES = {"mevrouw", "meneer", "heer", "juf", "juffrouw", "meester", "miss", "sir", *_SHORTENED}
_PLACE = r"""(?x)
    (?: [\w'-]* [ -] )? \w* (?:
        school | college | lyceum | instituut | academie | academy | primary | high     # where one learns
      | stichting | foundation | huis                                                   # where one works
      | straat | laan | plein | street | road                                           # where one lives
    ) (?!\w)
    """
_BEGINS = r"(?:\A|[.!?:\"\u201c\u2018(\[-]\s*|\n\s*)\Z"


class PersonalWords(NamedTuple):  # which a program that starts makes in a tenth of the time of a dataclass
    """The words of a language by which personal data are told from other words, in small letters.

    `born` is a pattern of what stands before a date of birth, `makers` of people who are known, or named with what they made. No
    address holds a word of `no_street`, no postcode letters of `no_postcode`. First names are without accents; `relations` are
    words for people that are no names, `no_names` other words with a capital.
    """

    born: str
    makers: str
    no_street: frozenset[str]
    no_postcode: frozenset[str]
    first_names: frozenset[str]
    relations: frozenset[str]
    no_names: frozenset[str]


def united(words: Iterable[PersonalWords]) -> PersonalWords:
    """Return the words of several languages as those of one."""
    born, makers, *sets = zip(*words, strict=True)
    return PersonalWords("|".join(born), "|".join(makers), *(frozenset().union(*one) for one in sets))


def full_names(folded: Folded, words: PersonalWords) -> Iterator[tuple[int, int]]:
    """Return where a first name with a family name stands, both with a capital; authors and schools are left alone.

    A first name is known from a list or stands behind a title: another is not heard, so that no school or method is
    taken for a child. Where nearly every word has a capital, capitals say nothing and no name is heard.
    """
    all_words = WORD.findall(folded.text)
    first_names = _first_names(all_words, words)
    places = [place for place, word in enumerate(all_words) if word in first_names or all_words[place - 1] in _TITLES]
    found = list(WORD.finditer(folded.text)) if places else []
    for place in places:
        word = found[place]
        is_named = word[0] in first_names or (_is_titled(folded, found, place) and word[0] not in _BETWEEN)
        if is_named and _is_capital(folded, word):
            last = _family_name(folded, found[place : place + 5])
            others = [w for w in found if last and not word.start() <= w.start() < last.end()]
            if last and not compiled(_PLACE).match(folded.text, last.start()) and not _all_capitals(folded, others):
                yield word.start(), last.end()


def capitals(folded: Folded, words: PersonalWords) -> Iterator[tuple[int, int]]:
    """Return where a word has a capital that its sentence does not give it, or begins a sentence and is a first name."""
    found = list(WORD.finditer(folded.text))
    first_names = _first_names([word[0] for word in found], words)
    for place, word in enumerate(found):
        typed, is_first_name = folded.words(*word.span()), word[0] in first_names
        is_acronym = typed.isupper() and len(typed) <= _ACRONYM and not is_first_name
        if len(typed) < _SHORT or typed[0].islower() or word[0] in words.no_names or word[0] in _SHORTENED or is_acronym:
            continue
        at = folded.places[word.start()]
        begins = compiled(_BEGINS).search(folded.typed, max(0, at - 12), at)
        if is_first_name or not begins or _is_titled(folded, found, place):
            yield word.span()


def _first_names(all_words: Iterable[str], words: PersonalWords) -> set[str]:
    """Return those of all words that are a first name, whatever their accents."""
    plain = ((word, unicodedata.normalize("NFD", word).encode("ascii", "ignore").decode()) for word in set(all_words))
    return {word for word, letters in plain if letters in words.first_names}


def _is_titled(folded: Folded, words: list[Word], place: int) -> bool:
    """Whether a title stands before a word, and a blank between them."""
    before, word = words[place - 1], words[place]
    between = folded.text[before.end() : word.start()]
    return before[0] in _TITLES and (between == " " or (between == ". " and before[0] in _SHORTENED))


def _family_name(folded: Folded, words: list[Word]) -> Word | None:
    """Return the last word of the name that begins with the first of `words`, if it is a full name."""
    for before, word in pairwise(words):
        if folded.text[before.end() : word.end()] not in {f" {word[0]}", " 't"}:
            return None
        if word[0] not in _BETWEEN:
            return word if _is_capital(folded, word) and len(word[0]) > 1 else None
    return None


def _all_capitals(folded: Folded, words: list[Word]) -> bool:
    """Whether most of at least two words begin with a capital."""
    return len(words) > 1 and sum(_is_capital(folded, word) for word in words) > len(words) * 0.6


def _is_capital(folded: Folded, word: Word) -> bool:
    return folded.typed[folded.places[word.start()]].isupper()
