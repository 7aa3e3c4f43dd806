"""What stands under `follows`: the kind of session that a sequence goes on from, and which sessions of that kind."""

from __future__ import annotations

from coach.language import _
from coach.sequences.asked import Asked
from coach.sequences.condition import ALWAYS, FirstOf, When
from coach.sequences.reference_check import check_when
from coach.sequences.sequence import NAME, Following
from coach.sequences.when import Clause, read_when, when_of
from coach.strict_yaml.fields import Fields
from coach.strict_yaml.parse import Items, Mapping, Node

_KEYS = ("kind", "when", "soon", "again")


def read_parts(fields: Fields) -> Fields | None:
    """Return the parts of `follows` where it is more than a kind."""
    node = fields.node.get("follows")
    return Fields(node, _KEYS, fields.problems) if isinstance(node, Mapping) else None


def read_kind(fields: Fields, parts: Fields | None) -> tuple[Node, str]:
    """Return the kind of session that is followed, and its place; "" where there is none."""
    if parts is None:
        return fields.key("follows"), fields.name("follows", NAME)
    if "kind" not in parts:
        parts.missing("kind", _("add `{key}: ...`").format(key="kind"))
    return parts.key("kind"), parts.name("kind", NAME)


def read_following(parts: Fields | None, kind: str, asked: Asked) -> Following:
    """Return which sessions of the kind are followed; nothing is checked where the kind is not known."""
    if parts is None:
        return Following()
    ways: dict[str, When] = {"when": Following().when, "soon": Following().soon}
    for key in ways:
        clauses = read_when(parts, key, f"{{{kind or 'prepare'}.about: answered}}")
        if kind:
            _check(parts, kind, asked, clauses)
        if clauses:
            ways[key] = when_of(clauses)
    return Following(ways["when"], ways["soon"], _read_again(parts, asked))


def _read_again(parts: Fields, asked: Asked) -> When:
    """Return what the answers given before must be: anything for `true`, nothing holds for `false`."""
    if not isinstance(parts.node.get("again"), (Mapping, Items)):
        return ALWAYS if parts.flag("again") else ()
    clauses = read_when(parts, "again")
    check_when(asked, clauses, None)
    return when_of(clauses)


def _check(parts: Fields, kind: str, asked: Asked, clauses: tuple[Clause, ...]) -> None:
    """See that each condition asks something of a session that is followed."""
    own = [(at, condition.first_of) for clause in clauses for at, condition in clause.conditions if _is_own(condition.first_of)]
    for at, first in own:
        meant = FirstOf(tuple(reference._replace(kind=reference.kind or kind) for reference in first.references))
        what = _("'{reference}' is asked only after it was chosen what to go on from").format(reference=first)
        parts.note(at, what, _("write `{reference}`").format(reference=meant))
    if not own:
        check_when(asked, clauses, None)


def _is_own(first: FirstOf) -> bool:
    return not all(reference.kind for reference in first.references)
