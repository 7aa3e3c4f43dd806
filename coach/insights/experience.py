"""What came of earlier fears, told to somebody who has just written one."""

from __future__ import annotations

from datetime import datetime

from coach.insights.answers import outcome_of, text_of
from coach.insights.fears import ENOUGH, FearOutcome, Fears
from coach.language import _, ngettext
from coach.language.sentences import first_sentence
from coach.logs.session import Session
from coach.text import cut

_HAPPENED: tuple[FearOutcome, ...] = ("partly", "yes")
_KNOWN: tuple[FearOutcome, ...] = ("no", *_HAPPENED)
_LONGEST = 120  # letters that are quoted


class CopingCollector:
    """Collects what was written latest about coping with a fear that came true."""

    ids = frozenset(("fear_outcome", "coped"))

    def __init__(self) -> None:
        self._latest: tuple[datetime, str] | None = None

    def add(self, session: Session, *, counts: bool) -> None:
        """Take what a session says of coping, if it is later than what there is."""
        outcome, coped = outcome_of(session.exchange("fear_outcome")), text_of(session, "coped")
        is_later = self._latest is None or session.started > self._latest[0]
        if counts and coped and is_later and outcome in _HAPPENED:
            self._latest = (session.started, coped)

    def result(self) -> str:
        """Return those words, or ""."""
        return self._latest[1] if self._latest else ""


def experience_sentence(fears: Fears, coped: str, language: str) -> str:
    """Return how many earlier fears came true where that is good to hear, else what was written about coping, or ""."""
    counts = fears.counts
    looked_back = sum(counts[outcome] for outcome in _KNOWN)
    if looked_back >= ENOUGH and counts["partly"] + 2 * counts["yes"] < looked_back:  # in part counts for a half
        return _("You looked back on {count} earlier fears: {parts}.").format(count=looked_back, parts=_parts(fears))
    if not coped:
        return ""
    return _('Earlier, when it did happen, you wrote: "{words}"').format(words=cut(first_sentence(coped, language), _LONGEST))


def fears_sentence(fears: Fears) -> str:
    """Return what came of all fears that were looked back on, in words; "" where they are too few to be counted."""
    if not fears.are_enough:
        return ""
    looked_back = sum(fears.counts[outcome] for outcome in _KNOWN)
    return _("You looked back on {count} fears: {parts}.").format(count=looked_back, parts=_parts(fears))


def _parts(fears: Fears) -> str:
    counts = fears.counts
    no, partly, yes = counts["no"], counts["partly"], counts["yes"]
    parts = [
        ngettext("{count} did not happen", "{count} did not happen", no).format(count=no),
        *([_("{count} in part").format(count=partly)] if partly else []),
        *([_("{count} did").format(count=yes)] if yes else []),
    ]
    return ", ".join(parts)
