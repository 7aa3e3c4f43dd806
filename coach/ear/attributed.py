"""Which words of an answer are somebody else's: what stands between quotation marks, and what somebody says or thinks.

No check looks there, for nobody has to answer for the words of another; personal data and safety are heard all the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach.ear.patterns import compiled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    Find = Callable[[str, int, int], "Iterator[Span]"]


_SENTENCE_END = re.compile(r"(?<!\b[^\W\d_])[.!?]+(?=[\s\"')]|\Z)|[;\n]")
_BEFORE = 12  # letters before a verb in which its subject stands
_SIGN = re.compile(r"[^\s\"']")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Attribution:
    """How one language gives words to somebody else: patterns."""

    direct: str  # what stands behind it is said aloud, without quotation marks: he said:
    reported: str  # what stands behind it is somebody else's: he said that
    mine: str  # ... unless this stands before it: I
    behind: str  # what stands before it is: ..., he said
    whole: str  # the whole sentence is: diagnosed
    end: str  # where the words of another end inside a sentence: but

    def patterns(self) -> tuple[str, ...]:
        """Return what is only looked for in an answer with one of its words."""
        return (self.direct, self.reported, self.behind, self.whole)

    def finders(self) -> tuple[tuple[str, Find], ...]:
        """Return what finds somebody's words without quotation marks in a sentence, each with its pattern."""
        return ((self.reported, self._reported), (self.behind, self._behind), (self.whole, self._whole))

    def spoken(self, text: str, start: int, end: int) -> Iterator[Span]:
        """Yield where in a sentence somebody speaks without quotation marks."""
        for match in compiled(self.direct).finditer(text, start, end):
            yield match.end(), _sentence_end(text, match.end(), end)

    def _reported(self, text: str, start: int, end: int) -> Iterator[Span]:
        for match in compiled(self.reported).finditer(text, start, end):
            if not compiled(self.mine).search(text, max(start, match.start() - _BEFORE), match.start()):
                last = _sentence_end(text, match.end(), end)
                stop = compiled(self.end).search(text, match.end(), last)
                yield match.end(), stop.start() if stop else last

    def _behind(self, text: str, start: int, end: int) -> Iterator[Span]:
        for match in compiled(self.behind).finditer(text, start, end):
            yield start, match.start()

    def _whole(self, text: str, start: int, end: int) -> Iterator[Span]:
        if compiled(self.whole).search(text, start, end):
            yield start, _sentence_end(text, start, end)


def attribution(patterns: Mapping[str, str]) -> Attribution:
    """Return how a language gives words to somebody else, from its patterns; a word is matched from its beginning."""
    return Attribution(
        **{name: pattern if name in {"end", "behind", "mine"} else rf"(?<!\w)(?:{pattern})" for name, pattern in patterns.items()}
    )


def masked(text: str, spans: Iterable[Span]) -> str:
    """Return a text in which every sign in a span is an x, so that no rule finds anything there."""
    for start, end in spans:
        text = text[:start] + _SIGN.sub("x", text[start:end]) + text[end:]
    return text


def _sentence_end(text: str, place: int, end: int) -> int:
    """Return where the sentence ends, before its full stop."""
    found = _SENTENCE_END.search(text, place, end)
    return found.start() if found else end
