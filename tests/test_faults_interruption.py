"""Cases 1-6: whatever ends the program, what was said is kept, and the terminal is as it was."""

import os
import re
import select
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from coach.conversation.signals import Signals
from driver import PATIENCE, Terminal, environ
from systems import needs_signals, needs_terminal
from talk import RUN, coach, crashed, leftovers, logs, make_home, said, with_code

if sys.platform != "win32":
    import termios

pytestmark = pytest.mark.slow

FEAR = "That she leaves."


def halfway(home: Path, code: str = "") -> Terminal:
    """Answer two questions and half of the third, in a program that `code` comes before."""
    run = ("run", "talk")
    terminal = Terminal(*run, home=home, PYTHONPATH=with_code(home.parent, code)) if code else Terminal(*run, home=home)
    for number, answer in enumerate(("S.", "To listen."), start=1):
        terminal.wait_for_question(number)
        terminal.type(answer + "\r")
    terminal.wait_for_question(3)
    terminal.type("That she")
    terminal.wait_for("That she")
    return terminal


def is_sane(terminal: Terminal) -> bool:
    local = termios.tcgetattr(terminal.fd)[3]
    return bool(local & termios.ECHO and local & termios.ICANON)


def until(holds: Callable[[], bool], seconds: float = PATIENCE) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        select.select([], [], [], 0.005)


def end(terminal: Terminal) -> tuple[int, bool]:
    """Return the exit code and whether the terminal echoes again; the screen is read to its end."""
    terminal.wait_for("coach resume")
    sane = is_sane(terminal)
    return terminal.wait(), sane


@pytest.mark.parametrize("keys", ["\x03", "\x03\x03", "\x03\x03\x03\x03"])
def test_ctrl_c_keeps_half_an_answer_however_often_it_is_pressed(tmp_path: Path, keys: str) -> None:
    home = make_home(tmp_path)
    terminal = halfway(home)
    terminal.type(keys)
    assert end(terminal) == (130, True)
    assert said(home, "wish") == ["To listen."]
    assert said(home, "fear.draft") == ["That she"]
    assert leftovers(home) == []


@pytest.mark.parametrize(("name", "code"), [("SIGTERM", 143), ("SIGHUP", 129), ("SIGINT", 130)])
def test_a_signal_keeps_half_an_answer(tmp_path: Path, name: str, code: int) -> None:
    home = make_home(tmp_path)
    terminal = halfway(home)
    terminal.kill(signal.Signals[name])
    terminal.kill(signal.Signals[name])
    assert end(terminal) == (code, True)
    assert said(home, "fear.draft") == ["That she"]


