"""The rules of one language, and what a user changes in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from coach.ear.attributed import Attribution
from coach.ear.concrete import Concrete
from coach.ear.names import PersonalWords
from coach.ear.patterns import EMPTY, WordIndex
from coach.ear.personal_data import heard_patterns
from coach.ear.question_form import Forms


@dataclass(frozen=True, slots=True)
class Rule:
    """One check: heard where `any` is found and no `unless` overlaps it, or when the question has this `form`.

    It is silent when the answer has all that one entry of `concrete` names.
    """

    id: str
    any: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    silent_when: tuple[str, ...] = ()
    concrete: tuple[str, ...] = ()
    form: str = ""
    remark: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What a user changes in one rule; `line` is said instead of ours about somebody's safety."""

    any: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    off: bool = False
    line: str = ""

    def applied(self, rule: Rule) -> Rule:
        """Return the rule with the user's own words."""
        return replace(rule, any=rule.any + self.any, unless=rule.unless + self.unless)


@dataclass(frozen=True, slots=True)
class Rules:
    """All that is known of one language."""

    rules: tuple[Rule, ...]
    forms: Forms
    attribution: Attribution
    concrete: Concrete
    personal: PersonalWords
    index: WordIndex = field(default=EMPTY, compare=False)

    def patterns(self) -> Iterator[str]:
        """Yield the patterns that are only tried in an answer with one of their words."""
        for rule in self.rules:
            yield from (*rule.any, *rule.unless, *rule.silent_when)
        yield from (*heard_patterns(self.personal), self.personal.makers)
        yield from self.attribution.patterns()
