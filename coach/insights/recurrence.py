"""What keeps coming back in many short lines: the words and short phrases that several sessions share."""

from __future__ import annotations

import heapq
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from coach.language.stems import Word, content_words

MOST = 12  # more patterns are not read
_RECURS = 2  # sessions
_MOSTLY = 0.6
_PHRASE = 1.5  # a phrase says more than a word: it may be in fewer sessions and still go first

_Term = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """One line, and the number of the session it was said in; the lines of a session stand together."""

    session: int
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Recurrence:
    """The words that return, as they were written, and the numbers of all lines that hold them."""

    words: str
    lines: tuple[int, ...]


def recurring(said: Sequence[Said]) -> tuple[Recurrence, ...]:
    """Return what returns, most often first; what only repeats an earlier one is left out."""
    holders = _holders(said)
    free = bytearray(b"\1" * len(said))
    waiting = [(-_weight(term, lines, said, free), place, term) for place, (term, lines) in enumerate(holders.items())]
    heapq.heapify(waiting)
    found: list[Recurrence] = []
    while waiting and len(found) < MOST:
        promised, place, term = heapq.heappop(waiting)
        weight = _weight(term, holders[term], said, free)
        if weight < -promised:  # others took some of its lines: it waits its turn again
            if weight:
                heapq.heappush(waiting, (-weight, place, term))
            continue
        for line in holders[term]:
            free[line] = 0
        found.append(Recurrence(_wording(term, holders[term], said), tuple(holders[term])))
    return tuple(sorted(found, key=lambda recurrence: -len(recurrence.lines)))


def _holders(said: Sequence[Said]) -> dict[_Term, array[int]]:
    """Return the words, and the pairs of words next to each other, that recur, each with its lines."""
    words: dict[str, array[int]] = {}
    pairs: dict[_Term, array[int]] = {}
    parts = [content_words(one.text, one.language) for one in said]
    for number, line in enumerate(parts):
        for stem in dict.fromkeys(word.stem for word in line):
            words.setdefault(stem, array("L")).append(number)
    recurrent = {stem for stem, holders in words.items() if _sessions(holders, said) >= _RECURS}
    for number, line in enumerate(parts):
        for pair in dict.fromkeys(_pairs(line)):
            if recurrent.issuperset(pair):
                pairs.setdefault(pair, array("L")).append(number)
    kept = {pair: lines for pair, lines in pairs.items() if _sessions(lines, said) >= _RECURS}
    return {(stem,): lines for stem, lines in words.items() if stem in recurrent} | kept


def _pairs(line: Iterable[Word]) -> Iterator[_Term]:
    """Yield the pairs of words that stand next to each other, with no punctuation mark between them."""
    return ((one.stem, other.stem) for one, other in pairwise(line) if one.part == other.part)


def _weight(term: _Term, lines: Iterable[int], said: Sequence[Said], free: bytearray) -> float:
    """Return in how many sessions the term is in a line that is still free, a phrase counting for more; 0 for one."""
    sessions = _sessions((line for line in lines if free[line]), said)
    return sessions * (_PHRASE if len(term) > 1 else 1) if sessions >= _RECURS else 0


def _sessions(lines: Iterable[int], said: Sequence[Said]) -> int:
    return sum(1 for _session in groupby(said[line].session for line in lines))


def _wording(term: _Term, lines: Sequence[int], said: Sequence[Said]) -> str:
    """Return how the term is mostly written; the whole line where that is mostly the same."""
    whole, times = Counter(said[line].text.strip() for line in lines).most_common(1)[0]
    if times > _MOSTLY * len(lines):
        return whole
    written = Counter(_written(term, said[line]) for line in lines)
    return max(written, key=lambda words: (written[words], -len(words), words))


def _written(term: _Term, one: Said) -> str:
    words = content_words(one.text, one.language)
    if len(term) == 1:
        places = ((word, word) for word in words if word.stem == term[0])
    else:
        places = (pair for pair in pairwise(words) if tuple(word.stem for word in pair) == term and pair[0].part == pair[1].part)
    first, last = next(places)
    return one.text[first.start : last.end].lower()
