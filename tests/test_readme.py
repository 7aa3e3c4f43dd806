"""README.md and CONTRIBUTING.md say what is true: the session is real, commands and files exist, the sequence runs."""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

from coach import __version__
from coach.cli.app import build
from coach.language import speak
from driver import environ
from shelf import coach
from transcript import transcript

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def test_the_session_at_the_top_is_a_real_one(tmp_path: Path) -> None:
    assert blocks("text")[0] == transcript(tmp_path / "home")


def test_every_command_is_in_the_readme_and_every_command_in_the_readme_exists() -> None:
    speak("en")
    commands = set(build().commands)
    named = set(re.findall(r"`coach ([a-z][a-z-]+)", README)) | set(re.findall(r"^coach ([a-z][a-z-]+)", README, re.MULTILINE))
    assert (commands - named, named - commands) == (set(), set())


def test_every_command_has_help_with_an_example_in_both_languages(tmp_path: Path) -> None:
    for language, example in (("en", "Example: coach"), ("nl", "Voorbeeld: coach")):
        speak(language)
        for name, command in build().commands.items():
            assert command.help, name
            assert name == "sequences" or (command.epilog or "").startswith(example), name
    assert coach(tmp_path / "home", "--help").code == 0


def test_completion_knows_every_command(tmp_path: Path) -> None:
    asking = {"_COACH_COMPLETE": "complete_bash", "COMP_WORDS": "coach ", "COMP_CWORD": "1"}
    command = [sys.executable, "-P", "-m", "coach"]
    environment = {**environ(tmp_path / "home", "en"), **asking}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=True, stdin=subprocess.DEVNULL)
    assert done.stdout.split() == list(build().commands)


def test_what_the_readme_says_is_heard_is_heard(tmp_path: Path) -> None:
    command, *rest = blocks("console")[0].split("$ coach hear ")[1:]
    for transcript_ in (command, *rest):
        typed, _newline, answer = transcript_.partition("\n")
        assert coach(tmp_path / "home", "hear", *shlex.split(typed)).out == answer


def test_the_own_words_of_the_readme_can_be_read(tmp_path: Path) -> None:
    own = tmp_path / "home" / "prompts" / "en" / "ear.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(blocks("yaml")[0], "utf-8")
    assert "every single time" in coach(tmp_path / "home", "hear", "He is late every single time.", "--as", "observation").out


def test_the_sequence_of_the_readme_has_no_mistakes(tmp_path: Path) -> None:
    path = tmp_path / "en" / "hard-talk.yaml"
    path.parent.mkdir()
    path.write_text(blocks("yaml")[1], "utf-8")
    done = coach(tmp_path / "home", "sequences", "check", str(path))
    assert (done.code, done.out, done.err) == (0, "1 sequence, nothing to mend.\n", "")


def test_the_answers_of_the_readme_answer_its_sequence(tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "prompts" / "en").mkdir(parents=True)
    (home / "prompts" / "en" / "hard-talk.yaml").write_text(blocks("yaml")[1], "utf-8")
    (tmp_path / "answers.yaml").write_text(blocks("yaml")[2], "utf-8")
    done = coach(home, "run", "hard-talk", "--answers", str(tmp_path / "answers.yaml"))
    assert (done.code, done.err) == (0, "")
    listed = json.loads(coach(home, "list", "--json").out)
    assert [(session["sequence"], session["about"]) for session in listed] == [("hard-talk", "team K.")]


def test_the_log_of_the_readme_is_a_log(tmp_path: Path) -> None:
    sessions = tmp_path / "home" / "sessions"
    sessions.mkdir(parents=True, mode=0o700)
    (sessions / "2026-11-24-091502-prepare.md").write_text(blocks("markdown")[0], "utf-8")
    done = coach(tmp_path / "home", "show", "--json")
    assert (done.code, done.err) == (0, "")
    assert [answer["id"] for answer in json.loads(done.out)["answers"]] == ["fear", "fear_likelihood"]


def test_the_changelog_has_this_version() -> None:
    assert f"## [{__version__}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_the_map_names_every_package_and_module_of_the_program_and_no_other() -> None:
    packages = [f"coach/{path.parent.name}/" for path in (ROOT / "coach").glob("*/__init__.py")]
    modules = [f"coach/{path.name}" for path in (ROOT / "coach").glob("*.py") if path.name != "__init__.py"]
    assert sorted(re.findall(r"^\| `(coach/\S+)` \|", CONTRIBUTING, re.MULTILINE)) == sorted(packages + modules)


def test_every_benchmark_is_in_the_table_and_every_one_in_the_table_exists() -> None:
    paths = (path for path in (ROOT / "tests" / "benchmarks").glob("*.py") if "__main__" in path.read_text("utf-8"))
    scripts = [f"tests/benchmarks/{path.name}" for path in paths]
    assert sorted(re.findall(r"^\| .* \| `python (\S+)[^`]*` \|$", CONTRIBUTING, re.MULTILINE)) == sorted(scripts)
