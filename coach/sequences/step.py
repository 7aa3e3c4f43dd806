"""One step of a sequence: YAML -> Question or Statement."""

from __future__ import annotations

from typing import cast

from coach.ear.checks import BY_NAME
from coach.errors import suggestion
from coach.language import _
from coach.language.words import words_of
from coach.sequences.sequence import (
    ANSWER_TYPES,
    ANYTHING,
    ID,
    PLACEHOLDER,
    Answered,
    AnswerType,
    AtLeast,
    AtMost,
    Condition,
    OneOf,
    Option,
    Question,
    Reference,
    Safe,
    Scale,
    Statement,
    Step,
    Test,
    Unanswered,
    Unsafe,
)
from coach.strict_yaml.fields import Fields
from coach.strict_yaml.parse import Items, Mapping, Node, Text

STEP_KEYS = (
    "id",
    "title",
    "say",
    "ask",
    "hint",
    "type",
    "scale",
    "options",
    "optional",
    "hear",
    "recall",
    "when",
    "include",
    "only",
)
_OF_QUESTIONS = ("id", "title", "hint", "type", "scale", "options", "optional", "hear", "recall")
RESERVED = ("answered", "unanswered", "safe", "unsafe")
MOST_RECALLED = 9


def read_step(fields: Fields, section: str, when: tuple[Condition, ...], language: str) -> Step | None:
    """Return the step in `fields`, or None when it is neither a question nor a statement."""
    if "ask" in fields:
        return _read_question(fields, section, when, language)
    if "say" not in fields:
        if not fields.unknown:
            cure = _("add `ask: ...`, `say: ...` or `include: ...`")
            fields.note(fields.node, _("this step asks nothing and says nothing"), cure)
        return None
    for key in _OF_QUESTIONS:
        if key in fields:
            fields.note(fields.key(key), _("'{key}' needs a question").format(key=key), _("add `ask: ...`"))
    return Statement(fields.text("say"), when)


def read_conditions(fields: Fields) -> tuple[tuple[Node, Condition], ...]:
    """Return the conditions under `when`, each with its place."""
    node = fields.mapping("when", "{about: answered}")
    conditions = []
    for key, value in node.entries if node else ():
        match = PLACEHOLDER.fullmatch(f"{{{key.value}}}")
        test = _read_test(fields, value)
        if not match:
            fields.note(key, _("'{key}' is not the id of a step").format(key=key.value), _("use small letters, digits and _"))
        elif test:
            conditions.append((key, Condition(Reference(match["id"], match["kind"] or ""), test)))
    return tuple(conditions)


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
        case Safe() | Unsafe() if question.type not in {"text", "line"}:
            return _("'{id}' is not written in words").format(id=question.id), _("use one of its choices or numbers")
        case AtLeast() | AtMost():
            return _("'{id}' is not a scale").format(id=question.id), _("use one of its choices, `answered` or `unanswered`")
        case _:
            return None
    if not unreachable:
        return None
    what = _("'{id}' can never be '{value}'").format(id=question.id, value=unreachable[0])
    return what, cure


def _read_test(fields: Fields, value: Node) -> Test | None:
    match value:
        case Text("answered"):
            return Answered()
        case Text("unanswered"):
            return Unanswered()
        case Text("safe"):
            return Safe()
        case Text("unsafe"):
            return Unsafe()
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


def _read_question(fields: Fields, section: str, when: tuple[Condition, ...], language: str) -> Question:
    if "id" not in fields:
        fields.note(fields.key("ask"), _("a question needs an id"), _("add `id: ...`, a word of your own"))
    if fields.node.get("id") and fields.text("id") == ANYTHING:
        what = _("'{key}' has a meaning of its own").format(key=ANYTHING)
        fields.note(fields.key("id"), what, _("give the step another id"))
    known = fields.one_of("type", ANSWER_TYPES)
    is_clear = bool(known) or "type" not in fields
    type_ = cast("AnswerType", known or "text")
    return Question(
        id=fields.name("id", ID),
        ask=fields.text("ask"),
        type=type_,
        section=fields.text("title") or section,
        say=fields.text("say"),
        hint=fields.text("hint"),
        optional=fields.flag("optional"),
        scale=_read_scale(fields, type_) if is_clear else None,
        options=_read_options(fields, type_, language) if is_clear else (),
        hear=_read_checks(fields),
        recall=_read_recall(fields),
        when=when,
    )


