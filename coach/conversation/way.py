"""The way through a sequence: which questions are reached, given what was answered, and what is said above each."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from coach.conversation.answers import Answers
from coach.conversation.conditions import holds, usually_holds
from coach.sequences.condition import ANYTHING, Condition, FirstOf, Unsafe, When
from coach.sequences.sequence import Experience, Question, Sequence, Statement


@dataclass(frozen=True, slots=True)
class Stop:
    """A question that is reached, with what is said above it; `passed` are the ids of the questions before it.

    At the end of the way there is no question, only what the coach closes with.
    """

    question: Question | None
    says: tuple[str, ...]
    passed: frozenset[str]


@dataclass(frozen=True, slots=True)
class Way:
    """The way through a sequence with these answers.

    When `guessing`, what is not asked yet counts as answered in the usual way: something, or the first option.
    """

    sequence: Sequence
    answers: Answers
    guessing: bool = False

    def stops(self) -> Iterator[Stop]:
        """Yield the questions that are reached, and last the end."""
        says: list[str] = []
        passed: set[str] = set()
        for step in self.sequence.steps:
            if not self.leads_to(step.when, passed):
                continue
            if isinstance(step, Experience):
                continue
            if step.say and not self.guessing:
                says.append(self.answers.fill(step.say, passed))
            if isinstance(step, Statement):
                continue
            yield Stop(step, tuple(says), frozenset(passed))
            says = []
            passed.add(step.id)
        yield Stop(None, tuple(says), frozenset(passed))

    def leads_to(self, when: When, passed: Collection[str]) -> bool:
        """Return whether one of some ways can be gone, after the questions that were passed."""
        return any(all(self._holds(condition, passed) for condition in way) for way in when)

    def _holds(self, condition: Condition, passed: Collection[str]) -> bool:
        first = condition.first_of.references[0]
        if first.id == ANYTHING:
            return self.answers.is_unsafe(first.kind, passed) == isinstance(condition.test, Unsafe)
        if self.guessing and (question := self._guessed(condition, passed)):
            return usually_holds(condition.test, question)
        return holds(condition.test, self.answers.recall(condition.first_of, passed))

    def _guessed(self, condition: Condition, passed: Collection[str]) -> Question | None:
        """Return the question whose answer is still to come and will be the first of those that a condition asks for."""
        for reference in condition.first_of.references:
            if not reference.kind and reference.id in passed and not self.answers.has(reference.id):
                return self.sequence.question(reference.id)
            if self.answers.recall(FirstOf((reference,)), passed):
                return None
        return None
