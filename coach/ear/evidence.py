"""How much the words of a text speak for a concern about safety: a linear model, learnt from sentences of our own.

Signs hear what somebody thought of before; this hears their relatives, and is silent where a sign stands beside a game or a
book. What says something in a text has a weight: a word, its beginnings, two words in a row, a class of words (`hurt`, `child`),
two classes together, and the signs. The weights add up, so what is heard can be named by the words it went by.
`tests/training` has the sentences, the classes, and how the weights are learnt.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import accumulate, pairwise
from pathlib import Path

from coach.ear.checks import SAFETY
from coach.ear.patterns import MOST_WORDS

ALWAYS = "*"
"""The feature that every text has."""
SIGN = "!"
"""The feature of a text with a sign; of a sign of one kind, the kind follows."""
OWN_PARTNER = "own_partner"
"""The class of `my husband`."""
_BEGINNINGS = (4, 5, 6)  # letters: the beginnings of a word that count by themselves
_SHORTEST = 3  # letters: the shortest beginning that has a class
_NEARLY = -45
"""What one sentence must weigh before others add to it: ordinary sentences in a row would add up to a concern."""
_WORD = re.compile(r"\w+")


class Classes:
    """The classes of words: of whole ones, of beginnings (`kneuz*`), and of two or three in a row (`long sleeves`)."""

    def __init__(self, of: Mapping[str, str]) -> None:
        """`of` has the classes of each, with blanks between them."""
        self._of = of

    def of_word(self, word: str) -> set[str]:
        """Return the classes of a word."""
        begun = [self._of.get(f"{word[:length]}*", "") for length in range(_SHORTEST, len(word) + 1)]
        return set(" ".join([self._of.get(word, ""), *begun]).split())

    def of_rows(self, words: Sequence[str]) -> set[str]:
        """Return the classes of words in a row."""
        rows = (*_pairs(words), *(f"{one} {two} {three}" for one, two, three in zip(words, words[1:], words[2:], strict=False)))
        found = [self._of[row] for row in rows if row in self._of]
        return set(" ".join(found).split()) if found else set()


class Evidence:
    """The weights of one language: for a concern at all, and for each kind in the order of the checks.

    Weights are hundredths; from nought on, something is heard.
    """

    def __init__(
        self,
        classes: Classes,
        weights: Mapping[str, int],
        together: Mapping[str, Mapping[str, int]],
        kinds: Mapping[str, Sequence[int]],
    ) -> None:
        """`weights` and `kinds` are by feature, `together` by two classes; what is not there weighs nothing."""
        self._classes = classes
        self._weights = weights
        self._together = together
        self._kinds = kinds
        self._of_word = lru_cache(MOST_WORDS)(self._weigh_word)

    def is_possible(self, text: str) -> bool:
        """Whether something may be heard in a folded text, if it has signs."""
        return self._weigh(words_in(text)) + self._weights.get(SIGN, 0) >= 0

    def is_nearly_said(self, sentences: Sequence[str]) -> bool:
        """Whether one of these folded sentences is enough to hear something, or nearly so."""
        return len(sentences) == 1 or any(self._weigh(words_in(sentence)) >= _NEARLY for sentence in sentences)

    def kinds(self, text: str, signs: Collection[str]) -> tuple[str, ...]:
        """Return the kinds of concern in a folded text with signs of these kinds, the likeliest first; mostly there are none."""
        words = words_in(text)
        if self._weigh(words) + (self._weights.get(SIGN, 0) if signs else 0) < 0:
            return ()
        totals = [0] * len(SAFETY)
        for feature in (*features(words, self._classes), *features_of_signs(signs)):
            for place, weight in enumerate(self._kinds.get(feature, ())):
                totals[place] += weight
        in_order = sorted(zip(totals, SAFETY, strict=True), key=lambda one: -one[0])
        return tuple(kind for number, (total, kind) in enumerate(in_order) if number == 0 or (kind in signs and total >= 0))

    def span(self, text: str) -> tuple[int, int]:
        """Return where the words stand that weigh most: no words in a row weigh more."""
        matches = list(_WORD.finditer(text))
        words = [match[0] for match in matches]
        pairs = [0, *(self._weights.get(pair, 0) for pair in _pairs(words))]
        before = [0, *accumulate(self._of_word(word)[0] + pair for word, pair in zip(words, pairs, strict=True))]
        lowest, rows = 0, []
        for end in range(1, len(before)):
            lowest = end - 1 if before[end - 1] <= before[lowest] else lowest
            rows.append((before[end] - before[lowest], lowest - end, lowest, end))
        _weight, _length, start, end = max(rows)
        return matches[start].start(), matches[end - 1].end()

    def is_at_own_home(self, text: str) -> bool:
        """Whether a folded text speaks of the writer's own partner."""
        return OWN_PARTNER in self._classes.of_rows(words_in(text))

    def _weigh(self, words: Sequence[str]) -> int:
        """Return the weight of words, without signs."""
        weights, together = self._weights, self._together
        total = weights.get(ALWAYS, 0)
        classes = self._classes.of_rows(words)
        for word in set(words):
            weight, of_word = self._of_word(word)
            total += weight
            classes |= of_word
        for pair in set(_pairs(words)):
            total += weights.get(pair, 0)
        for one in classes:
            total += weights.get(_tag(one), 0)
            if of_one := together.get(one):
                for other in classes & of_one.keys():
                    total += of_one[other]
        return total

    def _weigh_word(self, word: str) -> tuple[int, set[str]]:
        """Return what a word weighs by itself, and its classes."""
        return sum(self._weights.get(feature, 0) for feature in _features_of_word(word)), self._classes.of_word(word)


def words_in(text: str) -> list[str]:
    """Return the words of a folded text."""
    return _WORD.findall(text)


def features(words: Sequence[str], classes: Classes) -> Iterator[str]:
    """Yield what has a weight by itself in words: what stands there twice counts once, a beginning once for each word."""
    yield ALWAYS
    for word in set(words):
        yield from _features_of_word(word)
    yield from set(_pairs(words))
    yield from map(_tag, classes_in(words, classes))


def classes_in(words: Sequence[str], classes: Classes) -> set[str]:
    """Return the classes of words."""
    return classes.of_rows(words).union(*map(classes.of_word, words))


def features_of_signs(kinds: Collection[str]) -> list[str]:
    """Return what has a weight in signs of these kinds."""
    return [SIGN, *(SIGN + kind for kind in kinds)] if kinds else []


def _features_of_word(word: str) -> list[str]:
    return [word, *(f"{word[:length]}*" for length in _BEGINNINGS if len(word) > length)]


def _pairs(words: Sequence[str]) -> list[str]:
    return [f"{one} {other}" for one, other in pairwise(words)]


def _tag(name: str) -> str:
    return f"<{name}>"


@cache
def load_evidence(language: str) -> Evidence | None:
    """Return the weights of a language, or None when nobody has learnt them yet."""
    path = Path(__file__).with_name(f"{language}_evidence.json")
    if not path.exists():
        return None
    learnt = json.loads(path.read_text(encoding="utf-8"))
    classes = Classes(dict(zip(*map(_lines, learnt["classes"]), strict=True)))
    features_, weights = map(_lines, learnt["weights"])
    return Evidence(classes, dict(zip(features_, map(int, weights), strict=True)), learnt["together"], learnt["kinds"])


def _lines(text: str) -> list[str]:
    """Return what stands in one long text, which is read far sooner than a list."""
    return text.split("\n")
