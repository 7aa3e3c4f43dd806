"""How somebody's thinking about a situation changed: before the conversation, after it, weeks later."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from coach.insights.answers import text_of
from coach.insights.collect import MOMENT
from coach.insights.links import Links
from coach.logs.session import Session


class Thought(NamedTuple):
    """What was thought at one time, the newest where it was asked more than once; "" where it was not."""

    id: str
    about: str
    started: datetime
    first: str = ""
    after: str = ""
    later: str = ""


class ThoughtCollector:
    """Collects first thoughts, and what was thought after them."""

    ids = frozenset(("first_thought", "thought_now"))

    def __init__(self) -> None:
        self._links = Links()
        self._first: dict[str, Thought] = {}
        self._now: list[tuple[datetime, str, bool, str]] = []

    def add(self, session: Session, *, counts: bool) -> None:
        """Take the thoughts of a session; those after a first thought count with that one."""
        self._links.add(session)
        if counts and (text := text_of(session, "first_thought")):
            self._first[session.id] = Thought(session.id, session.about, session.started, text)
        if text := text_of(session, "thought_now"):
            self._now.append((session.started, session.id, session.kind == "follow-up", text))

    def result(self) -> tuple[Thought, ...]:
        """Return the first thoughts with what was thought after them, newest first; one alone did not change."""
        thoughts = dict(self._first)
        for _started, id_, is_later, text in sorted(self._now):
            if earlier := self._links.nearest_before(id_, thoughts):
                thought = thoughts[earlier]
                thoughts[earlier] = thought._replace(later=text) if is_later else thought._replace(after=text)
        changed = (thought for thought in thoughts.values() if thought.after or thought.later)
        return tuple(sorted(changed, key=MOMENT, reverse=True))
