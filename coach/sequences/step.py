"""One step of a sequence: YAML -> Question, Statement or Experience."""

from __future__ import annotations

from typing import cast

from coach.ear.checks import BY_NAME
from coach.errors import suggestion
from coach.language import _
from coach.language.words import words_of
from coach.sequences.condition import ANYTHING, PLACEHOLDER, When
from coach.sequences.sequence import (
    ANSWER_TYPES,
    EXPERIENCES,
    ID,
    AnswerType,
    Experience,
    Option,
    Question,
    Scale,
    Statement,
    Step,
)
from coach.strict_yaml.fields import Fields
from coach.strict_yaml.parse import Items, Mapping, Node, Text

STEP_KEYS = (
    "id",
    "title",
    "say",
    "say_back",
    "ask",
    "hint",
    "more",
    "type",
    "scale",
    "options",
    "optional",
    "hear",
    "recall",
    "when",
    "include",
    "only",
    "experience",
)
_OF_QUESTIONS = ("id", "title", "say_back", "hint", "more", "type", "scale", "options", "optional", "hear", "recall")
RESERVED = ("answered", "unanswered", "safe", "unsafe")
MOST_RECALLED = 9


def read_step(fields: Fields, section: str, when: When, language: str) -> Step | None:
    """Return the step in `fields`, or None when it is none of the three."""
    if "experience" in fields:
        refuse_beside(fields, "experience", "when")
        id_ = fields.one_of("experience", EXPERIENCES)
        return Experience(id_, when) if id_ else None
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


def refuse_beside(fields: Fields, key: str, *allowed: str) -> None:
    """Note every key of a step that cannot stand beside this one."""
    for other, _value in fields.node.entries:
        if other.value in STEP_KEYS and other.value not in {key, *allowed}:
            what = _("'{other}' cannot stand beside '{key}'").format(other=other.value, key=key)
            fields.note(other, what, _("give it a step of its own"))


def _read_question(fields: Fields, section: str, when: When, language: str) -> Question:
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
        say_back=_read_say_back(fields),
        more=_read_more(fields, type_),
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


def _read_say_back(fields: Fields) -> str:
    text = fields.text("say_back")
    if text and not PLACEHOLDER.search(text):
        fields.note(fields.key("say_back"), _("'say_back' quotes no answer"), _("put one in it, such as {fear}, or use `say`"))
    return text


def _read_more(fields: Fields, type_: str) -> str:
    text = fields.text("more")
    if text and type_ not in {"text", "line"}:
        what = _("'{key}' does not go with type '{type}'").format(key="more", type=type_)
        fields.note(fields.key("more"), what, _("write `type: {type}` or leave it out").format(type="text"))
    return text


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
