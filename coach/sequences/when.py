"""The conditions under `when`: YAML -> the ways on which a step is reached."""

from __future__ import annotations

from typing import NamedTuple

from coach.errors import suggestion
from coach.language import _
from coach.sequences.condition import (
    ALWAYS,
    FIRST_OF,
    AtLeast,
    AtMost,
    Condition,
    OneOf,
    State,
    Test,
    When,
    first_of,
)
from coach.sequences.sequence import Question
from coach.strict_yaml.fields import Fields
from coach.strict_yaml.parse import Items, Mapping, Node, Text


class Clause(NamedTuple):
    """One way as it stands in the file: conditions that must all hold, each with its place."""

    at: Node
    conditions: tuple[tuple[Node, Condition], ...]


def read_when(fields: Fields, key: str = "when", example: str = "{about: answered}") -> tuple[Clause, ...]:
    """Return the ways that stand under a key: a mapping is one, in a list each mapping is one."""
    node = fields.node.get(key)
    if isinstance(node, Items) and node.items and all(isinstance(item, Mapping) and item.entries for item in node.items):
        return tuple(_read_clause(fields, item) for item in node.items if isinstance(item, Mapping))
    mapping = fields.mapping(key, example)
    return (_read_clause(fields, mapping),) if mapping else ()


def when_of(clauses: tuple[Clause, ...]) -> When:
    """Return the ways without their places; always, where nothing is asked."""
    return tuple(tuple(condition for _at, condition in clause.conditions) for clause in clauses) or ALWAYS


def test_problem(question: Question, test: Test) -> tuple[str, str] | None:
    """Return what is wrong and what to do when `test` can never hold for `question`."""
    scale = question.scale
    match test:
        case OneOf(keys) if question.options:
            allowed = {option.label: option.key for option in question.options}
            unreachable = [key for key in keys if key not in allowed.values()]
            cure = suggestion(allowed.get(unreachable[0], unreachable[0]), allowed.values()) if unreachable else ""
        case OneOf(keys) if scale:
            unreachable = [key for key in keys if key not in scale.numbers]
            cure = _("use a number from {first} to {last}, or {{at_least: {first}}}").format(first=scale.first, last=scale.last)
        case OneOf():
            what = _("'{id}' has no choices").format(id=question.id)
            return what, _("use `answered` or `unanswered`")
        case AtLeast(number) | AtMost(number) if scale:
            unreachable = [str(number)] if str(number) not in scale.numbers else []
            cure = _("use a number from {first} to {last}").format(first=scale.first, last=scale.last)
        case State.SAFE | State.UNSAFE if question.type not in {"text", "line"}:
            return _("'{id}' is not written in words").format(id=question.id), _("use one of its choices or numbers")
        case AtLeast() | AtMost():
            return _("'{id}' is not a scale").format(id=question.id), _("use one of its choices, `answered` or `unanswered`")
        case _:
            return None
    if not unreachable:
        return None
    what = _("'{id}' can never be '{value}'").format(id=question.id, value=unreachable[0])
    return what, cure


def _read_clause(fields: Fields, node: Mapping) -> Clause:
    conditions: list[tuple[Node, Condition]] = []
    for key, value in node.entries:
        test = _read_test(fields, value)
        if not FIRST_OF.fullmatch(key.value):
            meant = key.value.replace(" ", "")
            is_near = "|" in meant and FIRST_OF.fullmatch(meant)
            cure = _("write `{reference}`").format(reference=meant) if is_near else _("use small letters, digits and _")
            fields.note(key, _("'{key}' is not the id of a step").format(key=key.value), cure)
        elif test:
            conditions.append((key, Condition(first_of(key.value), test)))
    return Clause(node, tuple(conditions))


def _read_test(fields: Fields, value: Node) -> Test | None:
    match value:
        case Text("answered" | "unanswered" | "safe" | "unsafe" as word):
            return State(word)
        case Text(key) if key:
            return OneOf((key,))
        case Items(items) if items and all(isinstance(item, Text) for item in items):
            words = [item.value for item in items if isinstance(item, Text)]
            return OneOf(tuple(word for word in words if word != "unanswered"), or_unanswered="unanswered" in words)
        case Mapping(entries) if len(entries) == 1:
            bound = Fields(value, ("at_least", "at_most"), fields.problems)
            if "at_least" in bound:
                return AtLeast(bound.number("at_least", 0))
            return AtMost(bound.number("at_most", 0)) if "at_most" in bound else None
        case _:
            fields.note(
                value,
                _("this is not a condition"),
                _("use a choice, a list of choices, `answered`, `unanswered`, `safe`, `unsafe`, or {at_least: 5}"),
            )
            return None
