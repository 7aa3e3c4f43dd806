"""No text of a sequence, a log, a file's name or an argument steers the terminal, whatever command shows it."""

import json
from pathlib import Path

import pytest

from coach.cli.app import build
from coach.logs.session import Exchange
from driver import Terminal
from shelf import MONDAY, coach, make_shelf, put
from systems import name_of

# a title for the window, blinking in two ways, a text turned round, markup
TEXT = "a\x1b]0;x\x07\x1b[5m\x9b5m\u202e\u2066[bold]b[/bold]"
ABOUT = TEXT.replace("\x9b", "")  # YAML has none
WRITTEN = json.dumps(TEXT)
STEERING = ("\x1b]", "\x1b[5m", "\x9b", "\x07", "\u202e", "\u2066")
SEQUENCE = f"""
title: {WRITTEN}
description: {WRITTEN}
steps:
  - {{say: {WRITTEN}}}
  - id: wish
    title: {WRITTEN}
    say: {WRITTEN}
    ask: {WRITTEN}
    hint: {WRITTEN}
    more: {WRITTEN}
  - {{id: way, ask: {WRITTEN}, type: choice, options: {{high: {WRITTEN}, low: Low}}}}
  - {{id: ways, ask: {WRITTEN}, type: choices, options: {{high: {WRITTEN}, low: Low}}}}
  - {{id: sure, ask: {WRITTEN}, type: scale, scale: {{from: 0, to: 10, low: {WRITTEN}, high: {WRITTEN}}}}}
"""
ID = "2026-03-02-090000-prepare"
COMMANDS = {
    "prepare": (f"--about {TEXT}", f"--follows {TEXT}", "--plain"),
    "reflect": (f"--follows {TEXT}", "--plain"),
    "map": (f"--tag {TEXT} --plain", f"--answers {TEXT}"),
    "follow-up": ("--plain",),
    "run": ("talk --plain", f"talk --plain --about {TEXT}", TEXT, f"talk --answers {TEXT}"),
    "resume": ("", TEXT, "--plain"),
    "done": ("", TEXT),
    "check": ("", f"--{TEXT}"),
    "hear": (TEXT, f"x --as {TEXT}"),
    "demo": ("--fast", TEXT),
    "list": ("", "--limit 0", f"--since {TEXT}", f"--limit {TEXT}", f"--{TEXT}", TEXT, f"--tag {TEXT}", f"--sequence {TEXT}"),
    "show": (ID, TEXT, f"{ID} {TEXT}"),
    "card": (ID, f"{ID} --all", TEXT),
    "search": ("a", TEXT, f"--regex {TEXT}(", f"a --field {TEXT}"),
    "fears": ("", "--limit 0", f"--about {TEXT}"),
    "patterns": ("", "--all", f"--until {TEXT}"),
    "year": ("2026", TEXT, f"--about {TEXT}"),
    "report": ("--output -", f"--about {TEXT} --output -", f"--output {TEXT}.html"),
    "export": (
        f"{ID} --yes",
        f"{ID} --replace {TEXT}",
        f"{ID} --format {TEXT}",
        f"{ID} --yes --output {TEXT}",
        f"{ID} --yes --format text",
    ),
    "where": ("", f"--home {TEXT}"),
    "forget": (ID, TEXT, f"--about {TEXT}"),
    "seal": (TEXT,),
    "unseal": (TEXT,),
    "sequences": ("", "show talk", f"show {TEXT}", "check", f"check {TEXT}.yaml", f"new {TEXT}", TEXT),
    "": ("", TEXT, f"--lang {TEXT}", f"--home {TEXT}"),
}

MARKUP = "[bold]b[/bold]"
READING = ("list", f"show {ID}", f"card {ID}", "search a", "fears", "patterns", f"export {ID} --yes", "sequences show talk", "")
ASKING = {"prepare", "reflect", "map", "follow-up", "run", "resume", "forget"}  # these wait for an answer on a terminal


@pytest.fixture
def home(tmp_path: Path) -> Path:
    shelf = make_shelf(tmp_path, SEQUENCE)
    (shelf / "prompts" / f"{name_of(TEXT)}.yaml").write_text("title: x\n")
    (shelf / "prompts" / "broken.yaml").write_text(f"title: x\nsteps:\n  - {{id: {WRITTEN}, {WRITTEN}: 1}}\n")
    (shelf / "sessions" / f"{ID}{name_of(TEXT)}.md").write_text("---\n")
    (shelf / "sessions" / "2026-03-01-090000-prepare.md").write_text(f"---\nabout: {TEXT}\n---\n", "utf-8")
    put(shelf, MONDAY, "prepare", *map(exchange, ("wish", "fear", "likelihood", "helped", "first_step")), about=ABOUT, title=TEXT)
    put(shelf, MONDAY.replace(day=3), "talk", exchange("wish"), about=ABOUT, title=TEXT, finished=False)
    return shelf


def exchange(id_: str) -> Exchange:
    return Exchange(id_, TEXT, (TEXT,), TEXT, (TEXT,), ("closed_question",), (), TEXT)


def steering(output: str) -> list[str]:
    return [code for code in STEERING if code in output]


def test_the_text_is_shown_by_what_reads_back(home: Path) -> None:
    shown = {command: MARKUP in coach(home, *command.split()).out for command in READING}
    assert shown == dict.fromkeys(READING, True)


def test_every_command_is_tried() -> None:
    assert set(COMMANDS) == {"", *build().commands}


@pytest.mark.parametrize("command", COMMANDS)
def test_no_text_steers_what_is_shown_by_a_command(command: str, home: Path) -> None:
    for arguments in COMMANDS[command]:
        done = coach(home, *command.split(), *arguments.split(" ")) if arguments else coach(home, *command.split())
        assert (arguments, steering(done.out + done.err)) == (arguments, [])
        if command in ASKING:
            continue
        terminal = Terminal(*command.split(), *filter(None, arguments.split(" ")), home=home, rows=200)
        terminal.wait()
        assert (arguments, steering(terminal.raw.decode())) == (arguments, [])


def test_no_text_steers_a_conversation(home: Path) -> None:
    terminal = Terminal("run", "talk", home=home, rows=200)
    terminal.wait_for(" › 1. Go on with it")
    terminal.type("\x1b[B\r")
    for number, keys in enumerate(("I would like to listen longer than the last time.\r", "\r", " \r", "7\r"), start=1):
        terminal.wait_for_question(number)
        terminal.type(keys)
    terminal.wait_for(" › 1. This is good")
    terminal.type("\r")
    terminal.wait()
    assert steering(terminal.raw.decode()) == []
    assert MARKUP in terminal.text


def test_no_text_steers_who_completes_a_command(home: Path) -> None:
    done = coach(home, _COACH_COMPLETE="complete_bash", COMP_WORDS="coach run ", COMP_CWORD="2")
    assert steering(done.out + done.err) == []
