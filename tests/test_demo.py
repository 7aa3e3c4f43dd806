"""The demonstration: a screen at a time for who reads along, in one go for who does not, and nothing left behind."""

import re
import signal
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest

from coach.cli.demo import _answers as answers
from driver import Terminal, environ
from inside import run_inside

WAITS = {"nl": "Enter gaat verder", "en": "Enter goes on"}
ENDS = {"nl": "Nu jij: coach prepare", "en": "Your turn: coach prepare"}
FIRST = {"nl": "Met wie ga je in gesprek", "en": "Who are you going to talk to"}
MOST_WORDS = 3 * 240  # a grown-up reads 240 words a minute


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder for temporary files of a run."""
    (tmp_path / "temporary").mkdir()
    return tmp_path


def demonstrate(folder: Path, *options: str, language: str = "en", term: str = "xterm", accessible: str = "") -> Terminal:
    temporary, home = str(folder / "temporary"), folder / "home"
    return Terminal("demo", *options, home=home, language=language, TMPDIR=temporary, TERM=term, ACCESSIBLE=accessible)


def read_along(terminal: Terminal, language: str) -> Iterator[str]:
    """Press Enter after every screen, and yield what was on it."""
    while True:
        terminal.wait_for(WAITS[language])
        seen = terminal.text
        before = terminal.times(WAITS[language])
        yield seen
        terminal.type("\r")
        terminal.wait_for_another(WAITS[language], before, ENDS[language])
        if terminal.times(ENDS[language]):
            return


def left_behind(folder: Path) -> list[str]:
    return [str(path.relative_to(folder)) for path in folder.rglob("*") if path != folder / "temporary"]


def told(folder: Path, language: str) -> str:
    """Return what the demonstration says through a pipe."""
    done = run_inside(("demo",), StringIO(), environ(folder / "home", language, COLUMNS="2000"))
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout.decode()


@pytest.mark.slow
@pytest.mark.parametrize("language", ["nl", "en"])
def test_each_question_waits_to_be_read_and_all_of_it_takes_less_than_three_minutes(folder: Path, language: str) -> None:
    terminal = demonstrate(folder, language=language)
    screens = list(read_along(terminal, language))
    assert terminal.wait() == 0
    first = [screen.count("\n›") for screen in screens[:4]]
    assert first == [1, 2, 3, 4]
    shown = "\n".join(line for line in terminal.lines if not line.startswith("─ "))
    assert len(re.findall(r"[^\W\d_][\w'.-]*", shown)) <= MOST_WORDS
    assert WAITS[language] not in terminal.text
    assert left_behind(folder) == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_one_answer_gets_a_remark_and_is_said_in_other_words(tmp_path: Path, language: str) -> None:
    text = told(tmp_path, language)
    (first,), then = answers(language, "at-first").values(), answers(language, "prepare")["honest_question"]
    again = {"nl": "Anders zeggen", "en": "Say it in other words"}[language]
    assert re.findall(rf"^› (?:{re.escape(first)}|{again}|{re.escape(then)})$", text, re.MULTILINE) == [
        f"› {first}",
        f"› {again}",
        f"› {then}",
    ]
    assert text.count("“") == 1


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_was_prepared_is_given_back_after_the_conversation(tmp_path: Path, language: str) -> None:
    prepared = answers(language, "prepare")
    after = told(tmp_path, language).partition({"nl": "Na het gesprek", "en": "After the conversation"}[language])[2]
    quoted = ("honest_question", "dare", "acknowledgement", "old_road", "fear", "let_go")
    assert [id_ for id_ in quoted if f'"{prepared[id_]}"' not in " ".join(after.split())] == []


@pytest.mark.parametrize("screens", [0, 3])
@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["Ctrl-C", "Ctrl-D"])
def test_one_who_leaves_at_any_screen_leaves_nothing_behind(folder: Path, key: str, screens: int) -> None:
    terminal = demonstrate(folder)
    reading = read_along(terminal, "en")
    for _screen in range(screens + 1):
        next(reading)
    terminal.type(key)
    assert (terminal.wait(), left_behind(folder)) == (130, [])


def test_one_who_leaves_at_the_card_leaves_nothing_behind(folder: Path) -> None:
    terminal = demonstrate(folder)
    for screen in read_along(terminal, "en"):
        if "The card, for at the door" in screen:
            terminal.type("\x03")
            break
    assert (terminal.wait(), left_behind(folder)) == (130, [])


@pytest.mark.parametrize(("name", "code"), [("SIGTERM", 143), ("SIGHUP", 129)])
def test_a_signal_leaves_nothing_behind(folder: Path, name: str, code: int) -> None:
    terminal = demonstrate(folder)
    terminal.wait_for(WAITS["en"])
    terminal.kill(signal.Signals[name])
    assert (terminal.wait(), left_behind(folder)) == (code, [])


def test_one_in_a_hurry_waits_nowhere(folder: Path) -> None:
    temporary = str(folder / "temporary")
    terminal = Terminal("demo", "--fast", home=folder / "home", rows=400, TMPDIR=temporary, TERM="xterm", ACCESSIBLE="")
    assert (terminal.wait(), left_behind(folder)) == (0, [])
    assert WAITS["en"].encode() not in terminal.raw
    assert terminal.text.startswith("A care coordinator prepares")
    assert terminal.text.endswith(ENDS["en"])


@pytest.mark.parametrize(("term", "accessible"), [("dumb", ""), ("xterm", "1")])
def test_where_lines_are_read_aloud_nothing_that_was_written_is_erased(folder: Path, term: str, accessible: str) -> None:
    terminal = demonstrate(folder, term=term, accessible=accessible)
    terminal.wait_for(WAITS["en"])
    terminal.type("\r")
    terminal.wait_for(f"{WAITS['en']}, Ctrl-C stops.\n\n─ The conversation ")
    terminal.type("\x03")
    assert terminal.wait() == 130


def test_sequences_of_ones_own_leave_the_demonstration_as_it_is(tmp_path: Path) -> None:
    expected = told(tmp_path, "en")
    (tmp_path / "home" / "prompts").mkdir(parents=True)
    (tmp_path / "home" / "prompts" / "prepare.yaml").write_text("title: Mine\nsteps: [{id: mine, ask: What is mine?}]\n")
    (tmp_path / "home" / "prompts" / "en").mkdir()
    (tmp_path / "home" / "prompts" / "en" / "ear.yaml").write_text("leading_question:\n  off: true\n")
    assert without_times(told(tmp_path, "en")) == without_times(expected)


def without_times(text: str) -> str:
    return re.sub(r"\d{4}-\d\d-\d\d(-\d{6}|T[\d:+-]+)|(?<=heard: )\w+", "TIME", text)
