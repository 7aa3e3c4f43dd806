"""The record of one conversation, frozen, complete enough to resume and to link."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from coach.logs.value import key_and_label
from coach.text import cut

FORMAT = 1
_LONGEST_QUOTE = 300


NOT_SAFETY = "not_safety"  # among what was heard: the person says that it is about something else


class Exchange(NamedTuple):
    """One question and what was said to it.

    `lines` are the lines of the answer as they stand in the log: () when it was not answered yet, ("",) when it was left empty;
    where `choice` is true each of them is a choice, `key (label)`.
    `before` is an earlier wording, `heard` the checks that led to it, `draft` an answer broken off half-way, `note` what the user
    wrote below it in the file. `quotes` tell which words of other sessions stand in the question, each as a `Quotation`.
    """

    id: str
    question: str
    lines: tuple[str, ...] = ()
    section: str = ""
    before: tuple[str, ...] = ()
    heard: tuple[str, ...] = ()
    draft: tuple[str, ...] = ()
    note: str = ""
    choice: bool = False
    quotes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The answer."""
        return "\n".join(self.lines)

    @property
    def answered(self) -> bool:
        """Whether something was said."""
        return any(map(str.strip, self.lines))

    @property
    def is_about_safety(self) -> bool:
        """Whether something about safety was heard in the answer; it is then shown nowhere but where it was written."""
        return bool(self.heard) and any(check.startswith("safety") for check in self.heard)  # nearly always nothing

    @property
    def is_said_to_be_safe(self) -> bool:
        """Whether the person said that the answer is not about safety, though something was heard."""
        return NOT_SAFETY in self.heard

    @property
    def keys(self) -> tuple[str, ...]:
        """The lines without the label of a choice: `partly (In part)` is `partly`."""
        return tuple(key_and_label(line)[0] for line in self.lines)

    @property
    def labels(self) -> tuple[str, ...]:
        """The lines as a person reads them: the choice `partly (In part)` is `In part`."""
        if not self.choice:
            return self.lines
        return tuple(key_and_label(line)[1] for line in self.lines)


class Memory(NamedTuple):
    """An earlier answer: when that conversation was, what the conversation was about, and the words."""

    started: datetime
    about: str
    text: str


@dataclass(frozen=True, slots=True)
class Session:
    """One conversation of a person with the coach, from `started` on; without `finished` it can be resumed.

    `heard` tells whether all answers were heard for what is about safety, as they stand; those of older logs, and of logs that
    a person changed, were not. `extra` is the part of the front matter that is not ours, `note` what stands above the first
    question; both are kept. `name` is that of its file, where a person gave it another than its id; `unread` are the numbers of
    the lines in it that look like answers and are not read.
    """

    id: str
    sequence: str
    kind: str
    language: str
    title: str
    started: datetime
    about: str = ""
    finished: datetime | None = None
    follows: str = ""
    tags: tuple[str, ...] = ()
    card: tuple[str, ...] = ()
    exchanges: tuple[Exchange, ...] = ()
    format: int = FORMAT
    heard: bool = False
    extra: str = ""
    note: str = ""
    name: str = field(default="", compare=False)
    unread: tuple[int, ...] = field(default=(), compare=False)

    @property
    def names(self) -> tuple[str, ...]:
        """What a link to it may say: its id, or the name of its file."""
        return (self.id, self.name) if self.name else (self.id,)

    @property
    def file(self) -> str:
        """The name of its file, without its end."""
        return self.name or self.id

    def exchange(self, id_: str) -> Exchange | None:
        """Return the first exchange with this id that was answered, or None."""
        for exchange in self.exchanges:  # not a generator: half of the time, and it is asked a dozen times a log
            if exchange.id == id_ and exchange.answered:
                return exchange
        return None


def title_of(session: Session) -> str:
    """Return what a session is called: what it is about, else what it is."""
    return session.about or session.title or session.sequence


def quote(exchange: Exchange) -> str:
    """Return the answer on one line, cut at a word when it is long."""
    words = " / ".join(line.strip() for line in exchange.labels if line.strip())
    return cut(words, _LONGEST_QUOTE)
