"""The words a user adds to the ear, or takes from it, in an `ear.yaml` of their own."""

from __future__ import annotations

import re

from coach.ear.checks import CHECKS, SAFETY
from coach.ear.normalised import fold
from coach.ear.rules import Change
from coach.errors import Problems
from coach.language import _
from coach.strict_yaml.fields import Fields
from coach.strict_yaml.parse import Mapping, Text, decode, parse

_KEYS = ("any", "unless", "off")
_SAFETY_KEYS = (*_KEYS, "line")
_WORDS = re.compile(r"[^\W_](?:[^*_\n]*[^*\s_]\*?)?|[^\W_]\*", re.UNICODE)
_MOST, _LONGEST, _LONGEST_LINE = 500, 80, 400


def read_own(data: bytes, where: str) -> dict[str, Change]:
    """Return what a user changes, by rule.

    An entry is a plain word or phrase, found as whole words whatever its capitals; a `*` at its end stands for any
    ending (`lastpak*`). It is no regular expression: so no entry can make the ear slow, and nobody has to know any.

    Raises:
        CoachError: with every problem of the file.

    """
    problems = Problems(where)
    root = parse(decode(data, problems), problems)
    if not isinstance(root, Mapping):
        what = _("the file must hold rules with their words")
        problems.add(root.line, root.column, what, _("write `absolute: {off: true}`"))
        root = Mapping((), root.line, root.column)
    rules = Fields(root, CHECKS, problems)
    changes = {check: _change(check, node, problems) for check in CHECKS if (node := rules.mapping(check)) is not None}
    problems.raise_any()
    return changes


def _change(check: str, node: Mapping, problems: Problems) -> Change:
    given = Fields(node, _SAFETY_KEYS if check in SAFETY else _KEYS, problems)
    line = given.text("line") if check in SAFETY else ""
    if len(line) > _LONGEST_LINE:
        what = _("'{key}' is longer than {limit} letters").format(key="line", limit=_LONGEST_LINE)
        given.note(given.key("line"), what, _("make it shorter"))
    return Change(_entries(given, "any"), _entries(given, "unless"), given.flag("off"), line)


def _entries(given: Fields, key: str) -> tuple[str, ...]:
    texts = given.words(key)
    if len(texts) > _MOST:
        given.note(given.key(key), _("'{key}' holds more than {limit} entries").format(key=key, limit=_MOST))
    return tuple(_pattern(text, given) for text in texts)


def _pattern(text: Text, given: Fields) -> str:
    entry = " ".join(text.value.split())
    if len(entry) > _LONGEST or not _WORDS.fullmatch(entry):
        what = _("'{entry}' is not a plain word or phrase").format(entry=entry)
        given.note(text, what, _("use letters and blanks, and if you like one * at the end: `lastpak*`"))
        return r"(?!)"
    stem, star = entry.removesuffix("*"), entry.endswith("*")
    return re.escape(fold_entry(stem)) + (r"\w*" if star else "")


def fold_entry(entry: str) -> str:
    """Return an entry as the rules read a text."""
    return fold(entry).text
