"""What in an answer may be about somebody's safety: the signs in it, weighed with all its other words."""

from __future__ import annotations

from collections.abc import Iterator

from coach.ear.evidence import load_evidence
from coach.ear.question_form import split
from coach.ear.safety import Concern
from coach.ear.stored import load_safety
from coach.ear.word_order import Span

_TOGETHER = 160  # letters: sentences that are weighed together, since one often says what another is about

_LONGEST = 320  # letters of a sentence that is weighed whole


def concerns(text: str, language: str) -> Iterator[Concern]:
    """Yield what is heard in a folded text, stretch by stretch."""
    evidence = load_evidence(language)
    if evidence is None:
        yield from load_safety(language).concerns(text)
        return
    for sentences in _stretches(text):
        start, end = sentences[0][0], sentences[-1][1]
        stretch = text[start:end]
        if not evidence.is_possible(stretch):
            continue
        signs = {sign.check: sign for sign in reversed(list(load_safety(language).concerns(stretch)))}
        if not signs and not evidence.is_nearly_said([text[one:other] for one, other in sentences]):
            continue
        for kind in evidence.kinds(stretch, signs.keys()):
            one = signs.get(kind) or Concern(kind, *evidence.span(stretch), evidence.is_at_own_home(stretch))
            yield Concern(kind, start + one.start, start + one.end, one.own)


def _stretches(text: str) -> Iterator[list[Span]]:
    """Yield where the sentences that are weighed together stand; the last of one stretch begins the next."""
    parts = list(_parts(text))
    first, reached = 0, 0
    while first < len(parts):
        last = first
        while last + 1 < len(parts) and parts[last + 1][1] - parts[first][0] <= _TOGETHER:
            last += 1
        if last >= reached:
            yield parts[first : last + 1]
            reached = last + 1
        first = max(first + 1, last)


def _parts(text: str) -> Iterator[Span]:
    """Yield where sentences start and end; what goes on and on without a stop, as dictation does, is cut at words."""
    for sentence in split(text):
        start = sentence.start
        while sentence.end - start > _LONGEST:
            cut = text.rfind(" ", start, start + _TOGETHER // 2) + 1 or start + _TOGETHER // 2
            yield start, cut
            start = cut
        yield start, sentence.end
