"""What comes next, given what has been said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import dropwhile, takewhile
from typing import TYPE_CHECKING

from coach.conversation.answer import NotAnAnswerError, as_typed, read_answer
from coach.conversation.answers import Answers
from coach.conversation.experience import Teller, tell_nothing
from coach.conversation.length import cost_words, costs
from coach.conversation.turn import Ask, Done, Remark
from coach.conversation.way import Stop, Way
from coach.ear.checks import SAFETY
from coach.logs.session import NOT_SAFETY, Exchange, Session
from coach.sequences.sequence import Question, Sequence
from coach.text import clean

if TYPE_CHECKING:
    from coach.ear.ear import Heard

_PRIVATE = "personal_data"

Listener = Callable[[str, tuple[str, ...]], "tuple[Heard, ...]"]


def hear_nothing(_text: str, _checks: tuple[str, ...]) -> tuple[Heard, ...]:
    """Listen to nothing."""
    return ()


@dataclass(frozen=True)  # no slots: what is worked out of it, its way above all, is kept
class Conversation:
    """A sequence and what was said to it so far.

    `carried` are the sessions that this one follows, the nearest first. `exchanges` may hold answers to questions that are no
    longer reached: they come back when their question does. `withdrawn` are the ids gone back over, whose answers wait to be
    given again. `hear` listens to the wording of an answer, `latest` is the id of the one just given, which may get a remark.
    `tell` says what came of earlier answers.
    """

    sequence: Sequence
    carried: tuple[Session, ...]
    today: date
    exchanges: tuple[Exchange, ...] = ()
    withdrawn: frozenset[str] = field(default=frozenset())
    hear: Listener = hear_nothing
    latest: str = ""
    tell: Teller = tell_nothing

    @cached_property
    def step(self) -> Ask | Remark | Done:
        """What comes next."""
        if remark := self._remark():
            return remark
        way = self._way
        for stop in way.stops():
            if stop.question is None:
                return Done(stop.says)
            if not way.answers.has(stop.question.id):
                return self._ask(stop.question, stop)._replace(leads_to_heart=bool(self._before_heart))
        raise AssertionError("a way has an end")

    @cached_property
    def record(self) -> tuple[Exchange, ...]:
        """All exchanges that belong in the log: those that are reached, in their order, then those of no question."""
        reached = self._reached
        ours = {id_ for question in self.sequence.questions for id_ in (question.id, question.more_id)}
        in_order = (exchange for id_ in reached for exchange in self.exchanges if exchange.id == id_)
        return (*in_order, *(exchange for exchange in self.exchanges if exchange.id not in ours))

    def answer(self, typed: str) -> Conversation:
        """Return the conversation after `typed` was said to the question that is asked.

        Raises:
            NotAnAnswerError: when it does not answer the question.

        """
        ask = self.step if isinstance(self.step, Ask) else self.leave().step
        if not isinstance(ask, Ask):
            raise TypeError("nothing is asked any more")
        return self._said(ask, typed)

    def revise(self, id_: str, typed: str) -> Conversation:
        """Return the conversation in which `typed` was said to an earlier question.

        Raises:
            NotAnAnswerError: when it does not answer the question.

        """
        return self._said(self.ask(id_), typed)

    def _said(self, ask: Ask, typed: str) -> Conversation:
        question, id_ = ask.question, ask.question.id
        earlier = self._find(id_) or Exchange(id_, ask.heading)
        lines = read_answer(question, typed, self.today)
        heard = tuple(dict.fromkeys(one.check for one in self._heard_in(question, lines)))
        exchange = earlier._replace(
            question=ask.heading,
            quotes=ask.quotes,
            lines=lines,
            section=question.section,
            draft=(),
            choice=bool(question.options),
            heard=_as_said(earlier, lines, _with_safety(earlier.heard, heard) if earlier.before else heard),
        )
        return replace(self._put(exchange), withdrawn=self.withdrawn - {id_}, latest=id_)

    def told_before(self, id_: str, answer: str) -> Conversation:
        """Return the conversation in which a question is answered with what was told before; itself where that does not fit."""
        if id_ not in self._reached:
            return self
        try:
            return self.revise(id_, answer).leave()
        except NotAnAnswerError:
            return self

    def leave(self) -> Conversation:
        """Return the conversation after the remark, with the answer left as it is."""
        return replace(self, latest="")

    def not_about_safety(self) -> Conversation:
        """Return the conversation after the person said that the answer just given is about something else."""
        exchange = self._find(self.latest)
        return self._put(exchange._replace(heard=_without_safety(exchange.heard))) if exchange else self

    def say_again(self, typed: str) -> Conversation:
        """Return the conversation after the remark, with the answer said in other words; the first ones are kept.

        Personal data that was taken out is not kept. The other words get no remark, only a line about safety.

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
        heard = _with_safety(first.heard, second.heard)
        after = after._put(second._replace(before=before, heard=heard))  # noqa: SLF001 # idem
        return after.leave() if heard == first.heard else after

    def ask(self, id_: str) -> Ask:
        """Return a question that was reached, to be asked again."""
        stops = ((stop.question, stop) for stop in self._way.stops() if stop.question)
        return self._ask(*next((question, stop) for question, stop in stops if question.id == id_))

    def back(self) -> Conversation:
        """Return the conversation that asks the question before this one again; itself when there is none."""
        before = tuple(takewhile(self._answers.has, self._reached))
        return replace(self, withdrawn=self.withdrawn | {before[-1]}) if before else self

    def to_heart(self) -> Conversation:
        """Return the conversation that asks the question everything leads to; what is before it is left as it is, or empty.

        It is the same where there is no way to it.
        """
        after = replace(self, withdrawn=self.withdrawn.difference(self._before_heart))
        for id_ in self._before_heart:
            exchange = self._find(id_)
            if exchange is None or not exchange.lines:
                after = after._put(self._left_empty(self.ask(id_), exchange))  # noqa: SLF001 # another of us
        return after

    def with_draft(self, id_: str, typed: str) -> Conversation:
        """Return the conversation with `typed` kept as the beginning of an answer to the question `id_`."""
        ask = self.ask(id_)
        if not typed.strip() or typed == ask.default:
            return self
        exchange = self._find(id_) or Exchange(id_, ask.heading, section=ask.question.section, quotes=ask.quotes)
        return self._put(exchange._replace(draft=tuple(clean(typed).split("\n"))))

    def _remark(self) -> Remark | None:
        """Return what there is to say about the answer just given, nothing twice in a session."""
        exchange = self._find(self.latest) if self.latest else None
        if exchange is None or not exchange.heard:
            return None
        ask = self.ask(exchange.id)
        earlier = {check for other in self.exchanges if other.id != exchange.id for check in other.heard}
        new = [heard for heard in self._heard_in(ask.question, exchange.lines) if heard.check not in earlier]
        safety = () if exchange.is_said_to_be_safe else tuple(heard for heard in new if heard.check in SAFETY)
        first = None if exchange.before else next((heard for heard in new if heard.check not in SAFETY), None)
        return Remark(ask, first, safety) if first or safety else None

    def _heard_in(self, question: Question, lines: tuple[str, ...]) -> tuple[Heard, ...]:
        """Return what is heard in an answer; while the sequence is quick, only what is about safety, but in the heart."""
        if question.type not in {"text", "line"} or not any(lines):
            return ()
        heard = self.hear("\n".join(lines), question.hear)
        quick = self.sequence.quick
        is_quick = bool(quick) and question.id != self.sequence.heart and self._way.leads_to(quick, self._reached)
        return tuple(one for one in heard if one.check in SAFETY) if is_quick else heard

    def _put(self, exchange: Exchange) -> Conversation:
        if before := self._find(exchange.id):
            exchanges = tuple(exchange if other is before else other for other in self.exchanges)
        else:
            exchanges = (*self.exchanges, exchange)
        return replace(self, exchanges=exchanges)

    def _ask(self, question: Question, stop: Stop) -> Ask:
        exchange = self._find(question.id)
        default = "" if not exchange else "\n".join(exchange.draft) or as_typed(question, exchange.lines)
        text, hint = (self._answers.fill(text, stop.passed) for text in (question.ask, question.hint))
        return Ask(
            question,
            text,
            stop.says,
            hint,
            stop.number,
            self._total,
            default,
            say_back=stop.say_back,
            is_first=not stop.passed,
            costs=self._costs(question),
            quotes=self._answers.quotations(question.ask, stop.passed),
        )

    def _left_empty(self, ask: Ask, exchange: Exchange | None) -> Exchange:
        """Return the exchange of a question that is passed over; half an answer stays."""
        question = ask.question
        draft = exchange.draft if exchange else ()
        exchange = Exchange(question.id, ask.heading, ("",), section=question.section, draft=draft, quotes=ask.quotes)
        return exchange._replace(choice=bool(question.options))

    def _find(self, id_: str) -> Exchange | None:
        return next((exchange for exchange in self.exchanges if exchange.id == id_), None)

    @cached_property
    def _answers(self) -> Answers:
        by_id = {exchange.id: exchange for exchange in reversed(self.exchanges)}  # of two with one id the first counts
        return Answers(by_id, self.carried, self.withdrawn)

    @cached_property
    def _total(self) -> int | None:
        """How many questions there are on the usual way; None before it is known how long that is."""
        ids = [stop.question.id for stop in self._way._replace(guessing=True, silent=True).stops() if stop.question]
        length = self.sequence.length
        return None if length in ids and not self._answers.has(length) else len(ids)

    def _costs(self, question: Question) -> tuple[str, ...]:
        """Return what each option of the choice that decides the length leads to."""
        if question.id != self.sequence.length:
            return ()
        pairs = zip(question.options, costs(self._way, question), strict=True)
        return tuple(cost_words(cost, option.label, self.sequence.language) for option, cost in pairs)

    @property
    def _before_heart(self) -> tuple[str, ...]:
        """The questions that are passed over by who goes straight to the heart; none where one cannot.

        One can once the length is known, and not past what is asked where something was about safety.
        """
        heart = self.sequence.heart
        if not heart:
            return ()
        answers, reached = self._answers, self._reached
        ahead = tuple(dropwhile(answers.has, reached))
        is_ahead = heart in ahead and not answers.has(heart) and self._total is not None
        is_free = is_ahead and not answers.is_unsafe("", reached)
        return ahead[: ahead.index(heart)] if is_free else ()

    @cached_property
    def _way(self) -> Way:
        return Way(self.sequence, self._answers, self.tell)

    @cached_property
    def _reached(self) -> tuple[str, ...]:
        """The ids of the questions that are reached, in their order."""
        return tuple(stop.question.id for stop in self._way._replace(silent=True).stops() if stop.question)


def _with_safety(heard: tuple[str, ...], then: tuple[str, ...]) -> tuple[str, ...]:
    """Return what was heard in the first words of an answer, and what later ones say about safety."""
    return tuple(dict.fromkeys((*heard, *(check for check in then if check in SAFETY))))


def _without_safety(heard: tuple[str, ...]) -> tuple[str, ...]:
    """Return what was heard in an answer of which the person says that it is not about safety."""
    return (*(check for check in heard if check not in (*SAFETY, NOT_SAFETY)), NOT_SAFETY)


def _as_said(earlier: Exchange, lines: tuple[str, ...], heard: tuple[str, ...]) -> tuple[str, ...]:
    """Return what is heard in an answer; what was said of these same words stands."""
    return _without_safety(heard) if earlier.is_said_to_be_safe and earlier.lines == lines else heard
