"""Which tests run a line: the suite once under `coverage`, with the programs that the tests start.

It is a plugin of pytest too: in the suite's own process it says which test is going on. A program that is killed outright
leaves no trace, so a line may have more tests than are named here.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, groupby
from math import inf
from pathlib import Path

import coverage
import pytest

SETTINGS = """\
[run]
source = {folder}/coach
data_file = {place}/runs/lines
parallel = true
sigterm = true
context = ${{PYTEST_CURRENT_TEST}}
disable_warnings = no-data-collected, module-not-imported, module-not-measured, couldnt-parse
"""
TIMED = re.compile(r"^([\d.]+)s (?:setup|call|teardown) +(.+)$", re.MULTILINE)
FAILED = re.compile(r"^(?:FAILED|ERROR) (.+?)(?: - .*)?$", re.MULTILINE)
PHASE = re.compile(r" \((setup|call|teardown)\)$")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    _switch(f"{item.nodeid} (setup)")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_call(item: pytest.Item) -> None:
    _switch(f"{item.nodeid} (call)")


def pytest_sessionfinish() -> None:
    if running := coverage.Coverage.current():
        running.save()  # a worker of xdist is not told that it ends


def _switch(context: str) -> None:
    if running := coverage.Coverage.current():
        running.switch_context(context)


@dataclass(frozen=True, slots=True)
class Covering:
    """The seconds that each test took, and in `data` which lines it ran."""

    seconds: dict[str, float]
    data: coverage.CoverageData

    def tests(self, path: str, lines: Iterable[int]) -> set[str]:
        """Return the tests that run one of the lines; what a fixture ran counts for each test in its file."""
        contexts = self._contexts(path)
        found: set[str] = set()
        for context in {context for line in lines for context in contexts.get(line, ())}:
            test, phase = PHASE.sub("", context), context.endswith(" (setup)")
            found |= self.of_file(test.partition("::")[0]) if phase else {test}
        return found & self.seconds.keys()

    def varied(self, tests: Iterable[str], count: float = inf, longest: float = inf) -> list[str]:
        """Return the tests, quickest first: one case of each, then the second cases, and so on, as far as there is room."""
        functions = groupby(sorted(tests), key=lambda test: test.partition("[")[0])
        cases = [enumerate(sorted(of_one, key=self.seconds.__getitem__)) for _name, of_one in functions]
        some: list[str] = []
        for _number, test in sorted(chain(*cases), key=lambda case: (case[0], self.seconds[case[1]])):
            if len(some) < count and self.taken([*some, test]) <= longest:
                some.append(test)
        return some

    def taken(self, tests: Iterable[str]) -> float:
        """Return the seconds that tests took together."""
        return sum(self.seconds[test] for test in tests)

    def of_file(self, path: str) -> set[str]:
        return {test for test in self.seconds if test.startswith(f"{path}::")}

    def _contexts(self, path: str) -> dict[int, list[str]]:
        measured = next((file for file in self.data.measured_files() if file.endswith(f"/{path}")), None)
        return self.data.contexts_by_lineno(measured) if measured else {}


def covering(place: Path) -> Covering:
    """Read what `measure` wrote."""
    data = coverage.CoverageData(str(place / "lines"))
    data.read()
    return Covering(json.loads((place / "seconds.json").read_text(encoding="utf-8")), data)


def measure(folder: Path, place: Path, workers: int) -> float:
    """Run the suite of a checkout, write what it covers into `place`, and return how much of the program that is, in percents."""
    (place / "runs").mkdir(parents=True, exist_ok=True)
    settings = place / "settings"
    settings.write_text(SETTINGS.format(folder=folder, place=place), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-n", str(workers), "-p", "covering", "-p", "no:cacheprovider", "--durations=0"]
    environment = {
        **{name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"},
        "PYTHONPATH": os.pathsep.join([str(folder), str(Path(__file__).parent)]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "COVERAGE_PROCESS_START": str(settings),
    }
    done = subprocess.run(
        [*command, "--durations-min=0"], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    seconds: dict[str, float] = defaultdict(float)
    for taken, test in TIMED.findall(done.stdout):
        seconds[test] += float(taken)
    for test in FAILED.findall(done.stdout):
        print(f"fails without a mutant, and is left out: {test}")
        seconds.pop(test, None)
    if not seconds:
        raise SystemExit(done.stdout + done.stderr)
    (place / "seconds.json").write_text(json.dumps(seconds), encoding="utf-8")
    whole = coverage.Coverage(data_file=str(place / "lines"), config_file=False, source=[str(folder / "coach")])
    whole.combine([str(place / "runs")])
    whole.save()
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        return whole.report(file=nowhere)
