"""Learns what words weigh for a concern about safety, from sentences of our own beside this file.

`PYTHONPATH=. python tests/training/train.py nl` writes `coach/ear/nl_evidence.json`, always the same from the same sentences;
with `--held-out` it writes nothing and tells how well the sentences of each writer are heard with weights learnt from the
others. `safety_nl.tsv` has a sentence a line: who wrote it, what it is about (`other`, `self_harm`, `threat`, `none`), how
(`direct`, `indirect`; of none `figurative`, `denial`, `professional`, `near`, `plain`, `ordinary`), and the sentence.
The writer `story` is every second one of 480 ordinary answers of several sentences, and of 120 with a concern in the middle;
`stories_nl.tsv` has the others, which are never learnt. `classes_nl.txt` has the words of each class; `kneuz*` stands for
every ending, `lange_mouwen` for two words in a row.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from random import Random
from zlib import crc32

import yaml

from coach.ear.checks import SAFETY
from coach.ear.evidence import ALWAYS, SIGN, Classes, classes_in, features, features_of_signs, words_in
from coach.ear.normalised import fold
from coach.ear.question_form import split
from coach.ear.stored import load_safety

HERE = Path(__file__).parent
EAR = HERE.parents[1] / "coach" / "ear"
OWN = HERE.parent / "ear"
PROMPTS = HERE.parents[1] / "prompts"
KINDS = tuple(check.removeprefix("safety_") for check in SAFETY)
STORY = "story"  # who wrote answers of several sentences
TOGETHER = " + "  # between two classes
FEWEST = 2  # sentences that a feature must stand in
SCALE = 3.0  # how much sooner a sign is believed than a word
COST = 0.02
SLACK = 0.02
ROUNDS = 60
LEAST = 3  # hundredths: what weighs less is left out
CAUTION = 0.3  # taken off the score, so that few of the ordinary answers of unseen writers are heard ...
TRUST = 0.5  # ... and given back where there is a sign


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with what it is about."""

    who: str
    kind: str
    how: str
    features: Mapping[str, float]
    together: Mapping[str, float]

    @property
    def whole(self) -> dict[str, float]:
        """What weighs for a concern of any kind; of signs only that there are some, so that few texts are looked at for signs."""
        values = {**self.features, **self.together}
        return {name: value for name, value in values.items() if not is_sign(name) or name == SIGN}


def read_classes(language: str) -> dict[str, str]:
    """Return the classes of each word, beginning or row of words of a language."""
    of: dict[str, str] = {}
    for line in (HERE / f"classes_{language}.txt").read_text(encoding="utf-8").splitlines():
        name, _colon, words = line.partition(": ")
        for word in words.split():
            row = word.replace("_", " ")
            of[row] = f"{of[row]} {name}" if row in of else name
    return of


def source(language: str) -> int:
    """Return what tells whether weights were learnt from the sentences and the classes that are there."""
    return crc32(
        b"".join((HERE / f"{name}_{language}.{end}").read_bytes() for name, end in (("safety", "tsv"), ("classes", "txt")))
    )


def read(language: str) -> list[Sentence]:
    """Return the sentences of a language, some more than once: ordinary ones, those that test the ear and those we ship."""
    classes = Classes(read_classes(language))
    lines = (HERE / f"safety_{language}.tsv").read_text(encoding="utf-8").splitlines()
    sentences = [_sentence(language, classes, *line.split("\t")) for line in lines]
    sentences += [sentence for sentence in sentences if sentence.how == "ordinary"]  # most answers are
    sentences += 2 * [sentence for sentence in sentences[: len(lines)] if sentence.who == STORY and sentence.kind != "none"]
    stories = [line.split("\t") for line in lines if line.startswith(f"{STORY}\tnone\t")]
    sentences += [
        _sentence(language, classes, STORY, kind, how, part) for _who, kind, how, text in stories for part in _parts(text)
    ]
    own = yaml.safe_load((OWN / f"safety_{language}.yaml").read_text(encoding="utf-8"))
    for check, texts in own.items():
        kind = check.removeprefix("safety_") if check in SAFETY else "none"
        sentences += 6 * [_sentence(language, classes, "own", kind, "own", text) for text in texts]
    ours = [_sentence(language, classes, "ours", "none", "ordinary", text) for text in _texts_of_ours(language)]
    return sentences + 3 * [sentence for sentence in ours if SIGN not in sentence.features]


def _parts(text: str) -> list[str]:
    folded = fold(text).text
    return [folded[part.start : part.end] for part in split(folded)]


def _texts_of_ours(language: str) -> Iterator[str]:
    """Yield what the shipped sequences say, and the answers of the story that tests play."""
    for path in (
        *(PROMPTS / language).glob("*.yaml"),
        *(HERE.parent / "story" / language).glob("*.yaml"),
        *(EAR.parent / "demo" / language).glob("*.yaml"),
    ):
        yield from _texts(yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader))  # noqa: S506 # texts only


def _texts(node: object) -> Iterator[str]:
    match node:
        case str():
            yield node
        case dict():
            for value in node.values():
                yield from _texts(value)
        case list():
            for value in node:
                yield from _texts(value)


def _sentence(language: str, classes: Classes, who: str, kind: str, how: str, text: str) -> Sentence:
    folded = fold(text).text
    words = words_in(folded)
    counts: Counter[str] = Counter(features(words, classes))
    pairs = combinations(sorted(classes_in(words, classes)), 2)
    signs = {concern.check for concern in load_safety(language).concerns(folded)}
    values = {**counts, **dict.fromkeys(features_of_signs(sorted(signs)), SCALE)}
    return Sentence(who, kind, how, values, {f"{one}{TOGETHER}{other}": 1 for one, other in pairs})


