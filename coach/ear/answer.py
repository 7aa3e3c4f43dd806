"""An answer as the rules read it: whole, without what is quoted, and in the writer's own words only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from coach.ear.attributed import Attribution, masked
from coach.ear.normalised import Folded, fold
from coach.ear.patterns import WordIndex
from coach.ear.personal_data import PERSONAL
from coach.ear.question_form import split

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coach.ear.attributed import Find, Span


class Part(NamedTuple):
    """Where a sentence stands in an answer, and the sets of words it leads to."""

    start: int
    end: int
    led: frozenset[str]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as the rules read it: whole, without what is quoted, and in the writer's own words only."""

    folded: Folded
    unquoted: str
    own: str
    parts: Sequence[Part]
    led: frozenset[str]

    def text_for(self, rule: str) -> str:
        """Return the text a rule is heard in: personal data is nobody's to share, whoever says it."""
        return self.folded.text if rule == PERSONAL else self.own

    @property
    def asked(self) -> str:
        """The text whose question counts: a quotation only when nothing else asks."""
        return self.folded.text if "?" in self.folded.text and "?" not in self.unquoted else self.unquoted


def read_answer(text: str, index: WordIndex, attribution: Attribution) -> Answer:
    """Return an answer as the rules read it."""
    folded = fold(text)
    unquoted = masked(folded.text, folded.quotes())
    parts = [Part(s.start, s.end, index.led_to(folded.text[s.start : s.end])) for s in split(unquoted)]
    unquoted = masked(unquoted, _told(attribution.spoken, attribution.direct, unquoted, parts, index))
    told = [span for pattern, find in attribution.finders() for span in _told(find, pattern, unquoted, parts, index)]
    return Answer(folded, unquoted, masked(unquoted, told), parts, frozenset().union(*(part.led for part in parts)))


def _told(find: Find, pattern: str, text: str, parts: Iterable[Part], index: WordIndex) -> list[Span]:
    """Return what is found in the sentences that lead to a pattern."""
    tried = [part for part in parts if index.may_find(pattern, part.led)]
    return [span for part in tried for span in find(text, part.start, part.end)]
