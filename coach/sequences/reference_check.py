"""The check of what a step says of earlier answers, every problem noted on its line."""

from __future__ import annotations

from collections.abc import Iterator

from coach.language import _
from coach.sequences.asked import Asked, own_id
from coach.sequences.condition import ANYTHING, Condition, FirstOf, Reference, State
from coach.sequences.references import (
    FILLED,
    SHOWN,
    almost_placeholders,
    contradiction,
    is_sure,
    placeholders,
    references,
    useless,
)
from coach.sequences.sequence import Experience, Question, Statement, Step
from coach.sequences.step import unfilled_texts
from coach.sequences.when import Clause, test_problem
from coach.strict_yaml.fields import Fields
from coach.strict_yaml.parse import Node, Text


def name_of(step: Step) -> str:
    """Return what a step is called in a message."""
    match step:
        case Question(id=id_):
            return id_
        case Statement(say=say):
            return say
        case Experience():
            return "experience"


def check_when(asked: Asked, clauses: tuple[Clause, ...], own: Text | None) -> None:
    """See that each condition asks something of earlier answers that they can be."""
    for clause in clauses:
        for at, condition in clause.conditions:
            if any(reference.id == ANYTHING for reference in condition.first_of.references):
                _check_anything(asked, at, condition)
                continue
            questions = asked.referred(at, condition.first_of, own)
            if problem := next(filter(None, (test_problem(one, condition.test) for one in questions.values())), None):
                asked.problems.add(at.line, at.column, *problem)
            elif len(questions) == len(condition.first_of.references):
                _check_order(asked, at, condition.first_of)


def check_texts(asked: Asked, fields: Fields, step: Step) -> None:
    """See that every placeholder stands for an answer that is there whenever the step is reached."""
    for key in SHOWN:
        text, at = getattr(step, key, ""), fields.key(key)
        for first in placeholders(text):
            found = asked.referred(at, first, own_id(fields.node))
            if len(found) == len(first.references):
                _check_order(asked, at, first)
                if key in FILLED and not is_sure(first, asked.questions, step):
                    what, cure = _unsure(first)
                    is_at_heart = key == "say" and name_of(step) == asked.heart  # with a condition there would be no way to it
                    fields.note(at, what, _("write it as `say_back`") if is_at_heart else cure)
        for written, meant in almost_placeholders(text):
            if asked.is_asked(meant):
                what = _("'{written}' is shown as it is").format(written=written)
                fields.note(at, what, _("write `{{{reference}}}`").format(reference=meant))
    if isinstance(step, Experience):
        asked.referred(fields.key("experience"), FirstOf((Reference(step.id),)), None)
    check_unfilled(asked, *unfilled_texts(fields.node))


def check_unfilled(asked: Asked, *nodes: Text) -> None:
    """See that no placeholder stands where no answer is filled in."""
    for node in nodes:
        for first in placeholders(node.value):
            what = _("'{{{reference}}}' is not filled in here").format(reference=first)
            asked.problems.add(node.line, node.column, what, _("use it in `ask`, `say` or `hint`"))


def check_reachable(asked: Asked, at: Node, step: Step, clauses: tuple[Clause, ...] = ()) -> None:
    """See that the conditions of a step can hold at once, on one way at least and on each that stands in its own list."""
    questions = asked.questions
    if any(problem for way in step.when for condition in way for problem in _problems(questions, condition)):
        return
    impossible = [contradiction(way, questions) for way in step.when]
    if not all(impossible):
        check_each_way(asked, clauses)
        return
    what = _("'{step}' is never reached: its conditions cannot hold together").format(step=name_of(step))
    asked.problems.add(at.line, at.column, what, _("see what they ask of '{reference}'").format(reference=impossible[0]))


def check_each_way(asked: Asked, clauses: tuple[Clause, ...]) -> None:
    """See that on each way the conditions can hold at once."""
    questions = asked.questions
    for clause in clauses:
        conditions = tuple(condition for _at, condition in clause.conditions)
        is_clear = not any(problem for condition in conditions for problem in _problems(questions, condition))
        if is_clear and (first := contradiction(conditions, questions)):
            what = _("these conditions cannot hold together")
            cure = _("see what they ask of '{reference}'").format(reference=first)
            asked.problems.add(clause.at.line, clause.at.column, what, cure)


def check_brought(asked: Asked, at: Node, step: Step) -> None:
    """See that what an included step refers to was asked before it, in the same way, or is looked back on."""
    name = name_of(step)
    for reference in references(step):
        if reference.id == ANYTHING and not reference.kind:
            continue
        if not reference.kind and reference.id not in asked.earlier and not asked.is_doubtful(reference.id):
            what = _("'{step}' refers to '{id}', which is not asked before it").format(step=name, id=reference.id)
            asked.problems.add(at.line, at.column, what, _("include '{id}' too").format(id=reference.id))
        elif reference.kind and reference.kind not in asked.kinds:
            asked.note_unfollowed(at, reference)
    for what, cure in _unfit(asked, step):
        asked.problems.add(at.line, at.column, _("in '{step}': {problem}").format(step=name, problem=what), cure)


def _unfit(asked: Asked, step: Step) -> Iterator[tuple[str, str]]:
    """Yield what is wrong and what to do where the questions before an included step are not those it was written for."""
    questions = {Reference(id_): question for id_, question in asked.earlier.items() if not asked.is_doubtful(id_)}
    for condition in dict.fromkeys(condition for way in step.when for condition in way):
        yield from _problems(questions, condition)
    for first in (found for key in FILLED for found in placeholders(getattr(step, key, ""))):
        own = [reference for reference in first.references if not reference.kind]
        if own and all(reference in questions for reference in own) and not is_sure(first, questions, step):
            yield _unsure(first)


def _problems(questions: dict[Reference, Question], condition: Condition) -> Iterator[tuple[str, str]]:
    """Yield what is wrong and what to do for each question of which a condition can never hold."""
    for reference in condition.first_of.references:
        if (question := questions.get(reference)) and (problem := test_problem(question, condition.test)):
            yield problem


def _unsure(first: FirstOf) -> tuple[str, str]:
    what = _("'{{{reference}}}' may have no answer here").format(reference=first)
    return what, _("add `when: {{{reference}: answered}}` to this step").format(reference=first)


def _check_anything(asked: Asked, at: Node, condition: Condition) -> None:
    """See that of all answers together only is asked whether they are about safety."""
    first = condition.first_of
    if condition.test not in {State.SAFE, State.UNSAFE} or len(first.references) > 1:
        what = _("'{id}' stands for every answer").format(id=ANYTHING)
        cure = _("use `safe` or `unsafe`") if len(first.references) == 1 else _("ask it in a condition of its own")
        asked.problems.add(at.line, at.column, what, cure)
    for reference in first.references:
        if reference.kind and reference.kind not in asked.kinds:
            asked.note_unfollowed(at, reference)


def _check_order(asked: Asked, at: Node, first: FirstOf) -> None:
    """See that no answer stands behind one that is always there."""
    if better := useless(first, asked.questions):
        what = _("'{id}' is always answered, so nothing behind it is looked at").format(id=better.references[-1])
        asked.problems.add(at.line, at.column, what, _("write `{reference}`").format(reference=better))
