"""Whoever puts the questions to a person: what there is to show, and what comes back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from coach.conversation.meaning import NO, YES
from coach.conversation.turn import Ask, Remark
from coach.language import _
from coach.logs.session import Exchange, Memory

INTERRUPTED = 130
LEAVE, SAY_AGAIN = "leave", "again"


class Interruption(Exception):  # noqa: N818 # it is no error: somebody stops
    """The person stops half-way a question; `draft` is what was typed, `exit_code` how the program is to end."""

    def __init__(self, draft: str, exit_code: int) -> None:
        super().__init__()
        self.draft = draft
        self.exit_code = exit_code


class Prompt(NamedTuple):
    """All there is to show around one question.

    `memories` are earlier answers to recall, `problem` says why the answer just given could not be kept, `changing` that an
    answer is being changed afterwards.
    """

    ask: Ask
    memories: tuple[Memory, ...] = ()
    problem: str = ""
    changing: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as it was typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Back:
    """A wish to see the question before this one again; `text` is what was typed by then."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class ToHeart:
    """A wish to go straight to the question that everything leads to; `text` is what was typed by then."""

    text: str


Answer = Reply | Back | ToHeart


class Asker(Protocol):
    """Puts the questions to a person; whatever waits for one raises `Interruption` when they stop."""

    def ask(self, prompt: Prompt, keep_draft: Callable[[str], None]) -> Answer:
        """Return what the person replies; `keep_draft` may be handed what is typed so far."""

    def tell_safety(self, remark: Remark) -> bool:
        """Say what there is to say about safety, and return whether it is about that: no only where a person says so."""

    def remark(self, remark: Remark) -> str | None:
        """Say what was heard, and return how the person begins to say it again, "" for the words that are there.

        None is to leave it so.
        """

    def review(self, exchanges: tuple[Exchange, ...]) -> str | None:
        """Show all answers and return the id of one to change, or None when all is well."""

    def choose(self, text: str, options: dict[str, str]) -> str:
        """Let the person choose between ways to go on, and return the key of that option; the first is the usual one."""

    def tell(self, text: str) -> None:
        """Say something that needs no answer."""


def ask_about_safety(asker: Asker, remark: Remark) -> bool:
    """Say what there is to say about safety, and return whether the person leaves it at that."""
    text = "\n".join([*(heard.remark for heard in remark.safety), "", _("Is that what this is about?")])
    return asker.choose(text, {YES: _("Yes"), NO: _("No, it is about something else")}) == YES


def ways_after_remark() -> dict[str, str]:
    """Return what can be done after a remark; to leave an answer so is the usual way."""
    return {LEAVE: _("Leave it as it is"), SAY_AGAIN: _("Say it in other words")}
