"""Cases 22 and 24-30: two at once, odd clocks, hostile sequences and logs, and answers that go nowhere but in their log."""

import re
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.conversation.answers_file import read_answers
from coach.errors import CoachError, Problems
from coach.logs.library import Library
from coach.strict_yaml.parse import parse as parse_yaml
from driver import Terminal, environ
from talk import ANSWERS, RUN, coach, log, logs, make_home, program, programs, said, with_code

pytestmark = pytest.mark.slow

CANARY = "canary-7f3a"
HOSTILE = (
    "\x1b]52;c;aGk=\x07\x1b]8;;http://x\x07link\x1b[2J\x9b31m [link=file:///etc]x[/link] [/red] [naam] </script>"
    "<script>alert(1)</script> javascript:alert(1) {about} %s \u202egnp"
)


def test_two_sessions_in_one_second_are_two_files_in_order(tmp_path: Path) -> None:
    library = Library(tmp_path / "sessions")
    at = datetime(2026, 10, 25, 2, 30, tzinfo=timezone(timedelta(hours=2)))
    writers = [library.begin(at, "talk") for _number in range(12)]
    again = library.begin(at.replace(tzinfo=timezone(timedelta(hours=1))), "talk")  # the hour that comes twice
    assert len({writer.id for writer in [*writers, again]}) == 13
    for writer in [*writers, again]:
        (tmp_path / "sessions" / f"{writer.id}.md").touch()
        writer.close()
    assert library.folder.ids() == [writer.id for writer in [again, *reversed(writers)]]


def test_a_name_that_another_program_holds_is_not_taken(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    library = Library(home / "sessions")
    now = datetime.now(ZoneInfo("Europe/Amsterdam"))
    held = [library.begin(now + timedelta(seconds=number), "talk") for number in range(40)]
    assert program(home, "run", "talk", typed="S.\n").returncode == 3
    (path,) = logs(home)
    assert path.stem in {f"{writer.id}-2" for writer in held}
    for writer in held:
        writer.close()


def test_two_programs_at_once_write_two_files(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    command, env = [*RUN, "run", "talk"], dict(environ(home, "en"))
    runs = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env) for _number in range(2)]
    for number, run in enumerate(runs):
        assert run.stdin
        run.stdin.write(f"Team {number}.\n".encode())
        run.stdin.flush()
    for run in runs:
        assert run.stdout
        assert next(line for line in run.stdout if line.startswith(b"2 / 5"))  # all of them are half-way now
    for number, run in enumerate(runs):
        run.communicate(f"Wish {number}.\nFear {number}.\n1\nStep {number}.\n".encode(), timeout=60)
    assert [run.returncode for run in runs] == [0, 0]
    answers = [re.findall(r":: (\w+ \d)\.", path.read_text()) for path in logs(home)]
    assert sorted(answers) == [[f"{word} {number}" for word in ("Team", "Wish", "Fear", "Step")] for number in range(2)]


