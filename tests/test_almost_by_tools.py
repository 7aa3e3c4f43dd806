"""Golden logs after formatters, rich-text editors and YAML libraries: the same answers, or it is said; make.mjs made them."""

import re
import shutil
from pathlib import Path

import pytest

from golden_logs import GOLDEN, ask
from shelf import coach

ALMOST = Path(__file__).parent / "almost"
TOOLS = sorted(path.name for path in ALMOST.iterdir() if path.is_dir())
UNREADABLE = "turndown-whole"  # it took the front matter for a heading
READABLE = [tool for tool in TOOLS if tool != UNREADABLE]
FOLLOWED = "2025-11-17-154012-map.md"  # by the first of the three
QUESTIONS = [("fears",), ("patterns",), ("search", "moeder"), ("search", "--field", "fear", "e"), ("list",)]


def home_of(folder: Path, logs: Path, names: list[str]) -> Path:
    (folder / "sessions").mkdir(parents=True, mode=0o700)
    for name in names:
        shutil.copy(logs / name, folder / "sessions")
    shutil.copy(GOLDEN / "logs" / FOLLOWED, folder / "sessions")
    shutil.copytree(GOLDEN / "prompts", folder / "prompts")
    return folder


def make(folder: Path, tool: str) -> tuple[Path, Path]:
    """Return a home with golden logs, and one with what a tool made of them."""
    names = sorted(path.name for path in (ALMOST / tool).iterdir())
    return home_of(folder / "golden", GOLDEN / "logs", names), home_of(folder / tool, ALMOST / tool, names)


@pytest.mark.parametrize("tool", READABLE)
def test_a_tool_changes_nothing_in_what_is_found(tmp_path: Path, tool: str) -> None:
    golden, almost = make(tmp_path, tool)
    assert [ask(almost, *question) for question in QUESTIONS] == [ask(golden, *question) for question in QUESTIONS]
    assert [coach(almost, command).err for command in ("list", "fears")] == ["", ""]


@pytest.mark.parametrize("tool", READABLE)
def test_answers_that_are_mended_stand_as_they_were_written(tmp_path: Path, tool: str) -> None:
    golden, almost = make(tmp_path, tool)
    assert coach(almost, "check", "--mend", "--yes").code == 0
    assert answers(almost) == answers(golden)
    assert coach(almost, "check").out == "4 logs, nothing to mend.\n"


def test_blanks_that_a_formatter_takes_from_the_start_of_a_line_change_nothing_in_what_is_found(tmp_path: Path) -> None:
    names = ["2025-11-12-215844-fear-check.md", "2025-11-13-220202-fear-check.md"]
    golden, almost = (home_of(tmp_path / name, GOLDEN / "logs", names) for name in ("golden", "prettier"))
    for name in names:
        path = almost / "sessions" / name
        text = path.read_text("utf-8")
        path.write_text(re.sub(r"(?m)^(- \w+::)[ ]+(?=\S)", r"\1 ", text), "utf-8")  # as Prettier does
        assert path.read_text("utf-8") != text
    assert [ask(almost, *question) for question in QUESTIONS] == [ask(golden, *question) for question in QUESTIONS]


def answers(home: Path) -> dict[str, list[str]]:
    logs = sorted((home / "sessions").glob("*.md"))
    return {
        log.name: [line for line in log.read_text("utf-8").split("\n") if line.startswith("- ") and "::" in line] for log in logs
    }


def test_a_log_without_its_front_matter_is_named_where_it_would_count(tmp_path: Path) -> None:
    _golden, almost = make(tmp_path, UNREADABLE)
    names = sorted(path.name for path in (ALMOST / UNREADABLE).iterdir())
    for command in (("list",), ("fears",), ("patterns", "--all")):
        assert [line.partition(":")[0] for line in sorted(coach(almost, *command).err.split("\n")) if line] == names
    done = coach(almost, "check")
    assert (done.code, [line.partition(":")[0] for line in done.out.split("\n") if line]) == (1, names)
