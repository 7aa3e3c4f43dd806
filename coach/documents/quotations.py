"""What a person wrote, to be read again as it stands: each with its day and whom it was about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from coach.documents.html import lines, tag, text
from coach.insights.fears import Fear, Setback
from coach.insights.first_steps import FirstStep
from coach.insights.labels import fear_numbers, fear_outcome_name, thought_times
from coach.insights.own_words import Words
from coach.insights.thoughts import Thought
from coach.language import _
from coach.language.dates import write_day

_NEWEST = 6
_THOUGHTS = 3  # each is as wide as the page
_EARLIER = 100  # more nobody reads on a page


def quotations(written: Iterable[Words | Setback]) -> Iterator[str]:
    """Yield a list of what was written, the newest in sight."""
    return with_more([_quotation(one.text, one.started, one.about) for one in written])


def fears_list(fears: Iterable[Fear]) -> Iterator[str]:
    """Yield a list of fears, each with what came of it."""
    return with_more([_fear(fear) for fear in fears])


def steps_list(steps: Iterable[FirstStep]) -> Iterator[str]:
    """Yield a list of first steps, an open one with the day that was chosen for it."""
    return with_more([_quotation(step.text, step.started, step.about, _planned(step)) for step in steps])


def thoughts_list(thoughts: Iterable[Thought]) -> Iterator[str]:
    """Yield a list of what was thought first and later, side by side."""
    return with_more([_thought(thought) for thought in thoughts], _THOUGHTS, "said wide")


def with_more(items: Sequence[str], newest: int = _NEWEST, kind: str = "said") -> Iterator[str]:
    """Yield a list of the newest items, and earlier ones where they open when they are asked for."""
    if items:
        yield tag("ul", *items[:newest], class_=kind)
    if earlier := items[newest : newest + _EARLIER]:
        left = len(items) - newest - len(earlier)
        rest = tag(
            "p", text(_("Before these came another {count}; they are in your logs.").format(count=left)), class_="quiet small"
        )
        count = _("{count} earlier").format(count=len(items) - newest)
        heading = tag("summary", text(count))
        yield tag("details", heading, tag("ul", *earlier, class_=kind), rest if left else "")


def where(time: datetime, about: str) -> str:
    """Return the day of something that was written, and whom it was about."""
    day = time.date()
    about = text(f" · {about}" if about else "")
    return f'<span class="where"><time datetime="{day}">{write_day(day)}</time>{about}</span>'  # thousands on a long page


def _quotation(words: str, started: datetime, about: str, note: str = "") -> str:
    return tag("li", tag("q", lines(words)), note and tag("div", note, class_="small"), where(started, about))


def _fear(fear: Fear) -> str:
    outcome = tag("span", text(fear_outcome_name(fear.outcome)), class_=f"outcome {fear.outcome}")
    numbers = (text(f" · {number}") for number in fear_numbers(fear))
    return _quotation(fear.fear, fear.started, fear.about, outcome + "".join(numbers))


def _planned(step: FirstStep) -> str:
    return text(_("for {day}").format(day=write_day(step.due))) if step.due and step.outcome == "open" else ""


def _thought(thought: Thought) -> str:
    times = (tag("div", tag("div", text(time), class_="small"), tag("q", lines(words))) for time, words in thought_times(thought))
    return tag("li", where(thought.started, thought.about), tag("div", *times, class_="times"))
