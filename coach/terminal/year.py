"""A year of sessions -> one page to read: in one's own words, with the conversations they rest on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TypeVar

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from coach.insights.experience import fears_sentence
from coach.insights.fears import Fear, Fears
from coach.insights.labels import fear_outcome_name, step_outcomes_sentence, thought_times, words_heading
from coach.insights.own_words import Words
from coach.insights.patterns import Patterns
from coach.insights.thoughts import Thought
from coach.insights.visits import Visit
from coach.language import _, ngettext
from coach.language.dates import write_day
from coach.terminal.theme import OWN_WORDS, SECTION, STRONG, readable
from coach.text import cut, fold, visible

_MOST = 3  # of each: more than one page is not read
_LONGEST = 160  # letters
_FIELDS = ("question", "loosened", "helped", "not_yours", "learned")
_HAPPENED = ("no", "partly", "yes")
_Said = TypeVar("_Said", bound=Fear | Thought | Words)  # of each the fourth is what was said


def year_page(name: str, fears: Fears, patterns: Patterns, visits: Iterable[Visit]) -> RenderableType:
    """Return the page of a year that is called `name`."""
    sections: list[tuple[str, list[RenderableType]]] = [
        (_("What you feared, and what happened"), list(_fears(fears))),
        (_("How your thinking changed"), [line for thought in _some(patterns.thoughts) for line in _thought(thought)]),
        *((words_heading(field), list(map(_words, _some(patterns.own_words.get(field, ()))))) for field in _FIELDS),
        (_("First small steps"), [Text(step_outcomes_sentence(patterns.first_steps))] if patterns.first_steps else []),
        (words_heading("purpose"), list(map(_words, patterns.own_words.get("purpose", ())[:1]))),
    ]
    parts: list[RenderableType] = [Text(_("Your year {year}").format(year=visible(name)), STRONG), Text(), Text(_visits(visits))]
    for heading, lines in sections:
        if lines:
            parts += [Text(), Text(heading, SECTION), *(Padding.indent(line, 2) for line in lines)]
    return readable(Group(*parts))


def _visits(visits: Iterable[Visit]) -> str:
    counts = Counter(visit.kind for visit in visits)
    prepared, reflected, later = (counts[kind] for kind in ("prepare", "reflect", "follow-up"))
    parts = [
        (prepared, ngettext("{count} conversation prepared", "{count} conversations prepared", prepared)),
        (reflected, _("{count} looked back on")),
        (later, _("{count} looked at again weeks later")),
    ]
    return ", ".join(text.format(count=count) for count, text in parts if count)


def _fears(fears: Fears) -> Iterator[RenderableType]:
    if sentence := fears_sentence(fears):
        yield Text(sentence)
    for fear in _some(fear for fear in fears.fears if fear.outcome in _HAPPENED):
        yield _quotation(fear.fear, fear.started, fear.about, fear_outcome_name(fear.outcome))


def _thought(thought: Thought) -> Iterator[RenderableType]:
    yield Text(_where(thought.started, thought.about), STRONG)
    for time, text in thought_times(thought):
        yield Padding.indent(Text.assemble(f"{time}: ", _said(text)), 2)


def _words(words: Words) -> RenderableType:
    return _quotation(words.text, words.started, words.about)


def _quotation(text: str, started: datetime, about: str, *notes: str) -> RenderableType:
    return Group(Text.assemble(_said(text)), Padding.indent(Text(" · ".join((*notes, _where(started, about)))), 2))


def _said(text: str) -> tuple[str, str]:
    return f'"{visible(cut(" ".join(text.split()), _LONGEST))}"', OWN_WORDS


def _where(started: datetime, about: str) -> str:
    return visible(" · ".join(filter(None, (write_day(started.date()), about))))


def _some(items: Iterable[_Said]) -> list[_Said]:
    """Return a few items, which come newest first, from all through the year, the oldest first, and the same words once."""
    newest: dict[str, _Said] = {}
    for item in items:
        newest.setdefault(fold(item[3]), item)
    oldest_first = [*newest.values()][::-1]
    if len(oldest_first) <= _MOST:
        return oldest_first
    last = len(oldest_first) - 1
    return [oldest_first[place * last // (_MOST - 1)] for place in range(_MOST)]
