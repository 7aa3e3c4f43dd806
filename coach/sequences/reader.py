"""YAML -> Sequence, and the answers of an answers file, with every problem and its line."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple, Protocol

from coach.errors import CoachError, Problem, Problems, suggestion
from coach.language import _
from coach.sequences.asked import Asked, own_id
from coach.sequences.condition import When, joined
from coach.sequences.following import read_following, read_kind, read_parts
from coach.sequences.reference_check import check_brought, check_reachable, check_texts, check_unfilled, check_when
from coach.sequences.sequence import NAME, Question, Sequence, Step
from coach.sequences.step import STEP_KEYS, read_step, refuse_beside
from coach.sequences.top import read_card, read_heart, read_length, read_quick, read_share
from coach.sequences.when import read_when, when_of
from coach.strict_yaml.fields import Fields
from coach.strict_yaml.parse import Items, Mapping, Node, Text, decode, parse

SEQUENCE_KEYS = ("title", "description", "kind", "follows", "card", "length", "quick", "heart", "share", "steps")


class Source(NamedTuple):
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


class _Reader:
    """Reads one file; `above` are the names of the sequences that are including it."""

    def __init__(self, source: Source, sources: Sources, above: tuple[str, ...]) -> None:
        self.source = source
        self.sources = sources
        self.above = (*above, source.name)
        self.problems = Problems(source.path)
        self.included: list[Problem] = []
        self.lines: dict[str, int] = {}
        self.mores: dict[str, str] = {}
        self.asked = Asked(self.problems)

    def sequence(self) -> Sequence:
        root = parse(decode(self.source.data, self.problems), self.problems)
        if not isinstance(root, Mapping):
            self.problems.fail(1, 1, _("a sequence starts with keys"), _("write `title: ...` and `steps:`"))
        fields = Fields(root, SEQUENCE_KEYS, self.problems, deeper=STEP_KEYS)
        check_unfilled(self.asked, *(node for key in ("title", "description") if isinstance(node := root.get(key), Text)))
        title, description = fields.required("title"), fields.text("description")
        kind, parts = fields.name("kind", NAME) or self.source.name, read_parts(fields)
        at, follows = read_kind(fields, parts)
        if follows:
            self.look_back(at, follows)
        for key in ("heart", "length"):
            if isinstance(node := root.get(key), Text):
                setattr(self.asked, key, node.value)
        steps = self.steps(fields)
        self.asked.is_over = True
        sequence = Sequence(
            self.source.name,
            title,
            description,
            kind,
            self.source.language,
            steps,
            follows,
            card=read_card(fields, self.asked),
            length=read_length(fields, self.asked),
            quick=read_quick(fields, self.asked),
            heart=read_heart(fields, self.asked),
            following=read_following(parts, follows, self.asked),
            share=read_share(fields, self.asked),
        )
        if self.problems.found or self.included:
            mine = sorted(self.problems.found, key=lambda problem: (problem.line, problem.column))
            raise CoachError(*mine, *dict.fromkeys(self.included))
        return sequence

    def steps(self, fields: Fields) -> tuple[Step, ...]:
        node = fields.node.get("steps")
        cure = _("write `steps:` and below it `  - id: ...`")
        if node is None:
            fields.missing("steps", cure)
            self.asked.is_complete = False
            return ()
        if not isinstance(node, Items) or not node.items:
            fields.note(node, _("'steps' must be a list of steps"), cure)
            self.asked.is_complete = False
            return ()
        self.asked.lines = {id_.value: id_.line for id_ in map(own_id, node.items) if id_}
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
        clauses = read_when(fields)
        check_when(self.asked, clauses, own_id(node))
        when = when_of(clauses)
        if "include" in fields:
            return self.include(fields, when)
        if "only" in fields:
            fields.note(fields.key("only"), _("'only' goes with 'include'"), _("add `include: ...` or leave it out"))
        section = next((step.section for step in reversed(earlier) if isinstance(step, Question)), "")
        step = read_step(fields, section, when, self.source.language)
        if step:
            check_texts(self.asked, fields, step)
            check_reachable(self.asked, fields.key("when"), step, clauses)
        if isinstance(step, Question):
            self.check_unique(fields.key("id"), step.id)
            self.check_more(fields.key("id"), fields.key("more"), step)
        if len(self.problems.found) > before:
            self.asked.doubt(own_id(node))
        self.asked.add(step)
        return (step,) if step else ()

    def include(self, fields: Fields, when: When) -> tuple[Step, ...]:
        at, name = fields.key("include"), fields.text("include")
        refuse_beside(fields, "include", "only", "when")
        if name in self.above:
            round_about = " > ".join((*self.above[self.above.index(name) :], name))
            fields.note(at, _("the includes go round: {names}").format(names=round_about), _("take one of them out"))
            self.asked.is_complete = False
            return ()
        found = self.other(at, name) if name else None
        if found is None:
            self.asked.is_complete = False
            return ()
        steps = tuple(replace(step, when=joined(when, step.when)) for step in self.only(fields, found))
        self.check_new(at, [step.id for step in steps if isinstance(step, Question)])
        for step in steps:
            if isinstance(step, Question):
                self.check_more(at, at, step)
            check_brought(self.asked, at, step)
            check_reachable(self.asked, at, step)
            self.asked.add(step)
        return steps

    def only(self, fields: Fields, found: Sequence) -> tuple[Step, ...]:
        """Return the steps of an included sequence that are named under `only`, or all of them."""
        ids = {question.id for question in found.questions}
        wanted = fields.words("only")
        for word in wanted:
            if word.value not in ids:
                what = _("'{name}' has no step '{id}'").format(name=found.name, id=word.value)
                fields.note(word, what, suggestion(word.value, sorted(ids)))
                self.asked.doubt(word)
        if "only" not in fields:
            return found.steps
        return tuple(question for question in found.questions if question.id in {word.value for word in wanted})

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
        while follows and follows not in self.asked.kinds and follows not in self.above:
            followed = self.other(at, follows)
            if followed is None:
                self.asked.knows_kinds = False
                return
            self.asked.look_back_on(follows, followed.questions)
            follows = followed.follows

    def check_unique(self, at: Node, id_: str) -> None:
        if id_ in self.lines:
            what = _("the id '{id}' is used twice, first on line {line}").format(id=id_, line=self.lines[id_])
            self.problems.add(at.line, at.column, what, _("give one of the two another id"))
        elif id_:
            self.lines[id_] = at.line

    def check_more(self, at: Node, more: Node, step: Question) -> None:
        """See that no step has the id under which the answer to `more` of another is kept."""
        kept = _("'{id}' is the id of what `more` asks after '{step}'")
        if step.id in self.mores:
            what = kept.format(id=step.id, step=self.mores[step.id])
            self.problems.add(at.line, at.column, what, _("give the step another id"))
        if step.more_id in self.lines:
            what = kept.format(id=step.more_id, step=step.id)
            cure = _("give the step on line {line} another id").format(line=self.lines[step.more_id])
            self.problems.add(more.line, more.column, what, cure)
        if step.more:
            self.mores[step.more_id] = step.id

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
