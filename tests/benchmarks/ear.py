# a benchmark prints, and finds the project beside itself
"""Prints how well and how fast the ear hears: `python tests/benchmarks/ear.py [--failures]`."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / "support"), str(Path(__file__).parents[2])]

from coach.ear.checks import CHECKS
from coach.ear.ear import load_ear
from ear_data import DATA, Score, balanced, dutch_forms, english_counselling, own_sentences, scores, share, wilson

FIRST = """
import time, coach.strict_yaml.parse, coach.strict_yaml.fields
start = time.perf_counter()
from coach.ear.ear import load_ear
from coach.ear.checks import checks_for
begin = time.perf_counter()
load_ear({language!r}).hear({text!r}, checks_for({field!r}))
print((begin - start) * 1000, (time.perf_counter() - begin) * 1000)
"""


def line(name: str, score: Score) -> None:
    """Print one row: accuracy, precision, recall, silence, each with its interval and n."""
    cells = []
    for counts in (score.accuracy, score.precision, score.recall, score.silence):
        low, high = wilson(counts)
        cells.append(f"{share(counts):.3f} [{low:.2f}-{high:.2f}] n={counts[1]:<4}" if counts[1] else "-".ljust(25))
    print(f"{name:<34}" + " ".join(cells))
    if "--failures" in sys.argv:
        for failure in score.failures[:40]:
            print("   ", failure)


def quality() -> None:
    print(f"{'':<34}{'accuracy':<26}{'precision':<26}{'recall':<26}silence")
    for language in ("nl", "en"):
        for half in ("seen", "unseen"):
            of_check, whole = scores(load_ear(language), own_sentences(language, half))
            line(f"{language} own, {half}: anything", whole)
            for check in sorted(of_check, key=CHECKS.index):
                line(f"   {check}", of_check[check])
    if DATA.exists():
        for name, score in (
            ("nl corpora, closed", dutch_forms()),
            ("nl outside quiz", dutch_forms(easy=False)),
            ("en counselling, closed", english_counselling()),
        ):
            line(name, score)
            print(f"    balanced accuracy {balanced(score):.3f}")


def first_call(code: str) -> tuple[float, float]:
    """Return the milliseconds a fresh process needs for the modules, and for the rules with the first answer."""
    modules, first = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout.split()
    return float(modules), float(first)


def speed() -> None:
    for language, field, text in (
        ("nl", "honest_question", "Wat maakt de ochtenden bij jullie zo zwaar?"),
        ("nl", "observation", "In november kwam S. acht keer na half negen binnen."),
        ("en", "honest_question", "What makes the mornings so hard at your place?"),
        ("en", "observation", "In November S. came in after half past eight eight times."),
    ):
        code = FIRST.format(language=language, field=field, text=text)
        runs = [first_call(code) for _ in range(9)]
        modules, first = (min(spent) for spent in zip(*runs, strict=True))
        print(f"{language} {field}: first call with loading {first:.1f} ms (and {modules:.1f} ms to import the modules)")
    for language in ("nl", "en"):
        ear = load_ear(language)
        answers = [sentence.text for sentence in own_sentences(language)]
        long = " ".join(answers)[:1000]
        for name, texts in (("own sentences", answers), ("answers of 1,000 letters", [long])):
            ear.hear(texts[0], CHECKS)
            begin = time.perf_counter()
            for text in texts * 5:
                ear.hear(text, CHECKS)
            each = (time.perf_counter() - begin) / len(texts * 5) * 1000
            print(f"{language} {name}: all checks {each:.3f} ms an answer")


if __name__ == "__main__":
    quality()
    speed()
