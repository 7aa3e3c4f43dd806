"""What holds for every page: lines end between words, nothing steers the screen, and all of it can be read on any background."""

import ast
import io
import re
import sys
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.console import Console
from rich.errors import StyleSyntaxError
from rich.style import Style
from typer.core import TyperGroup
from wcwidth import wcswidth

import coach
from coach.__main__ import INTERRUPTED
from coach.cli.app import build
from coach.terminal.lines import breaks, cells, hung, wrapped
from coach.terminal.theme import PROMPT, Facts
from contrast import GROUNDS, Look, contrast, looks_in, readable
from driver import Started, Terminal, environ
from screens import makers, screens
from shelf import coach as inside
from shelf import make_shelf

# no word is wider than a card has room for on a screen of 20
MIXED = "De ploegendienst van 日本語の文章 e\u0301e\u0301n 👍 dag, en “hij” zei: wil-je-dat echt? Ja. 漢字 is a\u0308rger dan nu…"
HOSTILE = "a\x1b]0;x\x07\x1b[2J\x9b31m\x00\u202e\u2066b [bold]c[/bold] :smile: \x7f\u200f"
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
FRAME = re.compile("[─│╭╮╰╯█▁▂▃▄▅▆▇]+")
LONGEST_FRAME = 8  # columns that stand beside a text at most
FEW = (*range(20, 41), 47, 53, 60, 72, 79, 80, 81, 99, 100, 120, 160, 200)
WIDTHS = FEW if settings().max_examples < 100 else range(20, 201)
WORDS = st.lists(st.sampled_from([*MIXED.split(), "x" * 30, "漢" * 30, "👩\u200d👩\u200d👧", "❤\ufe0f"]), min_size=1, max_size=30)


def shown(text: str, width: int) -> dict[str, str]:
    console = Console(width=width, color_system=None, file=io.StringIO(), markup=False, emoji=False, highlight=False)
    pages = {}
    for name, page in screens(text).items():
        with console.capture() as capture:
            console.print(page)
        pages[name] = capture.get()
    return pages


def parts(page: str) -> set[str]:
    return {part for part in FRAME.sub(" ", page).split() if part not in {"…", "..."}}


@cache
def whole(text: str) -> dict[str, set[str]]:
    return {name: parts(page) for name, page in shown(text, 200).items()}


def test_every_page_there_is_is_looked_at() -> None:
    assert set(makers()) - set(screens("x")) == set()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_page_breaks_no_word_that_fits_on_a_line_and_no_line_is_too_long(width: int) -> None:
    pages = shown(MIXED, width)
    broken = {
        name: [part for part in parts(page) - whole(MIXED)[name] if len(part) < width - LONGEST_FRAME]
        for name, page in pages.items()
    }
    assert {name: found for name, found in broken.items() if found} == {}
    assert max(wcswidth(line) for page in pages.values() for line in page.split("\n")) <= width


@pytest.mark.parametrize("width", [*range(1, 9), 12, 15, 17, 19])
def test_a_page_is_shown_on_the_narrowest_screen(width: int) -> None:
    assert [name for name, page in shown(MIXED, width).items() if not page.strip()] == []


@given(WORDS, st.integers(20, 200), st.sampled_from(["", "  "]))
@example(["x" * 30, "a"], 20, "  ")
def test_a_message_loses_nothing_and_breaks_no_word_that_fits_on_a_line(words: list[str], width: int, indent: str) -> None:
    lines = wrapped(indent + "  ".join(words), width).split("\n")
    assert "".join("".join(lines).split()) == "".join(words)
    assert max(map(cells, lines)) <= width
    fitting = [word for word in words if cells(word) <= width - len(indent)]
    assert [part for line in lines for part in line.split() if part in fitting] == fitting or len(fitting) < len(words)
    assert all(line.startswith(indent) and line.strip() for line in lines)


@given(WORDS, st.integers(20, 200))
def test_further_lines_of_a_menu_stand_below_its_mark(words: list[str], width: int) -> None:
    first, *further = hung(" ".join(words), width, 3).split("\n")
    assert max(map(cells, (f"   {first}", *further))) <= width
    assert all(line.startswith("   ") and line[3] != " " for line in further)


def test_a_long_word_is_broken_neither_before_an_accent_nor_within_a_picture() -> None:
    assert list(breaks("e\u0301" * 30, 20)) == [40]
    assert list(breaks("👩\u200d👩\u200d👧" * 5, 20)) == [15]
    assert list(breaks("❤\ufe0f" * 15, 21)) == [20]


@pytest.mark.parametrize("name", screens("x"))
def test_a_hostile_text_is_inert_wherever_it_is_shown(name: str) -> None:
    page = shown(HOSTILE, 200)[name]
    assert STEERING.findall(page) == []
    assert "[bold]c[/bold]" in page


def colours(look: Look) -> list[str]:
    return [name for name, ground in GROUNDS.items() if not readable(look, ground)]


def test_the_measure_of_contrast_is_that_of_the_guideline() -> None:
    assert (round(contrast((0, 0, 0), (255, 255, 255))), round(contrast((118, 118, 118), (255, 255, 255)), 2)) == (21, 4.54)


def test_no_colour_of_the_sixteen_can_be_read_everywhere() -> None:
    assert [number for number in range(16) if not colours(Look(colour=number))] == []


