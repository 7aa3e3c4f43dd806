"""Sentences with what should be heard in them, and how well an ear does on them."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass, field
from math import sqrt
from pathlib import Path
from typing import TYPE_CHECKING

from coach.ear.checks import checks_for
from coach.ear.ear import Ear, load_ear
from coach.errors import Problems
from coach.strict_yaml.parse import Items, Mapping, Text, parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HERE = Path(__file__).parents[1]
DATA = HERE.parents[1] / "shared/data/ear"
EASY = {"qa", "wpspel", "qtleap1q"}  # quiz and helpdesk: the README of the data asks to report the rest apart


@dataclass(frozen=True, slots=True)
class Sentence:
    """One answer in a field, and the checks that must be heard in it."""

    field: str
    text: str
    hears: frozenset[str]


@dataclass(slots=True)
class Score:
    """How often something was heard rightly (`hit`), wrongly (`false`), not (`missed`), or rightly not (`clean`)."""

    hit: int = 0
    false: int = 0
    missed: int = 0
    clean: int = 0
    failures: list[str] = field(default_factory=list)

    def add(self, expected: bool, heard: bool, what: str) -> None:
        name = {(True, True): "hit", (False, True): "false", (True, False): "missed", (False, False): "clean"}
        setattr(self, name[expected, heard], getattr(self, name[expected, heard]) + 1)
        if expected != heard:
            self.failures.append(f"{'missed' if expected else 'false'}: {what}")

    @property
    def accuracy(self) -> tuple[int, int]:
        return self.hit + self.clean, self.hit + self.clean + self.false + self.missed

    @property
    def precision(self) -> tuple[int, int]:
        return self.hit, self.hit + self.false

    @property
    def recall(self) -> tuple[int, int]:
        return self.hit, self.hit + self.missed

    @property
    def silence(self) -> tuple[int, int]:
        return self.clean, self.clean + self.false


def share(counts: tuple[int, int]) -> float:
    return counts[0] / counts[1] if counts[1] else 1.0


def wilson(counts: tuple[int, int], z: float = 1.96) -> tuple[float, float]:
    """Return the 95 % interval of a share (Wilson 1927)."""
    right, n = counts
    if not n:
        return 0.0, 1.0
    p = right / n
    middle, spread = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return (middle - spread) / (1 + z * z / n), (middle + spread) / (1 + z * z / n)


def own_sentences(language: str, half: str = "") -> list[Sentence]:
    """Return the sentences of `tests/ear`: all, the `seen` half (odd places) or the `unseen` one (even places)."""
    root = parse((HERE / f"ear/{language}.yaml").read_text(encoding="utf-8"), Problems(language))
    assert isinstance(root, Items)
    sentences = [_sentence(node) for node in root.items if isinstance(node, Mapping)]
    return {"": sentences, "seen": sentences[::2], "unseen": sentences[1::2]}[half]


def _sentence(node: Mapping) -> Sentence:
    field_, text, hears = node.get("field"), node.get("text"), node.get("hears")
    assert isinstance(field_, Text)
    assert isinstance(text, Text)
    assert isinstance(hears, Items)
    return Sentence(field_.value, text.value, frozenset(item.value for item in hears.items if isinstance(item, Text)))


def scores(ear: Ear, sentences: Iterable[Sentence]) -> tuple[dict[str, Score], Score]:
    """Return a score for each check, and one for whether anything is heard where it should be and nothing elsewhere."""
    of_check: dict[str, Score] = {}
    whole = Score()
    for sentence in sentences:
        heard = {found.check: found.words for found in ear.hear(sentence.text, checks_for(sentence.field))}
        for check in checks_for(sentence.field):
            what = f"{check} in {sentence.text!r} {heard.get(check, '')!r}"
            of_check.setdefault(check, Score()).add(check in sentence.hears, check in heard, what)
        whole.add(bool(sentence.hears), bool(heard), sentence.text)
    return of_check, whole


def rows(name: str) -> Iterator[dict[str, str]]:
    """Return the rows of a file of the data."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t")


def hears_closed(ear: Ear, text: str) -> bool:
    return any(found.check == "closed_question" for found in ear.hear(text, ["closed_question"]))


def dutch_forms(easy: bool = True) -> Score:
    """Return how well verb-first questions are told from those with a question word, in corpora."""
    score, ear = Score(), load_ear("nl")
    for row in rows("nl_questions_dev.tsv"):
        if row["form"] in {"wh", "yn"} and (easy or row["source"] not in EASY):
            score.add(row["form"] == "yn", hears_closed(ear, row["text"]), row["text"])
    return score


def balanced(score: Score) -> float:
    return (share(score.recall) + share(score.silence)) / 2


def english_counselling() -> Score:
    """Return how well closed questions are told from open ones, as experts labelled counsellors' turns."""
    score, ear = Score(), load_ear("en")
    for row in rows("en_counselling_questions_dev.tsv"):
        score.add(row["label"] == "closed", hears_closed(ear, row["text"]), row["text"])
    return score


def by_label(name: str) -> Counter[tuple[str, str]]:
    """Return how many rows of a file have each check and label."""
    return Counter((row.get("check", ""), row["label"]) for row in rows(name))
