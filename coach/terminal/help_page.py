"""What a command is and takes -> what is seen of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from coach.terminal.theme import SECTION, Facts, readable, words

_INDENT = 2  # columns


def help_page(usage: str, text: str, parts: Mapping[str, Sequence[tuple[str, str]]], epilog: str) -> RenderableType:
    """Return the help: how it is called, what it does, under each heading the names with what they mean, and an example."""
    page: list[RenderableType] = [words(usage), Text(), words(text)]
    named = [name for rows in parts.values() for name, _meaning in rows if not name.startswith("-")]
    for heading, rows in parts.items():
        page += [Text(), words(heading, SECTION), Facts(rows, _INDENT, named)]
    return readable(Group(*page, Text(), words(epilog)) if epilog else Group(*page))
