"""YAML text -> plain values that know their lines; refuses bombs, tags and duplicate keys.

Only the events of the parser are used. They are read one by one under limits, so nothing is built that was not counted first.
Every scalar stays the text that was typed: `no`, `010` and `12:30` are words here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import yaml

from coach.errors import CoachError, Problem, Problems
from coach.language import _

MAX_BYTES = 1_000_000
MAX_DEPTH = 20
MAX_NODES = 50_000

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Mark(Protocol):
    """A place in the text, counted from 0."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar, as typed; `line` and `column` count from 1."""

    value: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Items:
    """A list of nodes."""

    items: tuple[Node, ...]
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Mapping:
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
        raise _refusal(problems, None, _("the file is larger than 1 MB"), _("split it, or take out what is not needed"))
    try:
        return _Builder(problems, _events(text)).document()
    except yaml.MarkedYAMLError as error:
        raise _refusal(problems, error.problem_mark or error.context_mark, *_explain(error)) from None
    except yaml.YAMLError:
        raise _refusal(
            problems,
            None,
            _("it holds a character that YAML does not allow"),
            _("take out invisible control characters"),
        ) from None


def decode(data: bytes, problems: Problems) -> str:
    """Return the bytes of a file as text, without a byte order mark."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problems.fail(line, 1, _("it is not UTF-8 text"), _("save the file as UTF-8"))


def _events(text: str) -> Iterator[yaml.Event]:
    return iter(yaml.parse(text, Loader=_LOADER))


def _place(event: yaml.Event) -> tuple[int, int]:
    mark: _Mark | None = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (0, 0)


def _refusal(problems: Problems, mark: _Mark | None, what: str, cure: str) -> CoachError:
    line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    return CoachError(*problems.found, Problem(problems.where, what, cure, line, column))


class _Builder:
    """Builds nodes from the events of one document, counting them."""

    def __init__(self, problems: Problems, events: Iterator[yaml.Event]) -> None:
        self.problems = problems
        self.events = events
        self.nodes = 0

    def document(self) -> Node:
        next(self.events)  # the stream starts
        if not isinstance(next(self.events), yaml.DocumentStartEvent):
            raise _refusal(self.problems, None, _("the file is empty"), _("see `coach sequences new` for an example"))
        root = self.node(next(self.events), depth=1)
        next(self.events)  # the document ends
        after = next(self.events)
        if isinstance(after, yaml.DocumentStartEvent):
            raise _refusal(self.problems, after.start_mark, _("a second document starts here"), _("keep one document a file"))
        return root

    def node(self, event: yaml.Event, depth: int) -> Node:
        self.guard(event, depth)
        line, column = _place(event)
        match event:
            case yaml.ScalarEvent():
                return Text(event.value, line, column)
            case yaml.SequenceStartEvent():
                return Items(tuple(self.children(yaml.SequenceEndEvent, depth)), line, column)
            case _:
                return Mapping(self.entries(depth), line, column)

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
        quote = _("if it is meant as text, put it between quotes")
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _refusal(self.problems, event.start_mark, _("`*` and `&` at the start of a value are not used"), quote)
        if getattr(event, "tag", None):
            raise _refusal(self.problems, event.start_mark, _("`!` at the start of a value is not used"), quote)
        if depth > MAX_DEPTH:
            what = _("lists inside lists go deeper than {limit} levels").format(limit=MAX_DEPTH)
            raise _refusal(self.problems, event.start_mark, what, _("a sequence needs four at most"))
        if self.nodes > MAX_NODES:
            what = _("the file holds more than {limit} values").format(limit=MAX_NODES)
            raise _refusal(self.problems, event.start_mark, what, _("split it into several sequences"))


def _explain(error: yaml.MarkedYAMLError) -> tuple[str, str]:
    """Say in a person's words what the parser of YAML says in its own."""
    problem = error.problem or ""
    for words, what, cure in _explanations():
        if words in problem:
            return what, cure
    what = _("this is not YAML: {problem}").format(problem=problem)
    return what, _("compare it with `coach sequences show prepare --yaml`")


def _explanations() -> tuple[tuple[str, str, str], ...]:
    """Return words of the parser with what they mean and what to do."""
    quote = _("if it is meant as text, put it between quotes")
    return (
        (
            "mapping values are not allowed",
            _("a colon where none can be"),
            _('put a text that holds a colon between quotes: "...", or see whether the line above lacks its colon'),
        ),
        (
            "nesting depth",
            _("lists inside lists go deeper than {limit} levels").format(limit=MAX_DEPTH),
            _("a sequence needs four at most"),
        ),
        (
            "cannot start any token",
            _("a tab, or a text that starts with a sign YAML keeps for itself"),
            _("indent with spaces, and put quotes around a text that starts with @, %, ` or a tab"),
        ),
        ("tab character", _("a tab where spaces belong"), _("indent with spaces")),
        (
            "unexpected end of stream",
            _("a quote that is opened is never closed"),
            _("close it, or leave out both quotes"),
        ),
        ("unknown escape character", _("a backslash between double quotes"), _("use single quotes, or write \\\\")),
        ("alphabetic or numeric", _("`*` and `&` at the start of a value are not used"), quote),
        (
            "expected ':'",
            _("a key without a colon, or a text that is not indented"),
            _("write `key: value`, and indent longer text"),
        ),
        (
            "'-' indicator",
            _("this line does not line up with the list above it"),
            _("start each item of a list with `- ` in the same column"),
        ),
        (
            "expected key",
            _("this line does not line up with the lines above it, or a text goes on after its closing quote"),
            _("start keys that belong together in the same column, and quote a whole text or none of it"),
        ),
        (
            "',' or '",
            _("a list between [ ] or { } is not closed well"),
            _("put commas between the items and close the bracket"),
        ),
    )
