"""The loop that holds a conversation, and what it needs of whoever asks and of whoever saves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

from coach.conversation.answer import NotAnAnswerError
from coach.conversation.engine import Ask, Conversation, Done, Remark
from coach.language import _
from coach.logs.session import Exchange, Memory

INTERRUPTED = 130


class Stopped(Exception):  # noqa: N818 # it is no error: somebody stops
    """The person stopped half-way a question; `draft` is what was typed, `exit_code` how it came to an end."""

    def __init__(self, draft: str, exit_code: int) -> None:
        super().__init__()
        self.draft = draft
        self.exit_code = exit_code


@dataclass(frozen=True, slots=True)
class Said:
    """An answer as it was typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Back:
    """A wish to see the question before this one again."""


@dataclass(frozen=True, slots=True)
class Question:
    """All there is to show around one question.

    `memories` are earlier answers to recall, `problem` says why the answer just given could not be kept, `changing` that an
    answer is being changed afterwards.
    """

    ask: Ask
    memories: tuple[Memory, ...] = ()
    problem: str = ""
    changing: bool = False


class Asker(Protocol):
    """Puts the questions to a person."""

    def ask(self, question: Question, keep_draft: Callable[[str], None]) -> Said | Back:
        """Return what the person says; raise `Stopped` when they stop. `keep_draft` may be handed what is typed so far."""

    def remark(self, remark: Remark) -> bool:
        """Say what was heard, and return whether the person wants to say it again; raise `Stopped` when they stop."""

    def review(self, exchanges: tuple[Exchange, ...]) -> str | None:
        """Show all answers and return the id of one to change, or None when all is well; raise `Stopped` when they stop."""

    def tell(self, text: str) -> None:
        """Say something that needs no answer."""


class Keeper(Protocol):
    """Saves every new state of a conversation."""

    def keep(self, conversation: Conversation) -> None:
        """Save what was said."""

    def keep_draft(self, conversation: Conversation) -> None:
        """Save what is being typed, if that can be done without a word."""


Recall = Callable[[tuple[tuple[str, int], ...]], tuple[Memory, ...]]


def hold(conversation: Conversation, asker: Asker, keeper: Keeper, recall: Recall) -> Conversation:
    """Ask until everything is answered and the person is content, handing every new state to `keeper`.

    Raises:
        Stopped: when the person stops; what was said and typed has been kept.

    """
    try:
        return _hold(conversation, asker, keeper, recall)
    except KeyboardInterrupt:  # between two prompts
        raise Stopped("", INTERRUPTED) from None
    except SystemExit as signalled:
        raise Stopped("", int(signalled.code or 0)) from None


def _hold(conversation: Conversation, asker: Asker, keeper: Keeper, recall: Recall) -> Conversation:
    while True:
        match conversation.step:
            case Ask() as ask:
                question = Question(ask, recall(ask.question.recall))
                conversation = _take(conversation, question, asker, keeper)
            case Remark() as remark:
                if asker.remark(remark):
                    question = Question(remark.ask, changing=True)
                    conversation = _take(conversation, question, asker, keeper, conversation.say_again)
                conversation = conversation.leave()
            case Done(says):
                changed = asker.review(conversation.record)
                if changed is None:
                    for text in says:
                        asker.tell(text)
                    return conversation
                question = Question(conversation.ask(changed), changing=True)
                conversation = _take(conversation, question, asker, keeper)


def _take(
    conversation: Conversation,
    question: Question,
    asker: Asker,
    keeper: Keeper,
    say: Callable[[str], Conversation] | None = None,
) -> Conversation:
    """Ask one question until its answer can be kept; `say` gives the answer where that is not simply the answer."""
    id_ = question.ask.question.id
    give = say or partial(conversation.revise, id_)
    while True:
        try:
            reply = asker.ask(question, lambda draft: keeper.keep_draft(conversation.broken_off(id_, draft)))
        except Stopped as stopped:
            keeper.keep(conversation.broken_off(id_, stopped.draft))
            raise
        if isinstance(reply, Back):
            return conversation if question.changing else conversation.back()
        try:
            after = give(reply.text)
        except NotAnAnswerError as error:
            question = replace(question, problem=str(error), ask=replace(question.ask, default=reply.text))
            continue
        keeper.keep(after)
        _tell_dropped(conversation, after, asker)
        return after


def _tell_dropped(before: Conversation, after: Conversation, asker: Asker) -> None:
    """Name the questions that no longer apply after a change."""
    kept = {exchange.id for exchange in after.record}
    dropped = [exchange.question for exchange in before.record if exchange.id not in kept and exchange.answered]
    if dropped:
        asker.tell(_("This no longer applies and is left out of your log:") + "\n" + "\n".join(f"- {ask}" for ask in dropped))


class Chooser(Protocol):
    """Lets a person choose between ways to go on."""

    def choose(self, text: str, options: dict[str, str]) -> str:
        """Return the key of the option that is chosen; the first is the usual one."""


def wants_again(asker: Chooser) -> bool:
    """Ask whether an answer is to be said again; to leave it so is the usual way."""
    options = {"leave": _("Leave it so"), "again": _("Say it in other words")}
    return asker.choose(_("What would you like?"), options) == "again"
