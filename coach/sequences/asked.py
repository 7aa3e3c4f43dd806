"""The questions asked so far while a file is read, and which of them is meant by a reference."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from coach.errors import Problems, suggestion
from coach.language import _
from coach.sequences.condition import FirstOf, Reference
from coach.sequences.references import likely_id
from coach.sequences.sequence import Question, Step
from coach.strict_yaml.parse import Mapping, Node, Text


@dataclass(slots=True)
class Asked:
    """Grows while a file is read, and notes the references to what is not asked.

    `earlier` are the questions so far, `kinds` those of the sessions that are looked back on, `questions` all of these that were
    read without a mistake, `lines` where each id of the file stands. `doubtful` are the ids with a mistake of their own: nothing
    more is said of what refers to them. Where not everything could be read, `is_complete` and `knows_kinds` are false, and an id
    that is not there may well be. Who goes straight to the question `heart`, once `length` is known, leaves those between empty.
    `is_over` when no step is to come.
    """

    problems: Problems
    earlier: dict[str, Question] = field(default_factory=dict)
    kinds: dict[str, dict[str, Question]] = field(default_factory=dict)
    questions: dict[Reference, Question] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    doubtful: set[str] = field(default_factory=set)
    is_complete: bool = True
    knows_kinds: bool = True
    unfollowed: set[str] = field(default_factory=set)
    heart: str = ""
    length: str = ""
    is_over: bool = False

    def add(self, step: Step | None) -> None:
        """Let the steps below refer to this one."""
        if isinstance(step, Question):
            question = replace(step, optional=True) if self._can_be_passed_over(step.id) else step
            self.earlier[step.id] = question
            if step.id not in self.doubtful:
                self.questions[Reference(step.id)] = question

    def look_back_on(self, kind: str, questions: tuple[Question, ...]) -> None:
        """Let the steps refer to the questions of a kind of session."""
        self.kinds[kind] = {question.id: question for question in questions}
        self.questions |= {Reference(question.id, kind): question for question in questions}

    def doubt(self, id_: Text | None) -> None:
        """Say no more of what refers to this id."""
        if id_:
            for doubtful in {id_.value, likely_id(id_.value)}:
                self.doubtful.add(doubtful)
                self.questions.pop(Reference(doubtful), None)

    def is_doubtful(self, id_: str) -> bool:
        """Return whether a step with this id may be there, but could not be read."""
        return id_ in self.doubtful or not self.is_complete

    def is_asked(self, first: FirstOf) -> bool:
        """Return whether there are questions with all these ids, read without a mistake or not."""
        return all(one.id in (self.kinds.get(one.kind, {}) if one.kind else self.earlier) for one in first.references)

    def referred(self, at: Node, first: FirstOf, own: Text | None) -> dict[Reference, Question]:
        """Return the questions that are referred to and could be read; note each one that is not there."""
        found = ((reference, self._referred(at, reference, own)) for reference in first.references)
        return {reference: question for reference, question in found if question}

    def note_unfollowed(self, at: Node, reference: Reference) -> None:
        """Note, once a kind, that this sequence does not follow sessions of that kind."""
        if self.knows_kinds and reference.kind not in self.unfollowed:
            what = _("'{reference}' looks back on a kind of session that this one does not follow").format(reference=reference)
            self.problems.add(at.line, at.column, what, _("add `follows: {kind}` at the top").format(kind=reference.kind))
        self.unfollowed.add(reference.kind)

    def _can_be_passed_over(self, id_: str) -> bool:
        """Return whether a question stands where one can go straight to the heart."""
        is_before = self.heart not in {"", id_, *self.earlier}
        return is_before and (not self.length or self.length in self.earlier)

    def _referred(self, at: Node, reference: Reference, own: Text | None) -> Question | None:
        if not reference.kind:
            if self.is_doubtful(reference.id) and reference.id not in self.earlier:
                return None
            known = self.earlier
            what = _("no step '{reference}'") if self.is_over else _("no earlier step '{reference}'")
        elif reference.kind in self.kinds:
            known = self.kinds[reference.kind]
            what = _("no step '{reference}'")
        else:
            self.note_unfollowed(at, reference)
            return None
        if reference.id not in known:
            cure = self._where_asked(reference, own) or suggestion(
                str(reference), [str(reference._replace(id=id_)) for id_ in known]
            )
            self.problems.add(at.line, at.column, what.format(reference=reference), cure)
        return None if not reference.kind and reference.id in self.doubtful else known.get(reference.id)

    def _where_asked(self, reference: Reference, own: Text | None) -> str:
        """Return what to do about a question that is asked, but not before it is referred to."""
        if reference.kind or reference.id not in self.lines:
            return ""
        if own and own.value == reference.id:
            return _("a step cannot look at its own answer")
        return _("it is asked on line {line}; put this step below it").format(line=self.lines[reference.id])


def own_id(step: Node) -> Text | None:
    """Return the id of a step as it was typed."""
    id_ = step.get("id") if isinstance(step, Mapping) else None
    return id_ if isinstance(id_, Text) and id_.value else None
