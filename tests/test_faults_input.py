"""Cases 7-11: whatever the input is, an answer is stored whole and clean, and never a traceback is seen."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coach.conversation.answer import NotAnAnswerError, read_answer
from coach.conversation.asker import Interruption, Prompt, Reply
from coach.conversation.plain import INPUT_ENDED, PlainAsker
from coach.conversation.turn import Ask
from coach.sequences.sequence import Question
from coach.text import clean
from driver import PATIENCE, Terminal
from talk import ANSWERS, coach, crashed, log, logs, make_home, program, said

if sys.platform != "win32":
    import termios

pytestmark = pytest.mark.slow

PASTE = "one\ntwo\nthree"


ENDED = b"""
The input ended before the last question. Nothing was written yet, so nothing is kept.
"""
FULL = b"The output cannot be written: No space left on device\n"


@pytest.mark.parametrize(
    ("redirection", "code", "told"),
    [
        ("exec <$COACH_HOME/answers", 0, b""),
        ("exec </dev/null", 3, ENDED),
        ("exec <&-", 3, ENDED),
        ("exec >&-", 0, b""),
        ("exec 2>&-", 0, b""),
        ("exec >/dev/null", 0, b""),
        ("exec >/dev/full", 1, FULL),
        ("exec 2>/dev/full", 0, b""),
        ("exec <&- >&- 2>&-", 3, b""),
    ],
)
def test_odd_streams_give_one_clear_line_at_most(tmp_path: Path, redirection: str, code: int, told: bytes) -> None:
    home = make_home(tmp_path)
    (home / "answers").write_text(ANSWERS)
    done = coach(home, "run", "talk", typed=ANSWERS, before=redirection)
    assert (done.returncode, done.stderr) == (code, told)
    if code == 0:
        assert said(home, "fear") == ["That she leaves."]


@pytest.mark.parametrize(
    ("command", "redirection", "code", "told"),
    [
        ("list", "exec <&-", 0, b""),
        ("list", "exec >&-", 0, b""),
        ("list", "exec >/dev/full", 1, FULL),
        ("list", "exec 2>&-", 0, b""),
        ("list", "exec <&- >&- 2>&-", 0, b""),
        ("--version", "exec >&-", 0, b""),
        ("--version", "exec >/dev/full", 1, FULL),
        ("", "exec >/dev/full", 1, FULL),
        ("", "exec <&- >&- 2>&-", 0, b""),
    ],
)
def test_reading_with_odd_streams_gives_one_clear_line_at_most(
    tmp_path: Path, command: str, redirection: str, code: int, told: bytes
) -> None:
    done = coach(make_home(tmp_path), *command.split(), before=redirection)
    assert (done.returncode, done.stderr) == (code, told)


NOTHING = b"there is no session 'x'; `coach list` shows the sessions there are\n"
NOBODY = b"nobody can be asked whether this is right; add --yes\n"


@pytest.mark.parametrize(
    ("command", "redirection", "code", "told"),
    [
        (["show", "x"], "exec >&-", 1, NOTHING),
        (["show", "x"], "exec >/dev/full", 1, NOTHING),
        (["show", "x"], "exec 2>&-", 1, b""),
        (["forget", "damaged"], "exec >/dev/full", 2, NOBODY),
    ],
)
def test_a_mistake_is_told_in_one_line_whatever_the_streams(
    tmp_path: Path, command: list[str], redirection: str, code: int, told: bytes
) -> None:
    home = make_home(tmp_path)
    (home / "sessions").mkdir()
    (home / "sessions" / "damaged.md").touch()
    done = coach(home, *command, before=redirection)
    assert (done.returncode, done.stdout, done.stderr) == (code, b"", told)


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C", "LANG": "C"},
        {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
        {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii:strict"},
        {"TZ": ""},
        {"TZ": "No/Where"},
        {"TERM": ""},
    ],
)
def test_an_odd_environment_stores_clean_utf8(tmp_path: Path, environment: dict[str, str]) -> None:
    home = make_home(tmp_path)
    done = coach(home, "run", "talk", typed=ANSWERS.replace("leaves", "één ☕ مرحبا"), **environment)
    assert (done.returncode, crashed(done.stderr)) == (0, False)
    assert said(home, "fear") == ["That she één ☕ مرحبا."]


def test_what_steers_a_terminal_is_taken_out(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    done = program(home, "run", "talk", "--tag", "a\x1b]0;x\x07b", typed=b"S.\nab \x00\x1b[31mred\x1b]52;c;eA==\x07\nx\n1\ny\n")
    assert done.returncode == 0
    assert said(home, "wish") == ["ab red"]
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", log(home))
    assert "tags: [ab]" in log(home)


def test_arguments_that_are_no_text_are_stored_clean(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    done = program(home, "run", "focus", "--about", "a\udcff", typed="x\n")
    assert (done.returncode, crashed(done.stderr)) == (3, False)
    assert 'about: "a\N{REPLACEMENT CHARACTER}"' in log(home)


@given(st.text() | st.text("\ud800\udfff\x1b\x9b[]\x07\r\na"))
@example("a\udcffb")
@example("\ud83d\ude00")
def test_a_cleaned_text_is_clean_and_stays_as_it_is(text: str) -> None:
    cleaned = clean(text)
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", cleaned)
    assert clean(cleaned) == cleaned


def test_line_ends_are_of_one_kind() -> None:
    assert clean("one\r\ntwo\rthree\nfour") == "one\ntwo\nthree\nfour"


def test_composed_and_joined_letters_are_kept_as_they_are() -> None:
    for text in ("Jéroen", "Je\u0301roen", "👩‍👧‍👦", "a\u200bb", "\u202eabc", "שלום"):
        assert read_answer(Question("x", "?"), text, None) == (text,)  # type: ignore[arg-type] # the day is not looked at


def test_an_answer_beyond_all_measure_is_refused_in_words() -> None:
    with pytest.raises(NotAnAnswerError, match="more than fits"):
        read_answer(Question("x", "?"), "x" * 2_000_001, None)  # type: ignore[arg-type]


@given(st.lists(st.text(st.characters(exclude_characters="\n")), max_size=5))
def test_plain_mode_takes_one_line_as_one_answer(lines: list[str]) -> None:
    waiting = [line + "\n" for line in lines]
    asker = PlainAsker(lambda: waiting.pop(0) if waiting else "", len)
    ask = Ask(Question("x", "?"), "?", (), "", 1, 1, "")
    for line in lines:
        reply = asker.ask(Prompt(ask), lambda _draft: None)
        assert not isinstance(reply, Reply) or reply.text == line + "\n"
    with pytest.raises(Interruption) as stop:
        asker.ask(Prompt(ask), lambda _draft: None)
    assert stop.value.exit_code == INPUT_ENDED


@pytest.mark.parametrize("paste", [f"\x1b[200~{PASTE}\x1b[201~", PASTE.replace("\n", "\r"), PASTE])
def test_a_paste_of_several_lines_is_one_answer(tmp_path: Path, paste: str) -> None:
    home = make_home(tmp_path)
    terminal = Terminal("run", "talk", home=home, rows=60)
    terminal.wait_for_question(1)
    terminal.type("S.\r")
    terminal.wait_for_question(2)
    terminal.type(paste)
    terminal.wait_for("three")
    terminal.type("\r")
    terminal.wait_for_question(3)
    terminal.type("\x03")
    terminal.wait_for("coach resume")
    terminal.wait()
    assert said(home, "wish") == ["one", "two", "three"]
    assert said(home, "fear") == []


@pytest.mark.parametrize(("size", "start", "end"), [(1_000_000, "\x1b[200~", "\x1b[201~"), (60_000, "", "")])
def test_a_large_paste_arrives_whole(tmp_path: Path, size: int, start: str, end: str) -> None:
    home = make_home(tmp_path)
    terminal = Terminal("run", "talk", home=home, rows=30)
    terminal.wait_for_question(1)
    terminal.type("S.\r")
    terminal.wait_for_question(2)
    line = "word " * 19 + "end.\n"
    data = (start + line * (size // 100) + "last" + end).encode()
    while data:
        data = data[os.write(terminal.fd, data[:4096]) :]
        while terminal._read(0.0001):  # noqa: SLF001 # what the program shows is read on, or both would wait
            pass
    terminal.wait_for("last")
    terminal.type("\r")
    terminal.wait_for_question(3)
    terminal.type("\x03")
    terminal.wait_for("coach resume")
    terminal.wait()
    assert len(said(home, "wish")) == size // 100 + 1
    assert said(home, "fear") == []


def test_a_paste_at_a_choice_chooses_nothing(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    terminal = Terminal("run", "talk", home=home, rows=60)
    for number, answer in enumerate(("S.", "Listen.", "Fear."), start=1):
        terminal.wait_for_question(number)
        terminal.type(answer + "\r")
    terminal.wait_for_question(4)
    terminal.type("one\rtwo\rthree")
    terminal.type("\x1b[B")
    terminal.type("\r")
    terminal.wait_for_question(5)
    terminal.type("\x03")
    terminal.wait_for("coach resume")
    terminal.wait()
    assert said(home, "way") == ["low (Low)"]
    assert said(home, "step") == []


def until(terminal: Terminal, holds: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    """Read what the program shows until something holds, and return whether it does."""
    deadline = time.monotonic() + seconds
    while not holds() and time.monotonic() < deadline:
        terminal._read(0.01)  # noqa: SLF001
    return holds()


def has_a_prompt(terminal: Terminal) -> bool:
    return not termios.tcgetattr(terminal.fd)[3] & termios.ECHO


def press_enter(terminal: Terminal, holds: Callable[[], bool]) -> bool:
    """Press Enter until something holds: one with the terminal's own answer to the program right behind it is not heard."""
    for _press in range(5):
        terminal.type("\r")
        if until(terminal, holds, seconds=3):
            return True
    return False


