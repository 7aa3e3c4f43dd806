"""What the program has to know of a language, and where it stands: one module a language, `nl.py`, `en.py`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import NamedTuple

from coach.language import LANGUAGES

DOUBLE_LETTER = re.compile(r"([bcdfgklmnprstvz])\1$")
_FALLBACK = "en"


class Words(NamedTuple):
    """The words of one language, all in small letters.

    `months` and `weekdays` are their names, with a stroke between several. `yes` and `no` start with what is shown.
    `empty` are words that carry no meaning, `stem` gives one form for all forms of a word. `shortened` are words with a full stop
    that ends no sentence. `unsure` is a pattern of all that only says that one does not know, without marks; also of nothing.
    `durations` are words that speak of time, `commands` words that a person types for a command that is called otherwise.
    `partly`, `not_yet`, `unknown` and `let_go` are what such a choice is called in a log.
    `calendar` are the words for a term that `days.py` reads, with strokes between them; for "" those that say nothing there.
    `day_parts` are the parts of a day, `numbers` those from nought on, `out_of` what stands between 7 and 10,
    `halves` words for a half, `name` what the language calls itself. Where `month_first` holds, 11/12 may be in November.
    `particles` are the first parts of verbs that come apart, `past` the ends of a past tense that `stem` leaves.
    """

    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    days_from_now: Mapping[str, int]
    yes: tuple[str, ...]
    no: tuple[str, ...]
    empty: frozenset[str]
    stem: Callable[[str], str]
    shortened: frozenset[str]
    unsure: re.Pattern[str]
    durations: frozenset[str]
    commands: Mapping[str, str] = MappingProxyType({})
    partly: tuple[str, ...] = ()
    not_yet: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    let_go: tuple[str, ...] = ()
    calendar: Mapping[str, str] = MappingProxyType({})
    day_parts: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    out_of: tuple[str, ...] = ()
    halves: tuple[str, ...] = ()
    name: str = ""
    month_first: bool = False
    particles: tuple[str, ...] = ()
    past: tuple[str, ...] = ()


@cache
def words_of(language: str) -> Words:
    """Return the words of a language; those of English where it is none of ours."""
    module = import_module(f"coach.language.{language if language in LANGUAGES else _FALLBACK}")
    words: Words = module.WORDS
    return words


def all_words() -> tuple[Words, ...]:
    """Return the words of every language."""
    return tuple(map(words_of, LANGUAGES))
