"""The way through a sequence: which questions are reached, given what was answered, and what is said above each."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from coach.conversation.answers import Answers
from coach.conversation.conditions import usually_holds
from coach.conversation.experience import Teller, tell_nothing
from coach.conversation.more import more_of
from coach.language.thin import is_thin
from coach.sequences.condition import Condition, FirstOf, Reference, When
from coach.sequences.sequence import Experience, Question, Sequence, Step

_MOST_SAID_BACK = 2  # in a session
_MOST_ASKED_MORE = 2


class Stop(NamedTuple):
    """A question that is reached, with what is said and said back above it; `passed` are the ids of the questions before it.

    `number` is its place on the way, which what is asked more shares with the question before it.
    At the end of the way there is no question, only what the coach closes with.
    """

    question: Question | None
    says: tuple[str, ...]
    passed: frozenset[str]
    number: int
    say_back: str = ""


class Way(NamedTuple):
    """The way through a sequence with these answers; `tell` says what came of earlier ones.

    When `guessing`, what is not asked yet counts as answered in the usual way: something, or the first option. When `silent`,
    nothing is said on the way.
    """

    sequence: Sequence
    answers: Answers
    tell: Teller = tell_nothing
    guessing: bool = False
    silent: bool = False

    def stops(self) -> Iterator[Stop]:
        """Yield the questions that are reached, and last the end."""
        says: list[str] = []
        passed: set[str] = set()
        said_back = number = 0
        for step in self.sequence.steps:
            if not self.leads_to(step.when, passed):
                continue
            if not self.silent:
                says += filter(None, [self._say(step, passed)])
            if not isinstance(step, Question):
                continue
            number += 1
            say_back = self._say_back(step, passed) if said_back < _MOST_SAID_BACK else ""
            yield Stop(step, tuple(says), frozenset(passed), number, say_back)
            said_back += bool(say_back) and not self._was_passed_over(step)
            says = []
            passed.add(step.id)
            if self._asks_more(step, passed) and (exchange := self.answers.find(step.id)):
                more = more_of(step, exchange, self.sequence.language)
                yield Stop(more.question, (), frozenset(passed), number, more.quote)
                passed.add(more.question.id)
        yield Stop(None, tuple(says), frozenset(passed), number)

    def leads_to(self, when: When, passed: Collection[str]) -> bool:
        """Return whether one of some ways can be gone, after the questions that were passed."""
        return any(all(self._holds(condition, passed) for condition in way) for way in when)

    def _say(self, step: Step, passed: Collection[str]) -> str:
        """Return what a step says before anything is asked."""
        if not isinstance(step, Experience):
            return self.answers.fill(step.say, passed)
        exchange = self.answers.recall(FirstOf((Reference(step.id),)), passed)
        return "" if exchange is None or exchange.is_about_safety else self.tell(step.id)

    def _say_back(self, question: Question, passed: Collection[str]) -> str:
        text = "" if self.silent else question.say_back
        return self.answers.say_back(text, passed, self.sequence.language)

    def _asks_more(self, question: Question, passed: Collection[str]) -> bool:
        """Return whether more is asked after an answer: where it was answered before, and where the answer is thin.

        Never where anything was heard in the answer, while the sequence is quick, or a third time.
        """
        exchange = self.answers.find(question.id)
        if self.guessing or not question.more or exchange is None or not exchange.answered:
            return False
        more = self.answers.find(question.more_id)
        if more and more.answered:
            return True
        others = [one for one in self.sequence.questions if one.more and one.id != question.id and self._was_asked_more(one)]
        is_calm = not exchange.heard and not self.leads_to(self.sequence.quick, passed)
        return is_calm and len(others) < _MOST_ASKED_MORE and is_thin(exchange.text, self.sequence.language)

    def _was_asked_more(self, question: Question) -> bool:
        more = self.answers.find(question.more_id)
        return more is not None and bool(more.lines)

    def _was_passed_over(self, question: Question) -> bool:
        """Return whether a question that needs an answer was left empty: somebody went straight to a later one."""
        exchange = self.answers.find(question.id)
        return not question.optional and exchange is not None and bool(exchange.lines) and not exchange.answered

    def _holds(self, condition: Condition, passed: Collection[str]) -> bool:
        if self.guessing and (question := self._guessed(condition, passed)):
            return usually_holds(condition.test, question)
        return self.answers.meet(condition, passed)

    def _guessed(self, condition: Condition, passed: Collection[str]) -> Question | None:
        """Return the question whose answer is still to come and will be the first of those that a condition asks for."""
        for reference in condition.first_of.references:
            if not reference.kind and reference.id in passed and not self.answers.has(reference.id):
                return self.sequence.question(reference.id)
            if self.answers.recall(FirstOf((reference,)), passed):
                return None
        return None
