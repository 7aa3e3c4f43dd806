"""Which module may lean on which, and which one holds the door to the world outside."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from driver import environ

COACH = Path(__file__).parents[1] / "coach"
NETWORK = {"ftplib", "http.client", "httpx", "requests", "smtplib", "socketserver", "urllib.request", "urllib3", "xmlrpc"}

# what each module may import of coach, beside `errors`, `language` and `dates`, which know nothing of the rest;
# commands wire everything together and may import all
MAY_IMPORT = {
    # values
    "": "",
    "chain": "",
    "dates": "",
    "errors": "",
    "folding": "",
    "home": "",
    "inert": "",
    "language": "",
    "sequence": "",
    "session": "",
    "signals": "",
    "disk": "",
    # YAML and what is written in it
    "yaml_mistakes": "",
    "strict_yaml": "yaml_mistakes",
    "yaml_fields": "strict_yaml",
    "references": "sequence",
    "step_reader": "sequence strict_yaml yaml_fields",
    "asked": "references sequence step_reader strict_yaml yaml_fields",
    "reader": "asked sequence step_reader strict_yaml yaml_fields",
    "catalogue": "disk reader sequence",
    "schema": "sequence step_reader",
    # the ear
    "ear": "ear.folded ear.own ear.personal ear.rules",
    "ear.check": "ear.rules strict_yaml yaml_fields",
    "ear.folded": "",
    "ear.form": "",
    "ear.own": "ear.folded ear.rules strict_yaml yaml_fields",
    "ear.personal": "ear.folded",
    "ear.rules": "ear.form strict_yaml yaml_fields",
    # the engine, its log and its askers
    "answer": "sequence",
    "conversation": "answer ear sequence session",
    "log": "session strict_yaml",
    "glance": "log session",
    "faithful": "log session",
    "lock": "disk",
    "seal": "disk",
    "writer": "disk faithful lock log seal session",
    "library": "disk folding glance lock log seal session writer",
    "sealing": "disk library seal",
    "forgetting": "conversation library session",
    "place": "",
    "interview": "answer conversation session strict_yaml",
    "keys": "interview",
    "terminal": "conversation inert interview keys session",
    # looking back
    "words": "folding",
    "recurrence": "words",
    "trends": "",
    "fears": "chain session",
    "steps": "chain session",
    "patterns": "folding recurrence session steps trends",
    "search": "folding glance session",
    "headings": "fears steps trends",
    "names": "folding",
    # what is shown
    "markup": "inert",
    "pictures": "fears headings markup trends",
    "report": "fears headings markup patterns pictures steps trends",
    "export": "markup names report session",
    "views": "headings inert session",
    "screens": "conversation inert interview sequence session views",
    "retrospect": "fears headings inert patterns search steps trends views",
}
EVERYWHERE = {"", "errors", "language", "dates"}

# the only modules that import these; `commands` stands for all modules of the package
DOORS = {
    "yaml": {"strict_yaml"},
    "questionary": {"terminal"},
    "prompt_toolkit": {"keys", "terminal"},
    "rich": {"commands", "retrospect", "screens", "views"},
    "typer": {"commands"},
    "filelock": {"lock", "writer"},
    "pyrage": {"seal"},
    "babel": {"locale.build"},
    "hatchling": {"locale.build"},
    "os": {"__main__", "commands", "disk", "language", "library", "seal", "sealing", "writer"},
    "signal": {"signals"},
    "asyncio": {"terminal"},
    "tempfile": {"commands"},
    "time": {"commands"},
}


@cache
def modules() -> tuple[tuple[str, ast.Module], ...]:
    """Return every module of coach, `commands.reading`, with its tree."""
    return tuple((module_name(path), ast.parse(path.read_text(encoding="utf-8"))) for path in sorted(COACH.rglob("*.py")))


def module_name(path: Path) -> str:
    return ".".join(part for part in path.relative_to(COACH).with_suffix("").parts if part != "__init__")


def imports(tree: ast.Module) -> set[str]:
    """Return the modules that are imported, anywhere in a module."""
    found: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Import(names):
                found |= {alias.name for alias in names}
            case ast.ImportFrom(module=str(module), names=names):
                below = {f"{module}.{alias.name}" for alias in names} if module.split(".")[0] == "coach" else set()
                found |= {name for name in below if is_module(name)} or {module}
    return found


def is_module(name: str) -> bool:
    path = COACH.parent.joinpath(*name.split("."))
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


def is_command(name: str) -> bool:
    return name.split(".", maxsplit=1)[0] in {"commands", "__main__"}


def of_coach(tree: ast.Module) -> set[str]:
    return {name.removeprefix("coach").removeprefix(".") for name in imports(tree) if name.split(".")[0] == "coach"}


def package(name: str) -> str:
    return "commands" if name.startswith("commands") else name


def test_every_module_has_its_place_in_the_table() -> None:
    assert sorted(name for name, _ in modules() if not is_command(name) and name != "locale.build") == sorted(MAY_IMPORT)


def test_a_module_imports_what_the_table_allows() -> None:
    core = {name: of_coach(tree) for name, tree in modules() if name in MAY_IMPORT}
    beyond = {name: sorted(found - EVERYWHERE - set(MAY_IMPORT[name].split())) for name, found in core.items()}

    assert {name: found for name, found in beyond.items() if found} == {}


def test_the_table_allows_no_more_than_is_used() -> None:
    core = {name: of_coach(tree) for name, tree in modules() if name in MAY_IMPORT}

    assert {name: unused for name, found in core.items() if (unused := set(MAY_IMPORT[name].split()) - found)} == {}


def test_nothing_goes_round() -> None:
    core = {name: of_coach(tree) - {name} for name, tree in modules() if name in MAY_IMPORT}

    assert set(TopologicalSorter(core).static_order()) == set(core)


@pytest.mark.parametrize("door", DOORS)
def test_a_door_is_held_by_one_place(door: str) -> None:
    users = {package(name) for name, tree in modules() if door in {found.split(".")[0] for found in imports(tree)}}

    assert users == DOORS[door]


def test_no_module_knows_the_network() -> None:
    users = {name: imports(tree) & {*NETWORK, "socket", "ssl", "subprocess"} for name, tree in modules()}

    assert {name: found for name, found in users.items() if found} == {}


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


LOADED = "import json, sys; from coach.__main__ import run; run(sys.argv[1:]); print(end='\\n' + json.dumps([*sys.modules]))"
HEAVY = {"questionary", "prompt_toolkit", "pydantic", "jsonschema", "babel"}
COMMANDS = {
    "--version": HEAVY | {"rich", "yaml", "filelock"},
    "list": HEAVY | {"yaml", "filelock"},
    "": HEAVY | {"filelock"},
    "show": HEAVY,
    "where": HEAVY,
    "--help": HEAVY,
    "sequences": HEAVY,
    "sequences schema": HEAVY,
    "sequences check": HEAVY,
    "hear Waarom? --as honest_question": HEAVY,
    "search vrees": HEAVY,
    "fears": HEAVY,
    "patterns": HEAVY,
    "report": HEAVY,
    "demo": HEAVY,
}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_loads_no_more_than_it_needs(command: str, tmp_path: Path) -> None:
    assert loaded(command, tmp_path) & (COMMANDS[command] | NETWORK) == set()


def loaded(command: str, folder: Path) -> set[str]:
    """Return the modules that a command has loaded when it is done."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", LOADED, *command.split()],
        capture_output=True,
        text=True,
        env=dict(environ(folder / "home", "nl")),
        check=True,
        timeout=60,
    )
    return set(json.loads(done.stdout.rpartition("\n")[2]))
