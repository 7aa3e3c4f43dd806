"""What comes next, given what has been said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import dropwhile, takewhile
from typing import TYPE_CHECKING

from coach.conversation.answer import as_typed, read_answer
from coach.conversation.conditions import holds, usually_holds
from coach.ear.checks import SAFETY
from coach.language import _
from coach.logs.session import Exchange, Session, quote
from coach.sequences.sequence import ANYTHING, PLACEHOLDER, Condition, Question, Reference, Sequence, Statement, Unsafe
from coach.text import clean

if TYPE_CHECKING:
    from coach.ear.ear import Heard

_PRIVATE = "personal_data"

Listener = Callable[[str, tuple[str, ...]], "tuple[Heard, ...]"]


def hear_nothing(_text: str, _checks: tuple[str, ...]) -> tuple[Heard, ...]:
    """Listen to nothing."""
    return ()


@dataclass(frozen=True, slots=True)
class Ask:
    """A question to be answered now: its texts filled in, its place on the way, and the answer that can be changed."""

    question: Question
    text: str
    says: tuple[str, ...]
    hint: str
    number: int
    total: int
    default: str

    @property
    def heading(self) -> str:
        """The question in one line, with its scale, as the log shows it."""
        text = " ".join(clean(self.text).split())
        return f"{text} ({self.question.scale})" if self.question.scale else text


@dataclass(frozen=True, slots=True)
class Remark:
    """What was heard in the answer just given: at most one remark, and apart from it a line for each concern about safety."""

    ask: Ask
    heard: Heard | None
    safety: tuple[Heard, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """Everything that is reached has been answered; `says` is what the coach closes with."""

    says: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conversation:
    """A sequence and what was said to it so far.

    `carried` are the sessions that this one follows, the nearest first. `exchanges` may hold answers to questions that are no
    longer reached: they come back when their question does. `withdrawn` are the ids gone back over, whose answers wait to be
    given again. `hear` listens to the wording of an answer, `latest` is the id of the one just given, which may get a remark.
    """

    sequence: Sequence
    carried: tuple[Session, ...]
    today: date
    exchanges: tuple[Exchange, ...] = ()
    withdrawn: frozenset[str] = field(default=frozenset())
    hear: Listener = hear_nothing
    latest: str = ""

    @property
    def step(self) -> Ask | Remark | Done:
        """What comes next."""
        if remark := self._remark():
            return remark
        says: tuple[str, ...] = ()
        for number, (question, says) in enumerate(self._way(), start=1):
            if question and not self._has_answer(question.id):
                return self._ask(question, says, number)
        return Done(says)

    @property
    def record(self) -> tuple[Exchange, ...]:
        """All exchanges that belong in the log: those that are reached, in their order, then those of no question."""
        reached = [question.id for question, _ in self._way() if question]
        ours = {question.id for question in self.sequence.questions}
        in_order = (exchange for id_ in reached for exchange in self.exchanges if exchange.id == id_)
        return (*in_order, *(exchange for exchange in self.exchanges if exchange.id not in ours))

    def answer(self, typed: str) -> Conversation:
        """Return the conversation after `typed` was said to the question that is asked.

        Raises:
            NotAnAnswerError: when it does not answer the question.

        """
        ask = self.leave().step
        if not isinstance(ask, Ask):
            raise TypeError("nothing is asked any more")
        return self.revise(ask.question.id, typed)

    def revise(self, id_: str, typed: str) -> Conversation:
        """Return the conversation in which `typed` was said to an earlier question.

        Raises:
            NotAnAnswerError: when it does not answer the question.

        """
        ask = self.ask(id_)
        question = ask.question
        earlier = self._find(id_) or Exchange(id_, ask.heading)
        lines = read_answer(question, typed, self.today)
        exchange = replace(
            earlier,
            question=ask.heading,
            lines=lines,
            section=question.section,
            draft=(),
            choice=bool(question.options),
            heard=earlier.heard if earlier.before else tuple(dict.fromkeys(one.check for one in self._heard_in(question, lines))),
        )
        return replace(self._put(exchange), withdrawn=self.withdrawn - {id_}, latest=id_)

    def leave(self) -> Conversation:
        """Return the conversation after the remark, with the answer left as it is."""
        return replace(self, latest="")

    def say_again(self, typed: str) -> Conversation:
        """Return the conversation after the remark, with the answer said in other words; the first ones are kept.

        Personal data that was taken out is not kept.

        Raises:
            NotAnAnswerError: when it does not answer the question.

        """
        remark, first = self.step, self._find(self.latest)
        if not isinstance(remark, Remark) or first is None:
            raise TypeError("there is no remark")
        after = self.revise(first.id, typed)
        second = after._find(first.id)  # noqa: SLF001 # another of us
        if second is None or second.lines == first.lines:
            return after.leave()
        is_private = remark.heard is not None and remark.heard.check == _PRIVATE
        before = () if is_private else first.before or first.lines
        return after._put(replace(second, before=before, heard=first.heard)).leave()  # noqa: SLF001

    def ask(self, id_: str) -> Ask:
        """Return a question that was reached, to be asked again."""
        way = [(question, says) for question, says in self._way() if question]
        number, (question, says) = next((n, step) for n, step in enumerate(way, start=1) if step[0].id == id_)
        return self._ask(question, says, number)

    def back(self) -> Conversation:
        """Return the conversation that asks the question before this one again; itself when there is none."""
        ids = (question.id for question, _ in self._way() if question)
        before = tuple(takewhile(self._has_answer, ids))
        return replace(self, withdrawn=self.withdrawn | {before[-1]}) if before else self

    def with_draft(self, id_: str, typed: str) -> Conversation:
        """Return the conversation with `typed` kept as the beginning of an answer to the question `id_`."""
        ask = self.ask(id_)
        if not typed.strip() or typed == ask.default:
            return self
        exchange = self._find(id_) or Exchange(id_, ask.heading, section=ask.question.section)
        return self._put(replace(exchange, draft=tuple(clean(typed).split("\n"))))

    def _remark(self) -> Remark | None:
        """Return what there is to say about the answer just given, nothing twice in a session."""
        exchange = self._find(self.latest) if self.latest else None
        if exchange is None or not exchange.heard:
            return None
        ask = self.ask(exchange.id)
        earlier = {check for other in self.exchanges if other.id != exchange.id for check in other.heard}
        new = [heard for heard in self._heard_in(ask.question, exchange.lines) if heard.check not in earlier]
        safety = tuple(heard for heard in new if heard.check in SAFETY)
        first = next((heard for heard in new if heard.check not in SAFETY), None)
        return Remark(ask, first, safety) if new else None

    def _heard_in(self, question: Question, lines: tuple[str, ...]) -> tuple[Heard, ...]:
        return self.hear("\n".join(lines), question.hear) if question.type in {"text", "line"} and any(lines) else ()

    def _put(self, exchange: Exchange) -> Conversation:
        if before := self._find(exchange.id):
            exchanges = tuple(exchange if other is before else other for other in self.exchanges)
        else:
            exchanges = (*self.exchanges, exchange)
        return replace(self, exchanges=exchanges)

    def _ask(self, question: Question, says: tuple[str, ...], number: int) -> Ask:
        exchange = self._find(question.id)
        total = sum(1 for reached, _says in self._way(guessing=True) if reached)
        default = "" if not exchange else "\n".join(exchange.draft) or as_typed(question, exchange.lines)
        return Ask(question, self._fill(question.ask), says, self._fill(question.hint), number, total, default)

    def _way(self, *, guessing: bool = False) -> Iterator[tuple[Question | None, tuple[str, ...]]]:
        """Yield the questions that are reached with what is said above each, and last None with what is said at the end.

        With `guessing`, what is not asked yet counts as answered in the usual way: something, or the first option.
        """
        says: list[str] = []
        passed: set[str] = set()
        for step in self.sequence.steps:
            if not all(self._holds(condition, passed, guessing=guessing) for condition in step.when):
                continue
            if step.say:
                says.append(self._fill(step.say))
            if isinstance(step, Statement):
                continue
            yield step, tuple(says)
            says = []
            passed.add(step.id)
        yield None, tuple(says)

    def _holds(self, condition: Condition, passed: set[str], *, guessing: bool) -> bool:
        reference = condition.reference
        if reference.id == ANYTHING:
            return self._is_anything_unsafe(reference, passed) == isinstance(condition.test, Unsafe)
        reached = reference.kind or reference.id in passed
        if guessing and not reference.kind and reached and not self._has_answer(reference.id):
            return usually_holds(condition.test, self.sequence.question(reference.id))
        return holds(condition.test, self._recall(reference) if reached else None)

    def _recall(self, reference: Reference) -> Exchange | None:
        """Return the answer that is referred to, or None when there is none or it is empty."""
        if not reference.kind:
            exchange = self._find(reference.id)
            return exchange if exchange and exchange.answered else None
        return next((s.exchange(reference.id) for s in self.carried if s.kind == reference.kind), None)

    def _is_anything_unsafe(self, reference: Reference, passed: set[str]) -> bool:
        """Return whether something about safety was heard so far, or in the session of a kind and those that it follows."""
        if not reference.kind:
            return any(exchange.is_about_safety for exchange in self.exchanges if exchange.id in passed)
        followed = dropwhile(lambda session: session.kind != reference.kind, self.carried)
        return any(exchange.is_about_safety for session in followed for exchange in session.exchanges)

    def _fill(self, text: str) -> str:
        """Put the user's own words in the place of `{id}` and `{kind.id}`, but never words about safety."""

        def words(match: re.Match[str]) -> str:
            exchange = self._recall(Reference(match["id"], match["kind"] or ""))
            if exchange and exchange.is_about_safety:
                return _("what you wrote about safety")
            return quote(exchange) if exchange else "..."

        return PLACEHOLDER.sub(words, text)

    def _find(self, id_: str) -> Exchange | None:
        return next((exchange for exchange in self.exchanges if exchange.id == id_), None)

    def _has_answer(self, id_: str) -> bool:
        exchange = self._find(id_)
        return exchange is not None and bool(exchange.lines) and id_ not in self.withdrawn
