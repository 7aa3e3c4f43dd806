"""Days as people write them, in Dutch and in English."""

from __future__ import annotations

import re
from datetime import date, timedelta

from coach.language import _
from coach.language.words import all_words

_MONTHS = (  # each is looked up alone: twelve for each day took half of the time of a long page
    lambda: _("January"), lambda: _("February"), lambda: _("March"), lambda: _("April"), lambda: _("May"), lambda: _("June"),
    lambda: _("July"), lambda: _("August"), lambda: _("September"), lambda: _("October"), lambda: _("November"),
    lambda: _("December"),
)  # fmt: skip
_SHORT_DAY = 2  # "vr", "fri": as few letters as tell the days apart


def read_day(text: str, today: date) -> date:
    """Return the day meant by `2026-11-27`, `27-11`, `27 november`, `friday` or `tomorrow`, the next such day from `today` on.

    Raises:
        ValueError: when it is not a day.

    """
    word = text.casefold()
    try:
        return _near_day(word, today) or _calendar_day(word, today) or date.fromisoformat(word)
    except OverflowError:
        raise ValueError(text) from None


def not_a_day(text: str, today: date) -> str:
    """Return what to say of a text that is no day."""
    return _("'{text}' is not a day I know. Write for instance {example}, friday or tomorrow.").format(
        text=text, example=(today + timedelta(days=3)).isoformat()
    )


def write_day(day: date, *, year: bool = True) -> str:
    """Return a day as the language writes it: `24 November 2026`, with `year=False` `24 November`."""
    name = month_name(day.month)
    return f"{day.day} {name} {day.year}" if year else f"{day.day} {name}"


def write_month(year: int, month: int) -> str:
    """Return a month with its year: `November 2026`."""
    return f"{month_name(month)} {year}"


def month_name(month: int) -> str:
    """Return the name of a month."""
    return _MONTHS[month - 1]()


def write_weekday(day: date) -> str:
    """Return a day with its weekday and without its year: `Tuesday 24 November`."""
    return f"{_weekday_names()[day.weekday()]} {write_day(day, year=False)}"


def _near_day(word: str, today: date) -> date | None:
    for words in all_words():
        if word in words.days_from_now:
            return today + timedelta(days=words.days_from_now[word])
    for weekday, names in enumerate(zip(*(words.weekdays for words in all_words()), strict=True)):
        if len(word) >= _SHORT_DAY and any(name.startswith(word) for name in names):
            return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    return None


def _calendar_day(word: str, today: date) -> date | None:
    """Read a day and a month, with or without a year: `27-11-2026`, `27/11`, `27 november`, `November 27, 2026`."""
    if match := re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})(?:[-/. ](\d{4}))?", word):
        day, month, year = match[1], int(match[2]), match[3]
    elif match := re.fullmatch(r"(\d{1,2})\.? ([a-z]{3,9})\.?,?(?: (\d{4}))?", word):
        day, month, year = match[1], _month(match[2]), match[3]
    elif match := re.fullmatch(r"([a-z]{3,9})\.? (\d{1,2})(?:,? (\d{4}))?", word):
        day, month, year = match[2], _month(match[1]), match[3]
    else:
        return None
    if year:
        return date(int(year), month, int(day))
    this_year = date(today.year, month, int(day))
    return this_year if this_year >= today else date(today.year + 1, month, int(day))


def _month(word: str) -> int:
    for number, names in enumerate(zip(*(words.months for words in all_words()), strict=True), start=1):
        if word.startswith(tuple(" ".join(names).split())):
            return number
    raise ValueError(word)


def _weekday_names() -> tuple[str, ...]:
    return (
        _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"),
    )  # fmt: skip
