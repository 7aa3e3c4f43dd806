"""The questions as the author wrote them, frozen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

from coach.sequences.condition import ALWAYS, When

AnswerType = Literal["text", "line", "scale", "choice", "choices", "yes-no", "date"]
ANSWER_TYPES: tuple[AnswerType, ...] = get_args(AnswerType)

ID = re.compile(r"[a-z][a-z0-9_]*")
NAME = re.compile(r"[a-z0-9][a-z0-9-]*")


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: a stable key and the label that is shown."""

    key: str
    label: str

    @property
    def logged(self) -> str:
        """The choice as it stands in a log."""
        return self.key if self.key == self.label else f"{self.key} ({self.label})"


@dataclass(frozen=True, slots=True)
class Scale:
    """Whole numbers from `first` to `last`, with a word for both ends."""

    first: int
    last: int
    low: str = ""
    high: str = ""

    @property
    def numbers(self) -> tuple[str, ...]:
        """All numbers that can be chosen."""
        return tuple(str(number) for number in range(self.first, self.last + 1))

    def __str__(self) -> str:
        return f"{self.first} {self.low}".rstrip() + " - " + f"{self.last} {self.high}".rstrip()


@dataclass(frozen=True, slots=True)
class Question:
    """One step that asks; its answer is kept under `id`."""

    id: str
    ask: str
    type: AnswerType = "text"
    section: str = ""
    say: str = ""
    hint: str = ""
    optional: bool = False
    scale: Scale | None = None
    options: tuple[Option, ...] = ()
    hear: tuple[str, ...] = ()
    recall: tuple[tuple[str, int], ...] = ()
    when: When = ALWAYS


@dataclass(frozen=True, slots=True)
class Statement:
    """One step that only says something."""

    say: str
    when: When = ALWAYS


Step = Question | Statement


@dataclass(frozen=True, slots=True)
class Sequence:
    """A sequence of steps; `kind` is the part it plays and `follows` the kind of session it looks back on."""

    name: str
    title: str
    description: str
    kind: str
    language: str
    steps: tuple[Step, ...]
    follows: str = ""
    card: tuple[str, ...] = ()

    @property
    def questions(self) -> tuple[Question, ...]:
        """The steps that ask."""
        return tuple(step for step in self.steps if isinstance(step, Question))

    def question(self, id_: str) -> Question | None:
        """Return the question with this id, or None."""
        return next((question for question in self.questions if question.id == id_), None)
