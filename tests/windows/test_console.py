"""A session in the console of Windows, with keys as Windows sends them to a program that takes them as a terminal's."""

import sys
from pathlib import Path

from console_window import ConsoleWindow
from driver import environ
from talk import leftovers, log, make_home, with_code, write_log

CTRL_ENTER, ALT_ENTER, LEFT, END, CTRL_C = "\n", "\x1b\r", "\x1b[D", "\x1b[F", "\x03"
KEYS = (
    "Zoë\r",
    f"one{CTRL_ENTER}two{ALT_ENTER}tree{LEFT * 3}h{END}s\x7f\r",
    "pasted in\rone go\r",
    "l\r",
    "half",
)
KEPT = """Whom is it about?

- about:: Zoë

### What do you wish?

- wish:: one
- wish:: two
- wish:: three

### What do you fear?

- fear:: pasted in
- fear:: one go

### Which way?

- way:: low (Low)

### What is the first step?

- step.draft:: half
"""

CLOSES = """
import ctypes, os, pathlib, sys, threading, time
def close():
    while not pathlib.Path(os.environ["COACH_HOME"], "close").exists():
        time.sleep(0.05)
    ctypes.windll.kernel32.CtrlRoutine(2)  # what Windows runs in a program whose window is closed
    os._exit(9)  # and what it does after that
if sys.orig_argv[2:4] == ["-m", "coach"]:  # and not its host
    threading.Thread(target=close, daemon=True).start()
"""


def test_a_session_is_typed_with_keys_and_half_an_answer_is_kept(tmp_path: Path) -> None:
    home = make_home(tmp_path / "Zoë Жанна")
    window = ConsoleWindow("run", "talk", environment=environ(home, "en"))
    for number, keys in enumerate(KEYS, start=1):
        window.wait_for(f"{number} / 5")
        window.type(keys)
    window.wait_for("half")  # what is typed ahead of a question and broken off is nobody's draft
    window.type(CTRL_C)
    assert (window.wait(), leftovers(home), log(home).partition("\n### ")[2]) == (130, [], KEPT)


def test_a_window_that_is_closed_at_a_question_keeps_half_the_answer(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    window = ConsoleWindow("run", "talk", environment=environ(home, "en", PYTHONPATH=with_code(tmp_path, CLOSES)))
    window.wait_for("1 / 5")
    window.type("Zoë\r")
    window.wait_for("2 / 5")
    window.type("To lis")
    window.wait_for("To lis")
    (home / "close").touch()
    assert (window.wait(), leftovers(home)) == (149, [])
    assert log(home).split("\n")[-6:] == ["- about:: Zoë", "", "### What do you wish?", "", "- wish.draft:: To lis", ""]


PAGER = """
import sys
with open(sys.argv[1], "wb") as page:
    page.write(sys.stdin.buffer.read())
"""


def test_a_long_page_is_read_in_the_pager_that_was_chosen_in_its_code_page(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    (tmp_path / "pager.py").write_text(PAGER)
    write_log(home, "2026-03-02-090000-talk", *(f"wish:: één {number}" for number in range(200)))
    pager = f'"{sys.executable}" "{tmp_path / "pager.py"}" "{tmp_path / "page"}"'
    window = ConsoleWindow("show", "2026-03-02-090000-talk", environment=environ(home, "en", PAGER=pager))
    assert window.wait() == 0
    page = (tmp_path / "page").read_bytes().decode("oem")
    assert ("\x1b" in page, page.count("één"), page.split()[-1]) == (False, 200, "199")
