"""What looking back gives -> what is seen in the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import groupby

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from coach.ear.checks import check_name
from coach.insights.excerpt import around
from coach.insights.fears import Fear, Fears
from coach.insights.first_steps import FirstStep
from coach.insights.labels import (
    comparison_sentence,
    fear_numbers,
    fear_outcome_name,
    field_heading,
    hearing_sentence,
    period_name,
    sessions_count,
    step_outcomes_sentence,
    trend_sentence,
)
from coach.insights.patterns import Patterns
from coach.insights.returning import Pattern
from coach.insights.search import Hit
from coach.insights.tallies import Tally
from coach.insights.trends import Hearing, Period, Trend, periods_between
from coach.language import _
from coach.language.dates import write_day
from coach.logs.session import title_of
from coach.terminal.theme import OWN_WORDS, QUIET, SECTION, STRONG, readable, words
from coach.text import visible

_MARK = "bold yellow"
_BAR = 30
_TALLIES = 8
_LEVELS = "▁▂▃▄▅▆▇█"
_HIGHEST = 10  # of a scale


def hits_page(hits: Iterable[Hit]) -> RenderableType:
    """Return the lines that were found, under their session and their question."""
    parts: list[RenderableType] = []
    for session, session_hits in groupby(hits, key=lambda hit: hit.session):
        parts += [Text(), _head(session.started.date(), title_of(session), session.id)]
        for question, question_hits in groupby(session_hits, key=lambda hit: hit.question):
            if question:
                parts.append(_indented(words(question, QUIET), 2))
            parts += [_indented(_marked(hit), 4 if question else 2) for hit in question_hits]
    return readable(Group(*parts[1:]))


def fears_page(fears: Fears, limit: int) -> RenderableType:
    """Return what was feared and what happened, the newest `limit` in the person's own words; 0 is all."""
    most = max(fears.counts.values())
    parts: list[RenderableType] = [Text(_("What you feared, and what happened"), STRONG), Text()]
    parts += [_bar(fear_outcome_name(outcome), count, most) for outcome, count in fears.counts.items()]
    if fears.comparison:
        parts += [Text(), Text(comparison_sentence(fears.comparison))]
    parts += [Text(), Text(_("Newest first"), SECTION)]
    for fear in fears.fears[: limit or None]:
        parts += _fear(fear)
    if fears.setbacks:
        parts += [Text(), Text(_("What you did not see coming"), SECTION)]
        parts += [_dated(one.started, one.text, one.about) for one in fears.setbacks[: limit or None]]
    return readable(Group(*parts))


def patterns_page(patterns: Patterns, most: int, lines: int) -> RenderableType:
    """Return what keeps coming back: of each question the `most` patterns, with their newest `lines`; 0 is all."""
    periods = periods_between(patterns.times)
    parts: list[RenderableType] = [Text(_("What keeps coming back"), STRONG)]
    for one in patterns.returning:
        if one.patterns:
            parts += [Text(), Text(field_heading(one.field), SECTION)]
            for pattern in one.patterns[: most or None]:
                parts += _pattern(pattern, one.sessions, lines)
    for heading, tallies in ((_("What helped you"), patterns.helped), (_("Tags"), patterns.tags), (_("About"), patterns.abouts)):
        if tallies:
            parts += [Text(), Text(heading, SECTION), *_tallies(tallies, most)]
    for trend in patterns.trends:
        parts += [Text(), Text(field_heading(trend.field), SECTION), *_trend(trend, periods)]
    for hearing in patterns.hearings:
        if hearing.checks:
            parts += [Text(), Text(field_heading(hearing.field), SECTION), *_hearing(hearing, periods)]
    if patterns.first_steps:
        parts += [Text(), Text(_("First small steps"), SECTION), *_first_steps(patterns.first_steps, most)]
    return readable(Group(*parts))


