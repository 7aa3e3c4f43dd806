"""How things look: the styles, the widths, and the pieces that every screen is made of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.text import Text

from coach.language.dates import write_day
from coach.terminal.lines import READABLE_WIDTH, cells, shortened
from coach.text import visible

# Nothing here has a colour: none of the sixteen, and no other, can be read on black, white and both grounds of Solarized;
# what a terminal writes in, its owner can read.
SECTION = "underline"
OWN_WORDS = "italic"
STRONG = "bold"
FOUND = "bold underline"

PROMPT = [
    ("qmark", "fg:ansidefault bold"),
    ("answer", "fg:ansidefault nobold"),
    ("pointer", "bold"),
    ("highlighted", "bold"),
    ("selected", "noreverse"),
    ("bottom-toolbar", "noreverse"),
]
"""How a prompt looks: what differs from its libraries."""

_INDENT = 2  # columns
_LABELS = 0.4  # how much of the width names may take


def words(text: str, style: str = "") -> Text:
    """Return somebody's words, shown as they are."""
    return Text(visible(text), style=style)


def dated(day: date, about: str, id_: str = "") -> Text:
    """Return the day of a session, what it is about, and its id."""
    return Text.assemble((write_day(day), STRONG), "  ", visible(about), f"  {visible(id_)}" if id_ else "")


def indented(content: RenderableType, cells: int) -> RenderableType:
    """Return content some columns to the right."""
    return Padding.indent(content, cells)


class Divider:
    """A line with a title at its start and a note at its end, as wide as the screen."""

    def __init__(self, title: str, note: str) -> None:
        self.title = visible(title)
        self.note = note

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = min(options.max_width, READABLE_WIDTH)
        title = shortened(self.title, width - len(self.note) - 7)
        line = f"─ {title} " if title else "─ "
        yield Text(line + "─" * max(width - cells(line) - len(self.note) - 1, 1) + f" {self.note}", no_wrap=True, overflow="crop")


class OneLine:
    """A text on one line, cut between words."""

    def __init__(self, text: str) -> None:
        self.text = visible(text)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield Text(shortened(self.text, options.max_width))


def loop_lines(loops: Iterable[tuple[str, ...]]) -> RenderableType:
    """Return what is still open: a text on one line, and the commands that take it up below it."""
    parts: list[RenderableType] = []
    for text, *commands in loops:
        parts.append(OneLine(text))
        parts += [Padding.indent(words(command, STRONG), _INDENT) for command in commands]
    return Group(*parts)


class Facts:
    """Names with their values behind them, or below them where a name is long or the screen is narrow."""

    def __init__(self, rows: Iterable[tuple[str, str]], indent: int = 0, beside: Iterable[str] = ()) -> None:
        """`beside` are names elsewhere, whose values stand in the same column."""
        self.rows = [(words(name, STRONG), words(value)) for name, value in rows]
        self.indent = indent
        self.beside = beside

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = options.max_width - self.indent
        sizes = [name.cell_len + _INDENT for name, _value in self.rows]
        others = [cells(name) + _INDENT for name in self.beside]
        column = max((size for size in (*sizes, *others) if size <= width * _LABELS), default=_INDENT)
        for (name, value), size in zip(self.rows, sizes, strict=True):
            names = [Text().append_text(line) for line in name.wrap(console, max(width, 1))]
            values = value.wrap(console, max(width - column, 1))
            if size <= column and values:
                names[-1].pad_right(column - names[-1].cell_len)
                names[-1].append_text(values.pop(0))
            for line, indent in (*((line, 0) for line in names), *((line, column) for line in values)):
                line.rstrip()
                yield Padding.indent(line, self.indent + indent)


def readable(content: RenderableType) -> RenderableType:
    """Return content no wider than is good to read."""
    return _Narrow(content)


class _Narrow:
    """Content on at most a readable width."""

    def __init__(self, content: RenderableType) -> None:
        self.content = content

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield from console.render(self.content, options.update(width=min(options.max_width, READABLE_WIDTH)))
