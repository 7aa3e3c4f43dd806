"""YAML -> Sequence, and the answers of an answers file, with every problem and its line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from coach.errors import CoachError, Problem, Problems, suggestion
from coach.language import _
from coach.references import FILLED, almost_placeholders, contradiction, is_sure, likely_id, placeholders, references
from coach.sequence import NAME, Condition, Question, Reference, Sequence, Step
from coach.step_reader import STEP_KEYS, read_conditions, read_step, test_problem, unfilled_texts
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
        self.asked: dict[str, int] = {}
        self.doubtful: set[str] = set()
        self.knows_steps = True
        self.kinds: dict[str, dict[str, Question]] = {}
        self.knows_kinds = True
        self.unfollowed: set[str] = set()

    def sequence(self) -> Sequence:
        root = parse(decode(self.source.data, self.problems), self.problems)
        if not isinstance(root, Mapping):
            self.problems.fail(1, 1, _("a sequence starts with keys"), _("write `title: ...` and `steps:`"))
        fields = Fields(root, SEQUENCE_KEYS, self.problems, deeper=STEP_KEYS)
        self.check_unfilled(*(node for key in ("title", "description") if isinstance(node := root.get(key), Text)))
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
        cure = _("write `steps:` and below it `  - id: ...`")
        if node is None:
            fields.missing("steps", cure)
            self.knows_steps = False
            return ()
        if not isinstance(node, Items) or not node.items:
            fields.note(node, _("'steps' must be a list of steps"), cure)
            self.knows_steps = False
            return ()
        self.asked = {id_.value: id_.line for id_ in map(_id, node.items) if id_}
        steps: list[Step] = []
        for item in node.items:
            if isinstance(item, Mapping):
                steps.extend(self.step(item, tuple(steps)))
            else:
                fields.note(item, _("a step is a set of keys"), _("write `- id: ...` with `ask: ...` below it"))
        return tuple(steps)

    def step(self, node: Mapping, earlier: tuple[Step, ...]) -> tuple[Step, ...]:
        before = len(self.problems.found)
        fields = Fields(node, STEP_KEYS, self.problems)
        conditions = read_conditions(fields)
        when = tuple(condition for _at, condition in conditions)
        questions = {step.id: step for step in earlier if isinstance(step, Question)}
        for at, condition in conditions:
            self.check_condition(at, condition, questions, _id(node))
        if "include" in fields:
            return self.include(fields, when, earlier)
        if "only" in fields:
            fields.note(fields.key("only"), _("'only' goes with 'include'"), _("add `include: ...` or leave it out"))
        section = next((step.section for step in reversed(earlier) if isinstance(step, Question)), "")
        step = read_step(fields, section, when, self.source.language)
        if step:
            self.check_placeholders(fields, step, questions)
            self.check_reachable(fields.key("when"), step, questions)
        if isinstance(step, Question):
            self.check_unique(fields.key("id"), step.id)
        if len(self.problems.found) > before and (id_ := _id(node)):
            self.doubtful |= {id_.value, likely_id(id_.value)}
        return (step,) if step else ()

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
        found = self.other(at, name) if name else None
        if found is None:
            self.knows_steps = False
            return ()
        steps = tuple(replace(step, when=(*when, *step.when)) for step in self.only(fields, found))
        known = {step.id: step for step in earlier if isinstance(step, Question)}
        self.check_new(at, [step.id for step in steps if isinstance(step, Question)])
        for step in steps:
            self.check_brought(at, step, known)
            self.check_reachable(at, step, known)
            if isinstance(step, Question):
                known[step.id] = step
        return steps

    def only(self, fields: Fields, found: Sequence) -> tuple[Step, ...]:
        """Return the steps of an included sequence that are named under `only`, or all of them."""
        ids = {question.id for question in found.questions}
        wanted = fields.words("only")
        for word in wanted:
            if word.value not in ids:
                what = _("'{name}' has no step '{id}'").format(name=found.name, id=word.value)
                fields.note(word, what, suggestion(word.value, sorted(ids)))
                self.doubtful.add(word.value)
        if "only" not in fields:
            return found.steps
        return tuple(question for question in found.questions if question.id in {word.value for word in wanted})

    def check_brought(self, at: Node, step: Step, known: dict[str, Question]) -> None:
        """See that what an included step refers to was asked before it, in the same way, or is looked back on."""
        name = step.id if isinstance(step, Question) else step.say
        for reference in references(step):
            if not reference.kind and reference.id not in known and not self.is_doubtful(reference.id):
                what = _("'{step}' refers to '{id}', which is not asked before it").format(step=name, id=reference.id)
                self.problems.add(at.line, at.column, what, _("include '{id}' too").format(id=reference.id))
            elif reference.kind and self.knows_kinds and reference.id not in self.kinds.get(reference.kind, {}):
                what = _("'{step}' looks back on '{reference}'").format(step=name, reference=reference)
                cure = _("add `follows: {kind}` at the top").format(kind=reference.kind)
                self.problems.add(at.line, at.column, what, cure)
        asked = {id_: question for id_, question in known.items() if not self.is_doubtful(id_)}
        for condition in step.when:
            question = None if condition.reference.kind else asked.get(condition.reference.id)
            if question and (problem := test_problem(question, condition.test)):
                what = _("in '{step}': {problem}").format(step=name, problem=problem[0])
                self.problems.add(at.line, at.column, what, problem[1])
        for reference in (found for key in FILLED for found in placeholders(getattr(step, key, ""))):
            question = None if reference.kind else asked.get(reference.id)
            if question and not is_sure(reference, question, step):
                what = _("in '{step}': '{{{reference}}}' may have no answer here").format(step=name, reference=reference)
                self.problems.add(
                    at.line, at.column, what, _("add `when: {{{reference}: answered}}`").format(reference=reference)
                )

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
        ids = [step.id for step in steps if isinstance(step, Question)]
        card = fields.words("card")
        for word in card:
            if word.value not in ids and not self.is_doubtful(word.value):
                fields.note(word, _("no step '{id}' for the card").format(id=word.value), suggestion(word.value, ids))
        return tuple(word.value for word in card)

    def check_unique(self, at: Node, id_: str) -> None:
        if id_ in self.lines:
            what = _("the id '{id}' is used twice, first on line {line}").format(id=id_, line=self.lines[id_])
            self.problems.add(at.line, at.column, what, _("give one of the two another id"))
        elif id_:
            self.lines[id_] = at.line

    def check_new(self, at: Node, ids: list[str]) -> None:
        """See that what an include brings is not there already; name together what comes twice from one place."""
        twice: dict[int, list[str]] = {}
        for id_ in ids:
            if id_ in self.lines:
                twice.setdefault(self.lines[id_], []).append(id_)
            else:
                self.lines[id_] = at.line
        for line, known in twice.items():
            names = ", ".join(f"'{id_}'" for id_ in known)
            what = _("it brings {names} again, first on line {line}").format(names=names, line=line)
            self.problems.add(at.line, at.column, what, _("take out one of the two, or name the steps you want under `only`"))

    def check_condition(self, at: Node, condition: Condition, earlier: dict[str, Question], own: Text | None) -> None:
        question = self.referred(at, condition.reference, earlier, own)
        if question and (problem := test_problem(question, condition.test)):
            self.problems.add(at.line, at.column, *problem)

    def check_placeholders(self, fields: Fields, step: Step, earlier: dict[str, Question]) -> None:
        """See that every placeholder stands for an answer that is there whenever the step is reached."""
        for key in FILLED:
            text = getattr(step, key, "")
            for reference in placeholders(text):
                question = self.referred(fields.key(key), reference, earlier, _id(fields.node))
                if question and not is_sure(reference, question, step):
                    what = _("'{{{reference}}}' may have no answer here").format(reference=reference)
                    cure = _("add `when: {{{reference}: answered}}` to this step").format(reference=reference)
                    fields.note(fields.key(key), what, cure)
            for written, meant in almost_placeholders(text):
                if meant.id in (self.kinds.get(meant.kind, {}) if meant.kind else earlier):
                    what = _("'{written}' is shown as it is").format(written=written)
                    fields.note(fields.key(key), what, _("write `{{{reference}}}`").format(reference=meant))
        self.check_unfilled(*unfilled_texts(fields.node))

    def check_unfilled(self, *nodes: Text) -> None:
        """See that no placeholder stands where no answer is filled in."""
        for node in nodes:
            for reference in placeholders(node.value):
                what = _("'{{{reference}}}' is not filled in here").format(reference=reference)
                self.problems.add(node.line, node.column, what, _("use it in `ask`, `say` or `hint`"))

    def check_reachable(self, at: Node, step: Step, earlier: dict[str, Question]) -> None:
        """See that the conditions of a step can hold at once."""
        known = {Reference(id_): question for id_, question in earlier.items() if id_ not in self.doubtful}
        known |= {Reference(id_, kind): question for kind, ids in self.kinds.items() for id_, question in ids.items()}
        if any(test_problem(known[when.reference], when.test) for when in step.when if when.reference in known):
            return
        if reference := contradiction(step.when, known):
            name = step.id if isinstance(step, Question) else step.say
            what = _("'{step}' is never reached: its conditions cannot hold together").format(step=name)
            self.problems.add(at.line, at.column, what, _("see what they ask of '{reference}'").format(reference=reference))

    def is_doubtful(self, id_: str) -> bool:
        """Return whether a step with this id may be there, but could not be read."""
        return id_ in self.doubtful or not self.knows_steps

    def referred(self, at: Node, reference: Reference, earlier: dict[str, Question], own: Text | None) -> Question | None:
        """Return the question that is referred to, if it could be read; note it when there is none."""
        if not reference.kind:
            if self.is_doubtful(reference.id) and reference.id not in earlier:
                return None
            known = earlier
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
        if self.knows_kinds and reference.kind not in self.unfollowed:
            what = _("'{reference}' looks back on a kind of session that this one does not follow").format(reference=reference)
            self.problems.add(at.line, at.column, what, _("add `follows: {kind}` at the top").format(kind=reference.kind))
        self.unfollowed.add(reference.kind)

    def where_asked(self, reference: Reference, own: Text | None) -> str:
        """Return what to do about a question that is asked, but not before it is referred to."""
        if reference.kind or reference.id not in self.asked:
            return ""
        if own and own.value == reference.id:
            return _("a step cannot look at its own answer")
        return _("it is asked on line {line}; put this step below it").format(line=self.asked[reference.id])


def _id(step: Node) -> Text | None:
    """Return the id of a step as it was typed."""
    id_ = step.get("id") if isinstance(step, Mapping) else None
    return id_ if isinstance(id_, Text) and id_.value else None
