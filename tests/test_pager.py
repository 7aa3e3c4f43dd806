"""A page higher than the screen is read in a pager, which is fed by a pipe while the page is made."""

import os
import sys
from pathlib import Path

import pytest

from coach.logs.session import Exchange
from driver import Started, Terminal, environ
from shelf import MONDAY, make_shelf, put
from systems import needs_terminal

ANSWERS = [Exchange(f"q{number}", f"q{number}?", (f"answer {number}",)) for number in range(40)]
PAGE = "Talk\nS.\nMonday 2 March 2026, 09:00\n" + "".join(f"\nq{number}?\nanswer {number}\n" for number in range(40))
STREAMED = """
import os, sys
from pathlib import Path
from coach.terminal.pager import show_long
from rich.text import Text

def parts():
    yield Text("\\n".join(["one"] * 30))
    with Path("seen").open() as seen:  # what the pager got of the first part, before the rest is made
        yield Text("Got " + seen.readline().strip())

show_long(parts(), os.environ)
"""
FOUND = """
import os, sys
from datetime import datetime
from pathlib import Path
from coach.cli.look_back import _print_hits
from coach.insights.search import Hit
from coach.logs.session import Session

def hits():
    for number in range(40):
        yield Hit(Session(str(number), "talk", "talk", "en", "", datetime(2026, 3, 2), "S."), "q", "What?", "one", ((0, 3),))
    global seen  # it stays open: else the pager could not write there to the end
    seen = Path("seen").open()
    line = "Got " + seen.readline().strip()  # what the pager got of the first, before the last is found
    yield Hit(Session("last", "talk", "talk", "en", "", datetime(2026, 3, 1), "S."), "q", "What?", line, ((0, 3),))

print(_print_hits(hits(), os.environ))
"""
LISTENS = """
import signal, sys
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
print("ready", flush=True)
signal.sigwait([signal.SIGINT])
print("heard", flush=True)
sys.stdout.write(sys.stdin.read())
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    shelf = make_shelf(tmp_path_factory.mktemp("pager"))
    put(shelf, MONDAY, "prepare", *ANSWERS)
    return shelf


def opened(home: Path, **environment: str) -> Terminal:
    return Terminal("show", home=home, columns=80, rows=24, **environment)


@pytest.mark.parametrize("options", [None, "-j10", "FX", "-Pmine$-i"])
def test_less_shows_bold_as_bold_whatever_its_own_options_are(home: Path, options: str | None) -> None:
    terminal = opened(home, PAGER="less", **({} if options is None else {"LESS": options}))
    terminal.wait_for("Monday 2 March 2026, 09:00", "q6?")
    terminal.type("Gq")
    assert terminal.wait() == 0
    assert "answer 39" in terminal.text
    assert b"\x1b[1mTalk" in terminal.raw
    assert b"ESC[" not in terminal.raw


def test_a_command_typed_by_mistake_saves_no_page(tmp_path: Path) -> None:
    home = make_shelf(tmp_path)
    put(home, MONDAY, "prepare", *ANSWERS)
    terminal = opened(home, PAGER="less")
    terminal.wait_for("q leaves")
    terminal.type("list\r\r")
    terminal.type("Gq")
    assert terminal.wait() == 0
    assert (sorted(path.name for path in tmp_path.iterdir()), "answer 39" in terminal.text) == ([home.name], True)


@pytest.mark.parametrize(
    ("language", "hint", "end"),
    [
        ("en", "Space goes on, b goes back, q leaves", "This is the end: b goes back, q leaves"),
        ("nl", "Spatie gaat verder, b terug, q sluit", "Dit is het einde: b terug, q sluit"),
    ],
)
def test_less_says_how_to_read_on_and_how_to_leave(home: Path, language: str, hint: str, end: str) -> None:
    terminal = Terminal("show", home=home, language=language, columns=40, rows=24, PAGER="less")
    terminal.wait_for(f"\n{hint}")
    terminal.type("G")
    terminal.wait_for(f"\n{end}")
    terminal.type("q")
    assert terminal.wait() == 0


@pytest.mark.parametrize(
    "variables", [{"PAGER": "nosuch"}, {"PAGER": "false"}, {"PATH": "/none"}, {"PAGER": "cat"}, {"TERM": "dumb"}]
)
def test_a_page_is_shown_plainly_where_no_pager_works(home: Path, variables: dict[str, str]) -> None:
    terminal = opened(home, **variables)
    assert terminal.wait() == 0
    assert terminal.text.endswith("q39?\nanswer 39")
    assert terminal.raw.count(b"answer ") == len(ANSWERS)


def test_a_pager_that_may_not_know_bold_gets_letters_only(home: Path) -> None:
    terminal = opened(home, PAGER="tee page")
    assert terminal.wait() == 0
    assert (home.parent / "page").read_text() == PAGE


def test_no_answer_stands_in_a_temporary_file_while_it_is_read(home: Path) -> None:
    (home.parent / "temporary").mkdir()
    terminal = opened(home, TMPDIR=str(home.parent / "temporary"), PAGER="ls -A temporary && cat > page")
    assert terminal.wait() == 0
    assert (terminal.text, (home.parent / "page").read_text()) == ("", PAGE)


def test_who_leaves_early_made_no_mistake(tmp_path: Path) -> None:
    home = make_shelf(tmp_path)
    put(home, MONDAY, "prepare", *(Exchange(f"q{number}", "What?", ("a long answer " * 100,)) for number in range(100)))
    terminal = opened(home, PAGER="head -n 1")
    assert (terminal.wait(), terminal.text) == (0, "Talk")


def test_ctrl_c_is_for_the_pager_and_the_coach_waits_for_it(home: Path) -> None:
    (home.parent / "listens.py").write_text(LISTENS)
    terminal = opened(home, PAGER=f"{sys.executable} listens.py")
    terminal.wait_for("ready")
    terminal.type("\x03")
    assert terminal.wait() == 0
    assert terminal.text.endswith("q39?\nanswer 39")
    assert terminal.raw.count(b"heard") == 1
    assert terminal.raw.count(b"answer ") == len(ANSWERS)


def test_what_was_looked_for_in_the_pager_is_kept_nowhere(home: Path) -> None:
    terminal = opened(home, PAGER="less")
    terminal.wait_for("q6?")
    terminal.type("/answer 9\rq")
    assert terminal.wait() == 0
    assert [path.name for path in home.parent.glob(".*")] == []


@needs_terminal
@pytest.mark.parametrize(
    ("program", "last"), [(STREAMED, "Got one"), (FOUND, "    Got 2 March 2026  S.  0\n41")], ids=["a page", "what is found"]
)
def test_a_page_is_read_while_it_is_made(program: str, last: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "seen")
    terminal = Started.__new__(Started)
    environment = environ(tmp_path / "home", "en", PAGER="tee seen | tail -n 1")
    terminal.start([sys.executable, "-c", program], environment, 80, 24, tmp_path)
    assert (terminal.wait(), terminal.text) == (0, last)
