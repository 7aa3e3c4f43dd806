"""What earlier sessions tell somebody who has just answered, read when it is needed and without asking for anything."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from coach.errors import CoachError
from coach.logs.library import Library
from coach.logs.session import Session

Teller = Callable[[str], str]


def tell_nothing(_id: str) -> str:
    """Tell nothing."""
    return ""


def teller(library: Library, language: str) -> Teller:
    """Return what tells in one sentence what came of earlier answers to an id; the logs are read at the first call."""

    @cache
    def tell(_fear: str) -> str:
        """Tell of fears: that is all there is yet."""
        from coach.insights.collect import answer_ids, collect  # only once somebody has answered
        from coach.insights.experience import CopingCollector, experience_sentence
        from coach.insights.fears import FearCollector

        fears, coping = FearCollector(), CopingCollector()
        try:
            if not library.folder.is_open:
                return ""
            entries = library.entries(answers=answer_ids((fears, coping)))
            collect((entry for entry in entries if isinstance(entry, Session)), (fears, coping))
        except CoachError:
            return ""
        return experience_sentence(fears.result(), coping.result(), language)

    return tell
