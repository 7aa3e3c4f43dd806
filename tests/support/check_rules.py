"""Whether a file of rules holds: every pattern tried, every rule with its tests; for tests, not for listening."""

from __future__ import annotations

import re
from dataclasses import dataclass

from coach.ear.checks import CHECKS
from coach.ear.rules_file import RULE_KEYS, SECTIONS, filled, fragments, list_of_rules, root, rules_of
from coach.errors import Problems
from coach.strict_yaml.fields import Fields
from coach.strict_yaml.parse import Items, Mapping, Node


@dataclass(frozen=True, slots=True)
class Examples:
    """Answers in which a rule must be heard, and answers in which it must not."""

    hit: tuple[str, ...]
    miss: tuple[str, ...]


def check_rules(text: str, where: str) -> dict[str, Examples]:
    """Return the tests of a file of rules after trying each of its patterns.

    Raises:
        CoachError: with every problem of the file: unknown rules, invalid patterns, missing tests.

    """
    problems = Problems(where)
    section = Fields(root(text, problems), SECTIONS, problems)
    rules_of(section, problems)
    _try_patterns(section, problems)
    tests = _examples(section, problems)
    problems.raise_any()
    return tests


def _try_patterns(section: Fields, problems: Problems) -> None:
    let = fragments(section, Problems(problems.where))
    form = section.node.get("form")
    named: list[Node] = [value for _key, value in form.entries] if isinstance(form, Mapping) else []
    for rule in list_of_rules(section):
        for key in ("any", "unless", "silent_when"):
            node = rule.get(key)
            named += node.items if isinstance(node, Items) else ()
    for node in named:
        _try(node, filled(node, let, Problems(problems.where)), problems)


def _try(node: Node, pattern: str, problems: Problems) -> None:
    try:
        re.compile(pattern)
    except re.error as error:
        what = f"'{pattern}' is not a pattern: {error.msg}"
        problems.add(node.line, node.column, what, "see the documentation of Python's `re`")


def _examples(section: Fields, problems: Problems) -> dict[str, Examples]:
    node = section.mapping("tests") or Mapping((), section.node.line, section.node.column)
    given = Fields(node, CHECKS, problems)
    tests: dict[str, Examples] = {}
    for rule in list_of_rules(section):
        id_ = Fields(rule, RULE_KEYS, Problems(problems.where)).text("id")
        examples = Fields(given.mapping(id_) or Mapping((), node.line, node.column), ("hit", "miss"), problems)
        tests[id_] = Examples(*(tuple(text.value for text in examples.words(key)) for key in ("hit", "miss")))
        if not tests[id_].hit or not tests[id_].miss:
            what = f"rule '{id_}' has no tests"
            problems.add(rule.line, rule.column, what, f"add `{id_}: {{hit: [...], miss: [...]}}` under `tests:`")
    return tests
