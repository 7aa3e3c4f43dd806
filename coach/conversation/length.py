"""What each way through a sequence costs, told before it is chosen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from coach.conversation.way import Way
from coach.language import _, ngettext
from coach.language.words import words_of
from coach.logs.session import Exchange
from coach.sequences.sequence import Question

_SECONDS = {"text": 60, "line": 60}
_SECONDS_TO_CHOOSE = 15
_EXACT = 5  # minutes; what takes longer is rounded up to a multiple of it


class Cost(NamedTuple):
    """How many questions are still to come, and about how many minutes they take."""

    questions: int
    minutes: int


def costs(way: Way, length: Question) -> tuple[Cost, ...]:
    """Return what each option of the choice that decides the length leads to, on the usual way."""
    return tuple(_cost(_ahead(way, length, option.logged)) for option in length.options)


def cost_words(cost: Cost, label: str, language: str) -> str:
    """Return a cost in words; the minutes are left out behind a label that speaks of time itself."""
    questions = ngettext("{count} question", "{count} questions", cost.questions).format(count=cost.questions)
    if words_of(language).durations.intersection(label.casefold().split()):
        return questions
    minutes = ngettext("about {count} minute", "about {count} minutes", cost.minutes).format(count=cost.minutes)
    return _("{questions}, {minutes}").format(questions=questions, minutes=minutes)


def _ahead(way: Way, length: Question, chosen: str) -> list[Question]:
    """Return the questions behind the choice when this was chosen."""
    exchanges = {**way.answers.exchanges, length.id: Exchange(length.id, "", (chosen,), choice=True)}
    answers = replace(way.answers, exchanges=exchanges, withdrawn=way.answers.withdrawn - {length.id})
    stops = way._replace(answers=answers, guessing=True, silent=True).stops()
    return [stop.question for stop in stops if stop.question and length.id in stop.passed]


def _cost(ahead: Iterable[Question]) -> Cost:
    seconds = [_SECONDS.get(question.type, _SECONDS_TO_CHOOSE) for question in ahead]
    minutes = -(-sum(seconds) // 60)
    return Cost(len(seconds), minutes if minutes <= _EXACT else -(-minutes // _EXACT) * _EXACT)
