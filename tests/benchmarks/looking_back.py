"""Times looking back as whole processes, over generated logs of 4 kB each, beside grep and jrnl in the same run.

`PYTHONPATH=. python tests/benchmarks/looking_back.py [--sizes 1000,10000,100000] [--jrnl /path/to/jrnl]`
"""

# chance and printing are what it is for

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))

from coach.logs.markdown import render
from coach.logs.session import Exchange, Session
from history import TEXTS, history

SIZE = 4096
RARE = "sinaasappel"  # in one log of a thousand, once written with an accent
JRNL = """colors: {{body: none, date: none, tags: none, title: none}}
default_hour: 9
default_minute: 0
display_format: {form}
editor: ''
encrypt: false
highlight: true
indent_character: '|'
journals: {{default: {{journal: '{journal}'}}}}
linewrap: 79
tagsymbols: '#@'
template: false
timeformat: '%Y-%m-%d %H:%M'
version: v4.0
"""


def padded(session: Session, random: Random, number: int) -> Session:
    """Return the session with as many observations as make its log 4 kB."""
    texts = [text for texts in TEXTS["nl"].values() for text in texts]
    rest = SIZE - len(render(session).encode())
    said: list[str] = []
    while rest > 0:
        words = " ".join(random.choice(texts) for _n in range(2)).split()
        random.shuffle(words)
        said.append(" ".join(words))
        rest -= len(said[-1].encode()) + 16
    if number % 1000 == 0:
        said.append(RARE if number % 2000 else "Sina\N{LATIN SMALL LETTER A WITH DIAERESIS}sappel")
    return replace(session, exchanges=(*session.exchanges, Exchange("observation", "Wat heb je gezien?", tuple(said), "Meer")))


def generate(home: Path, count: int) -> None:
    """Write the logs of a home, and the same texts as one journal of jrnl."""
    random = Random(count)
    (home / "sessions").mkdir(parents=True)
    (home / "prompts").mkdir()
    with (home / "journal.txt").open("w", encoding="utf-8") as journal:
        for number, session in enumerate(history("nl", count)):
            text = render(padded(session, random, number))
            (home / "sessions" / f"{session.id}.md").write_text(text, "utf-8")
            journal.write(f"[{session.started:%Y-%m-%d %H:%M}] {session.about}\n{text}\n")
    (home / "jrnl.yaml").write_text(JRNL.format(form="short", journal=home / "journal.txt"), "utf-8")


def timed(command: Sequence[str], runs: int) -> tuple[float, float]:
    """Return the median time of a command in seconds, and its highest memory in MiB."""
    times, most = [], 0
    for _run in range(runs):
        start = perf_counter()
        with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            _pid, _status, usage = os.wait4(process.pid, 0)
            process.returncode = 0
        times.append(perf_counter() - start)
        most = max(most, usage.ru_maxrss)
    return median(times), most / 1024


def main() -> None:
    """Print a table a size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="100,1000,10000")
    parser.add_argument("--jrnl", default="")
    parser.add_argument("--generate", type=Path, help="only write a home with this many logs")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    if options.generate:
        generate(options.generate, int(options.sizes))
        return
    coach = [sys.executable, "-m", "coach"]
    for count in map(int, options.sizes.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder, "home")
            subprocess.run(
                [sys.executable, __file__, "--generate", str(home), "--sizes", str(count)], check=True
            )  # keeps us small
            commands = {
                "grep -ri (rare)": ["grep", "-ri", RARE, str(home / "sessions")],
                "grep -ri (common)": ["grep", "-ri", "uitleggen", str(home / "sessions")],
                "search (rare)": [*coach, "--home", str(home), "search", RARE],
                "search (common)": [*coach, "--home", str(home), "search", "uitleggen"],
                "fears": [*coach, "--home", str(home), "fears"],
                "patterns": [*coach, "--home", str(home), "patterns"],
                "report": [*coach, "--home", str(home), "report", "--output", "-"],
                "list": [*coach, "--home", str(home), "list"],
                "coach": [*coach, "--home", str(home)],
            }
            if options.jrnl:
                base = [options.jrnl, "--config-file", str(home / "jrnl.yaml"), "-contains"]
                commands["jrnl -contains (rare)"] = [*base, RARE]
                commands["jrnl -contains (common)"] = [*base, "uitleggen"]
            print(f"{count} logs")
            for name, command in commands.items():
                seconds, memory = timed(command, options.runs if count <= 10_000 else 3)
                print(f"  {name:26}{seconds:8.3f} s {memory:7.0f} MiB", flush=True)


if __name__ == "__main__":
    main()
