"""What comes next in a conversation: a question, a remark on the answer just given, or the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from coach.sequences.sequence import Question
from coach.text import clean

if TYPE_CHECKING:
    from coach.ear.ear import Heard


class Ask(NamedTuple):
    """A question to be answered now: its texts filled in, its place on the way, and the answer that can be changed.

    `say_back` are the person's own words, right above the question. `total` is not known before the length of the way is chosen;
    `costs` say behind each option of that choice what it leads to. `leads_to_heart` where one can go straight to the question
    that everything leads to. `quotes` tell which words of other sessions stand in its `heading`.
    """

    question: Question
    text: str
    says: tuple[str, ...]
    hint: str
    number: int
    total: int | None
    default: str
    say_back: str = ""
    is_first: bool = False
    costs: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    leads_to_heart: bool = False

    @property
    def place(self) -> str:
        """Its number, and out of how many."""
        return f"{self.number}" if self.total is None else f"{self.number} / {self.total}"

    @property
    def heading(self) -> str:
        """The question in one line, with its scale, as the log shows it."""
        text = " ".join(clean(self.text).split())
        return f"{text} ({self.question.scale})" if self.question.scale else text


class Remark(NamedTuple):
    """What was heard in the answer just given: at most one remark, and apart from it a line for each concern about safety."""

    ask: Ask
    heard: Heard | None
    safety: tuple[Heard, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """Everything that is reached has been answered; `says` is what the coach closes with."""

    says: tuple[str, ...]
