"""A card -> what is seen of it: at the door no more than a screen, or all of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.text import Text

from coach.conversation.card import Card, CardLine
from coach.language import _
from coach.terminal.lines import shortened
from coach.terminal.theme import SECTION, STRONG, readable, words
from coach.text import visible

_MOST_LINES = 23  # a screen of 24 has room for the next command
_MOST_OF_FIRST = 6  # lines that it gets before any other gets a second
_FRAME = 4  # lines
_SIDES = 6  # columns
_CUT = " ..."
_ENDS = ("?", "!", ".", ":", "…")


@dataclass(frozen=True, slots=True)
class _Block:
    """The lines of one answer, and what stands above it."""

    above: tuple[Text, ...]
    lines: tuple[Text, ...]


def card_page(card: Card, about: str, command: str, *, everything: bool = False) -> RenderableType:
    """Return what to hold on to at the door, on one screen, or `everything`; `command` is what shows all."""
    return readable(_Page(card, about, command, everything=everything))


class _Page:
    """A card in its frame, as high as it may be."""

    def __init__(self, card: Card, about: str, command: str, *, everything: bool) -> None:
        self.card = card
        self.about = about
        self.command = command
        self.everything = everything

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        from rich.panel import Panel  # only here

        width = options.max_width - _SIDES
        card = self.card
        blocks = _blocks(card.title, (*card.door, *(card.more if self.everything else ())), console, width)
        room = _MOST_LINES - _FRAME
        is_whole = self.everything or (not card.more and _height(blocks) <= room)
        lines = [
            line for block in (blocks if is_whole else _fitted(blocks, room - 1, width)) for line in (*block.above, *block.lines)
        ]
        if not lines:
            lines = [words(_("Nothing on this card yet."))]
        title = Text(shortened(visible(self.about), width), STRONG)
        yield Panel(Group(*lines), title=title, title_align="left", padding=(1, 2))
        if not is_whole:
            yield words(_("{command} shows the rest.").format(command=self.command))


def _blocks(title: str, lines: Sequence[CardLine], console: Console, width: int) -> list[_Block]:
    """Return all that stands on the card, wrapped; a label of several answers stands above them once."""
    blocks = [_Block((), _wrapped(words(title, STRONG), console, width))] if title else []
    before: CardLine | None = None
    for line in lines:
        if line.is_named:
            named = Text.assemble((_with_colon(visible(line.label)), SECTION), " ", (visible(line.text), STRONG))
            above = () if before and before.is_named else (Text(),)
            blocks.append(_Block(above if blocks else (), _wrapped(named, console, width)))
        else:
            is_new = before is None or before.is_named or before.label != line.label
            heading = (words(line.label, SECTION),) if is_new and line.label else ()
            gap = (Text(),) if is_new and blocks else ()
            blocks.append(_Block((*gap, *heading), _wrapped(words(line.text, STRONG), console, width)))
        before = line
    return blocks


def _wrapped(text: Text, console: Console, width: int) -> tuple[Text, ...]:
    return tuple(text.wrap(console, max(width, 1)))


def _with_colon(label: str) -> str:
    return label if label.endswith(_ENDS) else f"{label}:"


def _height(blocks: Sequence[_Block]) -> int:
    return sum(len(block.above) + len(block.lines) for block in blocks)


def _fitted(blocks: Sequence[_Block], room: int, width: int) -> list[_Block]:
    """Return as many answers as fit, each with a line at least; the longest are cut most, the first one last."""
    limits = [min(len(block.lines), 1 if number else _MOST_OF_FIRST) for number, block in enumerate(blocks)]
    left = room - sum(len(block.above) for block in blocks) - sum(limits)
    if left < 0:
        return _fitted(blocks[:-1], room, width)
    for _line in range(max((len(block.lines) for block in blocks), default=0)):
        for number, block in enumerate(blocks):
            if left and limits[number] < len(block.lines):
                limits[number] += 1
                left -= 1
    return [_cut(block, most, width) for block, most in zip(blocks, limits, strict=True)]


def _cut(block: _Block, most: int, width: int) -> _Block:
    """Return an answer in at most so many lines, cut at a word."""
    if len(block.lines) <= most:
        return block
    last = block.lines[most - 1].copy()
    last.rstrip()
    while cell_len(last.plain) + len(_CUT) > width and " " in last.plain:
        last.right_crop(len(last.plain) - last.plain.rindex(" "))
    last.truncate(max(width - len(_CUT), 0), overflow="crop")
    return _Block(block.above, (*block.lines[: most - 1], last.append(_CUT)))
