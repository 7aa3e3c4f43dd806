"""How things look: the styles, the widths, and the pieces that every screen is made of."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.text import Text

from coach.text import visible

QUIET = "bright_black"
SECTION = "cyan"
OWN_WORDS = "italic"
STRONG = "bold"
_READABLE_WIDTH = 88


def words(text: str, style: str = "") -> Text:
    """Return somebody's words, shown as they are."""
    return Text(visible(text), style=style)


class Divider:
    """A line with a title at its start and a note at its end, as wide as the screen."""

    def __init__(self, title: str, note: str) -> None:
        self.title = visible(title)
        self.note = note

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = min(options.max_width, _READABLE_WIDTH)
        room = width - len(self.note) - 7
        title = Text(self.title, SECTION, no_wrap=True)
        title.truncate(max(room, 0), overflow="ellipsis")
        line = Text.assemble(("─ ", QUIET), title, " " if self.title else "", no_wrap=True, overflow="crop")
        line.append("─" * max(width - line.cell_len - len(self.note) - 1, 1) + " ", QUIET)
        line.append(self.note, QUIET)
        yield line


def loop_lines(loops: Iterable[tuple[str, ...]]) -> RenderableType:
    """Return what is still open: a text on one line, and the commands that take it up below it."""
    parts: list[RenderableType] = []
    for text, *commands in loops:
        parts.append(Text(visible(text), no_wrap=True, overflow="ellipsis"))
        parts += [Text(f"  {command}", SECTION, no_wrap=True, overflow="ignore") for command in commands]
    return Group(*parts)


def facts(rows: Iterable[tuple[str, str]]) -> RenderableType:
    """Return names with their values."""
    from rich.table import Table  # only here

    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in rows:
        table.add_row(words(name, SECTION), words(value))
    return table


def readable(content: RenderableType) -> RenderableType:
    """Return content no wider than is good to read."""
    return _Narrow(content)


class _Narrow:
    """Content on at most a readable width."""

    def __init__(self, content: RenderableType) -> None:
        self.content = content

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield from console.render(self.content, options.update(width=min(options.max_width, _READABLE_WIDTH)))
