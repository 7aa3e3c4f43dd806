"""Days and months as the language writes them."""

from __future__ import annotations

from datetime import date

from coach.language import _

_MONTHS = (  # each is looked up alone: twelve for each day took half of the time of a long page
    lambda: _("January"), lambda: _("February"), lambda: _("March"), lambda: _("April"), lambda: _("May"), lambda: _("June"),
    lambda: _("July"), lambda: _("August"), lambda: _("September"), lambda: _("October"), lambda: _("November"),
    lambda: _("December"),
)  # fmt: skip


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


def write_weekday(day: date, today: date | None = None) -> str:
    """Return a day with its weekday, and its year unless that is the year of `today`: `Tuesday 24 November`."""
    return f"{_weekday_names()[day.weekday()]} {write_day(day, year=today is None or day.year != today.year)}"


def _weekday_names() -> tuple[str, ...]:
    return (
        _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"),
    )  # fmt: skip
