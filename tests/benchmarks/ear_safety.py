"""How well safety is heard in sentences of a file: `python tests/benchmarks/ear_safety.py nl FILE.tsv... [--failures]`.

A file has the columns n, field, text, kind (other, self_harm, threat or empty) and how.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / "support"), str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from coach.ear.checks import SAFETY
from coach.ear.ear import load_ear
from ear_data import wilson


def main(language: str, files: list[str]) -> None:
    ear = load_ear(language)
    right, count, kinds = Counter[str](), Counter[str](), Counter[bool]()
    for name in files:
        with Path(name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                heard = {
                    one.check.removeprefix("safety_"): one.words for one in ear.hear(row["text"], SAFETY) if one.check in SAFETY
                }
                how = row["how"] if row["kind"] else f"false on {row['how']}"
                count[how] += 1
                right[how] += bool(heard)
                if heard and row["kind"]:
                    kinds[row["kind"] in heard] += 1
                if "--failures" in sys.argv and (bool(heard) != bool(row["kind"]) or (row["kind"] and row["kind"] not in heard)):
                    print(f"{how:20} {row['kind'] or '-':10} {heard or ''}  {row['n']} {row['field']}: {row['text']}")
    for how in sorted(count):
        low, high = wilson((right[how], count[how]))
        print(f"{how:22} {right[how]:4} of {count[how]:4}  {right[how] / count[how]:.3f} [{low:.2f}-{high:.2f}]")
    silent = [how for how in count if how.startswith("false")]
    false, clean = sum(right[how] for how in silent), sum(count[how] for how in silent)
    print(f"{'false in all':22} {false:4} of {clean:4}  {false / max(clean, 1):.3f}")
    print(f"{'of the right kind':22} {kinds[True]:4} of {kinds.total():4}  {kinds[True] / max(kinds.total(), 1):.3f}")


if __name__ == "__main__":
    main(sys.argv[1], [name for name in sys.argv[2:] if not name.startswith("--")])
