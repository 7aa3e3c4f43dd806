"""The one question more that a thin answer gets."""

from __future__ import annotations

from typing import NamedTuple

from coach.language import _
from coach.language.thin import is_unsure
from coach.logs.session import Exchange, quote
from coach.sequences.sequence import Question
from coach.text import cut

_LONGEST = 120  # letters that are quoted


class More(NamedTuple):
    """A question after a thin answer, and that answer in quotes."""

    question: Question
    quote: str


def more_of(question: Question, exchange: Exchange, language: str) -> More:
    """Return what is asked after an answer: what the author wrote, or a kind word for who does not know."""
    unsure = is_unsure(exchange.text, language)
    ask = _("That's all right. And if you did know, just a little?") if unsure else question.more
    words = "" if unsure else f'"{cut(quote(exchange), _LONGEST)}"'
    return More(Question(question.more_id, ask, "line", question.section, optional=True), words)
