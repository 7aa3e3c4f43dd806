"""Numbers over three years of logs, confirmed by an independent count with grep and awk."""

# ruff: noqa: E501 # awk has its own lines

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from coach.insights.fears import FearCollector, Fears
from coach.insights.patterns import PatternCollector, Patterns
from coach.logs.markdown import read_log
from coach.logs.session import Session
from collected import collected
from history import history, logs
from systems import need_tools

COUNT_FEARS = r"""
FNR == 1 { front = 0 }
/^---$/ { front++ }
front == 1 && /^id: / { id = $2 }
front == 1 && /^follows: / { follows[id] = $2 }
/^- fear:: ./ { fear[id] = 1 }
/^- fear_likelihood:: / { likelihood[id] = $3 }
/^- fear_outcome:: / { told[id] = $3; order[++n] = id }
/^- unexpected:: ./ { setbacks++ }
END {
    for (i = 1; i <= n; i++) {
        s = order[i]
        for (f = follows[s]; f != "" && !(f in fear); f = follows[f]);
        if (f != "" && !(told[s] == "unknown" && (f in outcome))) outcome[f] = told[s]
    }
    for (f in fear) {
        o = (f in outcome) ? outcome[f] : "open"
        count[o]++
        if (o == "no" || o == "partly" || o == "yes") {
            known++; expected += likelihood[f]; happened += (o == "yes") ? 2 : (o == "partly")
        }
    }
    printf "no %d partly %d yes %d unknown %d open %d setbacks %d ", count["no"], count["partly"], count["yes"], count["unknown"], count["open"], setbacks
    printf "known %d expected %.4f happened %.4f\n", known, expected / known / 10, happened / known / 2
}
"""
COUNT_STEPS = r"""
FNR == 1 { front = 0 }
/^---$/ { front++ }
front == 1 && /^id: / { id = $2 }
front == 1 && /^follows: / { follows[id] = $2 }
/^- first_step:: / { step[id] = "open" }
/^- first_step_done:: / { step[follows[id]] = $3 }
END { for (s in step) count[step[s]]++; printf "yes %d partly %d no %d open %d\n", count["yes"], count["partly"], count["no"], count["open"] }
"""
MEAN = r"""/^- %s:: / { sum += $3; n++ } END { printf "%%d %%.4f\n", n, sum / n }"""


@pytest.fixture(scope="module", params=["nl", "en"])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp(f"three-years-{request.param}")
    for name, data in logs(request.param):
        (path / name).write_bytes(data)
    return path


def read(folder: Path, ids: frozenset[str]) -> list[Session]:
    return [read_log(path.read_text("utf-8"), path.name, ids) for path in sorted(folder.iterdir())]


def fears_in(folder: Path) -> Fears:
    collector = FearCollector()
    return collected(read(folder, collector.ids), collector)


@pytest.fixture(scope="module")
def patterns(folder: Path) -> Patterns:
    collector = PatternCollector()
    return collected(read(folder, collector.ids), collector)


def awk(program: str, folder: Path) -> str:
    need_tools()
    paths = sorted(map(str, folder.iterdir()))
    command = ["env", "LC_ALL=C", "awk", program, *paths]  # elsewhere a decimal comma
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def grep(pattern: str, folder: Path, *options: str) -> int:
    need_tools()
    found = subprocess.run(["grep", "-rh", *options, pattern, str(folder)], capture_output=True, text=True, check=True)
    return found.stdout.count("\n")


def test_there_are_three_years_of_both_languages() -> None:
    assert {language: len(history(language)) for language in ("nl", "en")} == {"nl": 235, "en": 246}


def test_awk_counts_the_same_fears(folder: Path) -> None:
    fears = fears_in(folder)
    counts = " ".join(f"{outcome} {count}" for outcome, count in fears.counts.items())
    compared = fears.comparison
    assert compared
    numbers = f"known {compared.fears} expected {compared.expected:.4f} happened {compared.happened:.4f}"
    assert f"{counts} setbacks {len(fears.setbacks)} {numbers}" == awk(COUNT_FEARS, folder)


def test_awk_counts_the_same_first_steps(folder: Path, patterns: Patterns) -> None:
    outcomes = [step.outcome for step in patterns.first_steps]
    counted = " ".join(f"{name} {outcomes.count(name)}" for name in ("yes", "partly", "no", "open"))
    assert counted == awk(COUNT_STEPS, folder)


def test_awk_counts_the_same_effort_and_presence(folder: Path, patterns: Patterns) -> None:
    for trend in patterns.trends:
        values = [point.value for point in trend.points]
        assert f"{len(values)} {sum(values) / len(values):.4f}" == awk(MEAN % trend.field, folder)


def test_grep_counts_the_same_things_heard(folder: Path, patterns: Patterns) -> None:
    hearings = patterns.hearings
    counted = {check: count for hearing in hearings for check, count in hearing.checks.items()}
    assert counted == {check: grep(rf"\.heard:: {check}$", folder) for check in counted}
    answered = {hearing.field: len(hearing.answers) for hearing in hearings}
    assert answered == {field: grep(f"^- {field}:: .", folder) for field in answered}


def test_grep_finds_the_same_lines_in_the_old_roads(folder: Path, patterns: Patterns) -> None:
    (roads,) = (one for one in patterns.returning if one.field == "old_road")
    most = roads.patterns[0]
    assert most.words in {"uitleggen", "explaining"}
    assert len(most.lines) == grep(r"^- old_road:: .*\(uitleg\|explain\)", folder)
    assert roads.sessions == grep("^- old_road:: .", folder)


def test_grep_counts_the_same_handles_and_abouts(folder: Path, patterns: Patterns) -> None:
    assert {tally.key: len(tally.ids) for tally in patterns.helped} == {
        tally.key: grep(rf"^- helped:: {tally.key} (", folder) for tally in patterns.helped
    }
    assert {tally.label: len(tally.ids) for tally in patterns.abouts} == {
        tally.label: grep(f"^about: {tally.label}$", folder) for tally in patterns.abouts
    }
