# a benchmark prints, and finds the project beside itself
"""Prints how well remarks are made on sentences of a file: `python tests/benchmarks/ear_remarks.py nl FILE.tsv... [--failures]`.

A file has the columns field, text and expected: the checks that must be heard, `a/b` where either will do, empty for none.
An answer is right when what is expected is among all that is heard in it. Safety is measured elsewhere.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from coach.ear.checks import SAFETY, checks_for
from coach.ear.ear import Ear, load_ear
from ear_data import share, wilson

Row = tuple[dict[str, str], frozenset[str], dict[str, str]]


def heard_in(ear: Ear, name: str) -> Iterator[Row]:
    """Yield each row of a file with the checks it expects and the words in which each check is heard."""
    with Path(name).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            expected = frozenset((row["expected"] or "").split("/")) - {""}
            heard = {one.check: one.words for one in ear.hear(row["text"], checks_for(row["field"])) if one.check not in SAFETY}
            if not any(check.startswith("safety") for check in expected):
                yield row, expected, heard


def line(name: str, counts: tuple[int, int]) -> None:
    """Print one share with its interval."""
    low, high = wilson(counts)
    print(f"    {name:34} {share(counts):.3f} [{low:.2f}-{high:.2f}]  {counts[0]} of {counts[1]}")


def main(language: str, files: list[str]) -> None:
    """Print what is heard in each file."""
    ear = load_ear(language)
    for name in files:
        rows = list(heard_in(ear, name))
        said = [row for row in rows if row[2]]
        right = [row for row in said if row[1] & row[2].keys()]
        clean = [row for row in rows if not row[1]]
        print(Path(name).name)
        line("precision of what is said", (len(right), len(said)))
        line("silence on clean answers", (sum(not heard for _row, _expected, heard in clean), len(clean)))
        line("recall", (len(right), len(rows) - len(clean)))
        if "--failures" in sys.argv:
            for row, expected, heard in rows:
                if bool(expected) != bool(heard) or (expected and not expected & heard.keys()):
                    kind = ("false" if heard else "missed") if bool(expected) != bool(heard) else "other"
                    print(f"    {kind:7}{'/'.join(expected) or '-':22}{row['field'][:8]:9}{row['text']}  {heard or ''}")


if __name__ == "__main__":
    main(sys.argv[1], [name for name in sys.argv[2:] if not name.startswith("--")])
