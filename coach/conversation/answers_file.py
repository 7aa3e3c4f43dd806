"""An answers file -> a whole conversation, with every problem and its line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from coach.conversation.answer import NotAnAnswerError
from coach.conversation.engine import Conversation
from coach.conversation.experience import tell_nothing
from coach.conversation.turn import Ask
from coach.errors import Problems, suggestion
from coach.language import _
from coach.logs.session import Exchange
from coach.strict_yaml.parse import Items, Text, decode, parse
from coach.strict_yaml.parse import Mapping as Keys


def read_answers(data: bytes, path: str) -> dict[str, Text]:
    """Return the answers in a YAML file by the id of their step; the items of a list become lines.

    Raises:
        CoachError: when it is not a mapping of ids to texts.

    """
    problems = Problems(path)
    root = parse(decode(data, problems), problems)
    answers = {}
    if not isinstance(root, Keys):
        problems.fail(
            root.line, root.column, _("answers are written as `id: answer`"), _("start each line with the id of a step")
        )
    for key, value in root.entries:
        lines = value.items if isinstance(value, Items) else (value,)
        texts = [line.value for line in lines if isinstance(line, Text)]
        if len(texts) < len(lines):
            problems.add(value.line, value.column, _("the answer to '{id}' must be a text or a list").format(id=key.value))
        answers[key.value] = Text("\n".join(texts), key.line, key.column)
    problems.raise_any()
    return answers


def play(conversation: Conversation, answers: Mapping[str, Text], where: str) -> Conversation:
    """Return the conversation after all answers of an answers file, by the id of their step.

    Raises:
        CoachError: with every id that is unknown, every answer that is missing and every one that does not fit.

    """
    problems = Problems(where)
    conversation = replace(conversation, tell=tell_nothing)  # nobody reads it
    questions = conversation.sequence.questions
    ids = [*(question.id for question in questions), *(question.more_id for question in questions if question.more)]
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
