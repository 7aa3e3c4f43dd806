"""What a step says of earlier answers: which ones, whether they are sure to be there, and whether all of it can hold at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from coach.errors import Problems, suggestion
from coach.language import _
from coach.sequences.sequence import (
    ANYTHING,
    PLACEHOLDER,
    Answered,
    AtLeast,
    AtMost,
    Condition,
    OneOf,
    Question,
    Reference,
    Safe,
    Step,
    Test,
    Unanswered,
    Unsafe,
)
from coach.sequences.step import test_problem, unfilled_texts
from coach.strict_yaml.fields import Fields
from coach.strict_yaml.parse import Mapping as Keys
from coach.strict_yaml.parse import Node, Text

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
    heard: dict[Reference, set[str]] = {}
    pending = list(conditions)
    while pending:
        condition = pending.pop()
        reference = condition.reference
        if isinstance(condition.test, Safe | Unsafe):
            heard.setdefault(reference, set()).add(str(condition.test))
            if len(heard[reference]) > 1:
                return reference
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
        case Answered() | Safe() | Unsafe():
            return _given(question)
        case Unanswered():
            return {_NOTHING}
        case OneOf(keys, or_unanswered):
            return {*keys, _NOTHING} if or_unanswered else set(keys)
        case AtLeast(number):
            return {answer for answer in _given(question) if question.scale and int(answer) >= number}
        case AtMost(number):
            return {answer for answer in _given(question) if question.scale and int(answer) <= number}


@dataclass(slots=True)
class Asked:
    """Grows while a file is read, and notes the references that cannot hold.

    `earlier` are the questions so far, `kinds` those of the sessions that are looked back on, `lines` where each id of the file
    stands. `doubtful` are the ids with a mistake of their own: nothing more is said of what refers to them. Where not
    everything could be read, `is_complete` and `knows_kinds` are false, and an id that is not there may well be.
    """

    problems: Problems
    earlier: dict[str, Question] = field(default_factory=dict)
    kinds: dict[str, dict[str, Question]] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    doubtful: set[str] = field(default_factory=set)
    is_complete: bool = True
    knows_kinds: bool = True
    unfollowed: set[str] = field(default_factory=set)

    def add(self, step: Step | None) -> None:
        """Let the steps below refer to this one."""
        if isinstance(step, Question):
            self.earlier[step.id] = step

    def doubt(self, id_: Text | None) -> None:
        """Say no more of what refers to this id."""
        if id_:
            self.doubtful |= {id_.value, likely_id(id_.value)}

    def check_brought(self, at: Node, step: Step) -> None:
        """See that what an included step refers to was asked before it, in the same way, or is looked back on."""
        name = step.id if isinstance(step, Question) else step.say
        for reference in references(step):
            if reference.id == ANYTHING and not reference.kind:
                continue
            if not reference.kind and reference.id not in self.earlier and not self.is_doubtful(reference.id):
                what = _("'{step}' refers to '{id}', which is not asked before it").format(step=name, id=reference.id)
                self.problems.add(at.line, at.column, what, _("include '{id}' too").format(id=reference.id))
            elif reference.kind and reference.kind not in self.kinds:
                self.note_unfollowed(at, reference)
        for what, cure in self._unfit(step):
            self.problems.add(at.line, at.column, _("in '{step}': {problem}").format(step=name, problem=what), cure)

    def _unfit(self, step: Step) -> Iterator[tuple[str, str]]:
        """Yield what is wrong and what to do where the questions before an included step are not those it was written for."""
        asked = {Reference(id_): question for id_, question in self.earlier.items() if not self.is_doubtful(id_)}
        for condition in step.when:
            question = asked.get(condition.reference)
            if question and (problem := test_problem(question, condition.test)):
                yield problem
        for reference in (found for key in FILLED for found in placeholders(getattr(step, key, ""))):
            question = asked.get(reference)
            if question and not is_sure(reference, question, step):
                what = _("'{{{reference}}}' may have no answer here").format(reference=reference)
                yield what, _("add `when: {{{reference}: answered}}` to this step").format(reference=reference)

    def check_condition(self, at: Node, condition: Condition, own: Text | None) -> None:
        """See that a condition asks something of an earlier answer that it can be."""
        if condition.reference.id == ANYTHING:
            self.check_anything(at, condition)
            return
        question = self.referred(at, condition.reference, own)
        if question and (problem := test_problem(question, condition.test)):
            self.problems.add(at.line, at.column, *problem)

    def check_anything(self, at: Node, condition: Condition) -> None:
        """See that of all answers together only is asked whether they are about safety."""
        if not isinstance(condition.test, Safe | Unsafe):
            what = _("'{id}' stands for every answer").format(id=ANYTHING)
            self.problems.add(at.line, at.column, what, _("use `safe` or `unsafe`"))
        if condition.reference.kind and condition.reference.kind not in self.kinds:
            self.note_unfollowed(at, condition.reference)

    def check_placeholders(self, fields: Fields, step: Step) -> None:
        """See that every placeholder stands for an answer that is there whenever the step is reached."""
        for key in FILLED:
            text = getattr(step, key, "")
            for reference in placeholders(text):
                question = self.referred(fields.key(key), reference, own_id(fields.node))
                if question and not is_sure(reference, question, step):
                    what = _("'{{{reference}}}' may have no answer here").format(reference=reference)
                    cure = _("add `when: {{{reference}: answered}}` to this step").format(reference=reference)
                    fields.note(fields.key(key), what, cure)
            for written, meant in almost_placeholders(text):
                if meant.id in (self.kinds.get(meant.kind, {}) if meant.kind else self.earlier):
                    what = _("'{written}' is shown as it is").format(written=written)
                    fields.note(fields.key(key), what, _("write `{{{reference}}}`").format(reference=meant))
        self.check_unfilled(*unfilled_texts(fields.node))

    def check_unfilled(self, *nodes: Text) -> None:
        """See that no placeholder stands where no answer is filled in."""
        for node in nodes:
            for reference in placeholders(node.value):
                what = _("'{{{reference}}}' is not filled in here").format(reference=reference)
                self.problems.add(node.line, node.column, what, _("use it in `ask`, `say` or `hint`"))

    def check_reachable(self, at: Node, step: Step) -> None:
        """See that the conditions of a step can hold at once."""
        known = {Reference(id_): question for id_, question in self.earlier.items() if id_ not in self.doubtful}
        known |= {Reference(id_, kind): question for kind, ids in self.kinds.items() for id_, question in ids.items()}
        if any(test_problem(known[when.reference], when.test) for when in step.when if when.reference in known):
            return
        if reference := contradiction(step.when, known):
            name = step.id if isinstance(step, Question) else step.say
            what = _("'{step}' is never reached: its conditions cannot hold together").format(step=name)
            self.problems.add(at.line, at.column, what, _("see what they ask of '{reference}'").format(reference=reference))

    def is_doubtful(self, id_: str) -> bool:
        """Return whether a step with this id may be there, but could not be read."""
        return id_ in self.doubtful or not self.is_complete

    def referred(self, at: Node, reference: Reference, own: Text | None) -> Question | None:
        """Return the question that is referred to, if it could be read; note it when there is none."""
        if not reference.kind:
            if self.is_doubtful(reference.id) and reference.id not in self.earlier:
                return None
            known = self.earlier
            what = _("no earlier step '{reference}'")
        elif reference.kind in self.kinds:
            known = self.kinds[reference.kind]
            what = _("no step '{reference}'")
        else:
            self.note_unfollowed(at, reference)
            return None
        if reference.id not in known:
            cure = self.where_asked(reference, own) or suggestion(
                str(reference), [str(replace(reference, id=id_)) for id_ in known]
            )
            self.problems.add(at.line, at.column, what.format(reference=reference), cure)
        return None if not reference.kind and reference.id in self.doubtful else known.get(reference.id)

    def note_unfollowed(self, at: Node, reference: Reference) -> None:
        """Note, once a kind, that this sequence does not follow sessions of that kind."""
        if self.knows_kinds and reference.kind not in self.unfollowed:
            what = _("'{reference}' looks back on a kind of session that this one does not follow").format(reference=reference)
            self.problems.add(at.line, at.column, what, _("add `follows: {kind}` at the top").format(kind=reference.kind))
        self.unfollowed.add(reference.kind)

    def where_asked(self, reference: Reference, own: Text | None) -> str:
        """Return what to do about a question that is asked, but not before it is referred to."""
        if reference.kind or reference.id not in self.lines:
            return ""
        if own and own.value == reference.id:
            return _("a step cannot look at its own answer")
        return _("it is asked on line {line}; put this step below it").format(line=self.lines[reference.id])


def own_id(step: Node) -> Text | None:
    """Return the id of a step as it was typed."""
    id_ = step.get("id") if isinstance(step, Keys) else None
    return id_ if isinstance(id_, Text) and id_.value else None
