"""The rules of one language as they stand in its file, each problem noted on its line."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import TYPE_CHECKING

from coach.ear.attributed import Attribution, attribution
from coach.ear.checks import CHECKS, SAFETY
from coach.ear.concrete import Concrete
from coach.ear.names import PersonalWords
from coach.ear.personal_data import PERSONAL
from coach.ear.question_form import Forms, forms
from coach.ear.rules import Rule, Rules
from coach.errors import Problems, suggestion
from coach.language import _
from coach.strict_yaml.fields import Fields
from coach.strict_yaml.parse import Items, Mapping, Node, Text, parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Mapping as Lookup

_TESTS = "\ntests:\n"
_FRAGMENT = re.compile(r"<([a-z]+)>")
SECTIONS = ("let", "attributed", "concrete", "form", "rules", "personal", "tests")
RULE_KEYS = ("id", "any", "unless", "silent_when", "concrete", "form", "remark", "example")


def read_rules(text: str, where: str) -> Rules:
    """Return the rules in a text without reading the tests, which make up a third of a file.

    Raises:
        CoachError: with every problem of the file that shows without trying the patterns.

    """
    problems = Problems(where)
    rules = rules_of(Fields(root(text.partition(_TESTS)[0], problems), SECTIONS, problems), problems)
    problems.raise_any()
    return rules


def root(text: str, problems: Problems) -> Mapping:
    """Return the mapping a file holds."""
    root = parse(text, problems)
    if isinstance(root, Mapping):
        return root
    problems.add(root.line, root.column, _("the file must hold keys with values"), _("write `key: value`"))
    return Mapping((), root.line, root.column)


def rules_of(section: Fields, problems: Problems) -> Rules:
    """Return the rules under the keys of a file, each problem noted."""
    let = fragments(section, problems)
    concrete = _patterns(section, "concrete", let)
    rules = tuple(_rule(Fields(node, RULE_KEYS, problems), let, concrete) for node in list_of_rules(section))
    _note_missing(section, rules)
    return Rules(
        tuple(sorted(rules, key=lambda rule: CHECKS.index(rule.id) if rule.id in CHECKS else 0)),
        forms(_named(section, "form", tuple(field.name for field in fields(Forms)), let)),
        attribution(_named(section, "attributed", tuple(field.name for field in fields(Attribution)), let)),
        Concrete(concrete),
        _personal(_named(section, "personal", PersonalWords._fields, let)),
    )


def _personal(words: Lookup[str, str]) -> PersonalWords:
    sets = {name: frozenset(words[name].split()) for name in PersonalWords._fields[2:]}
    return PersonalWords(words["born"], words["makers"], **sets)


def fragments(section: Fields, problems: Problems) -> dict[str, str]:
    """Return the named fragments; each may use those above it."""
    let: dict[str, str] = {}
    if (node := section.mapping("let")) is not None:
        for key, value in node.entries:
            let[key.value] = filled(value, let, problems)
    return let


def filled(node: Node, let: Lookup[str, str], problems: Problems) -> str:
    """Return a pattern, or a list of patterns as one, with its fragments filled in."""
    if isinstance(node, Items):
        return "|".join(filled(item, let, problems) for item in node.items)
    if not isinstance(node, Text):
        problems.add(node.line, node.column, _("a pattern must be a text"), _("put it between single quotes"))
        return ""
    if "<" not in node.value:
        return node.value
    for name in _FRAGMENT.findall(node.value):
        if name not in let:
            what = _("unknown fragment '<{name}>'").format(name=name)
            problems.add(node.line, node.column, what, suggestion(name, let))
    return _FRAGMENT.sub(lambda match: let.get(match[1], ""), node.value)


def list_of_rules(section: Fields) -> Iterator[Mapping]:
    """Return each rule as it is written."""
    node = section.node.get("rules")
    if isinstance(node, Items):
        for item in node.items:
            if isinstance(item, Mapping):
                yield item
            else:
                section.note(item, _("a rule must hold keys with values"), _("write `- id: ...`"))
    else:
        section.note(node or section.node, _("'rules' must be a list"), _("write `rules:` and `- id: ...` under it"))


def _rule(given: Fields, let: Lookup[str, str], concrete: Lookup[str, str]) -> Rule:
    id_ = given.required("id")
    if id_ and id_ not in CHECKS:
        given.note(given.key("id"), _("unknown rule '{id}'").format(id=id_), suggestion(id_, CHECKS))
    form = given.one_of("form", ("closed", "stacked"))
    if not form and "any" not in given and id_ != PERSONAL:
        given.note(given.node, _("the key '{key}' is missing").format(key="any"), _("add a list of patterns"))
    patterns = {
        key: tuple(filled(node, let, given.problems) for node in given.words(key)) for key in ("any", "unless", "silent_when")
    }
    return Rule(
        id_,
        patterns["any"],
        patterns["unless"],
        patterns["silent_when"],
        tuple(_concrete(node, concrete, given.problems) for node in given.words("concrete")),
        form,
        given.required("remark"),
        given.required("example"),
    )


def _note_missing(section: Fields, rules: Iterable[Rule]) -> None:
    seen: set[str] = set()
    for rule in rules:
        if rule.id in seen:
            section.note(section.key("rules"), _("rule '{id}' stands here twice").format(id=rule.id), _("keep one"))
        seen.add(rule.id)
    if missing := [check for check in CHECKS if check not in seen and check not in SAFETY]:
        what = _("these rules are missing: {ids}").format(ids=", ".join(missing))
        section.note(section.key("rules"), what, _("each language has the same rules"))


def _concrete(node: Text, concrete: Lookup[str, str], problems: Problems) -> str:
    """Return an entry such as `moment act`, each name noted that is not there."""
    for name in node.value.split():
        if name not in concrete:
            what = _("unknown fragment '<{name}>'").format(name=name)
            problems.add(node.line, node.column, what, suggestion(name, concrete))
    return node.value


def _named(section: Fields, key: str, names: tuple[str, ...], let: Lookup[str, str]) -> dict[str, str]:
    """Return the patterns that must stand under a key."""
    node = section.mapping(key) or Mapping((), section.node.line, section.node.column)
    given = Fields(node, names, section.problems)
    for name in names:
        if name not in given:
            given.required(name)
    return {name: filled(node.get(name) or Text("", 0, 0), let, section.problems) for name in names}


def _patterns(section: Fields, key: str, let: Lookup[str, str]) -> dict[str, str]:
    """Return the patterns under a key, by the names they have there."""
    node = section.mapping(key)
    return {name.value: filled(value, let, section.problems) for name, value in node.entries} if node else {}
