"""A text about days -> the same in words that mean one thing: `vrijdagochtend 4 dec.` is `w4 4 m12`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from coach.language.words import all_words

_SHORT_DAY = 2  # "vr", "fri": as few letters as tell the days apart
_SHORT_MONTH = 3
_MOMENT = r"(\d{4}-\d\d-\d\d) [t -] \d\d [:\d] .*"  # as a log begins, and as its name does
_TIME = r"""
    \s* (?:
        (?: \b (?: om | at ) | @ ) \s* \d{1,2} (?: [:.]\d\d )? (?: \s* (?: uur | u | h | [ap]m | o'clock ) )?
      | \b \d{1,2} (?: [:.]\d\d )? \s* (?: uur | [ap]m | o'clock )
      | \b \d{1,2} : \d\d
    ) \Z
    """


def plain(text: str) -> str:
    """Return a text about days with the same word for the same thing in every language, and without a time of the day.

    A weekday is `w0` to `w6`, a month `m1` to `m12`, so many days from now `+0`; the other words stand in `Words.calendar`.
    """
    text = " ".join(text.casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split()).strip(" ?!.,")
    if moment := re.fullmatch(_MOMENT, text, re.VERBOSE):
        return moment[1]
    text = re.sub(_TIME, "", text, flags=re.VERBOSE)
    terms, parts = _terms()
    for several in sorted((term for term in terms if not term.isalpha()), key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(several)}(?!\w)", terms[several], text)
    words = re.sub(r"(?<=[^\W\d])[.,]|,", " ", text).split()
    if words[1:] and words[-1] in parts:
        words.pop()
    return " ".join(filter(None, (terms.get(word, _without_part(word)) for word in words)))


def _without_part(word: str) -> str:
    """Return what is meant by a day with a part of it, as in `vrijdagochtend`; any other word as it is."""
    terms, parts = _terms()
    days = (terms.get(word.removesuffix(part), "") for part in parts if word.endswith(part))
    return next((day for day in days if day.startswith(("w", "+"))), word)


@cache
def _terms() -> tuple[dict[str, str], tuple[str, ...]]:
    """Return what every word stands for, and the parts of a day, in all languages."""
    terms: dict[str, str] = {}
    for words in all_words():
        for number, names in enumerate(words.months, start=1):
            terms |= dict.fromkeys(_beginnings(names, _SHORT_MONTH), f"m{number}")
        for number, names in enumerate(words.weekdays):
            terms |= dict.fromkeys(_beginnings(names, _SHORT_DAY), f"w{number}")
        terms |= {word: str(number) for number, names in enumerate(words.numbers) for word in names.split("|")}
        terms |= {word: f"+{days}" for word, days in words.days_from_now.items()}
        terms |= {word: term for term, several in words.calendar.items() for word in several.split("|")}
    return terms, tuple(part for words in all_words() for part in words.day_parts)


def _beginnings(names: str, least: int) -> Iterator[str]:
    """Yield the beginnings of names, from so many letters on."""
    return (name[:length] for name in names.split("|") for length in range(min(least, len(name)), len(name) + 1))
