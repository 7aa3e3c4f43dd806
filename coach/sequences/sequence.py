"""The questions as the author wrote them, frozen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar, Literal, get_args

AnswerType = Literal["text", "line", "scale", "choice", "choices", "yes-no", "date"]
ANSWER_TYPES: tuple[AnswerType, ...] = get_args(AnswerType)

ID = re.compile(r"[a-z][a-z0-9_]*")
ANYTHING = "anything"  # in a condition: every answer given so far
NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
PLACEHOLDER = re.compile(r"\{(?:(?P<kind>[a-z][a-z0-9-]*)\.)?(?P<id>[a-z][a-z0-9_]*)\}")


@dataclass(frozen=True, slots=True)
class Reference:
    """An answer given earlier: in this session, or, with a `kind`, in the session of that kind that this one follows."""

    id: str
    kind: str = ""

    def __str__(self) -> str:
        return f"{self.kind}.{self.id}" if self.kind else self.id


@dataclass(frozen=True, slots=True)
class Answered:
    """Holds when there is an answer that is not empty."""

    needs_answer: ClassVar[bool] = True

    def __str__(self) -> str:
        return "answered"


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Holds when there is no answer, or an empty one."""

    needs_answer: ClassVar[bool] = False

    def __str__(self) -> str:
        return "unanswered"


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


@dataclass(frozen=True, slots=True)
class Safe:
    """Holds when there is an answer in which nothing about safety was heard; of `anything` also when there is none."""

    needs_answer: ClassVar[bool] = True

    def __str__(self) -> str:
        return "safe"


@dataclass(frozen=True, slots=True)
class Unsafe:
    """Holds when something about safety was heard in an answer."""

    needs_answer: ClassVar[bool] = True

    def __str__(self) -> str:
        return "unsafe"


Test = Answered | Unanswered | OneOf | AtLeast | AtMost | Safe | Unsafe


@dataclass(frozen=True, slots=True)
class Condition:
    """What must hold of an earlier answer before a step is reached."""

    reference: Reference
    test: Test

    def __str__(self) -> str:
        return f"{self.reference}: {self.test}"


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
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """One step that only says something."""

    say: str
    when: tuple[Condition, ...] = ()


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