def _belongs(fields: Fields, key: str, type_: str, types: tuple[str, ...]) -> bool:
    """Return whether `key` is there and may be; note it when it is there and may not, or must be and is not."""
    if key in fields and type_ not in types:
        what = _("'{key}' does not go with type '{type}'").format(key=key, type=type_)
        fields.note(fields.key(key), what, _("write `type: {type}` or leave it out").format(type=types[0]))
        return False
    if key not in fields and type_ in types:
        what = _("type '{type}' needs '{key}'").format(key=key, type=type_)
        example = "{from: 0, to: 10, low: ..., high: ...}" if key == "scale" else "{one: ..., two: ...}"
        fields.note(fields.key("type"), what, _("add `{key}: {example}`").format(key=key, example=example))
    return key in fields


def _read_scale(fields: Fields, type_: str) -> Scale | None:
    if not _belongs(fields, "scale", type_, ("scale",)):
        return None
    node = fields.mapping("scale", "{from: 0, to: 10}")
    if node is None:
        return None
    ends = Fields(node, ("from", "to", "low", "high"), fields.problems)
    scale = Scale(ends.number("from", 0), ends.number("to", 10), ends.text("low"), ends.text("high"))
    if not scale.first < scale.last <= scale.first + 100:
        ends.note(node, _("a scale goes up, by at most 100 steps"), _("write for instance {from: 0, to: 10}"))
        return None
    return scale


def _read_options(fields: Fields, type_: str, language: str) -> tuple[Option, ...]:
    if type_ == "yes-no" and "options" not in fields:
        words = words_of(language)
        return Option("yes", words.yes[0]), Option("no", words.no[0])
    if not _belongs(fields, "options", type_, ("choice", "choices")):
        return ()
    pairs = _option_pairs(fields)
    options = tuple(
        Option(key.value, label.value) for key, label in pairs if isinstance(label, Text) and key.value and label.value
    )
    first: set[str] = set()
    for key, label in pairs:
        if key.value in RESERVED:
            fields.note(key, _("'{key}' has a meaning of its own").format(key=key.value), _("give the option another key"))
        if not (isinstance(label, Text) and key.value and label.value):
            fields.note(key, _("every option needs a key and a label"), _("write `key: label`"))
        elif label.value in first:
            what = _("the option '{label}' stands here twice").format(label=label.value)
            fields.note(label, what, _("give each option a label of its own"))
        else:
            first.add(label.value)
    if len(pairs) == 1 and not any(problem.line >= pairs[0][0].line for problem in fields.problems.found):
        fields.note(pairs[0][0], _("one option is no choice"), _("add a second one"))
    return options


def _option_pairs(fields: Fields) -> list[tuple[Text, Node]]:
    """Return the key and the label of each option; in a plain list they are the same."""
    node = fields.node.get("options")
    if isinstance(node, Mapping):
        return list(node.entries)
    if isinstance(node, Items) and any(isinstance(item, Mapping) for item in node.items):
        fields.note(node, _("options with keys are no list"), _("write `key: label` without a dash before it"))
        return []
    return [(word, word) for word in fields.words("options")]


def _read_checks(fields: Fields) -> tuple[str, ...]:
    words = fields.words("hear")
    for word in words:
        if word.value not in BY_NAME:
            fields.note(word, _("unknown check '{check}'").format(check=word.value), suggestion(word.value, BY_NAME))
    return tuple(word.value for word in words)


def _read_recall(fields: Fields) -> tuple[tuple[str, int], ...]:
    node = fields.mapping("recall", "{fear: 3}")
    if node is None:
        return ()
    counts = Fields(node, tuple(key.value for key, _value in node.entries), fields.problems)
    recall = tuple((key.value, counts.number(key.value, 1)) for key, _value in node.entries)
    for key, _value in node.entries:
        if not ID.fullmatch(key.value) or not 1 <= dict(recall)[key.value] <= MOST_RECALLED:
            fields.note(key, _("'recall' shows up to 9 earlier answers to an id"), _("write for instance {fear: 3}"))
    return recall


def unfilled_texts(step: Mapping) -> tuple[Text, ...]:
    """Return the texts of a step in which no answer is filled in: its title, the labels of its options and of its scale."""
    labelled = [step.get("options"), step.get("scale")]
    labels = [label for node in labelled if isinstance(node, Mapping) for _key, label in node.entries]
    items = [item for node in labelled if isinstance(node, Items) for item in node.items]
    return tuple(node for node in (step.get("title"), *labels, *items) if isinstance(node, Text))
