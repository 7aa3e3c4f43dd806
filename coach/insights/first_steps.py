"""First small steps: which were taken, and which are open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, get_args

from coach.insights.links import nearest_before
from coach.logs.session import Session

Taken = Literal["yes", "partly", "no", "open", "replaced"]
TAKEN: tuple[Taken, ...] = get_args(Taken)
IDS = frozenset(("first_step", "first_step_when", "first_step_done"))


@dataclass(frozen=True, slots=True)
class Step:
    """One first small step, the session `id` it was written in, and what the session `looked_back` says came of it.

    `replaced` is a step that a later session in the chain set another for, without saying what came of it.
    """

    id: str
    about: str
    started: datetime
    text: str
    due: date | None = None
    taken: Taken = "open"
    looked_back: str = ""


def collect_steps(sessions: Iterable[Session]) -> tuple[Step, ...]:
    """Return all first steps, newest first, in one pass over the sessions, in whatever order they come."""
    steps: dict[str, Step] = {}
    follows: dict[str, str] = {}
    looks: list[tuple[datetime, str, Taken]] = []
    for session in sessions:
        if session.id in follows:
            continue
        follows[session.id] = session.follows
        if step := _read_step(session):
            steps[session.id] = step
        if taken := _read_taken(session):
            looks.append((session.started, session.id, taken))
    for _started, id_, taken in sorted(looks):
        if found := nearest_before(id_, follows, steps):
            steps[found] = replace(steps[found], taken=taken, looked_back=id_)
    for id_ in [step.id for step in steps.values()]:
        found = nearest_before(id_, follows, steps)
        if found and steps[found].taken == "open":
            steps[found] = replace(steps[found], taken="replaced", looked_back=id_)
    return tuple(sorted(steps.values(), key=lambda step: (step.started, step.id), reverse=True))


def is_due(step: Step, today: date) -> bool:
    """Tell whether the day of an open step has come."""
    return step.taken == "open" and step.due is not None and step.due <= today


def _read_step(session: Session) -> Step | None:
    exchange, when = session.exchange("first_step"), session.exchange("first_step_when")
    if not exchange:
        return None
    return Step(session.id, session.about, session.started, exchange.text.strip(), _day(when.text if when else ""))


def _read_taken(session: Session) -> Taken | None:
    exchange = session.exchange("first_step_done")
    match exchange.keys[0].strip() if exchange else "":
        case "yes" | "partly" | "no" as taken:
            return taken
        case _:
            return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
