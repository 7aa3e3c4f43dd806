"""The values of one YAML mapping by what they should be, every problem noted on its line."""

from __future__ import annotations

import re

from coach.errors import Problems, nearest, suggestion
from coach.language import _
from coach.strict_yaml.parse import Items, Mapping, Node, Text

_NUMBER = re.compile(r"-?\d{1,4}", re.ASCII)


class Fields:
    """Reads the values of a mapping; a value that is not what it should be is noted and read as empty."""

    def __init__(self, node: Mapping, allowed: tuple[str, ...], problems: Problems, deeper: tuple[str, ...] = ()) -> None:
        self.node = node
        self.problems = problems
        self.unknown = [key.value for key, _value in node.entries if key.value not in allowed]
        for key, _value in node.entries:
            if key.value in self.unknown:
                cure = _("indent it, below the step it belongs to") if key.value in deeper else suggestion(key.value, allowed)
                self.note(key, _("unknown key '{key}'").format(key=key.value), cure)

    def __contains__(self, key: str) -> bool:
        return self.node.get(key) is not None

    def note(self, at: Node, what: str, cure: str = "") -> None:
        """Note a problem at a node."""
        self.problems.add(at.line, at.column, what, cure)

    def missing(self, key: str, cure: str) -> None:
        """Note that a key is missing, unless one that is unknown was meant for it."""
        if not any(nearest(unknown, [key]) for unknown in self.unknown):
            self.note(self.node, _("the key '{key}' is missing").format(key=key), cure)

    def key(self, name: str) -> Node:
        """Return the place of a key."""
        return next((key for key, _value in self.node.entries if key.value == name), self.node)

    def text(self, key: str) -> str:
        """Return a text that is not empty, or "" when the key is absent."""
        node = self.node.get(key)
        if node is None:
            return ""
        if not isinstance(node, Text):
            cure = _('write `{key}: "..."` on one line').format(key=key)
            self.note(node, _("'{key}' must be a text").format(key=key), cure)
            return ""
        if not node.value.strip():
            cure = _("fill it in or leave it out; what comes after # is not read")
            self.note(node, _("'{key}' is empty").format(key=key), cure)
        return node.value.strip()

    def required(self, key: str) -> str:
        """Return a text that must be there."""
        if key not in self:
            self.missing(key, _("add `{key}: ...`").format(key=key))
        return self.text(key)

    def name(self, key: str, pattern: re.Pattern[str]) -> str:
        """Return a text of small letters as `pattern` asks."""
        text = self.text(key)
        if text and not pattern.fullmatch(text):
            cure = _("use small letters without accents, digits and {sign}, a letter first")
            sign = "_" if pattern.match("a_") and pattern.fullmatch("a_") else "-"
            self.note(self.key(key), _("'{text}' cannot be used as {key}").format(text=text, key=key), cure.format(sign=sign))
            return ""
        return text

    def flag(self, key: str) -> bool:
        """Return whether a key says `true`."""
        text = self.text(key)
        if text not in {"", "true", "false"}:
            self.note(
                self.key(key),
                _("'{key}' is '{text}'").format(key=key, text=text),
                _("use one of: {words}").format(words="true, false"),
            )
        return text == "true"

    def one_of(self, key: str, allowed: tuple[str, ...]) -> str:
        """Return one of the `allowed` words, or ""."""
        text = self.text(key)
        if text and text not in allowed:
            self.note(self.key(key), _("unknown {key} '{text}'").format(key=key, text=text), suggestion(text, allowed))
            return ""
        return text

    def words(self, key: str) -> tuple[Text, ...]:
        """Return a list of texts."""
        node = self.node.get(key)
        if node is None:
            return ()
        if isinstance(node, Items) and node.items and all(isinstance(item, Text) and item.value for item in node.items):
            return tuple(item for item in node.items if isinstance(item, Text))
        example = node.value.strip() if isinstance(node, Text) else ""
        cure = _("write `{key}: [{example}]`").format(key=key, example=example or _("one, two"))
        self.note(node, _("'{key}' must be a list of texts").format(key=key), cure)
        return ()

    def number(self, key: str, default: int) -> int:
        """Return a whole number."""
        text = self.text(key)
        if not text:
            return default
        if not _NUMBER.fullmatch(text):
            self.note(self.key(key), _("'{key}' must be a whole number, not '{text}'").format(key=key, text=text))
            return default
        return int(text)

    def mapping(self, key: str, example: str = "{name: value}") -> Mapping | None:
        """Return a mapping; `example` is one in words."""
        node = self.node.get(key)
        if node is None or (isinstance(node, Mapping) and node.entries):
            return node
        self.note(
            node,
            _("'{key}' must hold keys with values").format(key=key),
            _("write for instance `{key}: {example}`").format(key=key, example=example),
        )
        return None
