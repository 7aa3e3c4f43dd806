"""Which module may lean on which, and which one holds the door to the world outside."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from driver import environ

COACH = Path(__file__).parents[1] / "coach"
NETWORK = {"ftplib", "http.client", "httpx", "requests", "smtplib", "socketserver", "urllib.request", "urllib3", "xmlrpc"}

# what each package may import of coach, lowest first; a module at the top of coach is a package of its own
MAY_IMPORT = {
    "": "",
    "text": "",
    "program": "",
    "language": "text",
    "errors": "language",
    "home": "errors language",
    "disk": "errors language",
    "files": "disk errors language",
    "window": "",
    "strict_yaml": "errors language program",
    "ear": "errors language strict_yaml",
    "sequences": "disk ear errors files language strict_yaml",
    "logs": "disk errors files language program strict_yaml text",
    "insights": "ear errors language logs program text",
    "conversation": "ear errors insights language logs program sequences strict_yaml text window",
    "documents": "ear insights language logs text",
    "terminal": "conversation ear insights language logs program sequences text window",
}

# the only packages, or modules, that import these
DOORS = {
    "yaml": {"strict_yaml.parse"},
    "questionary": {"terminal.asker"},
    "prompt_toolkit": {"terminal"},
    "rich": {"terminal"},
    "typer": {"cli"},
    "filelock": {"logs.lock"},
    "pyrage": {"logs.encryption"},
    "babel": {"locale.build"},
    "hatchling": {"locale.build"},
    "os": {"__main__", "cli", "disk", "files", "language", "logs", "program"},
    "signal": {"conversation.signals", "terminal.pager", "window"},
    "asyncio": {"terminal.frame"},
    "tempfile": {"cli"},
    "time": {"files", "terminal.progress", "window"},
    "subprocess": {"terminal.pager"},
}


@cache
def modules() -> tuple[tuple[str, ast.Module], ...]:
    """Return every module of coach, `commands.reading`, with its tree."""
    return tuple((module_name(path), ast.parse(path.read_text(encoding="utf-8"))) for path in sorted(COACH.rglob("*.py")))


def module_name(path: Path) -> str:
    return ".".join(part for part in path.relative_to(COACH).with_suffix("").parts if part != "__init__")


@cache
def imports(tree: ast.Module) -> frozenset[str]:
    """Return the modules that are imported, anywhere in a module."""
    found: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Import(names):
                found |= {alias.name for alias in names}
            case ast.ImportFrom(module=str(module), names=names):
                below = {f"{module}.{alias.name}" for alias in names} if module.split(".")[0] == "coach" else set()
                found |= {name for name in below if is_module(name)} or {module}
    return frozenset(found)


def is_module(name: str) -> bool:
    path = COACH.parent.joinpath(*name.split("."))
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


def is_command(name: str) -> bool:
    return package(name) in {"cli", "__main__"}


def package(name: str) -> str:
    return name.split(".", maxsplit=1)[0]


def used_packages() -> dict[str, set[str]]:
    """Return which packages of coach each package imports."""
    used: dict[str, set[str]] = {}
    for name, tree in modules():
        found = {package(other.removeprefix("coach.")) for other in imports(tree) if other.startswith("coach.")}
        used[package(name)] = used.get(package(name), set()) | found - {package(name)}
    return {name: found for name, found in used.items() if not is_command(name) and name != "locale"}


def test_a_package_imports_what_the_table_allows_and_the_table_allows_no_more() -> None:
    assert {name: " ".join(sorted(found)) for name, found in used_packages().items()} == MAY_IMPORT


def test_nothing_goes_round() -> None:
    lines = {name: set(allowed.split()) for name, allowed in MAY_IMPORT.items()}

    assert set(TopologicalSorter(lines).static_order()) >= set(lines)


@pytest.mark.parametrize("door", DOORS)
def test_a_door_is_held_by_one_place(door: str) -> None:
    users = {name for name, tree in modules() if door in {found.split(".")[0] for found in imports(tree)}}
    places = {name if name in DOORS[door] else package(name) for name in users}

    assert places == DOORS[door]


def test_no_module_knows_the_network() -> None:
    users = {name: imports(tree) & {*NETWORK, "socket", "ssl"} for name, tree in modules()}

    assert {name: found for name, found in users.items() if found} == {}


def test_no_module_leans_on_one_that_leans_on_it() -> None:
    graph = {name: {found.removeprefix("coach.") for found in imports(tree)} for name, tree in modules()}

    assert set(TopologicalSorter(graph).static_order()) >= set(graph)


def test_a_conversation_is_held_without_a_stream() -> None:
    users = {name for name, tree in modules() if package(name) == "conversation" and "sys" in imports(tree)}

    assert users == set()


def test_a_session_is_made_where_it_starts_and_where_it_is_read() -> None:
    makers = {name for name, tree in modules() for node in ast.walk(tree) if is_call(node, "Session")}

    assert {name if name == "conversation.start" else package(name) for name in makers} == {"conversation.start", "logs"}


def is_call(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name


def test_only_commands_and_the_start_know_the_time_and_the_place() -> None:
    known = {"now", "today", "cwd", "home", "environ", "getenv", "getcwd"}
    users = {name: set(known_names(tree, known)) for name, tree in modules() if not is_command(name)}

    assert {name: found for name, found in users.items() if found} == {
        "language": {"os.environ"},  # typer asks gettext itself, which reads LANGUAGE
    }


def known_names(tree: ast.Module, known: set[str]) -> Iterator[str]:
    """Yield what is used of the clock and the environment: `os.environ`, `Path.cwd`."""
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id="os" | "Path" | "date" | "datetime" as owner), attr=attr) if attr in known:
                yield f"{owner}.{attr}"


LOADED = """
import json, sys
from coach.__main__ import run
loaded = {}
for command in sys.argv[1:]:
    before = {*sys.modules} if loaded else set()
    run(command.split())
    loaded[command] = [*{*sys.modules} - before]
