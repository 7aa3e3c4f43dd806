"""What changes over time: numbers on a scale, and how often something was heard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Literal, NamedTuple

from coach.insights.answers import number_of
from coach.insights.collect import MOMENT
from coach.logs.session import Session

Unit = Literal["month", "quarter", "year"]
_MONTHS_TO_SHOW_MONTHS = 14
_MONTHS_TO_SHOW_QUARTERS = 60
_NUMBERS = ("effort", "presence")
_LISTENED = ("honest_question", "acknowledgement")


class Period(NamedTuple):
    """A month, a quarter or a year; it sorts by time."""

    year: int
    number: int
    unit: Unit


class Point(NamedTuple):
    """A number that was given in a session."""

    id: str
    started: datetime
    value: int


class Trend(NamedTuple):
    """The numbers given to one question, oldest first."""

    field: str
    points: tuple[Point, ...]

    def means(self, periods: Sequence[Period]) -> tuple[float | None, ...]:
        """Return the mean of each period; None where nothing was said."""
        unit = periods[0].unit if periods else "month"
        sums: Counter[Period] = Counter()
        counts: Counter[Period] = Counter()
        for point in self.points:
            period = period_of(point.started, unit)
            sums[period] += point.value
            counts[period] += 1
        return tuple(sums[period] / counts[period] if counts[period] else None for period in periods)


class HeardAnswer(NamedTuple):
    """An answer that the coach listened to, and the checks that it made a remark on."""

    id: str
    started: datetime
    checks: tuple[str, ...]


class Hearing(NamedTuple):
    """What was heard in the answers to one question, oldest first."""

    field: str
    answers: tuple[HeardAnswer, ...]

    @property
    def checks(self) -> dict[str, int]:
        """How often each check was heard, most often first."""
        return dict(Counter(check for answer in self.answers for check in answer.checks).most_common())

    @property
    def remarks(self) -> int:
        """In how many answers something was heard."""
        return sum(1 for answer in self.answers if answer.checks)

    def counts(self, periods: Sequence[Period]) -> tuple[tuple[int, int], ...]:
        """Return for each period in how many answers something was heard, and how many there were."""
        unit = periods[0].unit if periods else "month"
        remarks = Counter(period_of(answer.started, unit) for answer in self.answers if answer.checks)
        answers = Counter(period_of(answer.started, unit) for answer in self.answers)
        return tuple((remarks[period], answers[period]) for period in periods)


class TrendCollector:
    """Collects the numbers on a scale."""

    ids = frozenset(_NUMBERS)

    def __init__(self) -> None:
        self._points: dict[str, list[Point]] = {name: [] for name in _NUMBERS}

    def add(self, session: Session, *, counts: bool) -> None:
        """Take the numbers of a session."""
        if counts:
            for exchange in session.exchanges:
                if exchange.id in self._points and (number := number_of(exchange)) is not None:
                    self._points[exchange.id].append(Point(session.id, session.started, number))

    def result(self) -> tuple[Trend, ...]:
        """Return the trend of each question that numbers were given to."""
        return tuple(Trend(name, tuple(sorted(points, key=MOMENT))) for name, points in self._points.items() if points)


class HearingCollector:
    """Collects what the coach heard."""

    ids = frozenset(_LISTENED)

    def __init__(self) -> None:
        self._answers: dict[str, list[HeardAnswer]] = {name: [] for name in _LISTENED}

    def add(self, session: Session, *, counts: bool) -> None:
        """Take what was heard in the answers of a session."""
        if counts:
            for exchange in session.exchanges:
                if exchange.id in self._answers and exchange.answered:
                    self._answers[exchange.id].append(HeardAnswer(session.id, session.started, exchange.heard))

    def result(self) -> tuple[Hearing, ...]:
        """Return what was heard in the answers to each question that was answered."""
        return tuple(Hearing(name, tuple(sorted(answers, key=MOMENT))) for name, answers in self._answers.items() if answers)


def periods_between(times: Iterable[datetime]) -> tuple[Period, ...]:
    """Return the periods from the first time to the last: months, or quarters or years where there are too many."""
    months = sorted({12 * time.year + time.month - 1 for time in times})
    if not months:
        return ()
    span = months[-1] - months[0] + 1
    unit: Unit = "month" if span <= _MONTHS_TO_SHOW_MONTHS else "quarter" if span <= _MONTHS_TO_SHOW_QUARTERS else "year"
    between = (_period(month // 12, month % 12 + 1, unit) for month in range(months[0], months[-1] + 1))
    return tuple(dict.fromkeys(between))


def period_of(time: datetime, unit: Unit) -> Period:
    """Return the period in which a time lies."""
    return _period(time.year, time.month, unit)


def _period(year: int, month: int, unit: Unit) -> Period:
    return Period(year, {"month": month, "quarter": (month + 2) // 3, "year": 1}[unit], unit)
