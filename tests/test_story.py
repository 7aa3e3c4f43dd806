"""The care coordinator's story, from preparing to looking back: in a terminal, through a pipe, from files, interrupted."""

import re
import subprocess
from io import StringIO
from pathlib import Path

import pytest

from driver import Terminal, environ
from inside import run_inside
from shelf import Result
from story import answers, answers_file, keys
from systems import need_tools

pytestmark = pytest.mark.slow

CHANGE = {"nl": "Wil je nog iets veranderen", "en": "Would you like to change"}
LANGUAGES = ("nl", "en")
CHAPTERS = ("prepare", "reflect", "follow-up")


def coach(home: Path, *arguments: str, language: str = "en", typed: str = "", **environment: str) -> Result:
    done = run_inside(arguments, StringIO(typed), environ(home, language, **environment))
    return Result(done.returncode, done.stdout.decode(), done.stderr.decode())


def timeless(text: str) -> str:
    """Return a text without what differs from run to run: times, also in the ids of sessions, and the checksum over these."""
    return re.sub(r"\d{4}-\d\d-\d\d(-\d{6}|T[\d:+]+)|(?<=^heard: )[0-9a-f]{8}$", "TIME", text, flags=re.MULTILINE)


def logs(home: Path) -> list[str]:
    paths = sorted((home / "sessions").glob("*.md"), key=lambda path: CHAPTERS.index(path.stem[18:]))
    return [timeless(path.read_text("utf-8")) for path in paths]


def from_files(home: Path, language: str, *names: str) -> None:
    for name in names:
        done = coach(home, name, "--answers", str(answers_file(language, name)), language=language)
        assert (done.code, done.err) == (0, "")


def type_story(home: Path, language: str, name: str, *, columns: int = 80) -> str:
    """Play one chapter in a terminal and return all that was on the screen."""
    terminal = Terminal(name, home=home, language=language, columns=columns, rows=300)
    first = 1
    if name != "prepare":
        terminal.wait_for({"nl": "Waar hoort", "en": "Which one"}[language])
        terminal.type("\r")
        first = 2
    for number, typed in enumerate(keys(language, name), start=first):
        terminal.wait_for_question(number)
        terminal.type(f"{typed}\r")
    terminal.wait_for(CHANGE[language])
    terminal.type("\r")
    assert terminal.wait() == 0
    return terminal.text


@pytest.fixture(scope="module", params=LANGUAGES)
def story(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """Return a language and the home in which its story was played from files."""
    home = tmp_path_factory.mktemp("story") / "home"
    from_files(home, request.param, *CHAPTERS)
    return request.param, home


@pytest.fixture(scope="module")
def typed(story: tuple[str, Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """Return the home in which the same story was typed in a terminal, and all that was on the screen in each chapter."""
    home = tmp_path_factory.mktemp("typed") / "home"
    return home, {name: type_story(home, story[0], name) for name in CHAPTERS}


def test_the_story_typed_in_a_terminal_gives_the_logs_that_files_give(
    story: tuple[str, Path], typed: tuple[Path, dict[str, str]]
) -> None:
    assert logs(typed[0]) == logs(story[1])


def test_the_reflection_shows_the_words_of_the_preparation(story: tuple[str, Path], typed: tuple[Path, dict[str, str]]) -> None:
    screen = " ".join(typed[1]["reflect"].split())
    prepared = answers(story[0], "prepare")
    quoted = ("honest_question", "acknowledgement", "dare", "old_road", "fear", "let_go")
    assert [id_ for id_ in quoted if f'"{prepared[id_]}"' not in screen] == []


def test_the_story_through_a_pipe_gives_the_logs_that_files_give(story: tuple[str, Path], tmp_path: Path) -> None:
    language, expected = story
    home = tmp_path / "home"
    for name in CHAPTERS:
        done = coach(home, name, language=language, typed="\n".join(answers(language, name).values()) + "\n")
        assert (done.code, done.err) == (0, "")
    assert logs(home) == logs(expected)


def test_the_demonstration_ends_with_the_log_that_the_story_gives(story: tuple[str, Path], tmp_path: Path) -> None:
    language, expected = story
    done = coach(tmp_path / "home", "demo", language=language, COLUMNS="2000")
    lines = timeless(done.out).split("\n")
    start = lines.index("---")
    assert "\n".join(lines[start:-2]) == logs(expected)[1]
    assert list(tmp_path.iterdir()) == []


def test_a_session_stopped_at_every_question_in_turn_ends_in_the_same_log(tmp_path: Path) -> None:
    language, home, expected = "nl", tmp_path / "home", tmp_path / "expected"
    from_files(expected, language, "prepare")
    terminal = Terminal("prepare", home=home, language=language)
    rest = ""
    for number, typed in enumerate(keys(language, "prepare"), start=1):
        if number > 1:
            terminal = Terminal("resume", home=home, language=language)
            terminal.wait_for_question(number - 1)
            terminal.type(f"{rest}\r")
        terminal.wait_for_question(number)
        half = len(typed) // 2 if typed.isprintable() else 0
        terminal.type(typed[:half])
        terminal.wait_for(typed[:half].strip())
        terminal.type("\x03")
        assert terminal.wait() == 130
        assert ("coach resume" in terminal.text) == (number > 1 or half > 0)
        rest = typed[half:]
    terminal = Terminal("resume", home=home, language=language)
    terminal.wait_for_question(number)
    terminal.type(f"{rest}\r")
    terminal.wait_for(CHANGE[language])
    terminal.type("\x03")
    assert terminal.wait() == 130
    terminal = Terminal("resume", home=home, language=language)
    terminal.wait_for(CHANGE[language])
    terminal.type("\r")
    assert terminal.wait() == 0
    assert logs(home) == logs(expected)


def test_grep_finds_the_fears_of_all_sessions(story: tuple[str, Path]) -> None:
    need_tools()
    language, home = story
    found = subprocess.run(  # noqa: S602 # the command of the README, in a shell as a person has it
        f"grep -h '^- fear::' {home}/sessions/*.md",
        shell=True,
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout == f"- fear:: {answers(language, 'prepare')['fear']}\n"


def test_the_follow_up_is_linked_to_the_reflection_and_that_to_the_preparation(story: tuple[str, Path]) -> None:
    _language, home = story
    text = {path.stem[18:]: (path.stem, path.read_text("utf-8")) for path in (home / "sessions").glob("*.md")}
    assert "follows:" not in text["prepare"][1]
    assert f"follows: {text['prepare'][0]}\n" in text["reflect"][1]
    assert f"follows: {text['reflect'][0]}\n" in text["follow-up"][1]
