"""The pictures of the README, drawn from runs of the program by `python tests/support/pictures.py`; the report needs Chromium."""

import re
import subprocess
import tempfile
from collections.abc import Iterator
from html import escape
from itertools import groupby
from pathlib import Path

HERE = Path(__file__).parent
from pyte.screens import Char

from coach.logs.markdown import render
from driver import Terminal
from history import history
from shelf import coach
from story import answers, answers_file, keys

PICTURES = HERE.parents[1] / ".readme"
CHROMIUM = "chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=1100,620"
INSTEAD = {"en": "What happened instead?", "nl": "Wat gebeurde er in plaats daarvan?"}
WIDE, HIGH, EDGE = 8.4, 19, 16


def screens(folder: Path, language: str) -> Iterator[tuple[str, str]]:
    """Yield the name of each picture of a screen, and how it looks: the story at its heart, after it, and half a year later."""
    home = folder / "home"
    yield "prepare", _prepared(home, language)
    coach(home, "prepare", "--answers", str(answers_file(language, "prepare")), "--lang", language)
    yield "reflect", _looked_back(home, language)
    shelf = put_history(folder, language)
    terminal = Terminal("fears", "--limit", "2", home=shelf, language=language, rows=200)
    terminal.wait()
    yield "fears", drawn(terminal, "coach fears")


def put_history(folder: Path, language: str) -> Path:
    """Return a home with the fictional history in it."""
    home = folder / "history"
    (home / "sessions").mkdir(mode=0o700, parents=True)
    for session in history(language):
        (home / "sessions" / f"{session.id}.md").write_text(render(session), "utf-8")
    return home


def drawn(terminal: Terminal, title: str) -> str:
    """Return what stands on a screen as SVG, each piece of it where it stands and as wide as it is there."""
    rows = [terminal.screen.buffer[row] for row in range(terminal.screen.lines)]
    used = max(number for number, line in enumerate(terminal.lines) if line)
    width, height = 80 * WIDE + 2 * EDGE, (used + 1) * HIGH + 2 * EDGE
    pieces = [
        f'<text x="{EDGE + column * WIDE:g}" y="{EDGE + row * HIGH + 14}" textLength="{len(text) * WIDE:g}"{style}>'
        f"{escape(text, quote=False)}</text>"
        for row in range(used + 1)
        for column, text, style in _pieces([rows[row][column] for column in range(80)])
    ]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height}" role="img"><title>{title}</title>'
    look = '<g font-family="ui-monospace, Menlo, Consolas, monospace" font-size="14" fill="#222">'
    paper = f'<rect width="{width:g}" height="{height}" rx="8" fill="#fcfbf7" stroke="#ccc"/>'
    return "\n".join((head, paper, look, *pieces, "</g></svg>", ""))


def _pieces(row: list[Char]) -> Iterator[tuple[int, str, str]]:
    """Yield each piece of a row in one style and without a gap: where it begins, its text, and its style in SVG."""
    begin = 0
    for (bold, italic, underlined), cells in groupby(row, _style):
        text = "".join(char.data for char in cells)
        style = ' font-weight="bold"' * bold + ' font-style="italic"' * italic + ' text-decoration="underline"' * underlined
        for piece in re.finditer(r"\S+(?: \S+)*", text):
            yield begin + piece.start(), piece[0], style
        begin += len(text)


def _style(char: Char) -> tuple[bool, bool, bool]:
    return char.bold, char.italics, char.underscore


def _prepared(home: Path, language: str) -> str:
    """Return the screen on which the one question is said in other words."""
    terminal = Terminal("prepare", home=home, language=language, rows=24)
    *before, question = keys(language, "prepare")
    (at_first,) = answers(language, "at-first").values()
    for number, text in enumerate((*before, at_first), start=1):
        terminal.wait_for_question(number)
        terminal.type(f"{text}\r")
    terminal.wait_for(" › 1. ")
    terminal.type(question)
    terminal.wait_for(question)
    return _left(terminal, home, "prepare")


def _looked_back(home: Path, language: str) -> str:
    """Return the screen after the fear that did not come true."""
    terminal = Terminal("reflect", home=home, language=language, rows=24)
    terminal.wait_for(" › 1. ")
    terminal.type("\r")
    for number, text in enumerate(keys(language, "reflect"), start=2):
        terminal.wait_for_question(number)
        if INSTEAD[language] in terminal.text:
            break
        terminal.type(f"{text}\r")
    return _left(terminal, home, "reflect")


def _left(terminal: Terminal, home: Path, name: str) -> str:
    """Return what is on the screen, and leave the session without a trace."""
    picture = drawn(terminal, f"coach {name}")
    terminal.type("\x03")
    terminal.wait()
    for path in (home / "sessions").glob(f"*-{name}.md"):
        path.unlink()
    return picture


def draw() -> None:
    """Draw every screen, and the head of the report, in both languages."""
    for language in INSTEAD:
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            for name, picture in screens(folder, language):
                (PICTURES / f"{name}.{language}.svg").write_text(picture, "utf-8")
            page = folder / "report.html"
            assert coach(folder / "history", "report", "--lang", language, "--output", str(page)).code == 0
            shot = f"--screenshot={PICTURES / f'report.{language}.png'}"
            subprocess.run([*CHROMIUM.split(), f"--user-data-dir={folder}/browser", shot, f"file://{page}"], check=True)


if __name__ == "__main__":
    draw()
