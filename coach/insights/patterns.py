"""All that keeps coming back across sessions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from coach.insights.collect import Collector, answer_ids
from coach.insights.first_steps import FirstStep, FirstStepCollector
from coach.insights.returning import Returning, ReturningCollector
from coach.insights.tallies import Tally, tally_abouts, tally_helped, tally_tags
from coach.insights.trends import Hearing, HearingCollector, Trend, TrendCollector
from coach.insights.visits import VisitCollector
from coach.logs.session import Session


@dataclass(frozen=True, slots=True)
class Patterns:
    """All that keeps coming back; `times` says when there were sessions, oldest first."""

    times: tuple[datetime, ...] = ()
    returning: tuple[Returning, ...] = ()
    helped: tuple[Tally, ...] = ()
    tags: tuple[Tally, ...] = ()
    abouts: tuple[Tally, ...] = ()
    trends: tuple[Trend, ...] = ()
    hearings: tuple[Hearing, ...] = ()
    first_steps: tuple[FirstStep, ...] = ()


class PatternCollector:
    """Collects all that keeps coming back: a collector for each kind."""

    def __init__(self) -> None:
        self._visits = VisitCollector()
        self._returning = ReturningCollector()
        self._helped, self._tags, self._abouts = tally_helped(), tally_tags(), tally_abouts()
        self._trends = TrendCollector()
        self._hearings = HearingCollector()
        self._first_steps = FirstStepCollector()
        self._parts: tuple[Collector, ...] = (
            self._visits,
            self._returning,
            self._helped,
            self._tags,
            self._abouts,
            self._trends,
            self._hearings,
            self._first_steps,
        )
        self.ids = answer_ids(self._parts)

    def add(self, session: Session, *, counts: bool) -> None:
        """Add the session to each of them."""
        for part in self._parts:
            part.add(session, counts=counts)

    def result(self) -> Patterns:
        """Return what they found."""
        return Patterns(
            tuple(sorted(visit.started for visit in self._visits.result())),
            self._returning.result(),
            self._helped.result(),
            self._tags.result(),
            self._abouts.result(),
            self._trends.result(),
            self._hearings.result(),
            self._first_steps.result(),
        )
