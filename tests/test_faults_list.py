"""tests/faults.md names tests that there are, and for each promise a test or what is not held."""

import ast
import re
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

TESTS = Path(__file__).parent
PAGE = (TESTS / "faults.md").read_text("utf-8")
PROMISES = {
    int(number): held for number, held in re.findall(r"^(\d+)\. .*\n((?:   - .*\n)*)", PAGE, re.MULTILINE)
}  # the lines below each promise
NAMES = sorted(set(re.findall(r"`(test_\w+\.py::[\w*]+)`", PAGE)))


@cache
def functions_in(file: str) -> list[str]:
    path = TESTS / file
    tree = ast.parse(path.read_text("utf-8")) if path.exists() else ast.Module([], [])
    return [node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]


def test_every_test_it_names_is_there() -> None:
    assert [name for name in NAMES if not is_there(*name.split("::"))] == []


def is_there(file: str, pattern: str) -> bool:
    return any(fnmatchcase(test, pattern) for test in functions_in(file))


def test_promises_are_numbered_in_order() -> None:
    assert list(PROMISES) == list(range(1, len(PROMISES) + 1))
    assert len(PROMISES) == len(re.findall(r"^\d+\.", PAGE, re.MULTILINE))


def test_every_promise_names_a_test_or_says_what_is_not_held() -> None:
    assert [number for number, held in PROMISES.items() if not re.search(r"`test_\w+\.py::|Not held: \w", held)] == []


def test_every_name_in_it_is_one_of_a_test() -> None:
    quoted = re.findall(r"`(test_[^`]*)`", PAGE)
    assert sorted(set(quoted)) == NAMES
