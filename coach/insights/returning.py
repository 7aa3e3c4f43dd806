"""The words that return in the answers to one question, with the lines they stand in."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from sys import intern
from typing import NamedTuple

from coach.insights.collect import MOMENT
from coach.insights.recurrence import Utterance, recurring
from coach.logs.session import Session
from coach.text import fold

_FIELDS = ("old_road", "old_road_sign", "way_back", "quality", "strength", "need")
_NEWEST = 3
_FIELD_OF = {**{name: name for name in _FIELDS}, "greatest_need": "need", "other_strength": "strength"}


class Line(NamedTuple):
    """One line that was said, and in which session."""

    id: str
    about: str
    started: datetime
    text: str


class Pattern(NamedTuple):
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


class Returning(NamedTuple):
    """What returns in the answers to one question, out of so many sessions that answer it.

    Where nothing returns yet, `newest` are the last lines that were said.
    """

    field: str
    sessions: int
    patterns: tuple[Pattern, ...]
    newest: tuple[Line, ...] = ()


class _Head(NamedTuple):
    """Of a session only what a line is shown with: there may be a hundred thousand."""

    id: str
    about: str
    started: datetime
    language: str


@dataclass(slots=True)
class _Lines:
    """The lines of the answers to one question, each with the number of its session."""

    texts: list[str] = field(default_factory=list)
    sessions: array[int] = field(default_factory=lambda: array("L"))


class ReturningCollector:
    """Collects the lines in which words may return; a `way_back` is one that worked, told in a reflection."""

    ids = frozenset(_FIELD_OF)

    def __init__(self) -> None:
        self._heads: list[_Head] = []
        self._lines = {name: _Lines() for name in _FIELDS}

    def add(self, session: Session, *, counts: bool) -> None:
        """Take the lines of the answers."""
        if not counts:
            return
        for exchange in session.exchanges:
            name = _FIELD_OF.get(exchange.id)
            if name and (name != "way_back" or session.kind == "reflect"):
                lines = self._lines[name]
                for text in filter(str.strip, exchange.lines):
                    lines.texts.append(text)
                    lines.sessions.append(len(self._heads))
        self._heads.append(_Head(session.id, intern(session.about), session.started, session.language))

    def result(self) -> tuple[Returning, ...]:
        """Return what returns in the answers to each question that was answered."""
        return tuple(self._returning(name, lines) for name, lines in self._lines.items() if lines.texts)

    def _returning(self, name: str, lines: _Lines) -> Returning:
        utterances = [
            Utterance(session, text, self._heads[session].language)
            for session, text in zip(lines.sessions, lines.texts, strict=True)
        ]
        patterns = tuple(self._patterns(utterances))
        newest = () if patterns else sorted(map(self._line, utterances), key=MOMENT, reverse=True)[:_NEWEST]
        return Returning(name, len(set(lines.sessions)), patterns, tuple(newest))

    def _patterns(self, utterances: Sequence[Utterance]) -> Iterator[Pattern]:
        for recurrence in recurring(utterances):
            shown = (self._line(utterances[number]) for number in recurrence.lines)
            yield Pattern(recurrence.words, tuple(sorted(shown, key=MOMENT, reverse=True)))

    def _line(self, utterance: Utterance) -> Line:
        head = self._heads[utterance.session]
        return Line(head.id, head.about, head.started, utterance.text.strip())
