"""Numbers as people write them: `7`, `7/10`, `zeven`, `7,0`, and what lies between two, as `7,5` and `6 of 7`."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from coach.language.words import all_words


class Number(NamedTuple):
    """A whole number, or what lies between `least` and `most`."""

    least: int
    most: int


def read_number(text: str, highest: int) -> Number | None:
    """Return the number that a text is, where it may say out of how many, or None."""
    words, whole, half, between = _forms()
    figures = re.sub(r"[^\W\d_]+", lambda word: words.get(word[0], word[0]), text.casefold().strip(" .!"))
    if (match := whole.fullmatch(figures)) and match[2] in {None, str(highest)}:
        return Number(int(match[1]), int(match[1]))
    if match := half.fullmatch(figures):
        return Number(int(match[1]), int(match[1]) + 1)
    if match := between.fullmatch(figures):
        least, most = sorted((int(match[1]), int(match[2])))
        return Number(least, most)
    return None


@cache
def _forms() -> tuple[dict[str, str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return the words for numbers in all languages, and the forms of a whole number, a half, and two numbers."""
    words = {
        word: str(number) for one in all_words() for number, several in enumerate(one.numbers) for word in several.split("|")
    }
    a = "|".join(("1", *(one.calendar["1"] for one in all_words() if "1" in one.calendar)))
    out_of = "|".join(re.escape(text) for one in all_words() for text in one.out_of)
    halves = "|".join(re.escape(text) for one in all_words() for text in one.halves)
    words |= {f"{word}en{half}": f"{number} ½" for word, number in words.items() for half in halves.split("|")}  # zevenenhalf
    return (
        words,
        re.compile(
            rf"(?: (?: {a} ) \s )? (-?\d{{1,9}}) (?: [.,]0+ )? (?: \s* (?: / | {out_of} ) \s* (\d{{1,9}}) )?",
            re.ASCII | re.VERBOSE,
        ),
        re.compile(
            rf"(-?\d{{1,9}}) (?: [.,]\d*[1-9]\d* | \s* ½ | \s 1/2 | \s \w+ (?: \s \w{{1,3}} )? \s (?: {halves} ) )", re.VERBOSE
        ),
        re.compile(r"\D{0,9} (\d{1,9}) (?: \s* [-/\u2013] \s* | \s \D{1,4} \s ) (\d{1,9})", re.ASCII | re.VERBOSE),
    )
