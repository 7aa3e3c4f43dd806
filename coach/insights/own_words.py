"""What was written in one's own words, to be read again as it stands: the questions, what helped, what was learned."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from coach.insights.answers import text_of
from coach.insights.collect import MOMENT
from coach.logs.session import Session

_LOOKING_BACK = ("reflect", "follow-up")
_FIELDS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {  # of each: in what kinds of session, the first answer of these
    "question": (("prepare",), ("question_beneath", "honest_question")),
    "helped": (("reflect",), ("loosened", "way_back", "coped", "strength")),
    "not_yours": (_LOOKING_BACK, ("not_yours",)),
    "learned": (_LOOKING_BACK, ("learned",)),
    "purpose": (("follow-up",), ("purpose",)),
}


class Words(NamedTuple):
    """An answer as it was written, the session `id` it stands in, and whom that was about."""

    id: str
    about: str
    started: datetime
    text: str


OwnWords = Mapping[str, tuple[Words, ...]]
"""Of each field its answers, newest first."""


class OwnWordsCollector:
    """Collects what was written, of each session the first of several answers that belong together."""

    ids = frozenset(id_ for _kinds, ids in _FIELDS.values() for id_ in ids)

    def __init__(self) -> None:
        self._found: dict[str, list[Words]] = {field: [] for field in _FIELDS}

    def add(self, session: Session, *, counts: bool) -> None:
        """Take the answers of a session."""
        if not counts:
            return
        for field, (kinds, ids) in _FIELDS.items():
            if session.kind in kinds and (text := next(filter(None, (text_of(session, id_) for id_ in ids)), "")):
                self._found[field].append(Words(session.id, session.about, session.started, text))

    def result(self) -> OwnWords:
        """Return the answers to each field that has any."""
        return {field: tuple(sorted(found, key=MOMENT, reverse=True)) for field, found in self._found.items() if found}
