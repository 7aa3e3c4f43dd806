"""YAML -> Sequence, and the answers of an answers file, with every problem and its line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from coach.errors import CoachError, Problem, Problems, suggestion
from coach.language import _
from coach.sequence import NAME, PLACEHOLDER, Condition, Question, Reference, Sequence, Step
from coach.step_reader import STEP_KEYS, read_conditions, read_step, test_problem
from coach.strict_yaml import Items, Mapping, Node, Text, decode, parse
from coach.yaml_fields import Fields

SEQUENCE_KEYS = ("title", "description", "kind", "follows", "card", "steps")


@dataclass(frozen=True, slots=True)
class Source:
    """The file of one sequence: its name, the path to show, its bytes and its language."""

    name: str
    path: str
    data: bytes
    language: str


class Sources(Protocol):
    """Where the sequences are that others include or look back on."""

    def get(self, name: str) -> Source | None:
        """Return the file of the sequence `name`, or None."""

    def names(self) -> tuple[str, ...]:
        """Return the names of all sequences."""


def read_sequence(source: Source, sources: Sources) -> Sequence:
    """Return the sequence in `source` with all that it includes.

    Raises:
        CoachError: with every problem of the file and of what it includes.

    """
    return _Reader(source, sources, ()).sequence()


def read_answers(data: bytes, path: str) -> dict[str, Text]:
    """Return the answers in a YAML file by the id of their step; the items of a list become lines.

    Raises:
        CoachError: when it is not a mapping of ids to texts.

    """
    problems = Problems(path)
    root = parse(decode(data, problems), problems)
    answers = {}
    if not isinstance(root, Mapping):
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


class _Reader:
    """Reads one file; `above` are the names of the sequences that are including it."""

    def __init__(self, source: Source, sources: Sources, above: tuple[str, ...]) -> None:
        self.source = source
        self.sources = sources
        self.above = (*above, source.name)
        self.problems = Problems(source.path)
        self.included: list[Problem] = []
        self.lines: dict[str, int] = {}
        self.kinds: dict[str, dict[str, Question]] = {}
        self.knows_kinds = True

    def sequence(self) -> Sequence:
        root = parse(decode(self.source.data, self.problems), self.problems)
        if not isinstance(root, Mapping):
            self.problems.fail(1, 1, _("a sequence starts with keys"), _("write `title: ...` and `steps:`"))
        fields = Fields(root, SEQUENCE_KEYS, self.problems)
        title, description = fields.required("title"), fields.text("description")
        kind, follows = fields.name("kind", NAME) or self.source.name, fields.name("follows", NAME)
        if follows:
            self.look_back(fields.key("follows"), follows)
        steps = self.steps(fields)
        card = self.card(fields, steps)
        if self.problems.found or self.included:
            mine = sorted(self.problems.found, key=lambda problem: (problem.line, problem.column))
            raise CoachError(*mine, *dict.fromkeys(self.included))
        return Sequence(self.source.name, title, description, kind, self.source.language, steps, follows, card)

    def steps(self, fields: Fields) -> tuple[Step, ...]:
        node = fields.node.get("steps")
        if not isinstance(node, Items) or not node.items:
            at = node or fields.node
            fields.note(at, _("'steps' must be a list of steps"), _("write `steps:` and below it `  - id: ...`"))
            return ()
        steps: list[Step] = []
        for item in node.items:
            if isinstance(item, Mapping):
                steps.extend(self.step(item, tuple(steps)))
            else:
                fields.note(item, _("a step is a set of keys"), _("write `- id: ...` with `ask: ...` below it"))
        return tuple(steps)

    def step(self, node: Mapping, earlier: tuple[Step, ...]) -> tuple[Step, ...]:
        fields = Fields(node, STEP_KEYS, self.problems)
        conditions = read_conditions(fields)
        when = tuple(condition for _at, condition in conditions)
        questions = {step.id: step for step in earlier if isinstance(step, Question)}
        for at, condition in conditions:
            self.check_condition(at, condition, questions)
        if "include" in fields:
            return self.include(fields, when, earlier)
        if "only" in fields:
            fields.note(fields.key("only"), _("'only' goes with 'include'"), _("add `include: ...` or leave it out"))
        section = next((step.section for step in reversed(earlier) if isinstance(step, Question)), "")
        step = read_step(fields, section, when, self.source.language)
        if step is None:
            return ()
        self.check_placeholders(fields, step, questions)
        if isinstance(step, Question):
            self.check_unique(fields.key("id"), step.id)
        return (step,)

    def include(self, fields: Fields, when: tuple[Condition, ...], earlier: tuple[Step, ...]) -> tuple[Step, ...]:
        at, name = fields.key("include"), fields.text("include")
        for key, _value in fields.node.entries:
            if key.value in STEP_KEYS and key.value not in {"include", "only", "when"}:
                fields.note(
                    key,
                    _("'{key}' cannot stand beside 'include'").format(key=key.value),
                    _("give it a step of its own"),
                )
        if name in self.above:
            round_about = " > ".join((*self.above[self.above.index(name) :], name))
            fields.note(at, _("the includes go round: {names}").format(names=round_about), _("take one of them out"))
            return ()
        found = self.other(at, name)
        if found is None:
            return ()
        steps = self.only(fields, found)
        known = {step.id for step in earlier if isinstance(step, Question)}
        for step in steps:
            self.check_brought(at, step, known)
            if isinstance(step, Question):
                self.check_unique(at, step.id)
                known.add(step.id)
        return tuple(replace(step, when=(*when, *step.when)) for step in steps)

    def only(self, fields: Fields, found: Sequence) -> tuple[Step, ...]:
        """Return the steps of an included sequence that are named under `only`, or all of them."""
        ids = {question.id for question in found.questions}
        wanted = fields.words("only")
        for word in wanted:
            if word.value not in ids:
                what = _("'{name}' has no step '{id}'").format(name=found.name, id=word.value)
                fields.note(word, what, suggestion(word.value, sorted(ids)))
        if "only" not in fields:
            return found.steps
        return tuple(question for question in found.questions if question.id in {word.value for word in wanted})

    def check_brought(self, at: Node, step: Step, known: set[str]) -> None:
        """See that what an included step refers to was asked before it, or is looked back on."""
        name = step.id if isinstance(step, Question) else step.say
        for reference in references(step):
            if not reference.kind and reference.id not in known:
                what = _("'{step}' refers to '{id}', which is not asked before it").format(step=name, id=reference.id)
                self.problems.add(at.line, at.column, what, _("include '{id}' too").format(id=reference.id))
            elif reference.kind and self.knows_kinds and reference.id not in self.kinds.get(reference.kind, {}):
                what = _("'{step}' looks back on '{reference}'").format(step=name, reference=reference)
                cure = _("add `follows: {kind}` at the top").format(kind=reference.kind)
                self.problems.add(at.line, at.column, what, cure)

    def other(self, at: Node, name: str) -> Sequence | None:
        """Return another sequence, its problems noted as its own."""
        source = self.sources.get(name)
        if source is None:
            self.problems.add(
                at.line,
                at.column,
                _("there is no sequence '{name}'").format(name=name),
                suggestion(name, self.sources.names()),
            )
            return None
        try:
            return _Reader(source, self.sources, self.above).sequence()
        except CoachError as error:
            self.included.extend(error.problems)
            return None

    def look_back(self, at: Node, follows: str) -> None:
        """Learn which questions the kinds of session have that this one can follow."""
        while follows and follows not in self.kinds and follows not in self.above:
            followed = self.other(at, follows)
            if followed is None:
                self.knows_kinds = False
                return
            self.kinds[follows] = {question.id: question for question in followed.questions}
            follows = followed.follows

    def card(self, fields: Fields, steps: tuple[Step, ...]) -> tuple[str, ...]:
        ids = {step.id for step in steps if isinstance(step, Question)}
        card = fields.words("card")
        for word in card:
            if word.value not in ids and ids:
                fields.note(word, _("no step '{id}' for the card").format(id=word.value), suggestion(word.value, ids))
        return tuple(word.value for word in card)

    def check_unique(self, at: Node, id_: str) -> None:
        if id_ in self.lines:
            what = _("the id '{id}' is used twice, first on line {line}").format(id=id_, line=self.lines[id_])
            self.problems.add(at.line, at.column, what, _("give one of the two another id"))
        elif id_:
            self.lines[id_] = at.line

    def check_condition(self, at: Node, condition: Condition, earlier: dict[str, Question]) -> None:
        question = self.referred(at, condition.reference, earlier)
        if question and (problem := test_problem(question, condition.test)):
            self.problems.add(at.line, at.column, *problem)

    def check_placeholders(self, fields: Fields, step: Step, earlier: dict[str, Question]) -> None:
        """See that every placeholder stands for an answer that is there whenever the step is reached."""
        for key in ("say", "ask", "hint"):
            for match in PLACEHOLDER.finditer(getattr(step, key, "")):
                reference = Reference(match["id"], match["kind"] or "")
                question = self.referred(fields.key(key), reference, earlier)
                if question and not _is_sure(reference, question, step):
                    what = _("'{{{reference}}}' may have no answer here").format(reference=reference)
                    cure = _("add `when: {{{reference}: answered}}` to this step").format(reference=reference)
                    fields.note(fields.key(key), what, cure)

    def referred(self, at: Node, reference: Reference, earlier: dict[str, Question]) -> Question | None:
        """Return the question that is referred to; note it when there is none."""
        if not reference.kind:
            known = earlier
            what = _("no earlier step '{reference}'")
        elif reference.kind in self.kinds:
            known = self.kinds[reference.kind]
            what = _("no step '{reference}'")
        elif not self.knows_kinds:
            return None
        else:
            what = _("'{reference}' looks back on a kind of session that this one does not follow").format(reference=reference)
            self.problems.add(at.line, at.column, what, _("add `follows: {kind}` at the top").format(kind=reference.kind))
            return None
        if reference.id not in known:
            self.problems.add(at.line, at.column, what.format(reference=reference), suggestion(reference.id, known))
        return known.get(reference.id)


def references(step: Step) -> tuple[Reference, ...]:
    """Return all answers that a step refers to, in its conditions and its texts."""
    texts = (getattr(step, key, "") for key in ("say", "ask", "hint"))
    placeholders = (Reference(match["id"], match["kind"] or "") for text in texts for match in PLACEHOLDER.finditer(text))
    return (*(condition.reference for condition in step.when), *placeholders)


def _is_sure(reference: Reference, question: Question, step: Step) -> bool:
    guarded = any(condition.reference == reference and condition.test.needs_answer for condition in step.when)
    always = not reference.kind and not question.optional and set(question.when) <= set(step.when)
    return guarded or always
