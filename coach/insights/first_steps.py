"""First small steps: what came of them, and which are open."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, NamedTuple, get_args

from coach.insights.answers import outcome_of, text_of
from coach.insights.collect import MOMENT
from coach.insights.links import Links
from coach.logs.session import Session
from coach.logs.value import day

StepOutcome = Literal["yes", "partly", "no", "open", "replaced"]
STEP_OUTCOMES: tuple[StepOutcome, ...] = get_args(StepOutcome)


class FirstStep(NamedTuple):
    """One first small step, the session `id` it was written in, and what the session `looked_back` says came of it.

    `replaced` is a step that a later session in the chain set another for, without saying what came of it.
    """

    id: str
    about: str
    started: datetime
    text: str
    due: date | None = None
    outcome: StepOutcome = "open"
    looked_back: str = ""


class FirstStepCollector:
    """Collects first steps, and what later sessions say came of them."""

    ids = frozenset(("first_step", "first_step_when", "first_step_done"))

    def __init__(self) -> None:
        self._links = Links()
        self._steps: dict[str, FirstStep] = {}
        self._outcomes: list[tuple[datetime, str, StepOutcome]] = []
        self._uncounted: set[str] = set()

    def add(self, session: Session, *, counts: bool) -> None:
        """Take the step of a session, and what the session says of an earlier one."""
        self._links.add(session)
        if step := _read_step(session):
            self._steps[session.id] = step
            if not counts:
                self._uncounted.add(session.id)
        if outcome := _read_outcome(session):
            self._outcomes.append((session.started, session.id, outcome))

    def result(self) -> tuple[FirstStep, ...]:
        """Return the first steps of the sessions that count, newest first."""
        steps = dict(self._steps)
        for _started, id_, outcome in sorted(self._outcomes):
            if earlier := self._links.nearest_before(id_, steps):
                steps[earlier] = steps[earlier]._replace(outcome=outcome, looked_back=id_)
        for id_ in self._steps:
            earlier = self._links.nearest_before(id_, steps)
            if earlier and steps[earlier].outcome == "open":
                steps[earlier] = steps[earlier]._replace(outcome="replaced", looked_back=id_)
        counted = (step for step in steps.values() if step.id not in self._uncounted)
        return tuple(sorted(counted, key=MOMENT, reverse=True))


def _read_step(session: Session) -> FirstStep | None:
    text = text_of(session, "first_step")
    if not text:
        return None
    return FirstStep(session.id, session.about, session.started, text, day(text_of(session, "first_step_when")))


def _read_outcome(session: Session) -> StepOutcome | None:
    match outcome_of(session.exchange("first_step_done")):
        case "yes" | "partly" | "no" as outcome:
            return outcome
        case _:
            return None
