"""Walks every shipped sequence down every branch."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from coach.conversation.answers import Answers
from coach.conversation.conditions import holds
from coach.conversation.engine import Conversation
from coach.conversation.turn import Ask, Done
from coach.ear.ear import Heard
from coach.logs.session import Exchange, Session
from coach.sequences.catalogue import Catalogue, shipped_folder
from coach.sequences.condition import ALWAYS, ANYTHING, AtLeast, AtMost, Condition, Reference, Test
from coach.sequences.references import references
from coach.sequences.sequence import Question, Sequence, Step

LANGUAGES = ("nl", "en")
NOWHERE = Path("/nowhere")
NAMES = Catalogue("en", NOWHERE, shipped_folder(), NOWHERE).names()
TODAY = date(2026, 11, 24)
UNSAFE = "(about safety)"
MAY_BE_UNSAFE = {"prepare": "fear", "fear-check": "fear", "map": "involved", "reflect": "first_step", "follow-up": "first_step"}
Carried = tuple[Session, ...]


@dataclass(frozen=True)
class Moment:
    """A question as it was asked on a way, and the answers given before it."""

    ask: Ask
    given: dict[str, str]


@dataclass(frozen=True)
class End:
    """The end of a way: what is said there, and how many questions were asked."""

    done: Done
    given: dict[str, str]
    count: int


@dataclass
class Walks:
    """The ways through a sequence: the questions on them, their ends, and the sessions that a follower can tell apart.

    `told` is what a follower can tell of these sessions.
    """

    moments: list[Moment] = field(default_factory=list)
    ends: list[End] = field(default_factory=list)
    sessions: list[Carried] = field(default_factory=list)
    told: set[tuple[str, ...]] = field(default_factory=set)


@cache
def sequence(name: str, language: str) -> Sequence:
    """Return a shipped sequence."""
    return Catalogue(language, NOWHERE, shipped_folder(), NOWHERE).read(name)


@cache
def walks(name: str, language: str) -> Walks:
    """Return all ways through a sequence, alone and after the sessions that it can follow."""
    found = Walks()
    walked = without_more(sequence(name, language))
    followed = walks(walked.follows, language).sessions if walked.follows else []
    seen: set[tuple[object, ...]] = set()
    for carried in ((), *followed):
        _walk(Conversation(walked, carried, TODAY, hear=hear), found, seen)
    return found


@cache
def counts(name: str, language: str, length: str) -> list[End]:
    """Return the ends of all ways of a length through a sequence, after nothing and after the fullest session it can follow."""
    walked = without_more(sequence(name, language))
    followed = walks(walked.follows, language).sessions if walked.follows else []
    ends: list[End] = []
    for carried in ((), max(followed, key=lambda sessions: len(sessions[0].exchanges), default=())):
        _count(Conversation(walked, carried, TODAY, hear=hear), length, ends, set())
    return ends


def without_more(walked: Sequence) -> Sequence:
    """Return a sequence that asks nothing more after a thin answer: that leads nowhere else."""
    steps = (replace(step, more="") if isinstance(step, Question) else step for step in walked.steps)
    return walked._replace(steps=tuple(steps))


def _walk(conversation: Conversation, found: Walks, seen: set[tuple[object, ...]]) -> None:
    """Go every way that is new: from a question on, or in what a follower can tell."""
    step = conversation.step
    given = {exchange.id: exchange.keys[0] for exchange in conversation.exchanges}
    if isinstance(step, Done):
        sessions = (_session(conversation), *conversation.carried)
        found.ends.append(End(step, given, _asked(conversation)))
        told = _told(conversation.sequence, sessions)
        if not told <= found.told:
            found.told |= told
            found.sessions.append(sessions)
        return
    assert isinstance(step, Ask), "nobody listens on these ways, so nothing is remarked"
    walked = conversation.sequence
    state = (step.question.id, step.says, *_alive(conversation, step.question.id))
    new = {(walked.kind, id_, given[id_]) for id_ in _looked_back_on(walked) if id_ in given} - found.told
    if state in seen and not new:
        return
    if state not in seen:
        found.moments.append(Moment(step, given))
    seen.add(state)
    for typed in _answers(walked, step.question):
        _walk(_answer(conversation, step, typed), found, seen)


def _count(conversation: Conversation, length: str, ends: list[End], seen: set[tuple[object, ...]]) -> None:
    """Go every way of a length that is new from a question on, or in how many questions there were before it."""
    step = conversation.step
    given = {exchange.id: exchange.keys[0] for exchange in conversation.exchanges}
    if isinstance(step, Done):
        ends.append(End(step, given, _asked(conversation)))
        return
    assert isinstance(step, Ask), "nobody listens on these ways, so nothing is remarked"
    state = (step.number, step.question.id, *_alive(conversation, step.question.id))
    if state not in seen:
        seen.add(state)
        is_length = step.question.id == conversation.sequence.length
        for typed in (length,) if is_length else _answers(conversation.sequence, step.question):
            _count(_answer(conversation, step, typed), length, ends, seen)


def _answer(conversation: Conversation, ask: Ask, typed: str) -> Conversation:
    """Return a conversation after an answer to what is asked; `answer` goes over its whole way once more, which takes longer."""
    walked = conversation.sequence
    exchange = _exchange(walked.name, walked.language, ask.question.id, typed)._replace(question=ask.heading)
    return replace(conversation, exchanges=(*conversation.exchanges, exchange))


@cache
def _exchange(name: str, language: str, id_: str, typed: str) -> Exchange:
    """Return what is kept of an answer, whatever came before it."""
    walked = sequence(name, language)
    alone = tuple(replace(question, when=ALWAYS) for question in walked.questions if question.id == id_)
    return Conversation(walked._replace(steps=alone), (), TODAY, hear=hear).answer(typed).exchanges[0]


def _asked(conversation: Conversation) -> int:
    return sum(1 for exchange in conversation.record if conversation.sequence.question(exchange.id))


def hear(text: str, _checks: tuple[str, ...]) -> tuple[Heard, ...]:
    """Hear a concern about safety in the answers that are marked with one."""
    return (Heard("safety_other", text, "", ""),) if text.endswith(UNSAFE) else ()


def _answers(walked: Sequence, question: Question) -> tuple[str, ...]:
    """Return the answers that can lead different ways."""
    usual = _usual(question, _tests(walked.steps, question.id))
    if question.id == MAY_BE_UNSAFE.get(walked.name):
        usual = (*usual, f"<{question.id}> {UNSAFE}")
    elif question.id not in _deciding(walked.name, walked.language):
        return usual[:1]
    return (*usual, "") if question.optional else usual


@cache
def _deciding(name: str, language: str) -> set[str]:
    """Return the ids whose answers matter to this sequence or to one that follows it."""
    walked = sequence(name, language)
    return {*_asked_for(walked.steps), *_looked_back_on(walked)}


def _tests(steps: tuple[Step, ...], id_: str) -> tuple[Test, ...]:
    asked = (condition for step in steps for way in step.when for condition in way)
    return tuple(condition.test for condition in asked if Reference(id_) in condition.first_of.references)


def _usual(question: Question, tests: tuple[Test, ...]) -> tuple[str, ...]:
    match question.type:
        case "scale":
            bounds = [test.number for test in tests if isinstance(test, AtLeast | AtMost)]
            near = {str(number + step) for number in bounds for step in (-1, 0, 1)} or {"5"}
            return tuple(number for number in question.scale.numbers if number in near) if question.scale else ()
        case "choice" | "choices" | "yes-no":
            return tuple(option.key for option in question.options)
        case "date":
            return ("2026-12-01",)
        case "text" | "line":
            return (f"<{question.id}>",)


def _alive(conversation: Conversation, id_: str) -> tuple[bool, ...]:
    """Return which of the conditions that are still to come hold of what was answered so far, here and in the sessions before."""
    exchanges = {exchange.id: exchange for exchange in conversation.exchanges}
    answers = Answers(exchanges, conversation.carried, frozenset())
    return tuple(_holds(condition, answers, set(exchanges)) for condition in _later(conversation.sequence, id_))


def _holds(condition: Condition, answers: Answers, passed: set[str]) -> bool:
    first = condition.first_of.references[0]
    if first.id == ANYTHING:
        return answers.is_unsafe(first.kind, passed)
    return holds(condition.test, answers.recall(condition.first_of, passed))


@cache
def _later(walked: Sequence, id_: str) -> tuple[Condition, ...]:
    """Return the conditions from a question on."""
    steps = walked.steps[next(n for n, step in enumerate(walked.steps) if isinstance(step, Question) and step.id == id_) :]
    return tuple(dict.fromkeys(condition for step in steps for way in step.when for condition in way))


def _asked_for(steps: tuple[Step, ...]) -> set[str]:
    ids = {reference.id for step in steps for reference in references(step) if not reference.kind}
    return (ids - {ANYTHING}) | set(MAY_BE_UNSAFE.values()) if ANYTHING in ids else ids


def _looked_back_on(walked: Sequence) -> tuple[str, ...]:
    """Return the ids of a sequence that others look back on."""
    return _references(walked.name, walked.kind, walked.language)


def _told(walked: Sequence, sessions: Carried) -> set[tuple[str, ...]]:
    """Return all that a follower can tell of a session and of those before it."""
    return {
        (session.kind, id_, told(session, id_))
        for session in sessions
        for id_ in _references(walked.name, session.kind, walked.language)
    }


def told(session: Session, id_: str) -> str:
    """Return what a follower can tell of the answer to `id_`, or of anything."""
    if id_ == ANYTHING:
        return str(any(exchange.is_about_safety for exchange in session.exchanges))
    exchange = session.exchange(id_)
    return exchange.keys[0] if exchange else ""


@cache
def _references(name: str, kind: str, language: str) -> tuple[str, ...]:
    """Return what is looked back on in a kind of session by those that follow the sequence `name`."""
    followers = (walked for walked in (sequence(other, language) for other in NAMES) if name in _chain(walked))
    found = (reference for walked in followers for step in walked.steps for reference in references(step))
    return tuple(sorted({reference.id for reference in found if reference.kind == kind}))


def _chain(walked: Sequence) -> tuple[str, ...]:
    """Return the sequences that a sequence follows, the nearest first."""
    if not walked.follows:
        return ()
    followed = sequence(walked.follows, walked.language)
    return (followed.name, *_chain(followed))


def _session(conversation: Conversation) -> Session:
    walked = conversation.sequence
    started = datetime(2026, 11, 24, tzinfo=UTC)
    return Session("x", walked.name, walked.kind, walked.language, walked.title, started, exchanges=conversation.record)