@pytest.mark.parametrize(
    ("columns", "rows", "environment"),
    [(1, 1, {}), (20, 5, {}), (80, 24, {"TERM": "no-such-terminal"}), (80, 24, {"NO_COLOR": "1"})],
)
def test_any_terminal_can_be_used(tmp_path: Path, columns: int, rows: int, environment: dict[str, str]) -> None:
    home = make_home(tmp_path)
    terminal = Terminal("run", "talk", home=home, columns=columns, rows=rows, **environment)
    for number, (id_, answer) in enumerate((("about", "S."), ("wish", "To listen."), ("fear", "That she leaves.")), start=1):
        assert until(terminal, lambda: has_a_prompt(terminal))
        terminal.type(answer)
        terminal.resize(columns + number, rows)
        assert press_enter(terminal, partial(is_saved, home, id_, answer))
    assert until(terminal, lambda: has_a_prompt(terminal))
    terminal.type("\x03")
    assert terminal.wait() == 130
    assert not crashed(terminal.raw)
    assert [said(home, id_) for id_ in ("about", "wish", "fear")] == [["S."], ["To listen."], ["That she leaves."]]
    assert not environment.get("NO_COLOR") or not re.search(rb"\x1b\[[0-9;]*3[1-7]m", terminal.raw)


def is_saved(home: Path, id_: str, answer: str) -> bool:
    return bool(logs(home)) and said(home, id_) == [answer]


def test_a_dumb_terminal_is_asked_in_plain_lines(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    terminal = Terminal("run", "talk", home=home, TERM="dumb")
    for number, answer in enumerate(("S.", "To listen.", "That she leaves."), start=1):
        terminal.wait_for(f"{number} / 5")
        terminal.type(answer + "\r")
    terminal.wait_for("4 / 5")
    assert until(terminal, lambda: sleeps(terminal))
    terminal.type("\x03")
    assert terminal.wait() == 130
    assert [said(home, id_) for id_ in ("about", "wish", "fear")] == [["S."], ["To listen."], ["That she leaves."]]
    assert b"\x1b" not in terminal.raw
    assert not crashed(terminal.raw)


def sleeps(terminal: Terminal) -> bool:
    """Return whether the program waits for a line: a Ctrl-C in the moment before it does is heard at the next line only."""
    state = subprocess.run(["ps", "-o", "state=", "-p", str(terminal.pid)], capture_output=True, check=True).stdout
    return state.startswith(b"S")
