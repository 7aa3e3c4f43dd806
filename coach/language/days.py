"""Days as people write them, in Dutch and in English: of an appointment, or looking back."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple, NoReturn

from coach.language import _, spoken
from coach.language.dates import write_day, write_month, write_weekday
from coach.language.day_words import plain
from coach.language.words import words_of

Direction = Literal["ahead", "back"]
"""Which of two days is meant where a text can be both: the one to come, as of an appointment, or the one that was."""
_WEEK = 7
_YEAR = 12  # months
_CENTURY = 100
_ONE_YEAR = 366  # days
_EXAMPLE = timedelta(days=3)
_NEAR = 2  # years: in so few before and after, a date falls on a weekday only once
_DAYS = {"day": 1, "week": _WEEK}
_STEP = {"last": -1, "this": 0, "next": 1, "coming": 1}
_PART_OF_WEEK = {"begin": (0, 1), "mid": (1, 3), "end": (3, 4)}
_PART_OF_MONTH = {"begin": (1, 10), "mid": (11, 20), "end": (21, 31)}


class Days(NamedTuple):
    """A day, or several in a row."""

    first: date
    last: date


class NotADayError(Exception):
    """The text does not say which day; its message says what would."""


def read_day(text: str, today: date, direction: Direction = "ahead") -> date:
    """Return the day that is meant by `2026-11-27`, `27-11`, `27 november`, `friday`, `over twee weken` or `tomorrow`.

    Raises:
        NotADayError: when it is none, or may be several.

    """
    days = read_days(text, today, direction)
    if days.first != days.last:
        what = _("'{text}' is more than one day: {first} to {last}. Write which day you mean.")
        raise NotADayError(what.format(text=text, first=write_day(days.first), last=write_day(days.last)))
    return days.first


def read_days(text: str, today: date, direction: Direction) -> Days:
    """Return the days that are meant by a text: one, or all of `november`, `last week`, `eind november` or `2025`.

    Raises:
        NotADayError: when it names none, or may mean different ones.

    """
    words = plain(text)
    for form, meaning in _FORMS:
        if match := re.fullmatch(form, words, re.VERBOSE):
            try:
                days = meaning(_Reading(text, today, direction), match)
            except (ValueError, OverflowError, StopIteration):
                break
            return days if isinstance(days, Days) else Days(days, days)
    raise NotADayError(_("'{text}' is not a day I know.").format(text=text) + " " + for_instance(today, direction))


def for_instance(today: date, direction: Direction = "ahead") -> str:
    """Return how a day can be written."""
    if direction == "ahead":
        return _("Write for instance {example}, friday or tomorrow.").format(example=write_day(today + _EXAMPLE))
    return _("Write for instance {example}, monday or yesterday.").format(example=write_day(today - _EXAMPLE))


def say_back(day: date, today: date) -> str:
    """Return what was understood: `Friday 4 December`, with its year where that is another."""
    text = write_weekday(day, today)
    return text[0].upper() + text[1:]


@dataclass(frozen=True, slots=True)
class _Reading:
    """What is read: a text, the day on which, and the direction; each method gives what one form of a text means."""

    text: str
    today: date
    direction: Direction

    def weekday(self, match: re.Match[str]) -> date:
        """Read `friday`, `komende vrijdag` or `next friday`: as long as that is still to come this week, it may be two."""
        which = match["before"] or match["behind"] or ""
        coming = self._coming(int(match["weekday"]))
        if which == "next":
            later = self._monday(1) + timedelta(days=int(match["weekday"]))
            return coming if coming == later else self._refuse(coming, later)
        if which == "last" or (which != "coming" and self.direction == "back"):
            return coming - timedelta(days=_WEEK * (2 if coming.weekday() == self.today.weekday() else 1))
        return coming

    def weekday_of_week(self, match: re.Match[str]) -> date:
        """Read `volgende week vrijdag` or `friday next week`."""
        return self._monday(_STEP[match["which"]]) + timedelta(days=int(match["weekday"]))

    def later(self, match: re.Match[str]) -> date:
        """Read `tomorrow`, `over twee weken`, `vrijdag over een week`, and the other way `twee weken geleden`."""
        words = match.groupdict()
        day = self._coming(int(words["weekday"])) if words.get("weekday") else self.today
        count = int(words.get("count") or 0) * (-1 if words.get("ago") else 1)
        return _moved(day + timedelta(days=int(words.get("days") or 0)), count, words.get("unit") or "day")

    def in_month(self, match: re.Match[str]) -> date:
        """Read `27-11` and `vrijdag 4 december 2026`; with strokes some languages have the month first: it may be two then."""
        day, month, year = int(match["day"]), int(match["month"]), _year(match.groupdict().get("year"))
        if match.groupdict().get("sign") == "/" and words_of(spoken()).month_first and day != month:
            if day <= _YEAR and month <= _YEAR:
                self._refuse(self._day(day, month, year), self._day(month, day, year))
            day, month = (month, day) if month > _YEAR else (day, month)
        if weekday := match.groupdict().get("weekday"):
            return self._day_on(int(weekday), day, month, year)
        found = self._day(day, month, year)
        if not year and self.direction == "ahead":
            before = _moved(found, -1, "year")
            if before.day == found.day and self.today - before < found - self.today:
                self._refuse(before, found)
        return found

    def day_of_month(self, match: re.Match[str]) -> date:
        """Read `the 4th`, `vrijdag de 4e`."""
        sign = 1 if self.direction == "ahead" else -1
        days = (self.today + timedelta(days=sign * step) for step in range(_ONE_YEAR))
        weekday = match["weekday"]
        return next(one for one in days if one.day == int(match["day"]) and weekday in {None, str(one.weekday())})

    def week(self, match: re.Match[str]) -> Days:
        """Read `volgende week`, `eind volgende week`, `this weekend`."""
        first, last = _PART_OF_WEEK.get(match["part"] or "", (0, _WEEK - 1))
        monday = self._monday(_STEP[match["which"]])
        return Days(monday + timedelta(days=_WEEK - 2 if match["end"] else first), monday + timedelta(days=last))

    def numbered_week(self, match: re.Match[str]) -> Days:
        """Read `week 49`."""
        year = _year(match["year"]) or self.today.year
        monday = date.fromisocalendar(year, int(match["number"]), 1)
        if not match["year"] and self.direction == "back" and monday > self.today:
            monday = date.fromisocalendar(year - 1, int(match["number"]), 1)
        if not match["year"] and self.direction == "ahead" and monday < self._monday(0):
            monday = date.fromisocalendar(year + 1, int(match["number"]), 1)
        return Days(monday, monday + timedelta(days=_WEEK - 1))

    def month(self, match: re.Match[str]) -> Days:
        """Read `deze maand`, `eind volgende maand`."""
        return _part_of_month(_moved(self.today.replace(day=1), _STEP[match["which"] or "this"], "month"), match["part"])

    def named_month(self, match: re.Match[str]) -> Days:
        """Read `november`, `eind november`, `November 2026`, `2026-11`."""
        number, now = int(match["month"]), self.today.month
        step = int(number < now) if self.direction == "ahead" else -int(number > now)
        words = match.groupdict()
        return _part_of_month(date(_year(words["year"]) or self.today.year + step, number, 1), words.get("part"))

    def year(self, match: re.Match[str]) -> Days:
        """Read `2025`, `this year`."""
        year = int(match["year"] or self.today.year + _STEP[match["which"]])
        return Days(date(year, 1, 1), date(year, _YEAR, 31))

    def _coming(self, weekday: int) -> date:
        return self.today + timedelta(days=(weekday - self.today.weekday() - 1) % _WEEK + 1)

    def _monday(self, weeks: int) -> date:
        return self.today + timedelta(days=weeks * _WEEK - self.today.weekday())

    def _day(self, day: int, month: int, year: int) -> date:
        """Return a day of a month, without its year the nearest in the direction."""
        if not year:
            then, now = (month, day), (self.today.month, self.today.day)
            year = self.today.year + (then < now if self.direction == "ahead" else -(then > now))
        days = monthrange(year, month)[1]
        if not 1 <= day <= days:
            what = _("There is no such day as '{text}': {month} has {days} days.")
            raise NotADayError(what.format(text=self.text, month=write_month(year, month), days=days))
        return date(year, month, day)

    def _day_on(self, weekday: int, day: int, month: int, year: int) -> date:
        """Return a day of a month that is said to be such a weekday, without its year in the one in which it is."""
        years = [year] if year else range(self.today.year - _NEAR, self.today.year + _NEAR + 1)
        days = (date(one, month, day) for one in years if 1 <= day <= monthrange(one, month)[1])
        if found := next((one for one in days if one.weekday() == weekday), None):
            return found
        named = self._day(day, month, year)
        return self._refuse(named, named + timedelta(days=(weekday - named.weekday() + _WEEK // 2) % _WEEK - _WEEK // 2))

    def _refuse(self, one: date, other: date) -> NoReturn:
        first, second = sorted((one, other))
        what = _("'{text}' can be {one} or {other}. Write one of these two.")
        raise NotADayError(what.format(text=self.text, one=write_weekday(first), other=write_weekday(second)))


def _part_of_month(first: date, part: str | None) -> Days:
    days = monthrange(first.year, first.month)[1]
    begin, end = _PART_OF_MONTH.get(part or "", (1, days))
    return Days(first.replace(day=begin), first.replace(day=min(end, days)))


def _moved(day: date, count: int, unit: str) -> date:
    """Return the day so many days, weeks, months or years on; in a shorter month its last one."""
    if unit in _DAYS:
        return day + timedelta(days=count * _DAYS[unit])
    years, month = divmod(day.month - 1 + count * (_YEAR if unit == "year" else 1), _YEAR)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _year(text: str | None) -> int:
    year = int(text or 0)
    return year + 2000 if text and year < _CENTURY else year


_WEEKDAY = r"w(?P<weekday>\d)"
_ON = rf"(?: {_WEEKDAY} [ ] )?"
_DAY = r"(?P<day>\d{1,2}) (?: e | de | ste | st | nd | rd | th )?"
_IN_YEAR = r"(?: [ ] '? (?P<year> \d{4} | \d\d ) )?"
_SIGN = r"[ ]? (?P<sign> [-/. ] ) [ ]?"
_WITH_YEAR = r"(?: [ ]? [-/. ] [ ]? '? (?P<year> \d{4} | \d\d ) )?"
_COUNT = r"(?P<count>\d{1,3}) [ ] (?P<unit> day | week | month | year )"
_WHICH = r"(?P<which> last | this | next | coming )"
_PART = r"(?: (?P<part> begin | mid | end ) [ ] )?"

_FORMS: tuple[tuple[str, Callable[[_Reading, re.Match[str]], date | Days]], ...] = (
    (r"\+(?P<days>-?\d+)", _Reading.later),
    (
        rf"(?: (?P<before> last | this | next | coming ) [ ] )? {_WEEKDAY} (?: [ ] (?P<behind> last | next | coming ) )?",
        _Reading.weekday,
    ),
    (rf"{_WHICH} [ ] week [ ] {_WEEKDAY}", _Reading.weekday_of_week),
    (rf"{_WEEKDAY} [ ] {_WHICH} [ ] week", _Reading.weekday_of_week),
    (rf"(?: (?: {_WEEKDAY} | \+(?P<days>-?\d+) ) [ ] )? in [ ] {_COUNT}", _Reading.later),
    (rf"{_COUNT} [ ] (?: hence | (?P<ago> ago ) )", _Reading.later),
    (r"(?P<year>\d{4}) ([-/.]) (?P<month>\d{1,2}) \2 (?P<day>\d{1,2})", _Reading.in_month),
    (rf"{_ON} (?P<day>\d{{1,2}}) {_SIGN} (?P<month>\d{{1,2}}) {_WITH_YEAR}", _Reading.in_month),
    (rf"{_ON} {_DAY} [ ] m(?P<month>\d+) {_IN_YEAR}", _Reading.in_month),
    (rf"{_ON} m(?P<month>\d+) [ ] {_DAY} {_IN_YEAR}", _Reading.in_month),
    (rf"{_ON} (?P<day>\d{{1,2}}) (?: e | de | ste | st | nd | rd | th )", _Reading.day_of_month),
    (rf"{_PART} {_WHICH} [ ] week (?P<end>end)?", _Reading.week),
    (r"week [ ] (?P<number>\d{1,2})" + _IN_YEAR, _Reading.numbered_week),
    (rf"{_PART} (?: {_WHICH} [ ] )? month", _Reading.month),
    (rf"{_PART} m(?P<month>\d+) {_IN_YEAR}", _Reading.named_month),
    (r"(?P<year>\d{4})-(?P<month>\d\d)", _Reading.named_month),
    (rf"(?P<year>\d{{4}}) | {_WHICH} [ ] year", _Reading.year),
)
"""The forms in plain words, the first that fits is meant."""
