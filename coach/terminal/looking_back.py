"""What looking back gives -> what is seen in the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.text import Text

from coach.insights.efforts import Effort
from coach.insights.fears import ENOUGH, Fear, Fears
from coach.insights.first_steps import FirstStep
from coach.insights.labels import (
    comparison_sentence,
    effort_sentence,
    efforts_sentence,
    fear_numbers,
    fear_outcome_name,
    field_heading,
    points_sentence,
    sessions_count,
    step_outcomes_sentence,
    thought_times,
    trend_sentence,
    words_heading,
)
from coach.insights.own_words import Words
from coach.insights.patterns import Patterns
from coach.insights.returning import Pattern
from coach.insights.tallies import Tally
from coach.insights.thoughts import Thought
from coach.insights.trends import Period, Trend, periods_between
from coach.language import _
from coach.terminal.lines import cells, shortened
from coach.terminal.theme import OWN_WORDS, SECTION, STRONG, dated, indented, readable, words
from coach.text import visible

_BAR, _LABEL, _COUNT, _LEAST = 30, 34, 10, 8  # columns
_TALLIES = 8
_LEVELS = "▁▂▃▄▅▆▇█"
_HIGHEST = 10  # of a scale


def fears_page(fears: Fears, limit: int) -> RenderableType:
    """Return what was feared and what happened, the newest `limit` in the person's own words; 0 is all."""
    parts: list[RenderableType] = [Text(_("What you feared, and what happened"), STRONG)]
    if fears.are_enough:
        most = max(fears.counts.values())
        parts += [Text(), *(_Bar(fear_outcome_name(outcome), count, most) for outcome, count in fears.counts.items())]
    if fears.comparison:
        parts += [Text(), Text(comparison_sentence(fears.comparison))]
    if len(fears.fears) > 1:
        parts += [Text(), Text(_("Newest first"), SECTION)]
    for fear in fears.fears[: limit or None]:
        parts += _fear(fear)
    if fears.setbacks:
        parts += [Text(), Text(_("What was harder than you had thought"), SECTION)]
        parts += [_dated(one.started, one.text, one.about) for one in fears.setbacks[: limit or None]]
    return readable(Group(*parts))


def patterns_page(patterns: Patterns, most: int, lines: int) -> RenderableType:
    """Return what keeps coming back: of each question the `most` patterns, with their newest `lines`; 0 is all."""
    title = _("What keeps coming back") if len(patterns.times) >= ENOUGH else _("What you have written so far")
    parts: list[RenderableType] = [Text(title, STRONG)]
    for heading, section in _sections(patterns, most, lines):
        if shown := list(section):
            parts += [Text(), Text(heading, SECTION), *shown]
    return readable(Group(*parts))


def _sections(patterns: Patterns, most: int, lines: int) -> Iterator[tuple[str, Iterable[RenderableType]]]:
    """Yield the parts of the page with their headings, also those in which nothing is."""
    periods, own = periods_between(patterns.times), patterns.own_words
    yield _("How your thinking changed"), (line for one in patterns.thoughts[: most or None] for line in _thought(one))
    for field in ("question", "loosened"):
        yield words_heading(field), _own_words(own.get(field, ()), most)
    for one in patterns.returning:
        shown = one.patterns[: most or None]
        returning = (line for pattern in shown for line in _pattern(pattern, one.sessions, lines))
        said = (_dated(line.started, line.text, line.about) for line in one.newest)
        yield field_heading(one.field), chain(returning, said)
    yield _("What helped you"), _tallies(patterns.helped, most)
    for field in ("helped", "not_yours", "learned"):
        yield words_heading(field), _own_words(own.get(field, ()), most)
    for trend in patterns.trends:
        yield field_heading(trend.field), _trend(trend, periods)
    yield _("How hard you expected to work, and how hard it was"), _efforts(patterns.efforts, most)
    yield _("First small steps"), _first_steps(patterns.first_steps, most)
    yield _("Tags"), _tallies(patterns.tags, most)
    yield _("About"), _tallies(patterns.abouts, most)


def sparkline(values: Sequence[float | None], highest: float) -> str:
    """Return one character a value, as high as it is; a space where there is none."""
    return "".join(
        " " if value is None else _LEVELS[min(len(_LEVELS) - 1, round(value / highest * (len(_LEVELS) - 1)))] for value in values
    )


