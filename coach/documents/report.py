"""What looking back gives -> the report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from coach.documents import charts
from coach.documents.html import page, tag, text
from coach.documents.months import calendar
from coach.documents.quotations import fears_list, quotations, steps_list, thoughts_list, where, with_more
from coach.insights.efforts import Effort
from coach.insights.experience import fears_sentence
from coach.insights.fears import ENOUGH, Fears
from coach.insights.first_steps import FirstStep
from coach.insights.labels import (
    effort_sentence,
    field_heading,
    points_sentence,
    sessions_count,
    step_outcomes_sentence,
    words_heading,
)
from coach.insights.patterns import Patterns
from coach.insights.returning import Pattern, Returning
from coach.insights.tallies import Tally
from coach.insights.trends import periods_between
from coach.insights.visits import Visit
from coach.language import _
from coach.language.dates import write_day

_BARS = 12
_PATTERNS, _LINES = 4, 3


class Report(NamedTuple):
    """All that goes into the page; `only` says what it was narrowed to, in words."""

    fears: Fears
    patterns: Patterns
    visits: tuple[Visit, ...]
    only: str = ""


def render_report(report: Report, language: str, today: date) -> str:
    """Return the page."""
    parts = [_opening(report)]
    for heading, section in _sections(report):
        if shown := list(section):
            parts += [tag("h2", text(heading)), *shown]
    return page(_("Looking back"), language, "\n".join((*parts, _closing(today))))


def _sections(report: Report) -> Iterator[tuple[str, Iterable[str]]]:
    """Yield the parts of the page with their headings, also those in which nothing is."""
    fears, patterns = report.fears, report.patterns
    own = patterns.own_words
    yield _("How your thinking changed"), thoughts_list(patterns.thoughts)
    yield _("What you feared, and what happened"), _fears(fears)
    yield _("What was harder than you had thought"), quotations(fears.setbacks)
    for field in ("question", "loosened"):
        yield words_heading(field), quotations(own.get(field, ()))
    yield _("What helped you"), _tally(patterns.helped)
    for field in ("helped", "not_yours", "learned"):
        yield words_heading(field), quotations(own.get(field, ()))
    yield _("How you were there"), _being_there(patterns)
    yield _("What keeps coming back"), _returning(patterns.returning)
    yield _("First small steps"), _first_steps(patterns.first_steps)
    yield words_heading("purpose"), quotations(own.get("purpose", ()))
    yield _("Your sessions"), _your_sessions(report)


def _opening(report: Report) -> str:
    span = tag("p", text(" · ".join(_span(report))), class_="lead quiet")
    only = tag("p", text(report.only), class_="quiet") if report.only else ""
    return tag("header", tag("h1", text(_("Looking back"))), span, only)


def _span(report: Report) -> Iterator[str]:
    """Yield from which day to which, and how many sessions."""
    if times := report.patterns.times:
        first, last = times[0].date(), times[-1].date()
        begin = f"{write_day(first, year=first.year != last.year)} \N{EN DASH} " if first != last else ""
        yield begin + write_day(last)
        yield sessions_count(len(times))


def _fears(fears: Fears) -> Iterator[str]:
    if sentence := fears_sentence(fears):
        yield tag("p", text(sentence), class_="lead")
    if comparison := fears.comparison:
        yield tag("div", charts.fear_dots(fears.fears), charts.comparison_bars(comparison), class_="pair")
    yield from fears_list(fears.fears)


def _being_there(patterns: Patterns) -> Iterator[str]:
    """Yield figures of what there is enough of, and the rest in words."""
    periods, efforts = periods_between(patterns.times), patterns.efforts
    figures = [charts.trend_line(trend, periods) for trend in patterns.trends if len(trend.points) >= ENOUGH]
    if len(efforts) >= ENOUGH:
        figures.append(charts.effort_pairs(efforts))
    if figures:
        yield tag("div", *figures, class_="pair")
    for trend in patterns.trends:
        if len(trend.points) < ENOUGH:
            yield tag("h3", text(field_heading(trend.field))) + tag("p", text(points_sentence(trend)))
    if 0 < len(efforts) < ENOUGH:
        yield tag("h3", text(_("How hard you expected to work, and how hard it was")))
        yield from with_more([_effort(effort) for effort in efforts])


def _effort(effort: Effort) -> str:
    return tag("li", tag("div", text(effort_sentence(effort))), where(effort.started, effort.about))


def _returning(returning: Iterable[Returning]) -> Iterator[str]:
    cards = [
        tag("section", tag("h3", text(field_heading(one.field))), tag("ol", *_patterns(one)), class_="card")
        for one in returning
        if one.patterns
    ]
    if cards:
        yield tag("div", *cards, class_="cards")


def _patterns(one: Returning) -> Iterator[str]:
    for pattern in one.patterns[:_PATTERNS]:
        count = _("{count} of {sessions}").format(count=len(pattern.ids), sessions=sessions_count(one.sessions))
        yield tag("li", tag("strong", text(pattern.words)), tag("span", text(count), class_="where"), *_evidence(pattern))


def _evidence(pattern: Pattern) -> Iterator[str]:
    if len(pattern.wordings) == 1:
        yield tag("div", ", ".join(where(line.started, line.about) for line in pattern.lines[:_LINES]), class_="where")
        return
    for line in pattern.wordings[:_LINES]:
        yield tag("div", tag("i", text(line.text)), " ", where(line.started, line.about))


def _tally(tallies: Sequence[Tally]) -> Iterator[str]:
    """Yield bars where there is enough to compare, else words."""
    shown = tallies[:_BARS]
    if len(shown) > 1 and len(shown[0].ids) >= ENOUGH:
        yield tag("dl", *_bars(shown), class_="bars")
    elif shown:
        counts = ((tally.label, len(tally.ids)) for tally in shown)
        yield tag("p", text(" · ".join(f"{label} ({count})" if count > 1 else label for label, count in counts)))


def _bars(tallies: Sequence[Tally]) -> Iterator[str]:
    most = len(tallies[0].ids)
    for tally in tallies:
        count = len(tally.ids)
        bar = tag("i", style=f"width:{100 * count // most}%")
        yield tag("dt", text(tally.label)) + tag("dd", tag("div", bar, class_="bar")) + tag("dd", str(count), class_="small")


def _first_steps(steps: Sequence[FirstStep]) -> Iterator[str]:
    if len({step.outcome for step in steps}) > 1:
        yield tag("p", text(step_outcomes_sentence(steps)), class_="lead")
    groups = ((_("Still open"), ("open",)), (_("Taken"), ("yes",)), (_("Taken in part"), ("partly",)), (_("Let go"), ("let_go",)))
    for heading, outcomes in groups:
        if group := [step for step in steps if step.outcome in outcomes]:
            yield tag("h3", text(heading))
            yield from steps_list(group)


def _your_sessions(report: Report) -> Iterator[str]:
    yield from calendar(report.visits)
    for heading, tallies in ((_("About"), report.patterns.abouts), (_("Tags"), report.patterns.tags)):
        if tallies:
            yield tag("h3", text(heading))
            yield from _tally(tallies)


def _closing(today: date) -> str:
    made = _("Made on {day} from your own logs, on your own computer.").format(day=write_day(today))
    care = _("It holds your own words; think of who may read it before you share it.")
    return tag("footer", text(f"{made} {care}"))
