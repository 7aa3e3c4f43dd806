"""All that was answered, in this session and in those that it follows, and the texts that quote it."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from itertools import dropwhile

from coach.conversation.conditions import holds
from coach.insights.safety import mark_safety
from coach.language import _
from coach.language.sentences import first_sentence
from coach.logs.session import Exchange, Session, quote
from coach.sequences.condition import ANYTHING, PLACEHOLDER, Condition, FirstOf, Reference, Unsafe, When, first_of
from coach.text import cut

_LONGEST = 120  # letters that are said back


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers of this session, and the sessions that it follows, the nearest first.

    `exchanges`, by their ids, may hold answers to questions that are no longer reached: `passed` are those that were, so far.
    `withdrawn` are the ids gone back over, whose answers wait to be given again.
    """

    exchanges: Mapping[str, Exchange]
    carried: tuple[Session, ...]
    withdrawn: frozenset[str]

    def find(self, id_: str) -> Exchange | None:
        """Return what there is of a question in this session, answered or not."""
        return self.exchanges.get(id_)

    def has(self, id_: str) -> bool:
        """Return whether a question was answered or left empty, and not gone back over."""
        exchange = self.find(id_)
        return exchange is not None and bool(exchange.lines) and id_ not in self.withdrawn

    def recall(self, first: FirstOf, passed: Container[str]) -> Exchange | None:
        """Return the first of some answers that is not empty, or None."""
        for reference in first.references:
            if exchange := self._recall(reference, passed):
                return exchange
        return None

    def is_unsafe(self, kind: str, passed: Container[str]) -> bool:
        """Return whether something about safety was heard so far, or in the session of a kind and those that it follows."""
        if not kind:
            return any(exchange.is_about_safety for id_, exchange in self.exchanges.items() if id_ in passed)
        followed = dropwhile(lambda session: session.kind != kind, self.carried)
        return any(exchange.is_about_safety for session in followed for exchange in session.exchanges)

    def meet(self, condition: Condition, passed: Container[str]) -> bool:
        """Return whether a condition holds of what was answered so far."""
        first = condition.first_of.references[0]
        if first.id == ANYTHING:
            return self.is_unsafe(first.kind, passed) == isinstance(condition.test, Unsafe)
        return holds(condition.test, self.recall(condition.first_of, passed))

    def fill(self, text: str, passed: Container[str]) -> str:
        """Put the user's own words in the place of `{id}` and `{kind.id|id}`, but never words about safety."""

        def words(match: re.Match[str]) -> str:
            exchange = self.recall(first_of(match[1]), passed)
            if exchange and exchange.is_about_safety:
                return _("what you wrote about safety")
            return quote(exchange) if exchange else "..."

        return PLACEHOLDER.sub(words, text)

    def say_back(self, text: str, passed: Container[str], language: str) -> str:
        """Put the first sentence of the user's own words in each place; "" where one is missing or about safety."""
        quotes: dict[str, str] = {}
        for match in PLACEHOLDER.finditer(text):
            exchange = self.recall(first_of(match[1]), passed)
            if exchange is None or exchange.is_about_safety:
                return ""
            quotes[match[0]] = cut(first_sentence("\n".join(exchange.labels), language), _LONGEST)
        return PLACEHOLDER.sub(lambda match: quotes[match[0]], text)

    def _recall(self, reference: Reference, passed: Container[str]) -> Exchange | None:
        if reference.kind:
            return next((one.exchange(reference.id) for one in self.carried if one.kind == reference.kind), None)
        exchange = self.find(reference.id) if reference.id in passed else None
        return exchange if exchange and exchange.answered else None


def is_met(when: When, carried: tuple[Session, ...], own: Session | None = None) -> bool:
    """Return whether one of some ways holds of the answers of `own`, and of sessions before it, the nearest first."""
    exchanges = {exchange.id: exchange for exchange in mark_safety(own).exchanges} if own else {}
    answers = Answers(exchanges, tuple(map(mark_safety, carried)), frozenset())
    return any(all(answers.meet(condition, exchanges) for condition in way) for way in when)
