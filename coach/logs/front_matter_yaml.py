"""The values of a front matter that is not written as ours: in any YAML, by an editor or a hand."""

from __future__ import annotations

from collections.abc import Iterator

from coach.errors import Problems
from coach.language import _
from coach.strict_yaml.parse import Items, Mapping, Node, Text, parse

_FIRST_LINE = 2  # of the file: the first one is `---`
_CURLY = {
    "\N{LEFT DOUBLE QUOTATION MARK}": "\N{RIGHT DOUBLE QUOTATION MARK}",
    "\N{LEFT SINGLE QUOTATION MARK}": "\N{RIGHT SINGLE QUOTATION MARK}",
}


def read_yaml(text: str, problems: Problems) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """Return the texts and the lists under the keys; what is neither is none."""
    node = parse(text, problems)
    if not isinstance(node, Mapping):
        problems.fail(_FIRST_LINE, 1, _("this is not a log of a session"), _("its front matter has no keys"))
    entries = [(key.value, value) for key, value in node.entries]
    return (
        {key: _straight(value.value) for key, value in entries if isinstance(value, Text)},
        {key: tuple(_texts(value)) for key, value in entries if isinstance(value, Items)},
    )


def _texts(node: Node) -> Iterator[str]:
    """Yield the texts in a list, also in lists in it: YAML takes `[[ID]]` for one."""
    match node:
        case Items(items):
            for item in items:
                yield from _texts(item)
        case Text(value):
            yield _straight(value)
        case Mapping():
            return


def _straight(text: str) -> str:
    """Return a text without the curly quotes that an editor made of the straight ones around it."""
    return text[1:-1] if len(text) > 1 and _CURLY.get(text[0]) == text[-1] else text
