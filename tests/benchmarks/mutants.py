"""What the suite would not notice: small mutants of the program, drawn at random, and the tests run on each.

`python tests/benchmarks/mutants.py [--count 200] [--seed 1] [--only coach/logs] [--without coach/ear] [--list]` names the
survivors. A mutant changes one operator, constant, condition or statement; types and the options of a dataclass, which change
nothing that a person sees, are left out. The suite runs once to learn which tests run which line (`--map FOLDER` keeps that).
On a mutant run the quickest of the tests that run its lines, each test once before its further cases, then the others and
those of the files that import its module; it is noticed when one fails, or when they take four times as long as they should.
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
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

from covering import Covering, covering, measure

ROOT = Path(__file__).parents[2]
LEFT_OUT = {"coach/locale/build.py", "coach/__init__.py"}
COMPARED = {
    ast.Eq: "!=", ast.NotEq: "==", ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">",
    ast.Is: "is not", ast.IsNot: "is", ast.In: "not in", ast.NotIn: "in",
}  # fmt: skip
COUNTED = {ast.Add: "-", ast.Sub: "+", ast.Mult: "+", ast.BitOr: "&", ast.FloorDiv: "*"}
WORKERS = 2
AT_FIRST, AT_MOST = 12, 200  # tests; most mutants are noticed by any of the few that are quickest
LONGEST = 25  # seconds of tests, before what survives meets all others
PATIENCE = 30  # seconds of the processor, on top of four times what the tests take
WAITING = 900  # seconds for what waits for ever
Lines = tuple[range, ...]


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: in which file, which part of its text, what stands there instead, and the lines that use it."""

    path: str
    line: int
    start: int
    end: int
    text: str
    was: str
    lines: Lines

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
    tree = ast.parse(source)
    for node, lines in parts(tree, bodies(tree)):
        for part, text in changes(node, lambda part: ast.get_source_segment(source, part) or ""):
            start = starts[part.lineno - 1] + part.col_offset
            end = starts[(part.end_lineno or part.lineno) - 1] + (part.end_col_offset or 0)
            yield Mutant(name, part.lineno, start, end, text, data[start:end].decode(), lines)