@pytest.mark.parametrize("name", screens("x"))
def test_every_style_of_a_page_can_be_read_on_every_background(name: str) -> None:
    console = Console(width=80, color_system="truecolor", force_terminal=True, file=io.StringIO())
    with console.capture() as capture:
        console.print(screens(MIXED)[name])
    assert {look: colours(look) for look in looks_in(capture.get()) if colours(look)} == {}


def constants() -> set[str]:
    trees = (ast.parse(path.read_text("utf-8")) for path in Path(coach.__file__).parent.rglob("*.py"))
    return {
        node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def look_of(text: str) -> Look:
    try:
        style = Style.parse(text)
    except StyleSyntaxError:
        return Look()
    return Look(
        dim=bool(style.dim), hidden=bool(style.conceal), colour=style.color and style.color.name, ground=style.bgcolor and "set"
    )


def test_no_text_in_the_program_is_a_style_with_a_colour_of_its_own() -> None:
    assert {text for text in constants() if look_of(text) != Look()} == {"C"}  # the name of a locale
    assert [row for row in PROMPT if re.search(r"#|ansi(?!default)|bg:", row[1])] == []


COMMANDS = [name for name, command in build().commands.items() if not isinstance(command, TyperGroup)]
GROUPS = [f"{name} {below}" for name, group in build().commands.items() for below in getattr(group, "commands", ())]


@pytest.mark.parametrize("command", ["", "sequences", *COMMANDS, *GROUPS])
def test_help_can_be_read_on_every_background_and_breaks_no_word(command: str, tmp_path: Path) -> None:
    arguments = (*command.split(), "--help")
    narrow = Terminal(*arguments, home=tmp_path / "home", columns=28, rows=150)
    assert narrow.wait() == 0
    assert {look for look in looks_in(narrow.raw.decode()) if colours(look)} == set()
    wide = inside(tmp_path / "home", *arguments, COLUMNS="80").out
    assert {part for part in narrow.text.split() if len(part) < 20} <= set(wide.split())


SEQUENCE = """
title: Talk
steps:
  - {id: wish, ask: What?, hint: This.}
  - {id: way, ask: Which?, type: choice, options: {high: High, low: Low}}
  - {id: ways, ask: And?, type: choices, options: {high: High, low: Low}}
  - {id: sure, ask: Sure?, type: scale, scale: {from: 0, to: 10}}
"""


def test_a_conversation_can_be_read_on_every_background(tmp_path: Path) -> None:
    terminal = Terminal("run", "talk", home=make_shelf(tmp_path, SEQUENCE))
    for number, keys in enumerate(("He is lazy.\r", "\x1b[B\r", " \r", "7\r"), start=1):
        terminal.wait_for_question(number)
        terminal.type(keys)
    terminal.wait_for("change anything", " › 1. This is good")
    terminal.type("\r")
    assert terminal.wait() == 0
    assert {look for look in looks_in(terminal.raw.decode()) if colours(look)} == set()


LONG = f"""
title: Talk
steps:
  - {{id: wish, ask: "{MIXED}", hint: "{MIXED}"}}
  - {{id: way, ask: "{MIXED}", type: choice, options: {{high: "{MIXED}", low: Low}}}}
  - {{id: ways, ask: "{MIXED}", type: choices, options: {{high: "{MIXED}", low: Low}}}}
  - {{id: last, ask: "{MIXED}"}}
"""


def conversation(home: Path, columns: int) -> set[str]:
    """Return the words on the screen after three answers and one that is typed."""
    terminal = Terminal("run", "talk", home=home, columns=columns, rows=200)
    for number, keys in enumerate((f"{MIXED} {MIXED}\r", "\r", " \r"), start=1):
        terminal.wait_for_question(number)
        terminal.type(keys)
    terminal.wait_for_question(4)
    terminal.type(MIXED)
    terminal.wait_for("Ctrl-C stop")
    terminal.type("\x03")
    assert terminal.wait() == INTERRUPTED
    return parts(terminal.text)


@pytest.mark.parametrize("columns", [20, 33, 47, 60, 80])
def test_a_conversation_breaks_no_word_that_is_asked_chosen_or_typed(columns: int, tmp_path: Path) -> None:
    wide = conversation(make_shelf(tmp_path / "wide", LONG), 200)
    narrow = conversation(make_shelf(tmp_path / "narrow", LONG), columns)
    assert [part for part in narrow - wide if len(part) < columns - LONGEST_FRAME and not part.startswith("2026")] == []


@pytest.mark.parametrize(("name", "value", "codes"), [("NO_COLOR", "1", {"1", "4", "0"}), ("TERM", "dumb", set())])
def test_who_wants_no_colour_gets_none_and_a_simple_terminal_no_code_at_all(
    name: str, value: str, codes: set[str], tmp_path: Path
) -> None:
    environment = {**environ(tmp_path / "home", "en"), name: value}
    terminal = Started.__new__(Started)
    terminal.start([sys.executable, "-P", "-m", "coach", "--help"], environment, 80, 60)
    assert terminal.wait() == 0
    assert set(re.findall(r"\x1b\[([0-9;]*)m", terminal.raw.decode())) == codes


def test_only_a_name_is_bold_and_not_what_it_means() -> None:
    console = Console(width=40, color_system="truecolor", force_terminal=True, file=io.StringIO())
    with console.capture() as capture:
        console.print(Facts([("--all", "Show it.")]))
    assert capture.get() == "\x1b[1m--all\x1b[0m  Show it.\n"