def test_a_closed_window_keeps_half_an_answer_and_leaves_no_process(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    terminal = halfway(home)
    terminal.close()
    assert said(home, "fear.draft") == ["That she"]


def test_a_closed_window_is_an_end_by_its_signal(tmp_path: Path) -> None:
    assert halfway(make_home(tmp_path)).close() == 129


def test_ctrl_d_stops_where_nothing_is_typed_and_does_nothing_in_a_text(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    terminal = halfway(home)
    terminal.type("\x04 goes\x04.\r")
    terminal.wait_for_question(4)
    terminal.type("\r")
    terminal.wait_for_question(5)
    terminal.type("\x04")
    assert end(terminal) == (130, True)
    assert said(home, "fear") == ["That she goes."]


def test_half_an_answer_is_there_again_when_the_session_goes_on(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    terminal = halfway(home)
    terminal.type("\x03")
    end(terminal)
    again = Terminal("resume", home=home)
    again.wait_for_question(3)
    again.type(" leaves.\r")
    again.wait_for_question(4)
    again.type("\x03")
    end(again)
    assert said(home, "fear") == [FEAR]
    assert said(home, "fear.draft") == []


def test_after_kill_9_every_answer_and_a_draft_are_there_and_the_next_start_offers_to_go_on(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    terminal = halfway(home)
    until(lambda: said(home, "fear.draft") == ["That she"], seconds=3)  # one second, and two for a busy machine
    terminal.type(" lea")
    until(lambda: said(home, "fear.draft") == ["That she lea"], seconds=3)
    terminal.kill(signal.SIGKILL)
    terminal.wait()
    assert said(home, "wish") == ["To listen."]
    again = Terminal("run", "talk", home=home)
    again.wait_for("You stopped half-way", "Go on with it")
    again.type("\r")
    again.wait_for_question(3)
    again.wait_for("That she")
    again.type("\x03")
    end(again)
    assert leftovers(home) == []


def test_half_an_answer_is_kept_before_the_terminal_is_given_back(tmp_path: Path) -> None:
    """From outside, the program is killed at the very moment it gives the terminal back, once `now` is there."""
    home, now = make_home(tmp_path), tmp_path / "now"
    terminal = halfway(
        home,
        "import os, signal\n"
        "from prompt_toolkit.input import vt100\n"
        "def give_back(*arguments):\n"
        f"    if os.path.exists({str(now)!r}): os.kill(os.getpid(), signal.SIGKILL)\n"
        "    kept(*arguments)\n"
        "kept = vt100.raw_mode.__exit__\n"
        "vt100.raw_mode.__exit__ = give_back\n",
    )
    now.touch()
    terminal.type("\x03")
    assert terminal.wait() == -signal.SIGKILL
    assert said(home, "fear.draft") == ["That she"]


def test_a_signal_while_a_file_is_begun_waits_until_half_an_answer_is_saved(tmp_path: Path) -> None:
    """From outside, the signal comes right after the lock of the session was taken."""
    home = make_home(tmp_path)
    code = (
        "import filelock, os, signal\n"
        "def acquire(lock, *arguments, **options):\n"
        "    taken = kept(lock, *arguments, **options)\n"
        "    if lock.lock_file.endswith('-talk.lock'): os.kill(os.getpid(), signal.SIGTERM)\n"
        "    return taken\n"
        "kept = filelock.FileLock.acquire\n"
        "filelock.FileLock.acquire = acquire\n"
    )
    terminal = Terminal("run", "talk", home=home, PYTHONPATH=with_code(tmp_path, code))
    terminal.wait_for_question(1)
    terminal.type("S")
    terminal.wait_for("›  S")
    terminal.type("\x03")
    assert end(terminal) == (143, True)
    assert said(home, "about.draft") == ["S"]
    assert (logs(home)[0].stem[18:], leftovers(home)) == ("talk", [])


@needs_signals
def test_a_signal_between_an_answer_and_its_save_waits(tmp_path: Path) -> None:
    """From outside, the signal comes while the first answer is listened to."""
    home = make_home(tmp_path, "title: Heard\nsteps: [{id: ask, ask: What?, hear: [closed_question]}, {id: more, ask: More?}]\n")
    code = (
        "import os, signal, sys\n"
        "def watch(event, arguments):\n"
        "    if event == 'open' and str(arguments[0]).endswith('/ear/en.yaml'): os.kill(os.getpid(), signal.SIGTERM)\n"
        "sys.addaudithook(watch)\n"
    )
    done = coach(home, "run", "talk", typed="What tires you?\nNothing.\n", PYTHONPATH=with_code(tmp_path, code))
    assert (done.returncode, b"What you wrote is kept." in done.stderr) == (143, True)
    assert said(home, "ask") == ["What tires you?"]
    assert said(home, "more") == []


@needs_terminal
def test_suspended_and_called_back_it_goes_on(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    shell = Terminal.__new__(Terminal)
    shell.start(["bash", "--norc", "-i"], environ(home, "en", PS1="ready> "), 80, 60)
    shell.wait_for("ready>")
    shell.type(" ".join(RUN) + " run talk\r")
    shell.wait_for_question(1)
    shell.type("S.\r")
    shell.wait_for_question(2)
    shell.type("To lis\x1a")
    shell.wait_for("Stopped")
    shell.type("fg\r")
    shell.wait_for("fg", "run talk")
    shell.type("ten.")
    shell.wait_for("To listen.")
    shell.type("\r")
    shell.wait_for_question(3)
    shell.type("\x03")
    shell.wait_for("coach resume")
    shell.type("exit\r")
    shell.wait()
    assert said(home, "wish") == ["To listen."]


def test_the_input_that_ends_keeps_everything(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    done = coach(home, "run", "talk", typed="S.\nTo listen.\n")
    assert done.returncode == 3
    assert b"coach resume" in done.stderr
    assert said(home, "wish") == ["To listen."]


@needs_signals
def test_a_signal_during_a_save_waits_until_it_is_done_and_then_ends_the_program() -> None:
    signals = Signals()
    done = False
    with signals.heard(), pytest.raises(SystemExit) as ended, signals.held():  # noqa: PT012 # what is raised is raised at its end
        os.kill(os.getpid(), signal.SIGTERM)
        os.kill(os.getpid(), signal.SIGHUP)
        done = True
    assert done
    assert ended.value.code == 143


@needs_signals
def test_after_the_first_signal_no_other_comes_between() -> None:
    signals = Signals()
    with signals.heard():
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
        os.kill(os.getpid(), signal.SIGTERM)
        os.kill(os.getpid(), signal.SIGINT)


def test_a_mistake_of_ours_keeps_what_was_said_and_its_traceback_shows_no_answer(tmp_path: Path) -> None:
    """The mistake is brought in from outside: from the second answer on rendering fails, with the answer in its message."""
    home = make_home(tmp_path)
    code = (
        "import coach.logs.writer\n"
        "def broken(session):\n"
        "    if len(session.exchanges) > 1: raise ValueError('SEC' + 'RET')\n"
        "    return kept(session)\n"
        "kept = coach.logs.writer.render\n"
        "coach.logs.writer.render = broken\n"
    )
    broken = with_code(tmp_path, code)
    plain = coach(home, "run", "talk", typed="S.\nSECRET\n", PYTHONPATH=broken)
    assert (plain.returncode, crashed(plain.stderr)) == (1, True)
    assert b"This is a mistake in coach" in plain.stderr
    assert b"SECRET" not in plain.stdout + plain.stderr
    assert said(home, "about") == ["S."]
    logs(home)[0].unlink()
    typed = Terminal("run", "talk", home=home, rows=300, PYTHONPATH=broken)
    typed.wait_for_question(1)
    typed.type("S.\r")
    typed.wait_for_question(2)
    typed.type("SECRET")
    typed.wait_for("This is a mistake in coach")
    assert typed.wait() == 1
    assert len(re.findall("SECRET", typed.text)) == 1  # where it was typed
    assert said(home, "about") == ["S."]
