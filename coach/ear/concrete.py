"""Whether an answer is concrete somewhere: a vague word is no matter where another clause says what one would see or do.

What makes a clause concrete has a name, and its patterns are data: an act, a moment, something seen or heard. What `behind`
names must stand behind the vague words, as what explains them does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coach.ear.patterns import bound, compiled

BEHIND = "behind"  # the names that begin so are looked for right behind the vague words


@dataclass(frozen=True, slots=True)
class Concrete:
    """The patterns by their names."""

    patterns: Mapping[str, str]

    def is_concrete(self, text: str, vague_until: int, entries: Sequence[str]) -> bool:
        """Whether all names of one of the entries, such as `moment act`, are found."""
        return any(all(self._found(name, text, vague_until) for name in entry.split()) for entry in entries)

    def _found(self, name: str, text: str, vague_until: int) -> bool:
        pattern = self.patterns[name]
        if name.startswith(BEHIND):
            return compiled(rf"(?:{pattern})(?!\w)").match(text, vague_until) is not None
        return bound((pattern,)).search(text) is not None
