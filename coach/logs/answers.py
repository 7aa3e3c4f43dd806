"""The answers in the body of a log: which of its lines are theirs, whatever an editor made of them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import lru_cache

from coach.logs.answer_line import (
    Line,
    breaks_hard,
    goes_on,
    is_code,
    read_disguised,
    read_line,
    resembled,
    unescape,
)
from coach.logs.fields import MEANT
from coach.logs.value import VALUED, means_something

_MARKS = (
    "::",
    ".b",
    ".h",
    ".d",
    ".q",
    " ",
    ":",
    "\\",
)  # what follows the id, also where an editor changed it
_START = 5  # so many letters of a line tell most answers apart
_ENDS = {"", "- "}  # how the lines below an answer begin that are not broken off it
_OURS = frozenset(f"- {letter}" for letter in "abcdefghijklmnopqrstuvwxyz")


@dataclass(slots=True)
class Block:
    """The texts of an answer by those of its parts that there are; `end` is the number of the line after it."""

    id: str
    start: int
    end: int
    parts: dict[str, list[str]] = field(default_factory=dict)


Found = tuple[int, int, Line]
"""A line of an answer, with its number and that of the line after it: it may be broken over several."""


@dataclass(slots=True)
class Reading:
    """What is read in one body: its lines, the questions that are named elsewhere, and whether its marks have backslashes.

    `unread` are the numbers of the lines that look like answers and are not read, `found` the lines of the answers once all were
    read.
    """

    body: list[str]
    named: Callable[[], tuple[str, ...]]
    is_escaped: bool
    unread: list[int] = field(default_factory=list)
    found: list[Found] | None = None

    def unread_from(self, start: int) -> tuple[int, ...]:
        """Return the lines of the file that look like answers and are not read; at line `start`, from 0, the body begins."""
        return tuple(start + number + 1 for number in self.unread) if self.unread else ()

    def lines(self) -> list[Found]:
        """Return the lines of answers: the number of the first, that of the line after it, and what it says."""
        if self.found is None:
            self.blocks()
        return self.found or []

    def blocks(self, ids: Collection[str] | None = None) -> list[Block]:
        """Return the answers, all or those of `ids`, and note in `unread` the lines that only look like one."""
        found = self.found = None if ids is not None else []
        body, size = self.body, len(self.body)
        blocks: list[Block] = []
        block: Block | None = None
        end = 0
        for number in _numbers(body, ids):
            if number < end:
                continue
            line = read_line(body[number]) or self._disguised(number, ids)
            if line is None or (ids is not None and line.id not in ids):
                continue
            if block is None or block.id != line.id or any(map(str.strip, body[block.end : number])):
                block = Block(line.id, number, number)
                blocks.append(block)
            end = block.end = number + 1
            texts = block.parts.setdefault(line.part, [])
            if self.is_escaped or (end < size and body[end][:2] not in _ENDS):
                end = block.end = self._join(number, line)
                texts += line.text.split("\n")
            else:
                texts.append(line.text)
            if line.id in VALUED and not means_something(line.id, line.text) and not line.part and line.text.strip():
                self.unread.append(number)
            if found is not None:
                found.append((number, end, line))
        return blocks

    def _disguised(self, number: int, ids: Collection[str] | None) -> Line | None:
        """Return what stands in a line that is not as we write it, where it is an answer."""
        text, known = self.body[number], _known(self.named())
        if line := read_disguised(text, known):
            return None if is_code(self.body, number) else line
        id_ = resembled(text, known, lambda: next((one for one in reversed(self.body[:number]) if one.strip()), ""))
        if id_ and (ids is None or id_ in ids) and not is_code(self.body, number):
            self.unread.append(number)
        return None

    def _join(self, number: int, line: Line) -> int:
        """Add to a line what an editor broke off it, and return the number of the line after it."""
        end = number + 1
        above = self.body[number]
        is_quoted = above.lstrip().startswith(">")
        while end < len(self.body) and self.body[end][:2] not in _ENDS:
            below = self.body[end]
            below = f" {below.lstrip('> ')}" if is_quoted and below.startswith(">") else below
            if not goes_on(below, above) or read_disguised(below, _known(self.named())):
                break
            line.text = line.text.removesuffix("\\").rstrip() + ("\n" if breaks_hard(above) else " ") + below.strip()
            above = below
            end += 1
        if self.is_escaped:
            line.text = unescape(line.text)
        return end


def _numbers(body: list[str], ids: Collection[str] | None) -> list[int]:
    """Return the numbers of the lines to look at: for some answers, one that begins as another answer of ours is passed over.

    Looking back reads thousands of logs for a handful of answers, and reading a line takes ten times as long.
    """
    if ids is None:
        return [number for number, line in enumerate(body) if line and line[:2] != "##"]
    starts = _starts(frozenset(ids))
    return [
        number
        for number, line in enumerate(body)
        if line and line[0] != "#" and (line[:_START] in starts or line[:3] not in _OURS)
    ]


@lru_cache(maxsize=16)  # the same ids in log after log
def _starts(ids: frozenset[str]) -> frozenset[str]:
    """Return how the lines of these answers begin when we write them, or an editor put backslashes in their ids."""
    written = {*ids, *(id_.replace("_", "\\_") for id_ in ids)}
    return frozenset(f"- {id_}{mark}"[:_START] for id_ in written for mark in _MARKS)


@lru_cache(maxsize=256)  # the same card and choices in log after log
def _known(named: tuple[str, ...]) -> frozenset[str]:
    return MEANT.union(named)