def test_a_session_resumed_twice_is_refused_at_once_and_free_at_once_after_kill_9(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    terminal = Terminal("run", "talk", home=home, rows=40)
    terminal.wait_for_question(1)
    terminal.type("S.\r")
    terminal.wait_for_question(2)
    second = coach(home, "resume", "--plain", typed="x\n")
    assert (second.returncode, b"open in another window" in second.stderr) == (1, True)
    terminal.kill(signal.SIGKILL)
    terminal.wait()
    assert coach(home, "resume", "--plain", typed="To listen.\n").returncode == 3
    assert said(home, "wish") == ["To listen."]


BOMBS = [
    "a: " + "[" * 100_000,
    "a: &a [x,x]\n" + "".join(f"b{n}: &b{n} [*a,*a]\n" for n in range(30)),
    "x: &x {<<: *x}",
    "- " * 50_000,
    "{" * 100_000,
    "a: 'x" * 50_000,
    "? " * 50_000,
    "a: |\n" + " x\n" * 400_000,
    "\n".join(f"k{n}: v" for n in range(80_000)),
    "!!python/object/apply:os.system ['true']",
    "a: 1\n---\nb: 2",
]


@pytest.fixture(scope="module")
def longest() -> float:
    """Return the seconds that the largest file that is allowed takes: 0.15 where 0.2 is promised for a bomb."""
    largest = "\n".join(f"k{number}: v" for number in range(24_990)).encode()
    begin = time.process_time()
    assert len(read_answers(largest, "large.yaml")) == 24_990
    return time.process_time() - begin


@pytest.mark.parametrize("bomb", BOMBS, ids=range(len(BOMBS)))
def test_a_bomb_or_giant_is_refused_as_fast_as_what_is_allowed_is_read(bomb: str, longest: float) -> None:
    begin = time.process_time()
    with pytest.raises(CoachError):
        read_answers(f"{bomb}\n".encode(), "bomb.yaml")
    assert time.process_time() - begin < 2 * longest


@given(st.text(max_size=300) | st.text("[]{}:-#&*!|>'\"%@`?,\n a0", max_size=300))
def test_any_yaml_is_read_or_refused(text: str) -> None:
    try:
        parse_yaml(text, Problems("x.yaml"))
    except CoachError as error:
        assert error.problems  # either may be


@given(
    st.binary(max_size=300)
    | st.dictionaries(st.from_regex(r"[a-z]{1,3}", fullmatch=True), st.text(max_size=9)).map(
        lambda answers: "\n".join(f"{key}: {value}" for key, value in answers.items()).encode("utf-8", "replace")
    )
)
def test_any_answers_file_is_read_or_refused(data: bytes) -> None:
    try:
        answers = read_answers(data, "answers.yaml")
    except CoachError as error:
        assert all(problem.where == "answers.yaml" for problem in error.problems)  # either may be
    else:
        assert all(text.value.encode() is not None for text in answers.values())


@pytest.mark.parametrize("word", ["NO", "010", "12:30:45", "1.10", "~", "2024-99-99", "null", "0x1f", "1e3", ".inf"])
def test_plain_words_stay_what_was_typed(word: str) -> None:
    assert read_answers(f"a: {word}\n".encode(), "x")["a"].value == word


def test_a_key_that_is_there_twice_is_refused_with_both_lines() -> None:
    with pytest.raises(CoachError, match=r"x:3: 'a' stands here twice, first on line 1"):
        read_answers(b"a: x\nb: y\na: z\n", "x")


def test_markup_in_a_question_is_shown_as_it_is(tmp_path: Path) -> None:
    home = make_home(tmp_path, 'title: "[/red] %s"\nsteps:\n  - {id: q, ask: "[naam] {} %s [/b] \\e[31m?", type: line}\n')
    terminal = Terminal("run", "talk", home=home, rows=40)
    terminal.wait_for("[/red] %s", "[naam] {} %s [/b] ␛[31m?")
    terminal.wait_for_question(1)
    terminal.type("x\r")
    terminal.wait_for("What you wrote", "Would you like to change anything?")
    terminal.type("\r")
    assert terminal.wait() == 0
    assert "### [naam] {} %s [/b] ?" in log(home)


def answers_with(canary: str) -> str:
    return f"{canary} about\n{canary} wish\n{canary} fear\n1\n{canary} step\n"


def watch(pid: int, seen: set[str], ended: threading.Event) -> None:
    while not ended.wait(0.002):
        for name in ("cmdline", "environ", "comm"):
            try:
                seen.add(Path(f"/proc/{pid}/{name}").read_text(errors="replace"))
            except OSError:
                return


@pytest.mark.parametrize("how", ["normal", "ctrl-c", "kill"])
def test_an_answer_is_in_its_log_and_nowhere_else(tmp_path: Path, how: str) -> None:
    home = make_home(tmp_path)
    place = tmp_path / "tmp"
    place.mkdir()
    terminal = Terminal("run", "talk", home=home, rows=60, TMPDIR=str(place), XDG_CACHE_HOME=str(tmp_path / "cache"))
    seen: set[str] = set()
    ended = threading.Event()
    watcher = threading.Thread(target=watch, args=(terminal.pid, seen, ended))
    watcher.start()
    for number, answer in enumerate(answers_with(CANARY).split("\n")[:2], start=1):
        terminal.wait_for_question(number)
        terminal.type(answer + "\r")
    terminal.wait_for_question(3)
    if how == "kill":
        terminal.kill(signal.SIGKILL)
    elif how == "ctrl-c":
        terminal.type("\x03")
        terminal.wait_for("coach resume")
    else:
        terminal.type(f"{CANARY} fear\r")
        terminal.wait_for_question(4)
        terminal.type("\r")
        terminal.wait_for_question(5)
        terminal.type(f"{CANARY} step\r")
        terminal.wait_for("Would you like to change anything?")
        terminal.type("\r")
    assert terminal.wait() == {"normal": 0, "ctrl-c": 130, "kill": -9}[how]
    ended.set()
    watcher.join()
    commands = (("search", CANARY), ("show",), ("list",), ("fears",), ("patterns",), ("card",))
    codes = [program(home, *command, TMPDIR=str(place)).returncode for command in commands]
    assert codes == [0, 0, 0, 0, 0, 1]  # nothing was prepared
    holding = [path for path in tmp_path.rglob("*") if path.is_file() and CANARY.encode() in path.read_bytes()]
    assert holding == logs(home)
    assert seen
    assert not any(CANARY in text for text in seen)
    assert f"]0;{CANARY}".encode() not in terminal.raw
    assert CANARY not in "".join(path.name for path in tmp_path.rglob("*"))


def test_a_hostile_log_cannot_steer_the_terminal(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    coach(home, "run", "talk", typed=ANSWERS)
    (path,) = logs(home)
    text = path.read_text("utf-8").replace("That she leaves.", HOSTILE).replace("about: S.", "about: 'S. [/red]'")
    text = text.replace("# Talk", f"# {HOSTILE}").replace("What do you fear?", HOSTILE)
    path.write_text(text + "\n" + HOSTILE + "\n", "utf-8")
    shown = [
        ["show"],
        ["list"],
        ["search", "link"],
        ["fears"],
        ["card", path.stem],
        ["patterns"],
        [],
        ["show", "--json"],
        ["search", "link", "--json"],
    ]
    for command in shown:
        done = coach(home, *command)
        assert done.returncode == 0, command
        for steering in ("\x1b", "\x07", "\x9b", "\u202e"):
            assert steering not in done.stdout.decode() + done.stderr.decode()
    path.write_text(path.read_text("utf-8").replace("finished:", "was:").replace("- fear::", "- fear.draft::"), "utf-8")
    plain = coach(home, "resume", "--plain", typed="")
    assert not any(steering in plain.stdout.decode() for steering in ("\x1b", "\x07", "\x9b", "\u202e"))


def test_everything_works_with_the_network_blocked(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    watched = with_code(
        tmp_path,
        "import os, sys\n"
        "def watch(event, arguments):\n"
        "    if event in {'socket.connect', 'socket.bind', 'socket.getaddrinfo', 'socket.sendto'}: os._exit(99)\n"
        "sys.addaudithook(watch)\n",
    )
    commands = (("run", "talk"), ("list",), ("show",), ("search", "she"), ("fears",), ("patterns",), ("demo",), ("where",), ())
    done = programs(home, *commands, typed=ANSWERS, PYTHONPATH=watched)
    assert {command: code for command, (code, _out) in done.items()} == dict.fromkeys(commands, 0)
    terminal = Terminal("run", "talk", home=home, rows=60, PYTHONPATH=watched)
    terminal.wait_for_question(1)
    terminal.type("\x03")
    assert terminal.wait() == 130


def test_the_source_of_the_program_opens_no_connection() -> None:
    sources = (Path(__file__).parents[1] / "coach").rglob("*.py")
    words = ("import socket", "urllib", "http.client", "import requests", "import ssl")
    assert [path.name for path in sources if any(word in path.read_text("utf-8") for word in words)] == []


def test_times_carry_their_offset(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    coach(home, "run", "talk", typed=ANSWERS)
    (session,) = Library(home / "sessions").sessions()
    assert session.started.utcoffset() is not None
    assert session.started.astimezone(UTC) <= datetime.now(UTC)
    assert sys.version_info >= (3, 11)
