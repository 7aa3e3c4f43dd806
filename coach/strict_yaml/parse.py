"""YAML text -> plain values that know their lines; refuses bombs, tags and duplicate keys.

Only the events of the parser are used. They are read one by one under limits, so nothing is built that was not counted first.
Every scalar stays the text that was typed: `no`, `010` and `12:30` are words here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple, NoReturn, Protocol

import yaml

from coach.errors import Problems
from coach.language import _
from coach.program import typed
from coach.strict_yaml.mistakes import MAX_DEPTH, Place, Stumble, anchored, explain, too_deep

MAX_BYTES = 1_000_000
MAX_NODES = 50_000

# what YAML 1.1 does not call printable; named one by one, for all others between brackets take thirty times as long to compile
_FORBIDDEN = re.compile(
    "["
    r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"  # controls, but for tab and line ends
    r"\ud800-\udfff\ufffe\uffff"  # halves of characters, and what is none
    "]"
)
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Mark(Protocol):
    """A place in the text, counted from 0."""

    line: int
    column: int


class Text(NamedTuple):
    """A scalar, as typed; `line` and `column` count from 1."""

    value: str
    line: int
    column: int


class Items(NamedTuple):
    """A list of nodes."""

    items: tuple[Node, ...]
    line: int
    column: int


class Mapping(NamedTuple):
    """Keys and their values in the order of the file, each key once."""

    entries: tuple[tuple[Text, Node], ...]
    line: int
    column: int

    def get(self, key: str) -> Node | None:
        """Return the value of `key`, or None."""
        return next((value for name, value in self.entries if name.value == key), None)


Node = Text | Items | Mapping


def parse(text: str, problems: Problems) -> Node:
    """Return the one document in `text`.

    Duplicate keys are added to `problems` and reading goes on.

    Raises:
        CoachError: when something makes the rest unreadable.

    """
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        problems.fail(1, 1, _("the file is larger than 1 MB"), _("split it, or take out what is not needed"))
    if forbidden := _FORBIDDEN.search(text):
        line, column = text.count("\n", 0, forbidden.start()) + 1, forbidden.start() - text.rfind("\n", 0, forbidden.start())
        what = _("a character that YAML does not allow: {code}").format(code=f"U+{ord(forbidden[0]):04X}")
        problems.fail(line, column, what, _("take it out; it may be invisible"))
    builder = _Builder(problems, _events(text))
    try:
        return builder.document()
    except yaml.MarkedYAMLError as error:
        mistake = explain(_stumble(error, builder.quoted, text))
        problems.fail(mistake.place.line, mistake.place.column, mistake.what, mistake.cure)


def decode(data: bytes, problems: Problems) -> str:
    """Return the bytes of a file as text, without a byte order mark."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problems.fail(line, 1, _("it is not UTF-8 text"), _("save the file as UTF-8"))


def _events(text: str) -> Iterator[yaml.Event]:
    return iter(yaml.parse(text, Loader=_LOADER))


def _stumble(error: yaml.MarkedYAMLError, quoted: tuple[Place, Place] | None, text: str) -> Stumble:
    problem: _Mark | None = error.problem_mark
    context: _Mark | None = error.context_mark
    at, began = _at(problem or context), _at(context or problem)
    return Stumble(error.problem or "", at, began, quoted, text.split("\n"))


def _at(mark: _Mark | None) -> Place:
    return Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)


class _Builder:
    """Builds nodes from the events of one document, counting them."""

    def __init__(self, problems: Problems, events: Iterator[yaml.Event]) -> None:
        self.problems = problems
        self.events = events
        self.nodes = 0
        self.quoted: tuple[Place, Place] | None = None

    def document(self) -> Node:
        next(self.events)  # the stream starts
        if not isinstance(next(self.events), yaml.DocumentStartEvent):
            self.problems.fail(
                1, 1, _("the file is empty"), _("see `{command}` for an example").format(command=typed("sequences", "new"))
            )
        root = self.node(next(self.events), depth=1)
        next(self.events)  # the document ends
        after = next(self.events)
        if isinstance(after, yaml.DocumentStartEvent):
            self.refuse(after, _("a second document starts here"), _("keep one document a file"))
        return root

    def node(self, event: yaml.Event, depth: int) -> Node:
        self.guard(event, depth)
        place = _at(event.start_mark)
        match event:
            case yaml.ScalarEvent():
                if event.style in {"'", '"'}:
                    self.quoted = place, _at(event.end_mark)
                return Text(event.value, place.line, place.column)
            case yaml.SequenceStartEvent():
                return Items(tuple(self.children(yaml.SequenceEndEvent, depth)), place.line, place.column)
            case _:
                return Mapping(self.entries(depth), place.line, place.column)

    def children(self, end: type[yaml.Event], depth: int) -> Iterator[Node]:
        while not isinstance(event := next(self.events), end):
            yield self.node(event, depth + 1)

    def entries(self, depth: int) -> tuple[tuple[Text, Node], ...]:
        entries: dict[str, tuple[Text, Node]] = {}
        nodes = self.children(yaml.MappingEndEvent, depth)
        for key in nodes:
            value = next(nodes)
            if not isinstance(key, Text):
                self.problems.add(key.line, key.column, _("a key must be a single word"), _("write `key: value`"))
            elif key.value in entries:
                what = _("'{key}' stands here twice, first on line {line}").format(key=key.value, line=entries[key.value][0].line)
                self.problems.add(key.line, key.column, what, _("keep one of the two"))
            else:
                entries[key.value] = (key, value)
        return tuple(entries.values())

    def guard(self, event: yaml.Event, depth: int) -> None:
        """Refuse what is not plain and small: an alias or tag, deep nesting, a great many values."""
        self.nodes += 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self.refuse(event, *anchored())
        if getattr(event, "tag", None):
            cure = _("if it is meant as text, put it between quotes")
            self.refuse(event, _("`!` at the start of a value is not used"), cure)
        if depth > MAX_DEPTH:
            self.refuse(event, *too_deep())
        if self.nodes > MAX_NODES:
            what = _("the file holds more than {limit} values").format(limit=MAX_NODES)
            self.refuse(event, what, _("split it into several sequences"))

    def refuse(self, event: yaml.Event, what: str, cure: str) -> NoReturn:
        """Note a problem after which nothing can be read, and raise all."""
        place = _at(event.start_mark)
        self.problems.fail(place.line, place.column, what, cure)
