"""What a session and the parts of looking back are called, on the screen and in the report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from coach.insights.first_steps import STEP_OUTCOMES, FirstStep, StepOutcome
from coach.language import _, ngettext
from coach.language.dates import month_name, write_day
from coach.program import typed

if TYPE_CHECKING:
    from coach.insights.efforts import Effort
    from coach.insights.fears import Comparison, Fear, FearOutcome
    from coach.insights.thoughts import Thought
    from coach.insights.trends import Period, Trend


def unread_sentence(lines: int, logs: int) -> str:
    """Return what is said of lines that look like answers and are not read, in so many logs."""
    text = ngettext(
        "{count} line in {logs} looks like an answer and is not read; {command} says which.",
        "{count} lines in {logs} look like answers and are not read; {command} says which.",
        lines,
    )
    return text.format(count=lines, command=typed("check"), logs=ngettext("{count} log", "{count} logs", logs).format(count=logs))


def field_heading(field: str) -> str:
    """Return what the answers to a question are called together; its id where it has no name here."""
    return {
        "old_road": _("Old roads"),
        "old_road_sign": _("How you notice an old road"),
        "way_back": _("Ways back that worked"),
        "quality": _("Qualities you saw"),
        "strength": _("What you already have in you"),
        "need": _("What the other needs"),
        "effort": _("How hard you worked"),
        "presence": _("How far you could simply be there"),
        "honest_question": _("In your honest questions"),
        "acknowledgement": _("In your acknowledgements"),
    }.get(field, field)


def words_heading(field: str) -> str:
    """Return what the answers in somebody's own words are called together."""
    return {
        "question": _("Your questions"),
        "loosened": _("What your question brought up"),
        "helped": _("What helped, in your words"),
        "not_yours": _("What was not yours to solve"),
        "learned": _("What you learned"),
        "purpose": _("What you do it for"),
    }[field]


def thought_times(thought: Thought) -> list[tuple[str, str]]:
    """Return what was thought at each time, with what that time is called."""
    times = ((_("first"), thought.first), (_("after the conversation"), thought.after), (_("weeks later"), thought.later))
    return [(time, text) for time, text in times if text]


def fear_outcome_name(outcome: FearOutcome) -> str:
    """Return what came of a fear."""
    match outcome:
        case "no":
            return _("It did not happen")
        case "partly":
            return _("It happened in part")
        case "yes":
            return _("It happened")
        case "unknown":
            return _("Not known yet")
        case "open":
            return _("Not looked back on")


def fear_numbers(fear: Fear) -> list[str]:
    """Return what was given a number: how likely and how bad a fear seemed, and how bad it was."""
    numbers: list[str] = []
    if fear.likelihood is not None:
        numbers.append(_("how likely: {number}").format(number=fear.likelihood))
    if fear.badness is not None:
        numbers.append(_("how bad: {number}").format(number=fear.badness))
    if fear.badness_actual is not None:
        numbers.append(_("how bad it was: {number}").format(number=fear.badness_actual))
    return numbers


def step_outcome_name(outcome: StepOutcome) -> str:
    """Return what came of a first step."""
    match outcome:
        case "yes":
            return _("Taken")
        case "partly":
            return _("Taken in part")
        case "no":
            return _("Not taken")
        case "let_go":
            return _("Let go")
        case "open":
            return _("Open")
        case "replaced":
            return _("Gave way to another step")


def step_outcomes_sentence(steps: Iterable[FirstStep]) -> str:
    """Return how many first steps had each outcome."""
    outcomes = [step.outcome for step in steps]
    counts = [(step_outcome_name(outcome), outcomes.count(outcome)) for outcome in STEP_OUTCOMES]
    return " · ".join(f"{name}: {count}" for name, count in counts if count)


def period_name(period: Period) -> str:
    """Return how a period is written: `March 2026`, `2026 Q1`, `2026`."""
    match period.unit:
        case "month":
            return f"{month_name(period.number)} {period.year}"
        case "quarter":
            return _("{year} Q{quarter}").format(year=period.year, quarter=period.number)
        case "year":
            return str(period.year)


def comparison_sentence(comparison: Comparison) -> str:
    """Return what was expected beside what happened."""
    text = _("Over {count} fears: beforehand you gave them a chance of {expected} % on average, and {happened} % came true.")
    sentence = text.format(
        count=comparison.fears, expected=round(100 * comparison.expected), happened=round(100 * comparison.happened)
    )
    return " ".join((sentence, _("In part counts for a half."))) if comparison.has_partly else sentence


def trend_sentence(trend: Trend, periods: Sequence[Period]) -> str:
    """Return the first and the last mean of a trend."""
    means = [(period, mean) for period, mean in zip(periods, trend.means(periods), strict=True) if mean is not None]
    (first, start), (last, end) = means[0], means[-1]
    if first == last:
        return _("{mean} on average in {period}").format(mean=write_mean(start), period=period_name(first))
    return _("{start} on average in {first}, {end} in {last}").format(
        start=write_mean(start), first=period_name(first), end=write_mean(end), last=period_name(last)
    )


def points_sentence(trend: Trend) -> str:
    """Return each number of a trend with its day."""
    return ", ".join(
        _("{number} on {day}").format(number=point.value, day=write_day(point.started.date())) for point in trend.points
    )


def effort_sentence(effort: Effort) -> str:
    """Return what was expected of one conversation, and what it was."""
    return _("expected {expected}, was {actual}").format(expected=effort.expected, actual=effort.actual)


def efforts_sentence(efforts: Sequence[Effort]) -> str:
    """Return the mean of what was expected, and of what it was."""
    expected, actual = (sum(getattr(effort, name) for effort in efforts) / len(efforts) for name in ("expected", "actual"))
    return _("On average you expected {expected}, and it was {actual}.").format(
        expected=write_mean(expected), actual=write_mean(actual)
    )


def sessions_count(count: int) -> str:
    """Return a number of sessions in words."""
    return ngettext("{count} session", "{count} sessions", count).format(count=count)


def write_mean(mean: float) -> str:
    """Return a mean as the language writes it."""
    return f"{mean:.1f}".replace(".", _("."))
