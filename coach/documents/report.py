"""What looking back gives -> the report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from coach.documents import charts
from coach.documents.html import lines, page, tag, text
from coach.ear.checks import check_name
from coach.insights.fears import Fear, Fears
from coach.insights.first_steps import FirstStep
from coach.insights.labels import (
    comparison_sentence,
    fear_numbers,
    fear_outcome_name,
    field_heading,
    hearing_sentence,
    sessions_count,
    step_outcomes_sentence,
    trend_sentence,
)
from coach.insights.patterns import Patterns
from coach.insights.returning import Pattern, Returning
from coach.insights.tallies import Tally
from coach.insights.trends import Period, periods_between
from coach.insights.visits import Visit
from coach.language import _
from coach.language.dates import month_name, write_day

_NEWEST = 6
_BARS = 12
_PATTERNS, _LINES = 4, 3
_YEARS = 5

_Months = dict[tuple[int, int], dict[int, list[str]]]  # of each month with sessions the kinds of session on each day


class Report(NamedTuple):
    """All that goes into the page; `only` says what it was narrowed to, in words."""

    fears: Fears
    patterns: Patterns
    visits: tuple[Visit, ...]
    only: str = ""


def render_report(report: Report, language: str, today: date) -> str:
    """Return the page."""
    periods = periods_between(report.patterns.times)
    parts = [
        _opening(report),
        *_fears(report.fears),
        *_being_there(report.patterns, periods),
        *_heard(report.patterns, periods),
        *_returning(report.patterns.returning),
        *_helped(report.patterns),
        *_first_steps(report.patterns.first_steps),
        *_calendar(report.visits),
        _closing(today),
    ]
    return page(_("Looking back"), language, "\n".join(parts))


def _opening(report: Report) -> str:
    times = report.patterns.times
    span = (
        f"{write_day(times[0].date())} \N{EN DASH} {write_day(times[-1].date())} · {sessions_count(len(times))}" if times else ""
    )
    only = tag("p", text(report.only), class_="quiet") if report.only else ""
    return tag("header", tag("h1", text(_("Looking back"))), tag("p", text(span), class_="lead quiet"), only)


def _fears(fears: Fears) -> Iterator[str]:
    if not fears.fears:
        return
    yield tag("h2", text(_("What you feared, and what happened")))
    counts = fears.counts
    sentence = " · ".join(f"{fear_outcome_name(outcome)}: {count}" for outcome, count in counts.items() if count)
    yield tag("p", text(sentence), class_="lead")
    if any(counts[outcome] for outcome in ("no", "partly", "yes")):
        dots = tag("figure", charts.fear_dots(fears.fears), tag("figcaption", text(_("Each dot is a fear you wrote down."))))
        comparison = fears.comparison
        caption = tag("figcaption", text(comparison_sentence(comparison))) if comparison else ""
        bars = tag("figure", charts.comparison_bars(comparison), caption) if comparison else ""
        yield tag("div", dots, bars, class_="pair")
    yield tag("h3", text(_("In your own words, newest first")))
    yield from _with_more([_fear(fear) for fear in fears.fears])
    if fears.setbacks:
        yield tag("h3", text(_("What you did not see coming")))
        yield from _with_more([_quotation(one.text, one.started, one.about) for one in fears.setbacks])


def _fear(fear: Fear) -> str:
    outcome = tag("span", text(fear_outcome_name(fear.outcome)), class_=f"outcome {fear.outcome}")
    numbers = (text(f" · {number}") for number in fear_numbers(fear))
    return tag("li", tag("q", lines(fear.fear)), tag("div", outcome, *numbers, class_="small"), _where(fear.started, fear.about))


def _being_there(patterns: Patterns, periods: Sequence[Period]) -> Iterator[str]:
    if not patterns.trends:
        return
    yield tag("h2", text(_("How you were there")))
    figures = (
        tag(
            "figure",
            tag("b", text(field_heading(trend.field))),
            charts.trend_line(trend, periods),
            tag("figcaption", text(trend_sentence(trend, periods))),
        )
        for trend in patterns.trends
    )
    yield tag("div", *figures, class_="pair")


def _heard(patterns: Patterns, periods: Sequence[Period]) -> Iterator[str]:
    figures = [
        tag(
            "figure",
            tag("b", text(field_heading(hearing.field))),
            charts.heard_bars(hearing, periods),
            tag("figcaption", text(hearing_sentence(hearing)), ": ", text(_checks(hearing.checks))),
        )
        for hearing in patterns.hearings
        if hearing.checks
    ]
    if figures:
        yield tag("h2", text(_("What the coach heard over time")))
        yield tag(
            "p",
            text(_("Each bar is all your answers in a period; the filled part is where something was heard.")),
            class_="quiet",
        )
        yield tag("div", *figures, class_="pair")


def _checks(checks: dict[str, int]) -> str:
    return ", ".join(f"{count} \N{MULTIPLICATION SIGN} {check_name(check)}" for check, count in checks.items())


def _returning(returning: Iterable[Returning]) -> Iterator[str]:
    cards = [
        tag("section", tag("h3", text(field_heading(one.field))), tag("ol", *_patterns(one)), class_="card")
        for one in returning
        if one.patterns
    ]
    if cards:
        yield tag("h2", text(_("What keeps coming back")))
        yield tag("div", *cards, class_="cards")


def _patterns(one: Returning) -> Iterator[str]:
    for pattern in one.patterns[:_PATTERNS]:
        count = _("{count} of {sessions}").format(count=len(pattern.ids), sessions=sessions_count(one.sessions))
        yield tag("li", tag("strong", text(pattern.words)), tag("span", text(count), class_="where"), *_evidence(pattern))


def _evidence(pattern: Pattern) -> Iterator[str]:
    if len(pattern.wordings) == 1:
        yield tag("div", ", ".join(_where(line.started, line.about) for line in pattern.lines[:_LINES]), class_="where")
        return
    for line in pattern.wordings[:_LINES]:
        yield tag("div", tag("i", text(line.text)), " ", _where(line.started, line.about))


def _helped(patterns: Patterns) -> Iterator[str]:
    for heading, tallies in ((_("What helped you"), patterns.helped), (_("About"), patterns.abouts), (_("Tags"), patterns.tags)):
        if tallies:
            yield tag("h3" if heading != _("What helped you") else "h2", text(heading))
            yield tag("dl", *_bars(tallies[:_BARS]), class_="bars")


def _bars(tallies: Sequence[Tally]) -> Iterator[str]:
    most = len(tallies[0].ids)
    for tally in tallies:
        count = len(tally.ids)
        bar = tag("i", style=f"width:{100 * count // most}%")
        yield tag("dt", text(tally.label)) + tag("dd", tag("div", bar, class_="bar")) + tag("dd", str(count), class_="small")


def _first_steps(steps: Sequence[FirstStep]) -> Iterator[str]:
    if not steps:
        return
    yield tag("h2", text(_("First small steps")))
    yield tag("p", text(step_outcomes_sentence(steps)), class_="lead")
    if open_ := [step for step in steps if step.outcome == "open"]:
        yield tag("h3", text(_("Still open")))
        yield from _with_more([_quotation(step.text, step.started, step.about) for step in open_])


def _calendar(visits: Sequence[Visit]) -> Iterator[str]:
    if not visits:
        return
    months: _Months = {}
    for visit in visits:
        days = months.setdefault((visit.started.year, visit.started.month), {})
        days.setdefault(visit.started.day, []).append(charts.kind_of(visit.kind))
    yield tag("h2", text(_("Your sessions")))
    for year in range(max(min(months)[0], max(months)[0] - _YEARS + 1), max(months)[0] + 1):
        yield tag("h3", str(year))
        yield tag("ul", *_months_of(year, months), class_="months")
    yield tag("p", *_legends(months), class_="legends quiet small")


def _months_of(year: int, months: _Months) -> Iterator[str]:
    """Yield the months of a year from the first with a session to the last."""
    for month in range(1, 13):
        if min(months) <= (year, month) <= max(months):
            dots = charts.month_dots(year, month, months.get((year, month), {}))
            yield tag("li", tag("span", text(month_name(month)), class_="where"), dots)


def _legends(months: _Months) -> Iterator[str]:
    """Yield the marks that are on the calendar, with their names."""
    names = (
        ("prepare", _("prepared")),
        ("reflect", _("looked back")),
        ("follow-up", _("a few weeks later")),
        ("other", _("another session")),
    )
    marks = {kind for days in months.values() for kinds in days.values() for kind in kinds}
    return (tag("span", charts.kind_mark(kind), text(name)) for kind, name in names if kind in marks)


def _closing(today: date) -> str:
    made = _("Made on {day} from your own logs, on your own computer.").format(day=write_day(today))
    care = _("It holds your own words; think of who may read it before you share it.")
    return tag("footer", text(f"{made} {care}"))


def _quotation(words: str, started: datetime, about: str) -> str:
    return tag("li", tag("q", lines(words)), _where(started, about))


def _where(time: datetime, about: str) -> str:
    day = tag("time", text(write_day(time.date())), datetime=f"{time:%Y-%m-%d}")
    return tag("span", day, text(f" · {about}" if about else ""), class_="where")


def _with_more(items: Sequence[str]) -> Iterator[str]:
    """Yield a list of the newest items, and the others where they open when they are asked for."""
    yield tag("ul", *items[:_NEWEST], class_="said")
    if rest := items[_NEWEST:]:
        yield tag("details", tag("summary", text(_("{count} earlier").format(count=len(rest)))), tag("ul", *rest, class_="said"))
