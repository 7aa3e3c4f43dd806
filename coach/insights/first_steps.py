"""First small steps: what came of them, and which are open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple, get_args

from coach.insights.answers import day_of, outcome_of, text_of
from coach.insights.collect import MOMENT
from coach.insights.links import Links
from coach.logs.session import Session

StepOutcome = Literal["yes", "partly", "no", "let_go", "open", "replaced"]
OWN_OUTCOME = "step_outcome"  # what came of it, added to the log that it stands in
STEP_OUTCOMES: tuple[StepOutcome, ...] = get_args(StepOutcome)


LATER = timedelta(days=14)
"""So long after a conversation it is time to look at what came of it."""


class FirstStep(NamedTuple):
    """One first small step, the session `id` it was written in, and what the session `looked_back` says came of it.

    `replaced` is one of which nobody said what came of it, while a later session set another, or looked back once more.
    """

    id: str
    about: str
    started: datetime
    text: str
    due: date | None = None
    outcome: StepOutcome = "open"
    looked_back: str = ""

    @property
    def falls_due(self) -> date:
        """The day that was written for it, else two weeks after it was."""
        return self.due or later(self.started.date())


def later(day: date) -> date:
    """Return the day two weeks after another, or the last one there is."""
    return day + min(LATER, date.max - day)


class FirstStepCollector:
    """Collects first steps, and what later sessions say came of them."""

    ids = frozenset(("first_step", "first_step_when", "first_step_done", OWN_OUTCOME))

    def __init__(self) -> None:
        self._links = Links()
        self._steps: dict[str, FirstStep] = {}
        self._followers: dict[tuple[str, str], list[tuple[datetime, str]]] = {}
        self._outcomes: list[tuple[datetime, str, StepOutcome]] = []
        self._uncounted: set[str] = set()

    def add(self, session: Session, *, counts: bool) -> None:
        """Take the step of a session, and what the session says of an earlier one."""
        self._links.add(session)
        if session.follows:
            self._followers.setdefault((session.follows, session.kind), []).append((session.started, session.id))
        if step := read_step(session):
            self._steps[session.id] = step
            if not counts:
                self._uncounted.add(session.id)
        if outcome := _outcome_in(session, "first_step_done"):
            self._outcomes.append((session.started, session.id, outcome))

    def result(self) -> tuple[FirstStep, ...]:
        """Return the first steps of the sessions that count, newest first."""
        steps = dict(self._steps)
        for _started, id_, outcome in sorted(self._outcomes):
            if earlier := self._links.nearest_before(id_, steps):
                steps[earlier] = steps[earlier]._replace(outcome=outcome, looked_back=id_)
        for earlier, id_ in self._replaced(steps):
            if steps[earlier].outcome == "open":
                steps[earlier] = steps[earlier]._replace(outcome="replaced", looked_back=id_)
        counted = (step for step in steps.values() if step.id not in self._uncounted)
        return tuple(sorted(counted, key=MOMENT, reverse=True))

    def _replaced(self, steps: Mapping[str, FirstStep]) -> Iterator[tuple[str, str]]:
        """Yield the steps that a later session set another for, or after which the same session was looked back on once more."""
        for id_ in self._steps:
            if earlier := self._links.nearest_before(id_, steps):
                yield earlier, id_
        for followers in self._followers.values():
            last = max(followers)
            yield from ((id_, last[1]) for started, id_ in followers if (started, id_) < last and id_ in steps)


def read_step(session: Session) -> FirstStep | None:
    """Return the first step that a session sets, with what was said of it since."""
    text = text_of(session, "first_step")
    if not text:
        return None
    due, outcome = day_of(session.exchange("first_step_when")), _outcome_in(session, OWN_OUTCOME)
    return FirstStep(session.id, session.about, session.started, text, due, outcome or "open", session.id if outcome else "")


def _outcome_in(session: Session, id_: str) -> StepOutcome | None:
    match outcome_of(session.exchange(id_)):
        case "yes" | "partly" | "no" | "let_go" as outcome:
            return outcome
        case _:
            return None
