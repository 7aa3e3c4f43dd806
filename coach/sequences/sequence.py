"""The questions as the author wrote them, frozen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

from coach.sequences.condition import ALWAYS, When

AnswerType = Literal["text", "line", "scale", "choice", "choices", "yes-no", "date"]
ANSWER_TYPES: tuple[AnswerType, ...] = get_args(AnswerType)

ID = re.compile(r"[a-z][a-z0-9_]*")
NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
EXPERIENCES = ("fear",)  # what earlier sessions can tell of


class Option(NamedTuple):
    """One choice: a stable key and the label that is shown."""

    key: str
    label: str

    @property
    def logged(self) -> str:
        """The choice as it stands in a log."""
        return self.key if self.key == self.label else f"{self.key} ({self.label})"


class Scale(NamedTuple):
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
    """One step that asks; its answer is kept under `id`.

    `say_back` quotes earlier answers in one sentence each, `more` is asked after a thin answer.
    """

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
    say_back: str = ""
    more: str = ""

    @property
    def more_id(self) -> str:
        """The id under which the answer to `more` is kept; "" where nothing more is asked."""
        return f"{self.id}_more" if self.more else ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One step that only says something."""

    say: str
    when: When = ALWAYS


@dataclass(frozen=True, slots=True)
class Experience:
    """One step that says what came of earlier answers such as that to `id`."""

    id: str
    when: When = ALWAYS


Step = Question | Statement | Experience


class CardItem(NamedTuple):
    """What stands on the card: the first of these answers, under the words for the door or else its section."""

    ids: tuple[str, ...]
    words: str = ""


class CardPlan(NamedTuple):
    """What is to stand on the card, in its order: on top, at the door, and with all the rest."""

    title: CardItem | None = None
    door: tuple[CardItem, ...] = ()
    more: tuple[CardItem, ...] = ()

    @property
    def items(self) -> tuple[CardItem, ...]:
        """All that is to stand on it."""
        return (*filter(None, (self.title,)), *self.door, *self.more)


class SharePlan(NamedTuple):
    """What is shared: the answers to these questions, or all where none is named, and room under a heading."""

    ids: tuple[str, ...] = ()
    room: str = ""


class Following(NamedTuple):
    """Which sessions a sequence is offered after: those of which `when` holds.

    One that was gone on from before is offered again where `again` holds of the answers that were given then. After one of which
    `soon` holds, a person is asked within days how it is.
    """

    when: When = ALWAYS
    soon: When = ()
    again: When = ()


class Top(NamedTuple):
    """What a sequence says of itself before its steps: what it is offered after, what it leads to, what is shown and shared."""

    following: Following = Following()
    heart: str = ""
    card: CardPlan = CardPlan()
    share: SharePlan = SharePlan()

    @property
    def hearts(self) -> tuple[str, ...]:
        """The ids of the question that everything leads to: where the card takes the first of several for it, all these."""
        return next((item.ids for item in self.card.items if self.heart in item.ids), (self.heart,))


class Sequence(NamedTuple):
    """A sequence of steps; `kind` is the part it plays and `follows` the kind of session it looks back on.

    `length` is the id of the choice that decides how long the way is, `heart` that of the question that everything leads to;
    while `quick` holds nothing is remarked, except on the heart, and nothing more is asked.
    """

    name: str
    title: str
    description: str
    kind: str
    language: str
    steps: tuple[Step, ...]
    follows: str = ""
    card: CardPlan = CardPlan()
    length: str = ""
    quick: When = ()
    heart: str = ""
    following: Following = Following()
    share: SharePlan = SharePlan()

    @property
    def questions(self) -> tuple[Question, ...]:
        """The steps that ask."""
        return tuple(step for step in self.steps if isinstance(step, Question))

    def question(self, id_: str) -> Question | None:
        """Return the question with this id, or None."""
        return next((question for question in self.questions if question.id == id_), None)
