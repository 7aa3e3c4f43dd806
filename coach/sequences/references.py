"""What a step says of earlier answers: which ones, whether they are sure to be there, and whether all of it can hold at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from coach.sequences.sequence import (
    PLACEHOLDER,
    Answered,
    AtLeast,
    AtMost,
    Condition,
    OneOf,
    Question,
    Reference,
    Step,
    Test,
    Unanswered,
)

FILLED = ("say", "ask", "hint")
_BRACED = re.compile(r"\{+[^{}\n]*\}+")
_NOTHING = ""
_SOMETHING = "*"


def references(step: Step) -> tuple[Reference, ...]:
    """Return all answers that a step refers to, in its conditions and its texts."""
    texts = (getattr(step, key, "") for key in FILLED)
    return (*(condition.reference for condition in step.when), *(found for text in texts for found in placeholders(text)))


def placeholders(text: str) -> tuple[Reference, ...]:
    """Return the answers that a text wants to be filled in."""
    return tuple(Reference(match["id"], match["kind"] or "") for match in PLACEHOLDER.finditer(text))


def almost_placeholders(text: str) -> Iterator[tuple[str, Reference]]:
    """Yield what stands between braces without being a placeholder, with what may be meant."""
    for match in _BRACED.finditer(text):
        meant = PLACEHOLDER.fullmatch("{" + likely_id(match[0].strip("{}")) + "}")
        if meant and meant[0] != match[0]:
            yield match[0], Reference(meant["id"], meant["kind"] or "")


def likely_id(word: str) -> str:
    """Return the id that is meant by a word which is none: `Honest question` is honest_question."""
    return re.sub(r"[\s-]+", "_", word.strip().casefold())


def is_sure(reference: Reference, question: Question, step: Step) -> bool:
    """Return whether an answer is there whenever the step is reached."""
    guarded = any(condition.reference == reference and condition.test.needs_answer for condition in step.when)
    always = not reference.kind and not question.optional and set(question.when) <= set(step.when)
    return guarded or always


def contradiction(conditions: tuple[Condition, ...], questions: Mapping[Reference, Question]) -> Reference | None:
    """Return the answer that nothing can make all conditions hold of, theirs and those of the questions they need; or None."""
    possible: dict[Reference, set[str]] = {}
    pending = list(conditions)
    while pending:
        condition = pending.pop()
        reference = condition.reference
        question = questions.get(reference)
        if question is None or question.type == "choices":
            continue
        if reference not in possible:
            possible[reference] = _answers(reference, question)
            if condition.test.needs_answer and not reference.kind:
                pending.extend(question.when)
        possible[reference] &= _holding(condition.test, question)
        if not possible[reference]:
            return reference
    return None


def _answers(reference: Reference, question: Question) -> set[str]:
    """Return every answer that can be given, nothing among them unless it is sure to be answered."""
    is_asked_always = not (reference.kind or question.optional or question.when)
    return _given(question) if is_asked_always else {_NOTHING, *_given(question)}


def _given(question: Question) -> set[str]:
    if question.scale:
        return set(question.scale.numbers)
    return {option.key for option in question.options} or {_SOMETHING}


def _holding(test: Test, question: Question) -> set[str]:
    """Return the answers of which a test holds."""
    match test:
        case Answered():
            return _given(question)
        case Unanswered():
            return {_NOTHING}
        case OneOf(keys, or_unanswered):
            return {*keys, _NOTHING} if or_unanswered else set(keys)
        case AtLeast(number):
            return {answer for answer in _given(question) if question.scale and int(answer) >= number}
        case AtMost(number):
            return {answer for answer in _given(question) if question.scale and int(answer) <= number}
