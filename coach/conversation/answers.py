"""All that was answered, in this session and in those that it follows, and the texts that quote it."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from itertools import dropwhile

from coach.conversation.conditions import holds
from coach.insights.safety import mark_safety
from coach.language import _
from coach.language.sentences import first_sentence
from coach.logs.quotation import quotation
from coach.logs.session import Exchange, Session, quote
from coach.sequences.condition import ANYTHING, PLACEHOLDER, Condition, FirstOf, Reference, State, When, first_of
from coach.text import clean, cut

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
        found = self._find_first(first, passed)
        return found[0] if found else None

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
            return self.is_unsafe(first.kind, passed) == (condition.test is State.UNSAFE)
        return holds(condition.test, self.recall(condition.first_of, passed))

    def fill(self, text: str, passed: Container[str]) -> str:
        """Put the user's own words in the place of `{id}` and `{kind.id|id}`, but never words about safety."""
        return "".join(piece for piece, _session, _answer in self._pieces(text, passed))

    def quotations(self, text: str, passed: Container[str]) -> tuple[str, ...]:
        """Return where in a text that is filled in words of other sessions stand."""
        marks: list[str] = []
        before = ""
        for piece, session, answer in self._pieces(text, passed):
            if session:
                marks.append(str(quotation(session, answer, before, piece)))
            before += clean(piece)
        return tuple(marks)

    def say_back(self, text: str, passed: Container[str], language: str) -> str:
        """Put the first sentence of the user's own words in each place; "" where one is missing or about safety."""
        quotes: dict[str, str] = {}
        for match in PLACEHOLDER.finditer(text):
            exchange = self.recall(first_of(match[1]), passed)
            if exchange is None or exchange.is_about_safety:
                return ""
            quotes[match[0]] = cut(first_sentence("\n".join(exchange.labels), language), _LONGEST)
        return PLACEHOLDER.sub(lambda match: quotes[match[0]], text)

    def _pieces(self, text: str, passed: Container[str]) -> Iterator[tuple[str, str, str]]:
        """Yield the pieces of a text that is filled in; with what quotes another session the ids of that and of its answer."""
        end = 0
        for match in PLACEHOLDER.finditer(text):
            yield text[end : match.start()], "", ""
            end = match.end()
            exchange, session = self._find_first(first_of(match[1]), passed) or (None, "")
            if exchange is None:
                yield "...", "", ""
            elif exchange.is_about_safety:
                yield _("what you wrote about safety"), "", ""
            else:
                yield clean(quote(exchange)), session, exchange.id
        yield text[end:], "", ""

    def _find_first(self, first: FirstOf, passed: Container[str]) -> tuple[Exchange, str] | None:
        """Return the first of some answers that is not empty with the id of its session, "" for this one; or None."""
        return next(filter(None, (self._recall(reference, passed) for reference in first.references)), None)

    def _recall(self, reference: Reference, passed: Container[str]) -> tuple[Exchange, str] | None:
        if reference.kind:
            session = next((one for one in self.carried if one.kind == reference.kind), None)
            exchange = session.exchange(reference.id) if session else None
            return (exchange, session.id) if session and exchange else None
        exchange = self.find(reference.id) if reference.id in passed else None
        return (exchange, "") if exchange and exchange.answered else None


def is_met(when: When, carried: tuple[Session, ...], own: Session | None = None) -> bool:
    """Return whether one of some ways holds of the answers of `own`, and of sessions before it, the nearest first."""
    exchanges = {exchange.id: exchange for exchange in mark_safety(own).exchanges} if own else {}
    answers = Answers(exchanges, tuple(map(mark_safety, carried)), frozenset())
    return any(all(answers.meet(condition, exchanges) for condition in way) for way in when)