class Columns:
    """Gives each feature that stands in enough of the texts a number."""

    def __init__(self, texts: Sequence[Mapping[str, float]]) -> None:
        counts = Counter(feature for text in texts for feature in text)
        self.names = sorted(feature for feature, number in counts.items() if number >= FEWEST)
        self._number = {name: number for number, name in enumerate(self.names)}

    def row(self, text: Mapping[str, float]) -> tuple[list[int], list[float]]:
        """Return the numbers of the features of a text, and their values."""
        known = sorted((self._number[name], value) for name, value in text.items() if name in self._number)
        return [number for number, _value in known], [value for _number, value in known]


def learn(rows: Sequence[tuple[list[int], list[float]]], labels: Sequence[bool], size: int, cost: float = COST) -> list[float]:
    """Return the weights of a linear support vector machine with squared hinge loss, by dual coordinate descent.

    After Hsieh, Chang, Lin, Keerthi and Sundararajan: A dual coordinate descent method for large-scale linear SVM (2008).
    """
    weights, alphas = [0.0] * size, [0.0] * len(rows)
    diagonal = 1 / (2 * cost)
    squares = [sum(value * value for value in values) + diagonal for _numbers, values in rows]
    order, random = list(range(len(rows))), Random(1)
    for _round in range(ROUNDS):
        random.shuffle(order)
        worst = 0.0
        for at in order:
            numbers, values = rows[at]
            sign = 1.0 if labels[at] else -1.0
            score = sum([weights[number] * value for number, value in zip(numbers, values, strict=True)])
            slope = sign * score - 1 + diagonal * alphas[at]
            if alphas[at] == 0 and slope > 0:
                continue
            worst = max(worst, abs(slope))
            alpha = max(alphas[at] - slope / squares[at], 0.0)
            step = (alpha - alphas[at]) * sign
            alphas[at] = alpha
            for number, value in zip(numbers, values, strict=True):
                weights[number] += step * value
        if worst < SLACK:
            break
    return weights


def weights_of(texts: Sequence[Mapping[str, float]], labels: Sequence[bool]) -> dict[str, float]:
    """Return the weight of each feature, for features that have the value one."""
    columns = Columns(texts)
    learnt = learn([columns.row(text) for text in texts], labels, len(columns.names))
    return {name: weight * (SCALE if is_sign(name) else 1) for name, weight in zip(columns.names, learnt, strict=True)}


def weights_of_concern(sentences: Sequence[Sentence]) -> dict[str, float]:
    """Return what each feature weighs for a concern of any kind."""
    whole = [sentence.whole for sentence in sentences]
    weights = weights_of(whole, [sentence.kind != "none" for sentence in sentences])
    weights[ALWAYS] -= CAUTION
    weights[SIGN] += TRUST
    return weights


def write(language: str) -> None:
    """Write the weights of a language."""
    sentences = read(language)
    weights = {name: round(100 * weight) for name, weight in weights_of_concern(sentences).items()}
    about = [sentence for sentence in sentences if sentence.kind != "none"]
    texts = [sentence.features for sentence in about]
    of_kinds = [weights_of(texts, [sentence.kind == kind for sentence in about]) for kind in KINDS]
    kinds = {name: [round(100 * of_kind[name]) for of_kind in of_kinds] for name in of_kinds[0]}
    together: dict[str, dict[str, int]] = {}
    for name, weight in weights.items():
        if TOGETHER in name and abs(weight) >= LEAST:
            one, other = name.split(TOGETHER)
            together.setdefault(one, {})[other] = weight
    alone = {name: weight for name, weight in weights.items() if TOGETHER not in name and abs(weight) >= LEAST}
    classes = read_classes(language)
    learnt = {
        "source": source(language),
        "classes": ["\n".join(classes), "\n".join(classes.values())],
        "weights": ["\n".join(alone), "\n".join(map(str, alone.values()))],
        "together": together,
        "kinds": {name: values for name, values in kinds.items() if max(map(abs, values)) >= 2 * LEAST},
    }
    path = EAR / f"{language}_evidence.json"
    path.write_text(json.dumps(learnt, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    sys.stdout.write(f"{path.name}: {len(alone)} weights, {path.stat().st_size:,} bytes\n")


def tell_held_out(language: str) -> None:
    """Print what part of the sentences of each writer is heard with weights learnt from the others."""
    sentences = read(language)
    heard: Counter[str] = Counter()
    told: Counter[str] = Counter()
    for who in sorted({sentence.who for sentence in sentences} - {"own"}):
        others = [sentence for sentence in sentences if sentence.who != who]
        weights = weights_of_concern(others)
        for sentence in sentences:
            if sentence.who == who:
                values = {name: 1 if is_sign(name) else value for name, value in sentence.whole.items()}
                told[sentence.how] += 1
                heard[sentence.how] += sum(weights.get(name, 0) * value for name, value in values.items()) >= 0
    for how, number in sorted(told.items()):
        sys.stdout.write(f"{language} {how:13} {heard[how] / number:.3f} of {number}\n")


def is_sign(name: str) -> bool:
    """Whether a feature is that of signs."""
    return name.startswith(SIGN)


def main() -> int:
    """Learn, or tell how well what was learnt holds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("language", choices=("nl", "en"))
    parser.add_argument("--held-out", action="store_true")
    arguments = parser.parse_args()
    (tell_held_out if arguments.held_out else write)(arguments.language)
    return 0


if __name__ == "__main__":
    sys.exit(main())
