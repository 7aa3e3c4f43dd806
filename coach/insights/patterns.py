"""All that keeps coming back across sessions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from coach.insights.collect import Collector, answer_ids
from coach.insights.efforts import Effort, EffortCollector
from coach.insights.first_steps import FirstStep, FirstStepCollector
from coach.insights.own_words import OwnWords, OwnWordsCollector
from coach.insights.returning import Returning, ReturningCollector
from coach.insights.tallies import Tally, TallyCollector
from coach.insights.thoughts import Thought, ThoughtCollector
from coach.insights.trends import Hearing, HearingCollector, Trend, TrendCollector
from coach.logs.session import Session
from coach.text import fold_accents


class Patterns(NamedTuple):
    """All that keeps coming back; `times` says when there were sessions, oldest first."""

    times: tuple[datetime, ...] = ()
    returning: tuple[Returning, ...] = ()
    helped: tuple[Tally, ...] = ()
    tags: tuple[Tally, ...] = ()
    abouts: tuple[Tally, ...] = ()
    trends: tuple[Trend, ...] = ()
    hearings: tuple[Hearing, ...] = ()
    first_steps: tuple[FirstStep, ...] = ()
    thoughts: tuple[Thought, ...] = ()
    efforts: tuple[Effort, ...] = ()
    own_words: OwnWords = MappingProxyType({})


class PatternCollector:
    """Collects all that keeps coming back: a collector for each kind."""

    def __init__(self) -> None:
        self._times: list[datetime] = []
        self._returning = ReturningCollector()
        self._helped = TallyCollector(_helped, "helped")
        self._tags = TallyCollector(lambda session: ((tag, tag) for tag in session.tags))
        self._abouts = TallyCollector(lambda session: [(fold_accents(session.about), session.about)] if session.about else ())
        self._trends = TrendCollector()
        self._hearings = HearingCollector()
        self._first_steps = FirstStepCollector()
        self._thoughts = ThoughtCollector()
        self._efforts = EffortCollector()
        self._own_words = OwnWordsCollector()
        tallies = (self._helped, self._tags, self._abouts)
        chains = (self._first_steps, self._thoughts, self._efforts)
        self._parts: tuple[Collector, ...] = (self._returning, *tallies, self._trends, self._hearings, *chains, self._own_words)
        self.ids = answer_ids(self._parts)

    def add(self, session: Session, *, counts: bool) -> None:
        """Add the session to each of them."""
        if counts:
            self._times.append(session.started)
        for part in self._parts:
            part.add(session, counts=counts)

    def result(self) -> Patterns:
        """Return what they found."""
        return Patterns(
            tuple(sorted(self._times)),
            self._returning.result(),
            self._helped.result(),
            self._tags.result(),
            self._abouts.result(),
            self._trends.result(),
            self._hearings.result(),
            self._first_steps.result(),
            self._thoughts.result(),
            self._efforts.result(),
            self._own_words.result(),
        )


def _helped(session: Session) -> Iterator[tuple[str, str]]:
    for exchange in session.exchanges:
        if exchange.id == "helped" and exchange.answered:
            yield from zip(exchange.keys, exchange.labels, strict=True)
