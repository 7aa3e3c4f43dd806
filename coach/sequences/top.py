"""The keys at the top of a sequence that name its steps: what is on the card, how long the way is, what it leads to."""

from __future__ import annotations

from coach.errors import suggestion
from coach.language import _
from coach.sequences.asked import Asked
from coach.sequences.condition import When
from coach.sequences.reference_check import check_each_way, check_unfilled, check_when
from coach.sequences.sequence import CardItem, CardPlan, Question, SharePlan
from coach.sequences.when import read_when, when_of
from coach.strict_yaml.fields import Fields
from coach.strict_yaml.parse import Items, Mapping, Node, Text

_DECIDING = ("choice", "yes-no")


def read_length(fields: Fields, asked: Asked) -> str:
    """Return the id of the choice that decides how long the way is."""
    question = _read_named(fields, asked, "length")
    if question and question.type not in _DECIDING:
        what = _("'{id}' is not a choice").format(id=question.id)
        fields.note(fields.key("length"), what, _("name a step of `type: choice`"))
    return question.id if question else ""


def read_heart(fields: Fields, asked: Asked) -> str:
    """Return the id of the question that everything leads to."""
    question = _read_named(fields, asked, "heart")
    if question and asked.length in asked.earlier:
        ids = list(asked.earlier)
        if ids.index(question.id) <= ids.index(asked.length):
            what = _("'{heart}' is not asked after '{length}'").format(heart=question.id, length=asked.length)
            fields.note(fields.key("heart"), what, _("name a later step"))
    return question.id if question else ""


def read_quick(fields: Fields, asked: Asked) -> When:
    """Return when nothing but the heart is remarked on, and nothing more is asked; never, where the sequence does not say so."""
    clauses = read_when(fields, "quick", "{time: minimal}")
    check_when(asked, clauses, None)
    check_each_way(asked, clauses)
    return when_of(clauses) if clauses else ()


def read_card(fields: Fields, asked: Asked) -> CardPlan:
    """Return what is to stand on the card: a list is all for the door, under the titles of its sections."""
    node = fields.node.get("card")
    if isinstance(node, Mapping):
        parts = Fields(node, ("door", "more"), fields.problems)
        if "door" not in parts:
            parts.missing("door", _("add `{key}: ...`").format(key="door"))
        door, more = _read_items(parts, "door", asked), _read_items(parts, "more", asked)
        _check_once(parts, (*door, *more))
        items = tuple(item for _at, item in door)
        return CardPlan(next(iter(items), None), items[1:], tuple(item for _at, item in more))
    listed = _read_items(fields, "card", asked)
    _check_once(fields, listed)
    return CardPlan(door=tuple(item for _at, item in listed))


def read_share(fields: Fields, asked: Asked) -> SharePlan:
    """Return which answers are shared, and what is to be written below them."""
    node = fields.node.get("share")
    if not isinstance(node, Mapping):
        if node is not None:
            fields.mapping("share", "{only: [about], room: ...}")
        return SharePlan()
    parts, room = Fields(node, ("only", "room"), fields.problems), node.get("room")
    check_unfilled(asked, *((room,) if isinstance(room, Text) else ()))
    ids = parts.words("only")
    for id_ in ids:
        if id_.value not in asked.earlier and not asked.is_doubtful(id_.value):
            fields.note(id_, _("no step '{reference}'").format(reference=id_.value), suggestion(id_.value, asked.earlier))
    return SharePlan(tuple(id_.value for id_ in ids), parts.text("room"))


def _read_named(fields: Fields, asked: Asked, key: str) -> Question | None:
    """Return the question that is named under a key."""
    id_ = fields.text(key)
    if not id_ or asked.is_doubtful(id_):
        return None
    if id_ not in asked.earlier:
        fields.note(fields.key(key), _("no step '{reference}'").format(reference=id_), suggestion(id_, asked.earlier))
    return asked.earlier.get(id_)


def _read_items(fields: Fields, key: str, asked: Asked) -> tuple[tuple[Node, CardItem], ...]:
    node = fields.node.get(key)
    if not isinstance(node, Items) or not node.items:
        fields.words(key)  # notes that it is no list
        return ()
    return tuple((one, item) for one in node.items if (item := _read_item(fields, one, asked)))


def _read_item(fields: Fields, node: Node, asked: Asked) -> CardItem | None:
    """Return what `id`, `[one, other]` or `{id: ..., as: ...}` puts on the card."""
    match node:
        case Text(id_) if id_:
            return CardItem(_read_ids(fields, (node,), asked))
        case Items(items) if items and all(isinstance(item, Text) and item.value for item in items):
            return CardItem(_read_ids(fields, items, asked))
        case Mapping() if isinstance(ids := node.get("id"), Text | Items):
            labelled = Fields(node, ("id", "as"), fields.problems)
            check_unfilled(asked, *(words for words in (node.get("as"),) if isinstance(words, Text)))
            item = _read_item(fields, ids, asked)
            return CardItem(item.ids, labelled.text("as")) if item else None
        case _:
            fields.note(node, _("this cannot stand on the card"), _("write an id, [one, other] or {id: one, as: ...}"))
            return None


def _read_ids(fields: Fields, nodes: tuple[Node, ...], asked: Asked) -> tuple[str, ...]:
    words = [node for node in nodes if isinstance(node, Text)]
    for word in words:
        if word.value not in asked.earlier and not asked.is_doubtful(word.value):
            fields.note(word, _("no step '{id}' for the card").format(id=word.value), suggestion(word.value, asked.earlier))
    return tuple(word.value for word in words)


def _check_once(fields: Fields, items: tuple[tuple[Node, CardItem], ...]) -> None:
    before: set[tuple[str, ...]] = set()
    for at, item in items:
        if item.ids in before:
            fields.note(at, _("'{id}' stands on the card twice").format(id=item.ids[0]), _("keep one of the two"))
        before.add(item.ids)
