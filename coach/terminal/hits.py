"""What was found -> what is seen of it: a part for each session, so that it is read while the rest is looked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from rich.console import Group, RenderableType
from rich.text import Text

from coach.insights.excerpt import around
from coach.insights.search import Hit
from coach.logs.session import title_of
from coach.terminal.theme import FOUND, dated, indented, readable, words
from coach.text import visible


def hits_parts(hits: Iterable[Hit]) -> Iterator[RenderableType]:
    """Yield the lines that were found, under their session and their question."""
    above: list[RenderableType] = []
    for session, session_hits in groupby(hits, key=lambda hit: hit.session):
        parts = [*above, dated(session.started.date(), title_of(session), session.id)]
        for question, question_hits in groupby(session_hits, key=lambda hit: hit.question):
            if question:
                parts.append(indented(words(question), 2))
            parts += [indented(_marked(hit), 4 if question else 2) for hit in question_hits]
        yield readable(Group(*parts))
        above = [Text()]


def _marked(found: Hit) -> Text:
    line = Text()
    hit = around(found)
    reached = 0
    for start, end in hit.spans:
        line.append(visible(hit.line[reached : max(start, reached)]))
        line.append(visible(hit.line[max(start, reached) : end]), FOUND)
        reached = max(end, reached)
    return line.append(visible(hit.line[reached:]))
