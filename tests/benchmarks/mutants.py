"""What the suite would not notice: small mutants of the program, drawn at random, and the tests run on each.

`python tests/benchmarks/mutants.py [--count 200] [--seed 1] [--only coach/logs] [--list]` names the survivors. A mutant
changes one operator, constant, condition or statement. The tests that name the module run first, then the whole suite; it is
noticed when one fails, or when it takes four times as long as it should.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
LEFT_OUT = {"coach/locale/build.py", "coach/__init__.py"}
COMPARED = {
    ast.Eq: "!=", ast.NotEq: "==", ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">",
    ast.Is: "is not", ast.IsNot: "is", ast.In: "not in", ast.NotIn: "in",
}  # fmt: skip
COUNTED = {ast.Add: "-", ast.Sub: "+", ast.Mult: "+", ast.BitOr: "&", ast.FloorDiv: "*"}
WORKERS = 2
PATIENCE = 400  # seconds for the whole suite, of one worker


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: in which file, which part of its text, and what stands there instead."""

    path: str
    line: int
    start: int
    end: int
    text: str
    was: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {' '.join(self.was.split())[:60]!r} -> {' '.join(self.text.split())[:60]!r}"


def mutants(path: Path) -> Iterator[Mutant]:
    """Yield every mutant of a module."""
    source = path.read_text(encoding="utf-8")
    starts = [0]
    for line in source.split("\n"):
        starts.append(starts[-1] + len(line.encode()) + 1)
    data = source.encode()
    name = path.relative_to(ROOT).as_posix()

    def mutant(node: ast.expr | ast.stmt, text: str) -> Mutant:
        start = starts[node.lineno - 1] + node.col_offset
        end = starts[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
        return Mutant(name, node.lineno, start, end, text, data[start:end].decode())

    def code(node: ast.AST) -> str:
        return ast.get_source_segment(source, node) or ""

    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Compare(left=left, ops=[operator], comparators=[right]) if type(operator) in COMPARED:
                yield mutant(node, f"({code(left)} {COMPARED[type(operator)]} {code(right)})")
            case ast.BoolOp(op=operator, values=values):
                other = " or " if isinstance(operator, ast.And) else " and "
                yield mutant(node, f"({other.join(f'({code(value)})' for value in values)})")
            case ast.BinOp(left=left, op=operator, right=right) if type(operator) in COUNTED:
                yield mutant(node, f"({code(left)} {COUNTED[type(operator)]} {code(right)})")
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                yield mutant(node, f"({code(operand)})")
            case ast.Constant(value=bool(value)):
                yield mutant(node, str(not value))
            case ast.Constant(value=int(value)):
                yield mutant(node, str(value + 1))
            case ast.IfExp(test=test, body=body, orelse=otherwise):
                yield mutant(node, f"({code(otherwise)} if {code(test)} else {code(body)})")
            case ast.If(test=test):
                yield mutant(test, f"(not ({code(test)}))")
            case ast.Expr(value=ast.Call()) | ast.Raise() | ast.AugAssign() | ast.Continue() | ast.Delete():
                yield mutant(node, "pass")
            case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
                yield mutant(node, "return None")
            case ast.Slice(lower=ast.expr() as lower) if not isinstance(lower, ast.Constant):
                yield mutant(lower, "0")


def drawn(count: int, seed: int, only: str) -> list[Mutant]:
    """Return `count` mutants, the same for the same seed and source."""
    paths = sorted(path for path in (ROOT / "coach").rglob("*.py") if path.relative_to(ROOT).as_posix() not in LEFT_OUT)
    every = [one for path in paths if path.relative_to(ROOT).as_posix().startswith(only) for one in mutants(path)]
    return sorted(random.Random(seed).sample(every, min(count, len(every))), key=lambda one: (one.path, one.start))  # a draw


def is_noticed(mutant: Mutant, folder: Path) -> bool:
    """Return whether a test fails on the mutant, in a copy of the checkout at `folder`."""
    original = (ROOT / mutant.path).read_bytes()
    (folder / mutant.path).write_bytes(original[: mutant.start] + mutant.text.encode() + original[mutant.end :])
    try:
        near = [test.relative_to(ROOT).as_posix() for test in tests_near(mutant.path)]
        return bool(near and fails(folder, near)) or fails(folder, [])
    finally:
        (folder / mutant.path).write_bytes(original)


def tests_near(path: str) -> list[Path]:
    """Return the test files that import the module, by its own name or its package's."""
    module = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    return [test for test in sorted((ROOT / "tests").glob("test_*.py")) if f"{module} import" in test.read_text(encoding="utf-8")]


def fails(folder: Path, tests: list[str]) -> bool:
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-n", "0", "-p", "no:cacheprovider", "--no-header", *tests]
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        return True
    return done.returncode != 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="coach/")
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    chosen = drawn(options.count, options.seed, options.only)
    if options.list:
        print("\n".join(map(str, chosen)))
        return
    with tempfile.TemporaryDirectory() as place, ThreadPoolExecutor(WORKERS) as pool:
        folders = [Path(place, str(number), "coach") for number in range(WORKERS)]
        for folder in folders:
            shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(".git", ".venv", ".lowest", "__pycache__", ".*_cache"))
            (folder.parent / "shared").symlink_to(ROOT.parent / "shared")
            if fails(folder, []):
                raise SystemExit("the suite fails without a mutant")
        halves = [chosen[number::WORKERS] for number in range(WORKERS)]
        work = pool.map(lambda half, folder: [(one, judged(one, folder)) for one in half], halves, folders)
        survivors = [one for half in work for one, noticed in half if not noticed]
    print(f"{len(chosen) - len(survivors)} of {len(chosen)} noticed (seed {options.seed})")


def judged(mutant: Mutant, folder: Path) -> bool:
    noticed = is_noticed(mutant, folder)
    print(f"{'noticed ' if noticed else 'SURVIVES'} {mutant}", flush=True)
    return noticed


if __name__ == "__main__":
    main()
