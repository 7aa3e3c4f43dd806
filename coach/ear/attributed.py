"""Which words of an answer are somebody else's: what stands between quotation marks, and what somebody says or thinks.

No check looks there, for nobody has to answer for the words of another; personal data and safety are heard all the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach.ear.patterns import compiled

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from coach.ear.normalised import Folded

_SENTENCE_END = re.compile(r"(?<!\b[^\W\d_])[.!?]+(?=[\s\"')]|\Z)|[;\n]")
_SIGN = re.compile(r"[^\s\"']")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Attribution:
    """How one language gives words to somebody else: patterns."""

    direct: str  # what stands behind it is said aloud, without quotation marks: he said:
    reported: str  # what stands behind it is somebody else's: he said that
    behind: str  # what stands before it is: ..., he said
    whole: str  # the whole sentence is: diagnosed
    end: str  # where the words of another end inside a sentence: but

    def patterns(self) -> tuple[str, ...]:
        """Return what is only looked for in an answer with one of its words."""
        return (self.direct, self.reported, self.behind, self.whole)

    def unquoted(self, folded: Folded, tried: Collection[str]) -> str:
        """Return a folded text with what is quoted masked."""
        text = masked(folded.text, folded.quotes())
        return masked(text, self._spoken(text)) if self.direct in tried else text

    def own(self, text: str, tried: Collection[str]) -> str:
        """Return a text without quotations with what somebody else says or thinks masked as well."""
        return masked(text, self._reports(text, tried))

    def _spoken(self, text: str) -> Iterator[Span]:
        """Yield where somebody speaks without quotation marks, up to the end of the sentence."""
        for match in compiled(self.direct).finditer(text):
            yield match.end(), _sentence_end(text, match.end())

    def _reports(self, text: str, tried: Collection[str]) -> Iterator[Span]:
        """Yield where somebody's words are told."""
        for match in compiled(self.reported).finditer(text) if self.reported in tried else ():
            stop = compiled(self.end).search(text, match.end(), end := _sentence_end(text, match.end()))
            yield match.end(), stop.start() if stop else end
        for match in compiled(self.behind).finditer(text) if self.behind in tried else ():
            yield _sentence_start(text, match.start()), match.start()
        for match in compiled(self.whole).finditer(text) if self.whole in tried else ():
            yield _sentence_start(text, match.start()), _sentence_end(text, match.end())


def attribution(patterns: Mapping[str, str]) -> Attribution:
    """Return how a language gives words to somebody else, from its patterns; a word is matched from its beginning."""
    return Attribution(
        **{name: pattern if name in {"end", "behind"} else rf"(?<!\w)(?:{pattern})" for name, pattern in patterns.items()}
    )


def masked(text: str, spans: Iterable[Span]) -> str:
    """Return a text in which every sign in a span is an x, so that no rule finds anything there."""
    for start, end in spans:
        text = text[:start] + _SIGN.sub("x", text[start:end]) + text[end:]
    return text


def _sentence_start(text: str, place: int) -> int:
    return max((match.end() for match in _SENTENCE_END.finditer(text, 0, place)), default=0)


def _sentence_end(text: str, place: int) -> int:
    end = _SENTENCE_END.search(text, place)
    return end.start() if end else len(text)
