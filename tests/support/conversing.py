"""A conversation for tests: a sequence from its text, and answers given in every way that must come to the same."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

from coach.conversation.engine import Conversation
from coach.conversation.turn import Ask
from coach.logs.markdown import read_log, render
from coach.logs.session import Session
from coach.sequences.reader import Source, read_sequence
from coach.sequences.sequence import Sequence

TODAY = date(2026, 11, 24)
PREPARE = "title: Prepare\nsteps: [{id: fear, ask: What do you fear?}]"
Say = Callable[..., Conversation]


class Folder:
    """Sequences by their name."""

    def __init__(self, **texts: str) -> None:
        self.texts = texts

    def get(self, name: str) -> Source | None:
        return Source(name, f"{name}.yaml", self.texts[name].encode(), "en") if name in self.texts else None

    def names(self) -> tuple[str, ...]:
        return tuple(self.texts)


def read(text: str, prepare: str = PREPARE, **others: str) -> Sequence:
    """Return the sequence in a text, which may look back on a preparation and include the others."""
    folder = Folder(check=text, prepare=prepare, **others)
    source = folder.get("check")
    assert source is not None
    return read_sequence(source, folder)


def asked(conversation: Conversation) -> str:
    """Return the id of the question that is asked."""
    step = conversation.step
    return step.question.id if isinstance(step, Ask) else "-"


def ask_of(conversation: Conversation) -> Ask:
    """Return the question that is asked, with all that belongs to it."""
    step = conversation.leave().step
    assert isinstance(step, Ask)
    return step


def straight(conversation: Conversation) -> Conversation:
    """Return the conversation as it is."""
    return conversation


def reloaded(conversation: Conversation) -> Conversation:
    """Return the conversation as `coach resume` would find it."""
    session = Session("x", "check", "check", "en", "Check", datetime(2026, 11, 24, tzinfo=UTC), exchanges=conversation.record)
    exchanges = read_log(render(session), "x.md").exchanges
    return replace(conversation, exchanges=exchanges, withdrawn=frozenset(), latest="")


def gone_back_over(conversation: Conversation) -> Conversation:
    """Return the conversation after going back one question and giving its answer again."""
    before = conversation.back()
    return before.answer(ask_of(before).default).leave() if before.withdrawn else conversation


def said_again(conversation: Conversation) -> Conversation:
    """Return the conversation after every answer was given once more, as at the review."""
    for exchange in conversation.record:
        if exchange.answered:
            conversation = conversation.revise(exchange.id, conversation.ask(exchange.id).default).leave()
    return conversation


WAYS = {"straight": straight, "reloaded": reloaded, "gone back over": gone_back_over, "said again": said_again}


def answering(way: str) -> Say:
    """Return a function that gives answers one after another, going one of the ways before each."""

    def say(conversation: Conversation, *answers: str) -> Conversation:
        for text in answers:
            conversation = WAYS[way](conversation).answer(text)
        return conversation

    return say
