"""Terminals of many makes: what they send, what they do not answer, what they keep for themselves, and what cannot be watched."""

from pathlib import Path

from driver import Terminal, environ
from talk import RUN, make_home, said, with_code

ASKS = """
title: Asks
steps:
  - {id: wish, ask: What do you wish?}
  - {id: way, ask: Which way?, type: choice, options: {high: High, low: Low}}
  - {id: means, ask: By what means?, type: choices, options: {call: Call, mail: Mail}}
  - {id: step, ask: What is the first step?}
"""


def begin(folder: Path) -> Terminal:
    terminal = Terminal("run", "talk", home=make_home(folder, ASKS))
    terminal.wait_for_question(1)
    return terminal


def stop(terminal: Terminal) -> None:
    terminal.type("\x03")
    assert terminal.wait() == 130


def test_nothing_is_asked_of_a_terminal_that_it_may_not_answer(tmp_path: Path) -> None:
    terminal = begin(tmp_path)
    terminal.type("Peace.\r")
    terminal.wait_for_question(2)
    stop(terminal)
    assert (b"\x1b[6n" in terminal.raw, b"\x1b[c" in terminal.raw, b"WARNING" in terminal.raw) == (False, False, False)


def test_keys_of_several_makes_start_a_new_line_and_no_other_is_typed(tmp_path: Path) -> None:
    terminal = begin(tmp_path)
    terminal.type(
        "Konsole\x1bOM\x1b[O\x1b[Ikitty\x1b[13;2u\x1b[<0;10;5Mxterm\x1b[27;5;13~\x1b[24;2~Ctrl-J\n\x1b[[ALinux\x1b\rend"
    )
    terminal.wait_for("›  Konsole\n   kitty\n   xterm\n   Ctrl-J\n   Linux\n   end\nEnter next")
    terminal.type("\x1b")
    terminal.type("\r")
    terminal.wait_for("   end\n\nEnter next")
    terminal.type(".\r")
    terminal.wait_for_question(2)
    stop(terminal)
    assert said(tmp_path / "home", "wish") == ["Konsole", "kitty", "xterm", "Ctrl-J", "Linux", "end", "."]


def test_a_tab_that_is_pasted_is_a_blank_on_the_screen(tmp_path: Path) -> None:
    terminal = begin(tmp_path)
    terminal.type("\x1b[200~Monday\tTuesday\x1b[201~\x1b[1;5DX")
    terminal.wait_for("›  Monday XTuesday\nEnter next")
    stop(terminal)
    assert said(tmp_path / "home", "wish.draft") == ["Monday\tXTuesday"]


def test_undo_takes_back_a_word_at_a_time(tmp_path: Path) -> None:
    terminal = begin(tmp_path)
    terminal.type("one")
    terminal.wait_for("›  one")
    terminal.type(" two")
    terminal.wait_for("›  one two")
    terminal.type(" three")
    terminal.wait_for("›  one two three")
    terminal.type("\x1f")
    terminal.wait_for("›  one two\nEnter next")
    terminal.type("\x1f")
    terminal.wait_for("›  one\nEnter next")
    terminal.type("\x19")
    terminal.wait_for("›  one two\nEnter next")
    stop(terminal)


def test_ctrl_l_clears_the_screen_and_keeps_the_question_with_what_is_typed(tmp_path: Path) -> None:
    terminal = begin(tmp_path)
    terminal.type("Peace\x0c")
    terminal.wait_for("What do you wish?\n›  Peace\nEnter next")
    terminal.wait_for_another("What do you wish?", 1, "no such text")
    terminal.wait_for("›  Peace\nEnter next")
    assert terminal.text.startswith("─ ──")
    stop(terminal)


def test_the_back_key_that_is_named_is_one_that_arrives(tmp_path: Path) -> None:
    terminal = Terminal("run", "talk", home=make_home(tmp_path, ASKS), TMUX="tmux,1,0")
    terminal.wait_for_question(1)
    terminal.type("Peace.\r")
    terminal.wait_for("arrows choose · Enter next · Shift-Tab back · Ctrl-C stop and keep")
    terminal.type("\x1b[Z")
    terminal.wait_for("›  Peace.\nEnter next")
    stop(terminal)


def test_every_prompt_can_be_suspended_and_called_back(tmp_path: Path) -> None:
    home = make_home(tmp_path, ASKS)
    shell = Terminal.__new__(Terminal)
    shell.start(["bash", "--norc", "-i"], environ(home, "en", PS1="ready> "), 80, 60)
    shell.wait_for("ready>")
    shell.type(" ".join(RUN) + " run talk\r")
    shell.wait_for_question(1)
    shell.type("Peace\x1a")
    shell.wait_for("Stopped")
    assert said(home, "wish.draft") == ["Peace"]
    shell.type("fg\r")
    shell.wait_for("›  Peace\nEnter next")
    shell.type("\r")
    shell.wait_for_question(2)
    shell.type("l\x1a")
    shell.wait_for_another("Stopped", 1, "no such text")
    shell.type("fg\r")
    shell.wait_for("   1. High\n › 2. Low\narrows choose")
    shell.type("\r")
    shell.wait_for_question(3)
    shell.type(" \x1a")
    shell.wait_for_another("Stopped", 2, "no such text")
    shell.type("fg\r")
    shell.wait_for(" › 1. ● Call\n   2. ○ Mail\nspace marks")
    shell.type("\r")
    shell.wait_for_question(4)
    shell.type("\x03")
    shell.wait_for("coach resume")
    shell.type("exit\r")
    shell.wait()
    assert (said(home, "way"), said(home, "means")) == (["low (Low)"], ["call (Call)"])


def test_a_terminal_that_cannot_be_watched_is_asked_in_plain_lines(tmp_path: Path) -> None:
    """From outside, the system refuses to tell when something is typed, as macOS does for some terminals."""
    code = (
        "import selectors\n"
        "def refuse(*arguments): raise OSError(22, 'Invalid argument')\n"
        "selectors.DefaultSelector.register = refuse\n"
    )
    home = make_home(tmp_path, ASKS)
    terminal = Terminal("run", "talk", home=home, PYTHONPATH=with_code(tmp_path, code))
    terminal.wait_for("1 / 4  What do you wish?\n>")
    terminal.type("Peace.\r")
    terminal.wait_for("2 / 4  Which way?\n1. High\n2. Low\n>")
    terminal.type("\x04")
    assert terminal.wait() == 3
    assert said(home, "wish") == ["Peace."]
