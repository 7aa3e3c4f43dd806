"""Values -> pictures, as SVG that stands in a page; each tells in words what it shows."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from coach.documents.html import tag, text
from coach.insights.fears import Comparison, Fear, FearOutcome
from coach.insights.labels import (
    fear_outcome_name,
    field_heading,
    hearing_sentence,
    period_name,
    sessions_count,
    trend_sentence,
)
from coach.insights.trends import Hearing, Period, Trend
from coach.language import _
from coach.language.dates import write_month

WIDTH = 360
_LEFT, _RIGHT = 22, 350
_DOT = 8  # the room of one dot
_ABREAST = 3
_HIGHEST = 36  # dots on one number; more, and each stands for several
_SHOWN: tuple[FearOutcome, ...] = ("no", "partly", "yes")
_MOST_POINTS = 600


def fear_dots(fears: Iterable[Fear]) -> str:
    """Return a dot for each fear: across how likely it seemed, in the row of what happened."""
    dots = [(fear.outcome, round(10 * fear.expected)) for fear in fears if fear.expected is not None and fear.outcome in _SHOWN]
    counts, totals = Counter(dots), Counter(outcome for outcome, _number in dots)
    worth = max(1, -(-max(counts.values(), default=0) // _HIGHEST))
    parts: list[str] = []
    top = 0
    for outcome in _SHOWN:
        heights = [-(-counts[outcome, number] // worth) for number in range(11)]
        base = top + 30 + _DOT * max(1, -(-max(heights) // _ABREAST))
        parts.append(_label(_LEFT - 8, top + 16, f"{fear_outcome_name(outcome)} · {totals[outcome]}", "name"))
        parts += [_dots(outcome, number, count, base) for number, count in enumerate(heights)]
        parts.append(_line(_LEFT - 8, base + 2, _RIGHT, base + 2, "axis"))
        top = base + 4
    parts += [_label(_column(number), top + 14, str(number), "tick middle") for number in range(11)]
    parts.append(_label(WIDTH / 2, top + 31, _("how likely you thought it was beforehand, from 0 to 10"), "tick middle"))
    description = ", ".join(f"{fear_outcome_name(outcome)}: {totals[outcome]}" for outcome in _SHOWN)
    if worth > 1:
        description += ". " + _("Each dot stands for {count} fears").format(count=worth)
    return _picture(_("What you feared, and what happened"), description, top + 38, parts)


def comparison_bars(comparison: Comparison) -> str:
    """Return two bars: what was expected, and what happened."""
    parts: list[str] = []
    rows = ((_("expected"), comparison.expected, "expected"), (_("came true"), comparison.happened, "happened"))
    for number, (name, part, kind) in enumerate(rows):
        top = 8 + 44 * number
        parts.append(_label(0, top + 10, f"{name} · {round(100 * part)} %", "name"))
        parts.append(tag("rect", x=0, y=top + 18, width=WIDTH, height=12, rx=6, class_="track"))
        parts.append(tag("rect", x=0, y=top + 18, width=_round(max(12, WIDTH * part)), height=12, rx=6, class_=kind))
    description = _("Expected {expected} %, came true {happened} %").format(
        expected=round(100 * comparison.expected), happened=round(100 * comparison.happened)
    )
    return _picture(_("Expected, and come true"), description, 92, parts)


def trend_line(trend: Trend, periods: Sequence[Period]) -> str:
    """Return a line through the mean of each period, over the numbers themselves."""
    top, bottom = 12, 136
    first, days = periods[0].first_day, (_day_after(periods[-1]) - periods[0].first_day).days

    def across(day: date) -> float:
        return _LEFT + 8 + (_RIGHT - _LEFT - 16) * (day - first).days / days

    def up(value: float) -> float:
        return bottom - (bottom - top) * value / 10

    parts = [_grid(value, up(value)) for value in (0, 5, 10)]
    if len(trend.points) <= _MOST_POINTS:
        places = ((across(point.started.date()), up(point.value)) for point in trend.points)
        parts += [tag("circle", cx=_round(x), cy=_round(y), r=1.8, class_=f"point {trend.field}") for x, y in places]
    means = [
        (across(period.first_day + (_day_after(period) - period.first_day) / 2), up(mean))
        for period, mean in zip(periods, trend.means(periods), strict=True)
        if mean is not None
    ]
    parts.append(tag("polyline", points=" ".join(f"{_round(x)},{_round(y)}" for x, y in means), class_=f"trend {trend.field}"))
    parts.append(tag("circle", cx=_round(means[-1][0]), cy=_round(means[-1][1]), r=3.5, class_=f"end {trend.field}"))
    parts += _span(periods, bottom + 20)
    return _picture(field_heading(trend.field), trend_sentence(trend, periods), bottom + 28, parts)


def heard_bars(hearing: Hearing, periods: Sequence[Period]) -> str:
    """Return a bar for each period, as high as there were answers, filled as far as something was heard."""
    top, bottom = 12, 116
    counts = hearing.counts(periods)
    most = max((answers for _remarks, answers in counts), default=0) or 1
    room = (_RIGHT - _LEFT) / len(periods)
    wide = min(24.0, 0.7 * room)
    parts = [_grid(value, bottom - (bottom - top) * value / most) for value in dict.fromkeys((0, most))]
    for number, (remarks, answers) in enumerate(counts):
        x = _LEFT + room * (number + 0.5) - wide / 2
        for count, kind in ((answers, "given"), (remarks, "heard")):
            high = (bottom - top) * count / most
            if count:
                parts.append(
                    tag("rect", x=_round(x), y=_round(bottom - high), width=_round(wide), height=_round(high), rx=2, class_=kind)
                )
    parts += _span(periods, bottom + 20)
    return _picture(field_heading(hearing.field), hearing_sentence(hearing), bottom + 28, parts)


def month_dots(year: int, month: int, kinds: dict[int, list[str]]) -> str:
    """Return the days of a month, week under week; a day with a session has a mark of its kind."""
    first, days = monthrange(year, month)
    parts: list[str] = []
    for day in range(1, days + 1):
        x, y = 8 + 14 * ((first + day - 1) % 7), 8 + 13 * ((first + day - 1) // 7)
        marks = kinds.get(day, [])
        if not marks:
            parts.append(tag("circle", cx=x, cy=y, r=1.2, class_="day"))
        parts += [_mark(kind, x, y) for kind in sorted(set(marks), key=_KINDS.index)]
    count = sum(map(len, kinds.values()))
    title = f"{write_month(year, month)}: {sessions_count(count)}"
    return tag("svg", tag("title", text(title)), *parts, viewBox="0 0 100 82", role="img")


def kind_mark(kind: str) -> str:
    """Return the mark of a kind of session, for a legend."""
    return tag("svg", _mark(kind, 7, 7), viewBox="0 0 14 14", class_="legend", aria_hidden="true")


_KINDS = ("prepare", "reflect", "follow-up", "other")


def kind_of(kind: str) -> str:
    """Return the kind by which a session is marked."""
    return kind if kind in _KINDS else "other"


def _mark(kind: str, x: float, y: float) -> str:
    match kind:
        case "prepare":
            return tag("circle", cx=x, cy=y, r=4.2, class_="mark prepare")
        case "reflect":
            return tag("circle", cx=x, cy=y, r=2.6, class_="mark reflect")
        case "follow-up":
            return tag("rect", x=x - 3.4, y=y - 3.4, width=6.8, height=6.8, rx=1, class_="mark follow-up")
        case _:
            return tag("path", d=f"M{x} {y - 4.4}l4 7h-8z", class_="mark other")


def _dots(outcome: FearOutcome, number: int, count: int, base: float) -> str:
    wide = min(count, _ABREAST)
    places = (
        (_column(number) + _DOT * (place % _ABREAST - (wide - 1) / 2), base - 4 - _DOT * (place // _ABREAST))
        for place in range(count)
    )
    return "".join(tag("circle", cx=_round(x), cy=_round(y), r=3.2, class_=f"fear {outcome}") for x, y in places)


def _column(number: int) -> float:
    return _LEFT + 6 + 31.5 * number


def _grid(value: int, y: float) -> str:
    return _line(_LEFT, y, _RIGHT, y, "axis") + _label(_LEFT - 6, y + 4, str(value), "tick end")


def _span(periods: Sequence[Period], y: float) -> list[str]:
    ends = [_label(_LEFT, y, period_name(periods[0]), "tick")]
    return ends if len(periods) == 1 else [*ends, _label(_RIGHT, y, period_name(periods[-1]), "tick end")]


def _day_after(period: Period) -> date:
    months = {"month": 1, "quarter": 3, "year": 12}[period.unit]
    month = period.first_day.month - 1 + months
    return date(period.year + month // 12, month % 12 + 1, 1)


def _label(x: float, y: float, words: str, kind: str) -> str:
    return tag("text", text(words), x=_round(x), y=_round(y), class_=kind)


def _line(x: float, y: float, to_x: float, to_y: float, kind: str) -> str:
    return tag("line", x1=_round(x), y1=_round(y), x2=_round(to_x), y2=_round(to_y), class_=kind)


def _round(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def _picture(title: str, description: str, height: float, parts: Iterable[str]) -> str:
    head = (tag("title", text(title)), tag("desc", text(description)))
    return tag("svg", *head, *parts, viewBox=f"0 0 {WIDTH} {_round(height)}", role="img", aria_label=f"{title}. {description}")
