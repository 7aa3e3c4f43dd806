"""What a step says of earlier answers: which ones, whether they are sure to be there, and whether all of it can hold at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from coach.sequences.condition import (
    ALWAYS,
    PLACEHOLDER,
    AtLeast,
    AtMost,
    Condition,
    Conditions,
    FirstOf,
    OneOf,
    Reference,
    State,
    Test,
    first_of,
)
from coach.sequences.sequence import Experience, Question, Step

FILLED = ("say", "ask", "hint", "more")
SHOWN = (*FILLED, "say_back")  # what says an answer back is left out where there is none
_BRACED = re.compile(r"\{+[^{}\n]*\}+")
_NOTHING = ""
_SOMETHING = "*"

Questions = Mapping[Reference, Question]


def references(step: Step) -> tuple[Reference, ...]:
    """Return all answers that a step refers to, in its conditions and its texts."""
    asked = [condition.first_of for way in step.when for condition in way]
    shown = [first for key in SHOWN for first in placeholders(getattr(step, key, ""))]
    looked_back_on = [Reference(step.id)] if isinstance(step, Experience) else []
    return (*(reference for first in (*asked, *shown) for reference in first.references), *looked_back_on)


def placeholders(text: str) -> tuple[FirstOf, ...]:
    """Return the answers that a text wants to be filled in."""
    return tuple(first_of(match[1]) for match in PLACEHOLDER.finditer(text))


def almost_placeholders(text: str) -> Iterator[tuple[str, FirstOf]]:
    """Yield what stands between braces without being a placeholder, with what may be meant."""
    for match in _BRACED.finditer(text):
        meant = PLACEHOLDER.fullmatch("{" + "|".join(map(likely_id, match[0].strip("{}").split("|"))) + "}")
        if meant and meant[0] != match[0]:
            yield match[0], first_of(meant[1])


def likely_id(word: str) -> str:
    """Return the id that is meant by a word which is none: `Honest question` is honest_question."""
    return re.sub(r"[\s-]+", "_", word.strip().casefold())


def is_sure(first: FirstOf, questions: Questions, step: Step) -> bool:
    """Return whether one of some answers is there whenever the step is reached."""
    return all(_is_there(first, questions, way) for way in step.when)


def useless(first: FirstOf, questions: Questions) -> FirstOf | None:
    """Return the same answers in an order that makes sense, where those behind one that is always there are never looked at."""
    *before, _last = first.references
    for number, reference in enumerate(before):
        question = questions.get(reference)
        if question and _is_asked_always(reference, question):
            return FirstOf((*first.references[:number], *first.references[number + 1 :], reference))
    return None


def contradiction(way: Conditions, questions: Questions) -> FirstOf | None:
    """Return the answer that nothing can make all conditions hold of, theirs and those of the questions they need; or None."""
    possible: dict[FirstOf, set[str]] = {}
    heard: dict[FirstOf, set[str]] = {}
    pending = list(way)
    while pending:
        condition = pending.pop()
        first = condition.first_of
        if condition.test in {State.SAFE, State.UNSAFE}:
            heard.setdefault(first, set()).add(str(condition.test))
            if len(heard[first]) > 1:
                return first
        asked = {reference: questions[reference] for reference in first.references if reference in questions}
        if len(asked) < len(first.references) or any(question.type == "choices" for question in asked.values()):
            continue
        if first not in possible:
            possible[first] = _answers(asked)
            pending += _needed(condition, asked)
        possible[first] &= set[str]().union(*(_holding(condition.test, question) for question in asked.values()))
        if not possible[first]:
            return first
    return None


def _is_there(first: FirstOf, questions: Questions, way: Conditions) -> bool:
    is_guarded = any(
        condition.test.needs_answer and set(condition.first_of.references) <= set(first.references) for condition in way
    )
    asked = [questions[reference] for reference in first.references if not reference.kind and reference in questions]
    return is_guarded or any(
        not question.optional and any(set(needed) <= set(way) for needed in question.when) for question in asked
    )


def _is_asked_always(reference: Reference, question: Question) -> bool:
    return not (reference.kind or question.optional) and question.when == ALWAYS


def _needed(condition: Condition, asked: Questions) -> Conditions:
    """Return what must hold of still earlier answers when a condition needs one answer of this session, asked on one way."""
    ((reference, question), *others) = asked.items()
    needs = condition.test.needs_answer and not (others or reference.kind) and len(question.when) == 1
    return question.when[0] if needs else ()


def _answers(asked: Questions) -> set[str]:
    """Return every answer that can be given, nothing among them unless one of them is sure to be answered."""
    given = set[str]().union(*map(_given, asked.values()))
    return given if any(_is_asked_always(reference, question) for reference, question in asked.items()) else {_NOTHING, *given}


def _given(question: Question) -> set[str]:
    if question.scale:
        return set(question.scale.numbers)
    return {option.key for option in question.options} or {_SOMETHING}


def _holding(test: Test, question: Question) -> set[str]:
    """Return the answers of which a test holds."""
    match test:
        case State.ANSWERED | State.SAFE | State.UNSAFE:
            return _given(question)
        case State.UNANSWERED:
            return {_NOTHING}
        case OneOf(keys, or_unanswered):
            return {*keys, _NOTHING} if or_unanswered else set(keys)
        case AtLeast(number):
            return {answer for answer in _given(question) if question.scale and int(answer) >= number}
        case AtMost(number):
            return {answer for answer in _given(question) if question.scale and int(answer) <= number}
