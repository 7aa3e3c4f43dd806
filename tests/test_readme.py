"""The README and the reference, in both languages, and CONTRIBUTING.md say what is true: pictures, commands, files, examples."""

import json
import re
import shlex
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from coach.cli.app import build
from coach.language import speak
from driver import environ
from shelf import MONDAY, coach, make_shelf, put
from story import answers_file
from systems import need_tools

ROOT = Path(__file__).parents[1]
PAGES = {"en": ROOT / "README.md", "nl": ROOT / ".readme" / "README.nl.md"}
READMES = {language: path.read_text("utf-8") for language, path in PAGES.items()}
REFERENCES = {language: (ROOT / ".readme" / f"reference.{language}.md").read_text("utf-8") for language in PAGES}
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
LANGUAGES = tuple(PAGES)
NAMES = {"NAME": "focus", "TEXT": "late", "ID": "latest"}

in_both = pytest.mark.parametrize("language", LANGUAGES)


def blocks(text: str, kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def commands(text: str) -> list[str]:
    """Return all commands between backticks, in the order of the page."""
    return re.findall(r"`(coach(?: [^`]+)?)`", text)


def shape(text: str) -> list[str]:
    """Return the headings by level, the pictures without their language, the rows of tables by their cells, and the blocks."""
    lines = re.findall(r"^(?:#+ |!\[.*|\|.*|```\w*|<!-- .* -->)", text, re.MULTILINE)
    return [
        re.sub(r"!\[.*\]\((?:\.readme/)?(\w+)\.\w\w\.", r"![](\1.", line) if line[0] == "!" else _mould(line) for line in lines
    ]


def _mould(line: str) -> str:
    return f"{line.count('|')} {re.findall('`coach[^`]*`', line)}" if line[0] == "|" else line


def test_both_pages_have_the_same_sections_pictures_tables_and_commands() -> None:
    assert shape(READMES["nl"]) == shape(READMES["en"])
    said = {language: [blocks(text, kind) for kind in ("sh", "text")] for language, text in READMES.items()}
    assert said["nl"] == said["en"]
    of = {language: sorted(re.sub('"[^"]*"', "", command) for command in commands(READMES[language])) for language in PAGES}
    assert of["nl"] == of["en"]


def test_both_references_have_the_same_sections_and_tables() -> None:
    assert shape(REFERENCES["nl"]) == shape(REFERENCES["en"])


@in_both
def test_the_pages_lead_to_each_other_and_to_what_is_there(language: str) -> None:
    other = next(name for name in LANGUAGES if name != language)
    for text, path in ((READMES[language], PAGES[language]), (REFERENCES[language], ROOT / ".readme" / "x")):
        links = re.findall(r"\]\((?!https:)([^)#]*)(#[^)]*)?\)", text)
        targets = [(path.parent / link).resolve() if link else None for link, _anchor in links]
        assert [target for target in targets if target and not target.is_file()] == []
        anchors = {f"#{line.lower().replace(' ', '-')}" for line in re.findall(r"^#+ (.*)$", REFERENCES[language], re.MULTILINE)}
        assert {anchor for _link, anchor in links if anchor} <= anchors
        assert other in links[0][0] or links[0][0] == "../README.md"


@pytest.mark.slow
@in_both
def test_the_pictures_are_of_a_real_session(language: str, tmp_path: Path) -> None:
    from pictures import PICTURES, screens

    drawn = dict(screens(tmp_path, language))
    kept = {name: (PICTURES / f"{name}.{language}.svg").read_text("utf-8") for name in drawn}
    assert drawn == kept
    named = set(re.findall(r"(\w+)\.\w\w\.(?:svg|png)\)", READMES[language]))
    assert named == {*drawn, "report"}


def test_every_command_is_in_the_readme_and_every_command_in_the_readme_exists() -> None:
    speak("en")
    there = set(build().commands)
    named = {command.split()[1] for command in commands(READMES["en"]) if " " in command}
    assert (there - named, {name for name in named - there if not name.startswith("-")}) == (set(), set())


@in_both
def test_every_command_can_be_typed_with_the_options_it_is_shown_with(language: str, tmp_path: Path) -> None:
    shown = {command for text in (READMES[language], REFERENCES[language]) for command in commands(text)}
    typed = {command: [NAMES.get(word, word) for word in shlex.split(command)[1:]] for command in shown}
    completing = [command for command in shown if "completion" in command]
    codes = {command: coach(tmp_path / "home", *words, "--help").code for command, words in typed.items()}
    assert (completing, codes) == (["coach --install-completion"], dict.fromkeys(shown, 0))


@in_both
def test_the_week_can_be_lived_in_the_order_of_the_page(language: str, tmp_path: Path) -> None:
    home = tmp_path / "home"
    week = next(part for part in READMES[language].split("\n## ") if "`coach map`" in part).partition("\n\n![")[0]
    lived = [_live(home, language, command) for command in commands(week) if command != "coach"]
    assert lived == [(command, 0, "") for command in commands(week) if command != "coach"]


def _live(home: Path, language: str, command: str) -> tuple[str, int, str]:
    name = command.split()[1]
    told = {"prepare", "reflect", "follow-up"} & {name}
    more = ("--answers", str(answers_file(language, name))) if told else ("--yes",) if name == "export" else ()
    done = coach(home, *command.split()[1:], *more, "--lang", language, typed="1\n" * 60)
    return command, done.code, done.err if name != "export" else ""


@in_both
def test_what_is_to_be_typed_means_the_same_to_every_shell(language: str) -> None:
    """The shells of Windows know no single quotes, or no && between commands."""
    speak(language)
    examples = [command.epilog or "" for command in build().commands.values()]
    (windows,) = re.findall(r"^```text\n(py .*?)^```$", READMES[language], re.MULTILINE | re.DOTALL)
    shown = [*commands(READMES[language]), *commands(REFERENCES[language]), *examples, windows]
    assert [text for text in shown if "'" in text or "&&" in text] == []


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


@in_both
def test_what_is_said_to_be_heard_is_heard(language: str, tmp_path: Path) -> None:
    for page in (READMES[language], REFERENCES[language]):
        (typed,) = re.findall(r'`coach (hear "[^`]*)`', page)
        assert coach(tmp_path / "home", *shlex.split(typed), "--lang", language).out == blocks(page, "console")[0]


@in_both
def test_the_own_words_of_the_reference_can_be_read(language: str, tmp_path: Path) -> None:
    words = {"en": "week after week", "nl": "dag in dag uit"}[language]
    sentence = {"en": f"He is late {words}.", "nl": f"Hij komt {words} te laat."}[language]
    hear = ("hear", sentence, "--as", "observation", "--lang", language)
    before = coach(tmp_path / "home", *hear).out
    own = tmp_path / "home" / "prompts" / language / "ear.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(blocks(REFERENCES[language], "yaml")[0], "utf-8")
    assert (words in before, words in coach(tmp_path / "home", *hear).out) == (False, True)


@in_both
def test_the_sequence_of_the_reference_has_no_mistakes(language: str, tmp_path: Path) -> None:
    path = tmp_path / language / "hard-talk.yaml"
    path.parent.mkdir()
    path.write_text(blocks(REFERENCES[language], "yaml")[1], "utf-8")
    done = coach(tmp_path / "home", "sequences", "check", str(path))
    assert (done.code, done.out, done.err) == (0, "1 sequence, nothing to mend.\n", "")


@in_both
def test_the_answers_of_the_reference_answer_its_sequence(language: str, tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "prompts" / language).mkdir(parents=True)
    (home / "prompts" / language / "hard-talk.yaml").write_text(blocks(REFERENCES[language], "yaml")[1], "utf-8")
    (tmp_path / "answers.yaml").write_text(blocks(REFERENCES[language], "yaml")[2], "utf-8")
    done = coach(home, "run", "hard-talk", "--answers", str(tmp_path / "answers.yaml"), "--lang", language)
    assert (done.code, done.err) == (0, "")
    listed = json.loads(coach(home, "list", "--json").out)
    assert [(session["sequence"], session["about"]) for session in listed] == [("hard-talk", "team K.")]


@in_both
def test_the_log_of_the_reference_is_a_log(language: str, tmp_path: Path) -> None:
    sessions = tmp_path / "home" / "sessions"
    sessions.mkdir(parents=True, mode=0o700)
    (sessions / "2026-11-24-091502-prepare.md").write_text(blocks(REFERENCES[language], "markdown")[0], "utf-8")
    done = coach(tmp_path / "home", "show", "--json")
    assert (done.code, done.err) == (0, "")
    assert [answer["id"] for answer in json.loads(done.out)["answers"]] == ["fear", "fear_likelihood"]


@in_both
def test_the_recipes_of_the_reference_find_what_they_say_however_it_is_written(language: str, tmp_path: Path) -> None:
    need_tools()
    home = make_shelf(tmp_path)
    whom = {"en": "parents of S.", "nl": "ouders van S."}[language]
    first = put(home, MONDAY, "prepare", fear="Leaving.", honest_question="Why?", about=whom)
    second = put(home, MONDAY + timedelta(days=1), "reflect", fear_outcome="no (No)", about=f"{whom}, 7b: both")
    third = put(home, MONDAY + timedelta(days=2), "reflect", fear_outcome="yes (Yes)", about="S.")
    recipes = next(text for text in blocks(REFERENCES[language], "sh") if text.startswith("grep")).strip().split("\n")
    found = [subprocess.run(["sh", "-c", one], cwd=home, capture_output=True, text=True, check=True).stdout for one in recipes]
    assert found == [
        f"sessions/{first}.md:- fear:: Leaving.\n",
        "- honest_question:: Why?\n",
        f"sessions/{first}.md\nsessions/{second}.md\n",
        f"sessions/{second}.md:1\nsessions/{third}.md:0\n",
    ]


def test_the_map_names_every_package_and_module_of_the_program_and_no_other() -> None:
    packages = [f"coach/{path.parent.name}/" for path in (ROOT / "coach").glob("*/__init__.py")]
    modules = [f"coach/{path.name}" for path in (ROOT / "coach").glob("*.py") if path.name != "__init__.py"]
    assert sorted(re.findall(r"^\| `(coach/\S+)` \|", CONTRIBUTING, re.MULTILINE)) == sorted(packages + modules)


def test_every_benchmark_is_in_the_table_and_every_one_in_the_table_exists() -> None:
    paths = (path for path in (ROOT / "tests" / "benchmarks").glob("*.py") if "__main__" in path.read_text("utf-8"))
    scripts = [f"tests/benchmarks/{path.name}" for path in paths]
    assert sorted(re.findall(r"^\| .* \| `python (\S+)[^`]*` \|$", CONTRIBUTING, re.MULTILINE)) == sorted(scripts)
