"""Changes of some lines of a file; all others stay, byte for byte."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Edits:
    """The lines of a file without their line feeds, those that go, and the new ones that come after some of them."""

    lines: list[bytes]
    gone: set[int] = field(default_factory=set)
    after: dict[int, list[bytes]] = field(default_factory=dict)

    def put(self, first: int, end: int, lines: Iterable[bytes]) -> None:
        """Put lines where those from `first` to before `end` are."""
        self.gone.update(range(first, end))
        self.add(first, lines)

    def add(self, number: int, lines: Iterable[bytes]) -> None:
        """Put lines below a line."""
        self.after.setdefault(number, []).extend(lines)

    def between(self, first: int, end: int) -> list[bytes]:
        """Return the lines from `first` to before `end` as they are to be."""
        both = (([] if number in self.gone else [self.lines[number]], self.after.get(number, [])) for number in range(first, end))
        return [line for kept, new in both for line in (*kept, *new)]