def bodies(tree: ast.AST) -> Lines:
    """Return the lines of all functions: what stands outside of them runs in every test, and is of use in these."""
    functions = [node.body for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return tuple(range(body[0].lineno, (body[-1].end_lineno or 0) + 1) for body in functions)


def parts(node: ast.AST, lines: Lines, *, is_inside: bool = False) -> Iterator[tuple[ast.AST, Lines]]:
    """Yield what can change below a node, with the lines that use it."""
    if isinstance(node, ast.FunctionDef):
        lines, is_inside = bodies(node), True
    for name, value in ast.iter_fields(node):
        for part in value if isinstance(value, list) else [value]:
            if not isinstance(part, ast.AST) or name in {"annotation", "returns"} or is_dataclass(name, part):
                continue
            used = lines
            if is_inside and isinstance(node, ast.stmt | ast.match_case) and isinstance(part, ast.stmt | ast.expr):
                used = (range(part.lineno, (part.end_lineno or part.lineno) + 1),)
            yield part, used
            yield from parts(part, used, is_inside=is_inside)


def is_dataclass(name: str, part: ast.AST) -> bool:
    return name == "decorator_list" and isinstance(part, ast.Call) and ast.unparse(part.func) == "dataclass"


def changes(node: ast.AST, code: Callable[[ast.AST], str]) -> Iterator[tuple[ast.expr | ast.stmt, str]]:
    """Yield the part that a change of the node takes the place of, and the text that comes there."""
    match node:
        case ast.Compare(left=left, ops=[operator], comparators=[right]) if type(operator) in COMPARED:
            yield node, f"(({code(left)}) {COMPARED[type(operator)]} ({code(right)}))"
        case ast.BoolOp(op=operator, values=values):
            other = " or " if isinstance(operator, ast.And) else " and "
            yield node, f"({other.join(f'({code(value)})' for value in values)})"
        case ast.BinOp(left=left, op=operator, right=right) if type(operator) in COUNTED:
            yield node, f"(({code(left)}) {COUNTED[type(operator)]} ({code(right)}))"
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield node, f"({code(operand)})"
        case ast.Constant(value=bool(value)):
            yield node, str(not value)
        case ast.Constant(value=int(value)):
            yield node, str(value + 1)
        case ast.IfExp(test=test, body=body, orelse=otherwise):
            yield node, f"({code(otherwise)} if ({code(test)}) else {code(body)})"
        case ast.If(test=test):
            yield test, f"(not ({code(test)}))"
        case ast.Expr(value=ast.Call()) | ast.Raise() | ast.AugAssign() | ast.Continue() | ast.Delete():
            yield node, "pass"
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
            yield node, "return None"
        case ast.Slice(lower=ast.expr() as lower) if not isinstance(lower, ast.Constant):
            yield lower, "0"


def drawn(count: int, seed: int, only: str, without: list[str]) -> list[Mutant]:
    """Return `count` mutants, the same for the same seed and source."""
    names = {path.relative_to(ROOT).as_posix(): path for path in sorted((ROOT / "coach").rglob("*.py"))}
    chosen = [path for name, path in names.items() if name.startswith(only) and not name.startswith((*LEFT_OUT, *without))]
    every = [one for path in chosen for one in mutants(path)]
    return random.Random(seed).sample(every, min(count, len(every)))


def is_noticed(mutant: Mutant, folder: Path, known: Covering) -> bool:
    """Return whether a test fails on the mutant, in a copy of the checkout at `folder`."""
    covering = known.tests(mutant.path, [line for lines in mutant.lines for line in lines])
    first = known.varied(covering, AT_MOST, LONGEST)
    near = {test for path in files_near(mutant.path) for test in known.of_file(path)}
    rounds = first[:AT_FIRST], first[AT_FIRST:], known.varied(covering.union(near).difference(first))
    module = folder / mutant.path
    original = module.read_bytes()
    module.write_bytes(original[: mutant.start] + mutant.text.encode() + original[mutant.end :])
    try:
        return any(fails(folder, some, 4 * known.taken(some)) for some in rounds if some)
    finally:
        module.write_bytes(original)


def files_near(path: str) -> list[str]:
    """Return the test files that import the module, by its own name or its package's."""
    module = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    tests = [
        test for test in sorted((ROOT / "tests").glob("test_*.py")) if f"{module} import" in test.read_text(encoding="utf-8")
    ]
    return [test.relative_to(ROOT).as_posix() for test in tests]


def fails(folder: Path, tests: list[str], seconds: float) -> bool:
    pytest = [sys.executable, "-m", "pytest", "-x", "-q", "-n", "0", "-p", "no:cacheprovider", "--no-header", *tests]
    command = ["bash", "-c", f'ulimit -t {PATIENCE + int(seconds)}; exec "$@"', "bash", *pytest]
    environment = environ(folder, PYTHONDONTWRITEBYTECODE="1")
    try:
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False, timeout=WAITING)
    except subprocess.TimeoutExpired:
        return True
    return done.returncode != 0


def copy_to(folder: Path) -> None:
    """Copy the checkout, compiled once: what is changed in it later is compiled at each run, and never kept."""
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(".git", ".venv", ".lowest", "__pycache__", ".*_cache"))
    (folder.parent / "shared").symlink_to(ROOT.parent / "shared")
    for module in (["compileall", "-q", "coach"], ["pytest", "--collect-only", "-q", "-n", "0", "-p", "no:cacheprovider"]):
        subprocess.run([sys.executable, "-m", *module], cwd=folder, env=environ(folder), capture_output=True, check=True)


def environ(folder: Path, **more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(folder), **more}


def judge(chosen: list[Mutant], folders: list[Path], known: Covering) -> list[Mutant]:
    """Name each mutant as it is judged, and return the survivors."""
    free: SimpleQueue[Path] = SimpleQueue()
    for folder in folders:
        free.put(folder)

    def survives(mutant: Mutant) -> bool:
        folder = free.get()
        noticed = is_noticed(mutant, folder, known)
        free.put(folder)
        print(f"{'noticed ' if noticed else 'SURVIVES'} {mutant}", flush=True)
        return not noticed

    with ThreadPoolExecutor(len(folders)) as pool:
        return [one for one, survived in zip(chosen, pool.map(survives, chosen), strict=True) if survived]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="coach/")
    parser.add_argument("--without", nargs="*", default=[])
    parser.add_argument("--map", type=Path)
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    chosen = drawn(options.count, options.seed, options.only, options.without)
    if options.list:
        print("\n".join(map(str, chosen)))
        return
    with tempfile.TemporaryDirectory() as place:
        folders = [Path(place, str(number), "coach") for number in range(WORKERS)]
        for folder in folders:
            copy_to(folder)
        kept = (options.map or Path(place, "map")).resolve()
        if not kept.exists():
            print(f"{measure(folders[0], kept, WORKERS):.1f} % of the lines are run by a test", flush=True)
        survivors = judge(chosen, folders, covering(kept))
    print(f"{len(chosen) - len(survivors)} of {len(chosen)} noticed (seed {options.seed})")


if __name__ == "__main__":
    main()
