"""What keeps coming back across sessions, with the lines it rests on."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from sys import intern

from coach.insights import first_steps
from coach.insights.first_steps import Step, collect_steps
from coach.insights.recurrence import Said, recurring
from coach.insights.trends import Answer, Hearing, Point, Trend
from coach.logs.session import Exchange, Session
from coach.text import fold

RETURNING = ("old_road", "old_road_sign", "way_back", "quality", "strength", "need")
NUMBERS = ("effort", "presence")
LISTENED = ("honest_question", "acknowledgement")
_ALSO = {"greatest_need": "need", "other_strength": "strength"}
IDS = frozenset((*RETURNING, *_ALSO, *NUMBERS, *LISTENED, "helped")) | first_steps.IDS


@dataclass(frozen=True, slots=True)
class Line:
    """One line that was said, and in which session."""

    id: str
    about: str
    started: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words that return, with every line that holds them, newest first."""

    words: str
    lines: tuple[Line, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The sessions, newest first."""
        return tuple(dict.fromkeys(line.id for line in self.lines))

    @property
    def wordings(self) -> tuple[Line, ...]:
        """The newest line of each that is written differently."""
        newest: dict[str, Line] = {}
        for line in self.lines:
            newest.setdefault(fold(line.text), line)
        return tuple(newest.values())


@dataclass(frozen=True, slots=True)
class Returning:
    """What returns in the answers to one question, out of so many sessions that answer it."""

    field: str
    sessions: int
    patterns: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """Something that sessions have in common: a tag, whom they are about, a handle that helped."""

    key: str
    label: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Patterns:
    """All that keeps coming back; `times` says when there were sessions, oldest first.

    A `way_back` is one that worked: it was told in a reflection, after coming back.
    """

    times: tuple[datetime, ...] = ()
    returning: tuple[Returning, ...] = ()
    helped: tuple[Tally, ...] = ()
    tags: tuple[Tally, ...] = ()
    abouts: tuple[Tally, ...] = ()
    trends: tuple[Trend, ...] = ()
    hearings: tuple[Hearing, ...] = ()
    steps: tuple[Step, ...] = ()


def collect_patterns(sessions: Iterable[Session], counts: Callable[[Session], bool] = lambda _session: True) -> Patterns:
    """Return what keeps coming back, in one pass over the sessions, in whatever order they come.

    Of a session that does not count, only what it tells about the first steps of others is used.
    """
    return _Collection(counts).gather(sessions)


@dataclass(frozen=True, slots=True)
class _Head:
    """Of a session only what a line is shown with: there may be a hundred thousand."""

    id: str
    about: str
    started: datetime
    language: str


@dataclass(slots=True)
class _Lines:
    """The lines said to one question, each with the number of its session."""

    texts: list[str] = field(default_factory=list)
    sessions: array[int] = field(default_factory=lambda: array("L"))


@dataclass(slots=True)
class _Tallies:
    labels: dict[str, str] = field(default_factory=dict)
    ids: dict[str, list[str]] = field(default_factory=dict)

    def add(self, key: str, label: str, id_: str) -> None:
        self.labels.setdefault(key, label)
        self.ids.setdefault(key, []).append(id_)

    def ordered(self) -> tuple[Tally, ...]:
        keys = sorted(self.ids, key=lambda key: (-len(self.ids[key]), key))
        return tuple(Tally(key, self.labels[key], tuple(self.ids[key])) for key in keys)


class _Collection:
    """Keeps from each session that passes the little that is needed of it."""

    def __init__(self, counts: Callable[[Session], bool]) -> None:
        self.counts = counts
        self.heads: dict[str, _Head] = {}
        self.lines = {name: _Lines() for name in RETURNING}
        self.points: dict[str, list[Point]] = {name: [] for name in NUMBERS}
        self.answers: dict[str, list[Answer]] = {name: [] for name in LISTENED}
        self.helped, self.tags, self.abouts = _Tallies(), _Tallies(), _Tallies()

    def gather(self, sessions: Iterable[Session]) -> Patterns:
        found = collect_steps(self._passing(sessions))
        heads = list(self.heads.values())
        return Patterns(
            tuple(sorted(head.started for head in heads)),
            tuple(_returning(name, lines, heads) for name, lines in self.lines.items() if lines.texts),
            self.helped.ordered(),
            self.tags.ordered(),
            self.abouts.ordered(),
            tuple(Trend(name, tuple(sorted(points, key=_time))) for name, points in self.points.items() if points),
            tuple(Hearing(name, tuple(sorted(given, key=_time))) for name, given in self.answers.items() if given),
            tuple(step for step in found if step.id in self.heads),
        )

    def _passing(self, sessions: Iterable[Session]) -> Iterator[Session]:
        for session in sessions:
            if session.id not in self.heads and self.counts(session):
                number = len(self.heads)
                self.heads[session.id] = _Head(session.id, intern(session.about), session.started, session.language)
                self._note(session, number)
            yield session

    def _note(self, session: Session, number: int) -> None:
        for tag in session.tags:
            self.tags.add(tag, tag, session.id)
        if session.about:
            self.abouts.add(fold(session.about), session.about, session.id)
        for exchange in session.exchanges:
            if exchange.answered:
                self._note_answer(session, exchange, number)

    def _note_answer(self, session: Session, exchange: Exchange, number: int) -> None:
        name = _ALSO.get(exchange.id, exchange.id)
        if name in self.lines and (name != "way_back" or session.kind == "reflect"):
            for text in filter(str.strip, exchange.lines):
                self.lines[name].texts.append(text)
                self.lines[name].sessions.append(number)
        elif name in self.points and (match := re.fullmatch(r"-?\d{1,9}", exchange.text.strip(), re.ASCII)):
            self.points[name].append(Point(session.id, session.started, int(match[0])))
        elif name in self.answers:
            self.answers[name].append(Answer(session.id, session.started, exchange.heard))
        elif name == "helped":
            for key, label in zip(exchange.keys, exchange.labels, strict=True):
                self.helped.add(key, label, session.id)


def _time(one: Point | Answer | Line) -> tuple[datetime, str]:
    return one.started, one.id


def _returning(name: str, lines: _Lines, heads: list[_Head]) -> Returning:
    said = [Said(number, text, heads[number].language) for number, text in zip(lines.sessions, lines.texts, strict=True)]

    def line(number: int) -> Line:
        head = heads[said[number].session]
        return Line(head.id, head.about, head.started, said[number].text.strip())

    patterns = (Pattern(found.words, tuple(sorted(map(line, found.lines), key=_time, reverse=True))) for found in recurring(said))
    return Returning(name, len(set(lines.sessions)), tuple(patterns))