def _fear(fear: Fear) -> list[RenderableType]:
    return [
        Text(),
        dated(fear.started.date(), fear.about, ""),
        indented(words(fear.fear, OWN_WORDS), 2),
        indented(Text(" · ".join((fear_outcome_name(fear.outcome), *fear_numbers(fear)))), 2),
    ]


def _pattern(pattern: Pattern, sessions: int, lines: int) -> Iterator[RenderableType]:
    count = _("{count} of {sessions}").format(count=len(pattern.ids), sessions=sessions_count(sessions))
    yield indented(Text.assemble((visible(pattern.words), STRONG), "  ", count), 2)
    shown = pattern.lines if not lines or len(pattern.wordings) == 1 else pattern.wordings
    for line in shown[: lines or None]:
        yield _dated(line.started, "" if line.text == pattern.words else line.text, line.about)


def _dated(started: datetime, text: str, about: str) -> RenderableType:
    line = Text(f"{started:%Y-%m-%d}")
    if text:
        line.append("  ").append(visible(text), OWN_WORDS)
    return indented(_WithName(line, visible(about)), 4)


def _thought(thought: Thought) -> Iterator[RenderableType]:
    yield indented(dated(thought.started.date(), thought.about, ""), 2)
    for time, text in thought_times(thought):
        yield indented(Text.assemble(f"{time}: ", (visible(text), OWN_WORDS)), 4)


def _own_words(said: Sequence[Words], most: int) -> Iterator[RenderableType]:
    return (_dated(one.started, one.text, one.about) for one in said[: most or None])


def _efforts(efforts: Sequence[Effort], most: int) -> Iterator[RenderableType]:
    if len(efforts) >= ENOUGH:
        yield indented(Text(efforts_sentence(efforts)), 2)
    for effort in efforts[: most or None]:
        yield indented(Text(f"{effort.started:%Y-%m-%d}  {effort_sentence(effort)}  {visible(effort.about)}".rstrip()), 4)


def _tallies(tallies: Sequence[Tally], most: int) -> list[RenderableType]:
    highest = max((len(tally.ids) for tally in tallies), default=0)
    return [_Bar(tally.label, len(tally.ids), highest) for tally in tallies[: (most and _TALLIES) or None]]


def _trend(trend: Trend, periods: Sequence[Period]) -> Iterator[RenderableType]:
    if len(trend.points) < ENOUGH:
        yield indented(Text(points_sentence(trend)), 2)
    else:
        line = sparkline(trend.means(periods), _HIGHEST)
        yield indented(Text.assemble((line, STRONG), "  ", trend_sentence(trend, periods)), 2)


def _first_steps(steps: Sequence[FirstStep], most: int) -> Iterator[RenderableType]:
    if steps:
        yield indented(Text(step_outcomes_sentence(steps)), 2)
    for step in [step for step in steps if step.outcome == "open"][: most or None]:
        yield _dated(step.started, step.text, step.about)


class _WithName:
    """A line with a name behind it, or below it where it does not fit whole."""

    def __init__(self, line: Text, name: str) -> None:
        self.line = line
        self.name = name

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        last = self.line.wrap(console, options.max_width)[-1]
        joint = "  " if last.cell_len + 2 + cells(self.name) <= options.max_width else "\n"
        yield self.line.copy().append(joint + self.name if self.name else "")


class _Bar:
    """A count with its name before it and a bar behind it, as far as the screen is wide."""

    def __init__(self, label: str, count: int, most: int) -> None:
        self.label = label
        self.count = count
        self.most = most

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        column = min(_LABEL, max(options.max_width - _COUNT, _LEAST))
        name = Text(shortened(visible(self.label), column))
        name.pad_right(column - name.cell_len)
        room = min(_BAR, options.max_width - column - _COUNT)
        is_drawn = self.count and room >= _LEAST and self.most >= ENOUGH
        bar = "█" * max(1, round(room * self.count / self.most)) if is_drawn else ""
        yield Text.assemble("  ", name, f"{self.count:>6}  ", bar, overflow="crop", no_wrap=True)
