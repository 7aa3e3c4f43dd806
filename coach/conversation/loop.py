"""The loop that holds a conversation, what it needs of whoever asks, and an asker in plain lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

from coach.conversation.answer import NotAnAnswerError
from coach.conversation.engine import Ask, Conversation, Done, Remark
from coach.errors import Problems, suggestion
from coach.language import _
from coach.language.dates import write_day
from coach.logs.session import Exchange, Memory
from coach.strict_yaml.parse import Text

INTERRUPTED = 130
INPUT_ENDED = 3
BACK = "<"


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


class PlainAsker:
    """Asks in plain numbered lines, one line an answer: for pipes and screen readers."""

    def __init__(
        self,
        read: Callable[[], str],
        write: Callable[[str], object],
        listening: Callable[[], AbstractContextManager[None]] = nullcontext,
        *,
        is_watched: bool = False,
    ) -> None:
        """`read` returns one line with its line end, or "" when the input has ended; `write` shows a text.

        `listening` lets the signals that came in be heard: nothing is lost then. `is_watched` tells that a person types the
        lines, who can be asked more than the questions.
        """
        self._read = read
        self._write = write
        self._listening = listening
        self._is_watched = is_watched

    def ask(self, question: Question, keep_draft: Callable[[str], None]) -> Said | Back:  # noqa: ARG002 # a line is typed whole
        """Show a question and return the next line as its answer."""
        ask = question.ask
        if question.problem:
            self.tell(question.problem)
        else:
            self._write("\n" + "\n".join(self._lines(question)) + "\n")
        line = self._line()
        if line.strip() == BACK:
            return Back()
        if not line.strip() and ask.default:
            return Said(ask.default)
        return Said(_by_number(ask, line))

    def remark(self, remark: Remark) -> bool:
        """Say what was heard; only a person who types is asked about it, never a pipe."""
        for heard in filter(None, (remark.safety, remark.heard)):
            self.tell(heard.remark)
        if remark.heard is None:
            return False
        self._write(f'"{remark.heard.words}"\n' + _("For example: {hint}").format(hint=remark.heard.example) + "\n")
        return self._is_watched and wants_again(self)

    def review(self, exchanges: tuple[Exchange, ...]) -> None:
        """Leave all answers as they are: plain mode has no review."""

    def tell(self, text: str) -> None:
        """Write a text."""
        self._write(f"\n{text}\n")

    def choose(self, text: str, options: dict[str, str]) -> str:
        """Let one of `options` be chosen by its number; an empty line takes the first."""
        keys = list(options)
        self.tell("\n".join([text, *(f"{number}. {label}" for number, label in enumerate(options.values(), start=1))]))
        line = self._line().strip() or "1"
        return keys[int(line) - 1] if line.isdecimal() and 1 <= int(line) <= len(keys) else keys[0]

    def _line(self) -> str:
        self._write("> ")
        try:
            with self._listening():
                line = self._read()
        except KeyboardInterrupt:
            raise Stopped("", INTERRUPTED) from None
        except SystemExit as signalled:
            raise Stopped("", int(signalled.code or 0)) from None
        except OSError:
            line = ""  # the window is gone
        if not line:
            raise Stopped("", INPUT_ENDED)
        return line

    def _lines(self, question: Question) -> list[str]:
        ask = question.ask
        lines = [*ask.says, *(f"{write_day(memory.given.date())}: {memory.text}" for memory in question.memories)]
        lines.append(f"{ask.number} / {ask.total}  {ask.heading}")
        if ask.hint:
            lines.append(_("For example: {hint}").format(hint=ask.hint))
        lines += [f"{number}. {option.label}" for number, option in enumerate(ask.question.options, start=1)]
        if ask.question.type == "choices":
            lines.append(_("Give one or more numbers, with spaces between them."))
        if ask.question.optional:
            lines.append(_("You may leave this empty."))
        if ask.default:
            lines.append(_("Enter keeps: {answer}").format(answer=" / ".join(ask.default.split("\n"))))
        return lines


def _by_number(ask: Ask, line: str) -> str:
    """Return the keys of the options that are named by their number; anything else as it is."""
    options = ask.question.options
    words = line.replace(",", " ").split()
    keys = {option.key for option in options}
    if not options or not words or any(word in keys or not word.isascii() or not word.isdigit() for word in words):
        return line
    numbers = [int(word) for word in words]
    if not all(1 <= number <= len(options) for number in numbers):
        return line
    return "\n".join(options[number - 1].key for number in numbers)


def play(conversation: Conversation, answers: Mapping[str, Text], where: str) -> Conversation:
    """Return the conversation after all answers of an answers file, by the id of their step.

    Raises:
        CoachError: with every id that is unknown, every answer that is missing and every one that does not fit.

    """
    problems = Problems(where)
    ids = [question.id for question in conversation.sequence.questions]
    for id_, answer in answers.items():
        if id_ not in ids:
            what = _("'{sequence}' has no step '{id}'").format(sequence=conversation.sequence.name, id=id_)
            problems.add(answer.line, answer.column, what, suggestion(id_, ids))
    for exchange in conversation.record:
        if exchange.id in answers:
            conversation = _give(conversation, conversation.ask(exchange.id), answers, problems).leave()
    while isinstance(ask := conversation.step, Ask):
        conversation = _give(conversation, ask, answers, problems).leave()
    problems.raise_any()
    return conversation


def _give(conversation: Conversation, ask: Ask, answers: Mapping[str, Text], problems: Problems) -> Conversation:
    """Give one answer; where there is none that fits, note it and leave the question empty to find what else is wrong."""
    id_ = ask.question.id
    answer = answers.get(id_)
    try:
        if answer is not None or ask.question.optional:
            return conversation.revise(id_, answer.value if answer else "")
        problems.add(0, 0, _("there is no answer to '{id}'").format(id=id_), _("add `{id}: ...`").format(id=id_))
    except NotAnAnswerError as error:
        line, column = (answer.line, answer.column) if answer else (0, 0)
        problems.add(line, column, _("'{id}' cannot be answered so").format(id=id_), str(error))
    empty = Exchange(id_, ask.heading, ("",))
    return replace(conversation, exchanges=(*(e for e in conversation.exchanges if e.id != id_), empty))
