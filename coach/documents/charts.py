"""Values -> figures, as SVG that stands in a page; each tells in words what it shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from coach.documents.html import tag, text
from coach.insights.efforts import Effort
from coach.insights.fears import Comparison, Fear, FearOutcome
from coach.insights.labels import (
    comparison_sentence,
    efforts_sentence,
    fear_outcome_name,
    field_heading,
    trend_sentence,
    write_mean,
)
from coach.insights.trends import Period, Point, Trend, period_of
from coach.language import _
from coach.language.dates import write_day

_WIDTH = 360
_LEFT, _RIGHT = 22, 350
_DOT = 8  # the room of one dot
_ABREAST = 3
_HIGHEST = 36  # dots on one number; more, and each stands for several
_SHOWN: tuple[FearOutcome, ...] = ("no", "partly", "yes")
_TOP, _BOTTOM = 18, 142  # of a scale from 10 to 0
_FIRST, _LAST = 34, 322  # of a line
_FEW = 12  # points that stand beside one another, each with its number
_MOST_POINTS = 600
_CONVERSATIONS = 8
_NONE, _ALL = 140, 328  # of a scale from 0 to 10 behind a day


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
    parts.append(_label(_WIDTH / 2, top + 31, _("how likely you thought it was beforehand, from 0 to 10"), "tick middle"))
    description = ", ".join(f"{fear_outcome_name(outcome)}: {totals[outcome]}" for outcome in _SHOWN)
    caption = _("Each dot is a fear you wrote down.")
    if worth > 1:
        caption = _("Each dot stands for {count} fears").format(count=worth)
    return _figure("", _picture(_("What you feared, and what happened"), description, top + 38, parts), text(caption))


def comparison_bars(comparison: Comparison) -> str:
    """Return two bars: what was expected, and what happened."""
    parts: list[str] = []
    rows = ((_("expected"), comparison.expected, "expected"), (_("came true"), comparison.happened, "happened"))
    for number, (name, part, kind) in enumerate(rows):
        top = 8 + 44 * number
        parts.append(_label(0, top + 10, f"{name} · {round(100 * part)} %", "name"))
        parts.append(tag("rect", x=0, y=top + 18, width=_WIDTH, height=12, rx=6, class_="track"))
        parts.append(tag("rect", x=0, y=top + 18, width=_round(max(12, _WIDTH * part)), height=12, rx=6, class_=kind))
    description = _("Expected {expected} %, came true {happened} %").format(
        expected=round(100 * comparison.expected), happened=round(100 * comparison.happened)
    )
    return _figure("", _picture(_("Expected, and come true"), description, 92, parts), text(comparison_sentence(comparison)))


def trend_line(trend: Trend, periods: Sequence[Period]) -> str:
    """Return a line through the numbers themselves where they are few, else through the mean of each period."""
    parts = [part for value in (0, 5, 10) for part in (_line(_LEFT, _up(value), _RIGHT, _up(value), "axis"), _tick(value))]
    parts += _each(trend) if len(trend.points) <= _FEW else _means(trend, periods)
    first, last = (trend.points[place].started.date() for place in (0, -1))
    parts.append(_label(_LEFT, _BOTTOM + 20, write_day(first), "tick"))
    if first != last:
        parts.append(_label(_RIGHT, _BOTTOM + 20, write_day(last), "tick end"))
    heading, sentence = field_heading(trend.field), trend_sentence(trend, periods)
    return _figure(heading, _picture(heading, sentence, _BOTTOM + 28, parts), text(sentence))


def effort_pairs(efforts: Sequence[Effort]) -> str:
    """Return of the last conversations the effort that was expected and the one that there was, on one line."""
    shown = efforts[:_CONVERSATIONS]
    has_years = len({effort.started.year for effort in shown}) > 1
    parts = [part for row, effort in enumerate(shown) for part in _pair(effort, 18 + 26 * row, year=has_years)]
    sentence = efforts_sentence(efforts)
    if len(shown) < len(efforts):
        sentence += " " + _("These are the last {count} conversations.").format(count=len(shown))
    heading = _("How hard you expected to work, and how hard it was")
    legends = (_legend("was", _("it was")), _legend("awaited", _("expected")))
    caption = tag("span", *legends, class_="legends") + text(sentence)
    return _figure(heading, _picture(heading, sentence, 12 + 26 * len(shown), parts), caption)


def _dots(outcome: FearOutcome, number: int, count: int, base: float) -> str:
    wide = min(count, _ABREAST)
    places = (
        (_column(number) + _DOT * (place % _ABREAST - (wide - 1) / 2), base - 4 - _DOT * (place // _ABREAST))
        for place in range(count)
    )
    return "".join(_dot(x, y, 3.2, f"fear {outcome}") for x, y in places)


def _column(number: int) -> float:
    return _LEFT + 6 + 31.5 * number


def _each(trend: Trend) -> Iterator[str]:
    """Yield the numbers at equal distances, so that two of one day stand apart too."""
    values = [point.value for point in trend.points]
    step = (_LAST - _FIRST) / max(1, len(values) - 1)
    places = [(_FIRST + step * place, _up(value)) for place, value in enumerate(values)]
    yield _polyline(places, trend.field)
    for place, ((x, y), value) in enumerate(zip(places, values, strict=True)):
        beside = values[max(0, place - 1) : place + 2]
        is_low = value == min(beside) != max(beside) and y < _up(1)
        yield _dot(x, y, 3.5, trend.field)
        yield _label(x, y + 17 if is_low else y - 8, str(value), "value middle")


def _means(trend: Trend, periods: Sequence[Period]) -> Iterator[str]:
    """Yield the points as far as they can be told apart, and a line through the means, each amid the days it is a mean of."""
    across = _across(trend.points)
    if len(trend.points) <= _MOST_POINTS:
        yield from (_dot(across(point.started.date()), _up(point.value), 1.8, f"point {trend.field}") for point in trend.points)
    days: dict[Period, list[float]] = {}
    for point in trend.points:
        days.setdefault(period_of(point.started, periods[0].unit), []).append(across(point.started.date()))
    means = [
        (sum(days[period]) / len(days[period]), mean)
        for period, mean in zip(periods, trend.means(periods), strict=True)
        if mean is not None
    ]
    last = means[-1][1]
    ends = [(_FIRST, last), (_LAST, last)] if len(means) == 1 else means  # one mean is a line along its points
    yield _polyline([(x, _up(mean)) for x, mean in ends], trend.field)
    x, y = ends[-1][0], _up(last)
    yield _dot(x, y, 3.5, trend.field)
    yield _label(x + 7, y + 4, write_mean(last), "value")


def _across(points: Sequence[Point]) -> Callable[[date], float]:
    first, last = points[0].started.date(), points[-1].started.date()
    days = (last - first).days
    if not days:
        return lambda _day: (_FIRST + _LAST) / 2
    return lambda day: _FIRST + (_LAST - _FIRST) * (day - first).days / days


def _up(value: float) -> float:
    return _BOTTOM - (_BOTTOM - _TOP) * value / 10


def _tick(value: int) -> str:
    return _label(_LEFT - 6, _up(value) + 4, str(value), "tick end")


def _pair(effort: Effort, y: float, *, year: bool) -> Iterator[str]:
    expected, actual = (_NONE + (_ALL - _NONE) * number / 10 for number in (effort.expected, effort.actual))
    yield _label(0, y + 4, write_day(effort.started.date(), year=year), "tick")
    yield _line(_NONE, y, _ALL, y, "axis")
    yield _line(expected, y, actual, y, "between")
    yield _dot(expected, y, 4.5, "awaited")
    yield _dot(actual, y, 3 if expected == actual else 4.5, "was")
    low, high = sorted((effort.expected, effort.actual))
    if low != high:
        yield _label(min(expected, actual) - 9, y + 4, str(low), "value end")
    yield _label(max(expected, actual) + 9, y + 4, str(high), "value")


def _legend(kind: str, name: str) -> str:
    return tag("span", tag("svg", _dot(7, 7, 4.5, kind), viewBox="0 0 14 14", class_="legend", aria_hidden="true"), text(name))


def _polyline(places: Iterable[tuple[float, float]], field: str) -> str:
    return tag("polyline", points=" ".join(f"{_round(x)},{_round(y)}" for x, y in places), class_=f"trend {field}")


def _dot(x: float, y: float, radius: float, kind: str) -> str:
    return tag("circle", cx=_round(x), cy=_round(y), r=radius, class_=kind)


def _label(x: float, y: float, words: str, kind: str) -> str:
    return tag("text", text(words), x=_round(x), y=_round(y), class_=kind)


def _line(x: float, y: float, to_x: float, to_y: float, kind: str) -> str:
    return tag("line", x1=_round(x), y1=_round(y), x2=_round(to_x), y2=_round(to_y), class_=kind)


def _round(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def _figure(heading: str, picture: str, caption: str) -> str:
    return tag("figure", heading and tag("b", text(heading)), picture, tag("figcaption", caption))


def _picture(title: str, description: str, height: float, parts: Iterable[str]) -> str:
    head = (tag("title", text(title)), tag("desc", text(description)))
    return tag("svg", *head, *parts, viewBox=f"0 0 {_WIDTH} {_round(height)}", role="img", aria_label=f"{title}. {description}")
