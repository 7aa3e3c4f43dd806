"""What must hold of earlier answers before a step is reached."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, NamedTuple

ANYTHING = "anything"  # in a condition: every answer given so far
_REFERENCE = r"(?:[a-z][a-z0-9-]*\.)?[a-z][a-z0-9_]*"
FIRST_OF = re.compile(rf"{_REFERENCE}(?:\|{_REFERENCE})*")
PLACEHOLDER = re.compile(rf"\{{({FIRST_OF.pattern})\}}")


class Reference(NamedTuple):
    """An answer given earlier: in this session, or, with a `kind`, in the session of that kind that this one follows."""

    id: str
    kind: str = ""

    def __str__(self) -> str:
        return f"{self.kind}.{self.id}" if self.kind else self.id


class FirstOf(NamedTuple):
    """The first of some earlier answers that is not empty: `a|b`, and most often just `a`."""

    references: tuple[Reference, ...]

    def __str__(self) -> str:
        return "|".join(map(str, self.references))


def first_of(text: str) -> FirstOf:
    """Return the answers that are meant by `a` or `prepare.a|b`."""
    parts = (name.rpartition(".") for name in text.split("|"))
    return FirstOf(tuple(Reference(id_, kind) for kind, _dot, id_ in parts))


class State(StrEnum):
    """What can hold of any answer; an empty one is none.

    `safe` is an answer in which nothing about safety was heard; of `anything` it holds also when there is no answer.
    """

    ANSWERED = "answered"
    UNANSWERED = "unanswered"
    SAFE = "safe"
    UNSAFE = "unsafe"

    @property
    def needs_answer(self) -> bool:
        """Whether it holds only of an answer that was given."""
        return self is not State.UNANSWERED


@dataclass(frozen=True, slots=True)
class OneOf:
    """Holds when one of `keys` was chosen, or, with `or_unanswered`, when nothing was."""

    keys: tuple[str, ...]
    or_unanswered: bool = False

    @property
    def needs_answer(self) -> bool:
        """Whether it holds only of an answer that was given."""
        return not self.or_unanswered

    def __str__(self) -> str:
        return "|".join((*self.keys, *(["unanswered"] if self.or_unanswered else [])))


@dataclass(frozen=True, slots=True)
class AtLeast:
    """Holds when the number on the scale is `number` or more."""

    number: int
    needs_answer: ClassVar[bool] = True

    def __str__(self) -> str:
        return f">= {self.number}"


@dataclass(frozen=True, slots=True)
class AtMost:
    """Holds when the number on the scale is `number` or less."""

    number: int
    needs_answer: ClassVar[bool] = True

    def __str__(self) -> str:
        return f"<= {self.number}"


Test = State | OneOf | AtLeast | AtMost


class Condition(NamedTuple):
    """What must hold of an earlier answer."""

    first_of: FirstOf
    test: Test

    def __str__(self) -> str:
        return f"{self.first_of}: {self.test}"


Conditions = tuple[Condition, ...]
When = tuple[Conditions, ...]
"""The ways to get somewhere; one of them is enough, and of that one all conditions must hold."""

ALWAYS: When = ((),)


def joined(outer: When, inner: When) -> When:
    """Return the ways on which both hold."""
    return tuple((*way, *(condition for condition in more if condition not in way)) for way in outer for more in inner)
