"""What is said, and tried once more, where a search finds nothing."""

from __future__ import annotations

import re
from typing import NamedTuple

from coach.insights.search import Query
from coach.insights.vocabulary import Vocabulary, nearest_field
from coach.language import _
from coach.text import fold

_OWN_FIELDS = {"about", "tags"}


class Again(NamedTuple):
    """What is said, and what to look for instead, if there is something."""

    told: str
    query: Query | None = None


def search_again(query: Query, vocabulary: Vocabulary) -> Again:
    """Return what helps a person whose search found nothing: the nearest question, other forms of a word, the nearest word."""
    fields = vocabulary.fields | _OWN_FIELDS
    if query.field and query.field not in fields:
        nearest = nearest_field(query.field, fields)
        return Again(
            " ".join(
                filter(None, (_("Nothing found in answers to '{field}'.").format(field=query.field), _did_you_mean(nearest)))
            )
        )
    nothing = _("Nothing found with '{text}'.").format(text=" ".join(query.patterns))
    if query.regex:
        return Again(nothing)
    words = vocabulary.words
    missing = [one for one in query.patterns if not _occurs(one, words, query)]
    if not missing:
        return Again(nothing + " " + _("It does occur, but not together, or not in the sessions and answers where you look."))
    forms = {} if query.whole_words else {one: vocabulary.other_forms(one) for one in missing}
    if forms and all(forms.values()):
        told = _("Nothing found with '{text}' as it is typed. With other forms of the word:").format(text=" ".join(missing))
        return Again(told, query._replace(patterns=tuple(forms.get(one) or re.escape(one) for one in query.patterns), regex=True))
    nothing = _("Nothing found with '{text}'.").format(text=missing[0])
    return Again(" ".join(filter(None, (nothing, _did_you_mean(vocabulary.nearest(missing[0]))))))


def _occurs(text: str, words: set[str], query: Query) -> bool:
    """Return whether every word of a text occurs, as a part of a word or as a whole one."""
    parts = re.findall(r"[^\W_]+", fold(text))
    return all(part in words or (not query.whole_words and any(part in word for word in words)) for part in parts)


def _did_you_mean(text: str) -> str:
    return _("Did you mean '{text}'?").format(text=text) if text else ""