print(end="\\n" + json.dumps(loaded))
"""
HEAVY = {"questionary", "prompt_toolkit", "pydantic", "jsonschema", "babel"}
WRITING = {"filelock", "coach.logs.writer", "coach.logs.lock", "coach.language.days"}  # and days, which nobody typed
TYPER = {"typer", "shutil", "subprocess", "coach.cli.completion"}  # as much as all the rest
ALONE = {  # in the order in which they run in one process: each may load what the one before it may
    "--version": HEAVY | WRITING | TYPER | {"rich", "yaml"},
    "": HEAVY | WRITING | TYPER | {"coach.insights.labels"},
}
COMMANDS = {
    "list": HEAVY | WRITING | {"yaml", "rich", "coach.insights.labels"},
    "search vrees": HEAVY | WRITING | {"yaml", "rich"},
    "fears": HEAVY | WRITING | {"yaml"},
    "patterns": HEAVY | WRITING | {"yaml"},
    "show": HEAVY | WRITING | {"yaml"},
    "where": HEAVY,
    "--help": HEAVY,
    "sequences": HEAVY,
    "sequences schema": HEAVY,
    "sequences check": HEAVY,
    "hear Waarom? --as honest_question": HEAVY,
    "report": HEAVY,
    "demo": HEAVY,
}
FIRST_QUESTION = "import sys, coach.cli.runner, coach.terminal.asker; print(*({'typer', 'coach.ear.ear'} & {*sys.modules}))"


@pytest.mark.parametrize("commands", [ALONE, COMMANDS], ids=["alone", "commands"])
def test_a_command_loads_no_more_than_it_needs(commands: dict[str, set[str]], tmp_path: Path) -> None:
    found = {command: modules & (commands[command] | NETWORK) for command, modules in loaded(commands, tmp_path).items()}

    assert found == {command: set() for command in commands}


def test_the_first_question_waits_for_no_ear_and_no_typer() -> None:
    done = subprocess.run(
        [sys.executable, "-P", "-c", FIRST_QUESTION], capture_output=True, encoding="utf-8", check=True, timeout=60
    )

    assert done.stdout == "\n"


def loaded(commands: Iterable[str], folder: Path) -> dict[str, set[str]]:
    """Return the modules that each command loads which none before it did."""
    done = subprocess.run(
        [sys.executable, "-P", "-X", "utf8", "-c", LOADED, *commands],
        capture_output=True,
        encoding="utf-8",
        env=dict(environ(folder / "home", "nl")),
        check=True,
        timeout=60,
    )
    modules: dict[str, list[str]] = json.loads(done.stdout.rpartition("\n")[2])
    return {command: set(names) for command, names in modules.items()}


def test_a_message_is_said_and_only_what_a_program_reads_is_printed() -> None:
    users = {name for name, tree in modules() for node in ast.walk(tree) if is_call(node, "print")}

    assert users - {"cli.message", "__main__", "terminal.progress", "locale.build"} == {
        "cli.hear",  # JSON
        "cli.json_output",
        "cli.completion",  # what a shell reads
        "cli.look_back",  # what is found, for a pipe
        "cli.read",  # a list, for a pipe
        "cli.sequences",  # a file, the schema
        "cli.share",  # a copy
    }
