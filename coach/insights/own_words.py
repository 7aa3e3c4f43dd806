"""What was written in one's own words, to be read again as it stands: the questions, what they brought up, what helped."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from coach.insights.answers import text_of
from coach.insights.collect import MOMENT
from coach.insights.links import Links
from coach.logs.session import Session

_QUESTION = {"question": ("question_beneath", "honest_question")}
_LOOKING_BACK = {"helped": ("helped_by", "strength"), "not_yours": ("not_yours",), "learned": ("learned",)}
_FIELDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {  # of each kind of session: of each field the first answer of these
    "prepare": _QUESTION,
    "reflect": {**_QUESTION, "loosened": ("loosened",), **_LOOKING_BACK},
    "follow-up": {**_LOOKING_BACK, "purpose": ("purpose",)},
}
_ORDER = tuple(dict.fromkeys(field for fields in _FIELDS.values() for field in fields))


class Words(NamedTuple):
    """An answer as it was written, the session `id` it stands in, and whom that was about."""

    id: str
    about: str
    started: datetime
    text: str


OwnWords = Mapping[str, tuple[Words, ...]]
"""Of each field its answers, newest first."""


class OwnWordsCollector:
    """Collects what was written, of each session the first of several answers that belong together.

    A question that was asked in the place of the one that was prepared takes that one's place.
    """

    ids = frozenset(id_ for fields in _FIELDS.values() for ids in fields.values() for id_ in ids)

    def __init__(self) -> None:
        self._links = Links()
        self._asked: list[str] = []
        self._found: dict[str, dict[str, Words]] = {field: {} for field in _ORDER}

    def add(self, session: Session, *, counts: bool) -> None:
        """Take the answers of a session."""
        self._links.add(session)
        for field, ids in _FIELDS.get(session.kind, {}).items():
            if text := next(filter(None, (text_of(session, id_) for id_ in ids)), ""):
                if field == "question" and session.kind == "reflect":
                    self._asked.append(session.id)
                if counts:
                    self._found[field][session.id] = Words(session.id, session.about, session.started, text)

    def result(self) -> OwnWords:
        """Return the answers to each field that has any."""
        questions = self._found["question"]
        replaced = {self._links.nearest_before(id_, questions) for id_ in self._asked}
        found = {**self._found, "question": {id_: words for id_, words in questions.items() if id_ not in replaced}}
        return {field: tuple(sorted(said.values(), key=MOMENT, reverse=True)) for field, said in found.items() if said}