def sparkline(values: Sequence[float | None], highest: float) -> str:
    """Return one character a value, as high as it is; a space where there is none."""
    return "".join(
        " " if value is None else _LEVELS[min(len(_LEVELS) - 1, round(value / highest * (len(_LEVELS) - 1)))] for value in values
    )


def _fear(fear: Fear) -> list[RenderableType]:
    return [
        Text(),
        _head(fear.started.date(), fear.about, ""),
        _indented(words(fear.fear, OWN_WORDS), 2),
        _indented(Text(" · ".join((fear_outcome_name(fear.outcome), *fear_numbers(fear))), QUIET), 2),
    ]


def _pattern(pattern: Pattern, sessions: int, lines: int) -> Iterator[RenderableType]:
    count = _("{count} of {sessions}").format(count=len(pattern.ids), sessions=sessions_count(sessions))
    yield _indented(Text.assemble((visible(pattern.words), STRONG), "  ", (count, QUIET)), 2)
    shown = pattern.lines if not lines or len(pattern.wordings) == 1 else pattern.wordings
    for line in shown[: lines or None]:
        yield _dated(line.started, "" if line.text == pattern.words else line.text, line.about)


def _dated(started: datetime, text: str, about: str) -> RenderableType:
    line = Text(f"{started:%Y-%m-%d}", QUIET)
    if text:
        line.append("  ").append(visible(text), OWN_WORDS)
    return _indented(line.append(f"  {visible(about)}" if about else "", QUIET), 4)


def _tallies(tallies: Sequence[Tally], most: int) -> list[RenderableType]:
    highest = len(tallies[0].ids)
    return [_bar(tally.label, len(tally.ids), highest) for tally in tallies[: (most and _TALLIES) or None]]


def _trend(trend: Trend, periods: Sequence[Period]) -> Iterator[RenderableType]:
    yield _indented(Text.assemble((sparkline(trend.means(periods), _HIGHEST), STRONG), "  ", trend_sentence(trend, periods)), 2)


def _hearing(hearing: Hearing, periods: Sequence[Period]) -> Iterator[RenderableType]:
    shares = [remarks / answers if answers else None for remarks, answers in hearing.counts(periods)]
    yield _indented(Text.assemble((sparkline(shares, 1), STRONG), "  ", hearing_sentence(hearing)), 2)
    checks = ", ".join(f"{count} \N{MULTIPLICATION SIGN} {check_name(check)}" for check, count in hearing.checks.items())
    span = f"{period_name(periods[0])} - {period_name(periods[-1])}"
    yield _indented(Text(f"{span}: {checks}", QUIET), 2)


def _first_steps(steps: Sequence[FirstStep], most: int) -> Iterator[RenderableType]:
    yield _indented(Text(step_outcomes_sentence(steps)), 2)
    for step in [step for step in steps if step.outcome == "open"][: most or None]:
        yield _dated(step.started, step.text, step.about)


def _head(day: date, about: str, id_: str) -> RenderableType:
    return Text.assemble((write_day(day), STRONG), "  ", visible(about), (f"  {id_}" if id_ else "", QUIET))


def _marked(found: Hit) -> Text:
    line = Text()
    hit = around(found)
    reached = 0
    for start, end in hit.spans:
        line.append(visible(hit.line[reached : max(start, reached)]))
        line.append(visible(hit.line[max(start, reached) : end]), _MARK)
        reached = max(end, reached)
    return line.append(visible(hit.line[reached:]))


def _indented(text: RenderableType, cells: int) -> RenderableType:
    return Padding.indent(text, cells)


def _bar(label: str, count: int, most: int) -> RenderableType:
    name = Text(visible(label))
    name.truncate(34, overflow="ellipsis", pad=True)
    bar = "█" * max(1, round(_BAR * count / most)) if count else ""
    return Text.assemble("  ", name, f"{count:>6}  ", (bar, SECTION), overflow="crop", no_wrap=True)
