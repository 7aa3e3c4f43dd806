"""What is seen while a conversation is held."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from coach.conversation.asker import Prompt
from coach.conversation.turn import Remark
from coach.language import _
from coach.language.dates import write_day
from coach.logs.session import Exchange, Memory
from coach.sequences.sequence import Experience, Question, Sequence, Statement, Step
from coach.terminal.session import exchange_lines
from coach.terminal.theme import OWN_WORDS, SECTION, STRONG, Divider, readable, words
from coach.text import visible


def question_screen(prompt: Prompt) -> RenderableType:
    """Return what stands above the prompt: what the coach says, earlier words, the question, an example."""
    ask = prompt.ask
    if prompt.problem:
        return words(prompt.problem, STRONG)
    note = _("once more") if prompt.changing else ask.place
    parts: list[RenderableType] = [Text(), Divider(ask.question.section, note)]
    parts += [words(text) for text in ask.says]
    if prompt.memories:
        parts += [Text(), Text(_("Earlier you wrote:")), *map(_memory, prompt.memories)]
    parts += [Text(), *(words(text, OWN_WORDS) for text in (ask.say_back,) if text), words(ask.text, STRONG)]
    if ask.question.scale:
        parts.append(words(str(ask.question.scale)))
    if ask.hint:
        parts.append(words(_("For example: {hint}").format(hint=ask.hint)))
    if ask.question.optional:
        parts.append(Text(_("You may leave this empty.")))
    return readable(Group(*parts))


def remark_screen(remark: Remark) -> RenderableType:
    """Return what was heard in an answer: the words, what the coach says of them, how it could sound."""
    parts: list[RenderableType] = [Text()]
    if remark.heard:
        parts.append(Text.assemble(("“" + visible(remark.heard.words) + "”", OWN_WORDS)))
        parts.append(words(remark.heard.remark))
        parts.append(words(_("For example: {hint}").format(hint=remark.heard.example)))
    return readable(Group(*parts))


def review_screen(exchanges: tuple[Exchange, ...]) -> RenderableType:
    """Return all answers of a session, to be read once more."""
    return readable(Group(Text(), Divider(_("What you wrote"), ""), *exchange_lines(exchanges)))


def sequence_page(sequence: Sequence) -> RenderableType:
    """Return the questions of a sequence in their order, with what must hold before they are asked."""
    parts: list[RenderableType] = [words(sequence.title, STRONG), words(sequence.description)]
    section = ""
    for step in sequence.steps:
        if isinstance(step, Question) and step.section != section:
            section = step.section
            parts += [Text(), words(section, SECTION)]
        conditions = ("  " + _("or")).join("".join(f"  [{condition}]" for condition in way) for way in step.when)
        parts += _step_lines(step, conditions)
    return readable(Group(*parts))


def title(text: str) -> RenderableType:
    """Return the heading of a part of the demonstration."""
    return Group(Text(), readable(Divider(text, "")))


def answer_line(question: Question, answer: str) -> RenderableType:
    """Return an answer as it looks when it was typed."""
    labels = {option.key: option.label for option in question.options}
    lines = [labels.get(line, line) for line in answer.split("\n")]
    return readable(Text.assemble(("› ", STRONG), visible("\n  ".join(lines))))


def _step_lines(step: Step, conditions: str) -> Iterator[RenderableType]:
    """Yield what a step says and asks, and the question that a thin answer gets."""
    match step:
        case Experience():
            yield words(_("(what came of earlier answers)"))
        case Statement(say):
            yield words(say, OWN_WORDS)
        case Question():
            yield from (words(text, OWN_WORDS) for text in (step.say, step.say_back) if text)
            yield Text.assemble(f"{visible(step.id)}  ", (visible(step.ask), STRONG), visible(conditions))
            if step.more:
                yield Text.assemble(f"{visible(step.more_id)}  ", (visible(step.more), STRONG))


def _memory(memory: Memory) -> RenderableType:
    day = write_day(memory.started.date())
    return Padding(Text.assemble(f"{day}  ", (visible(memory.text), OWN_WORDS)), (0, 0, 0, 2))
