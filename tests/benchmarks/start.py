"""How fast the coach starts and goes on, each figure against a reference in the same run: `python tests/benchmarks/start.py`."""

import os
import select
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))

from driver import Started, environ

ROUNDS = 15
_READS = b"\x1b[?2004h"  # a prompt reads keys from the moment it asks for pasted text to be marked
SEQUENCE = "title: Many\nsteps:\n" + "".join(f"  - {{id: q{n}, ask: Question {n}?, optional: true}}\n" for n in range(1, 102))


def process(*arguments: str, home: Path) -> float:
    command = [sys.executable, "-P", *arguments]
    start = time.perf_counter()
    subprocess.run(command, env=dict(environ(home, "en")), capture_output=True, check=True, stdin=subprocess.DEVNULL)
    return time.perf_counter() - start


class Stopwatch(Started):
    """A terminal that looks at bytes only: drawing a screen takes longer than what is measured."""

    def seconds_until(self, wanted: bytes, since: float) -> float:
        """Read until `wanted` has come since the last call, and return the seconds since `since`."""
        seen = b""
        while wanted not in seen:
            select.select([self.fd], [], [])
            data = os.read(self.fd, 65536)
            if b"\x1b[6n" in data:
                os.write(self.fd, b"\x1b[1;1R")
            seen += data
        return time.perf_counter() - since


def until(home: Path, wanted: bytes) -> float:
    start = time.perf_counter()
    terminal = Stopwatch("prepare", home=home, rows=30)
    seconds = terminal.seconds_until(wanted, start)
    terminal.type("\x03")
    terminal.wait()
    return seconds


def interleaved(**measures: Callable[[], float]) -> dict[str, float]:
    """Return the median of each measure, taken in turns so that a busy machine slows all alike."""
    taken: dict[str, list[float]] = {name: [] for name in measures}
    for _round in range(ROUNDS):
        for name, measure in measures.items():
            taken[name].append(measure())
    return {name: statistics.median(values) for name, values in taken.items()}


def answers(home: Path) -> tuple[list[float], int]:
    """Return the seconds from Enter to the next question, a hundred times, and the most memory used, in kB."""
    folder = home / "prompts" / "en"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "many.yaml").write_text(SEQUENCE, "utf-8")
    terminal = Stopwatch("run", "many", home=home, rows=24)
    terminal.seconds_until(_READS, 0)
    taken = []
    for _number in range(2, 102):
        terminal.type("A few words of an answer.")
        terminal.seconds_until(b"answer", 0)
        start = time.perf_counter()
        terminal.type("\r")
        taken.append(terminal.seconds_until(_READS, start))
    status = Path(f"/proc/{terminal.pid}/status").read_text("utf-8")
    memory = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
    terminal.type("\x03")
    terminal.wait()
    return taken, memory


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        home, empty = Path(folder) / "home", Path(folder) / "empty"
        story = Path(__file__).parents[2] / "coach" / "demo" / "en" / "prepare.yaml"
        for _number in range(10):
            process("-m", "coach", "prepare", "--answers", str(story), home=home)
        median = interleaved(
            typer=lambda: process("-c", "import typer", home=empty),
            prompts=lambda: process("-c", "import typer, questionary, yaml", home=empty),
            version=lambda: process("-m", "coach", "--version", home=empty),
            list=lambda: process("-m", "coach", "list", home=home),
            bare=lambda: process("-m", "coach", home=home),
            hear=lambda: process("-m", "coach", "hear", "Did you sleep badly?", home=empty),
            opening=lambda: until(empty, b"Preparing for a conversation"),
            prepare=lambda: until(empty, _READS),
        )
        for name, reference in (
            ("version", "typer"),
            ("list", "typer"),
            ("bare", "typer"),
            ("hear", "version"),
            ("opening", "prompts"),
            ("prepare", "prompts"),
        ):
            print(f"{name:8} {median[name] * 1000:6.1f} ms = {median[name] / median[reference]:.2f} x {reference}")
        taken, memory = answers(home)
        p95 = statistics.quantiles(taken, n=20)[-1]
        times = {"median": statistics.median(taken), "p95": p95, "worst": max(taken)}
        print("Enter to the next question:", *(f"{name} {time * 1000:.1f} ms" for name, time in times.items()))
        print(f"most memory while asking: {memory / 1024:.1f} MiB")


if __name__ == "__main__":
    main()
