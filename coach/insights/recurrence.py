"""What keeps coming back in many short lines: the words and short phrases that several sessions share."""

from __future__ import annotations

import heapq
from array import array
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import partial
from itertools import compress, pairwise
from typing import NamedTuple

from coach.language.stems import PARTING, content_words, stems

MOST = 12  # more patterns are not read
_MOSTLY = 0.6
_PHRASE = 1.5  # a phrase says more than a word: it may be in fewer sessions and still go first

_Term = tuple[str, ...]  # the stem of a word, or those of two words next to each other
_Postings = dict[_Term, "array[int]"]  # of each term the numbers of the lines that hold it


class Utterance(NamedTuple):
    """One line, and the number of the session it was said in; the lines of a session stand together."""

    session: int
    text: str
    language: str


class Recurrence(NamedTuple):
    """The words that return, as they were written, and the numbers of all lines that hold them."""

    words: str
    lines: tuple[int, ...]


def recurring(utterances: Sequence[Utterance]) -> tuple[Recurrence, ...]:
    """Return what returns, most often first; what only repeats an earlier one is left out.

    The heaviest term takes all its lines; the others count only the lines that are still free. A term that lost lines
    since it was put in the queue goes back with its new weight, so the first that kept its weight is the heaviest.
    """
    sessions = [one.session for one in utterances]
    postings = _postings(utterances, sessions)
    free = bytearray(b"\1" * len(utterances))
    queue = [(-_weight(term, lines, sessions, free), place, term) for place, (term, lines) in enumerate(postings.items())]
    heapq.heapify(queue)
    recurrences: list[Recurrence] = []
    while queue and len(recurrences) < MOST:
        before, place, term = heapq.heappop(queue)
        lines = postings[term]
        weight = _weight(term, lines, sessions, free)
        if weight == -before:
            for line in lines:
                free[line] = 0
            recurrences.append(Recurrence(_wording(term, lines, utterances), tuple(lines)))
        elif weight:
            heapq.heappush(queue, (-weight, place, term))
    return tuple(sorted(recurrences, key=lambda recurrence: -len(recurrence.lines)))


def _postings(utterances: Sequence[Utterance], sessions: Sequence[int]) -> _Postings:
    """Return the words, and the pairs of words next to each other, that recur, each with its lines."""
    words: dict[str, array[int]] = defaultdict(partial(array, "L"))
    pairs: _Postings = defaultdict(partial(array, "L"))
    lines = [stems(one.text, one.language) for one in utterances]
    for number, line in enumerate(lines):
        for stem in dict.fromkeys(line):
            words[stem].append(number)
    words.pop(PARTING, None)  # so no pair goes across a mark
    recurrent = {stem for stem, numbers in words.items() if _recurs(numbers, sessions)}
    for number, line in enumerate(lines):
        for pair in dict.fromkeys(pairwise(line)):
            if recurrent.issuperset(pair):
                pairs[pair].append(number)
    recurrent_pairs = {pair: numbers for pair, numbers in pairs.items() if _recurs(numbers, sessions)}
    return {(stem,): numbers for stem, numbers in words.items() if stem in recurrent} | recurrent_pairs


def _recurs(lines: Sequence[int], sessions: Sequence[int]) -> bool:
    """Return whether the lines, in their order, were said in more than one session, whose lines stand together."""
    return sessions[lines[0]] != sessions[lines[-1]]


def _weight(term: _Term, lines: Sequence[int], sessions: Sequence[int], free: bytearray) -> float:
    """Return in how many sessions the term is in a line that is still free, a phrase counting for more; 0 for one."""
    number = len(set(compress(map(sessions.__getitem__, lines), map(free.__getitem__, lines))))
    return number * (_PHRASE if len(term) > 1 else 1) if number > 1 else 0


def _wording(term: _Term, lines: Sequence[int], utterances: Sequence[Utterance]) -> str:
    """Return how the term is mostly written; the whole line where that is mostly the same."""
    whole, times = Counter(utterances[line].text.strip() for line in lines).most_common(1)[0]
    if times > _MOSTLY * len(lines):
        return whole
    wordings = Counter(_wording_in(term, utterances[line]) for line in lines)
    return max(wordings, key=lambda words: (wordings[words], -len(words), words))


def _wording_in(term: _Term, utterance: Utterance) -> str:
    """Return how the term is written where it first stands in a line."""
    words = content_words(utterance.text, utterance.language)
    if len(term) == 1:
        places = ((word, word) for word in words if word.stem == term[0])
    else:
        places = ((one, other) for one, other in pairwise(words) if (one.stem, other.stem) == term and one.part == other.part)
    first, last = next(places)
    return utterance.text[first.start : last.end].lower()
