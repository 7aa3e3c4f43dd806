"""What is told of a command line that is not understood."""

import re
from pathlib import Path

import pytest

from coach import __version__
from coach.cli.app import MODULES
from coach.language.words import all_words
from shelf import Result, coach
from talk import coach as started  # what help says is in the language from the first import on
from talk import make_home

MISTAKES = {
    "zzz": "zzz: there is no such command; see `coach --help`",
    "lst": "lst: there is no such command; did you mean 'list'?",
    "focus": "'focus' is a sequence; run it with: coach run focus",
    "zoek": "zoek: there is no such command; did you mean 'search'?",
    "Zoeken x": "Zoeken: there is no such command; did you mean 'search'?",
    "find x": "find: there is no such command; did you mean 'search'?",
    "voorbereidn": "voorbereidn: there is no such command; did you mean 'prepare'?",
    "help": "help: there is no such command; did you mean '--help'?",
    "sequences zoek": "zoek: there is no such command; see `coach sequences --help`",
    "sequences chek": "chek: there is no such command; did you mean 'check'?",
    "sequences zzz": "zzz: there is no such command; see `coach sequences --help`",
    "list --jsn": "--jsn: there is no such option; did you mean '--json'?",
    "list --zzz": "--zzz: there is no such option; see `coach list --help`",
    "list --limit x": "--limit: this takes a whole number, 0 or more; see `coach list --help`",
    "list --limit -1": "--limit: this takes a whole number, 0 or more; see `coach list --help`",
    "list --json=3": "--json: this takes no value; see `coach --help`",
    "list --about": "--about: its value is missing; see `coach --help`",
    "list --lang": "--lang: its value is missing; write for instance --lang nl",
    "sequences show": "NAME: this is missing; see `coach sequences show --help`",
    "show a b": "b: this is one word too many; put a text of several words between quotes",
}


@pytest.mark.parametrize("line", MISTAKES)
def test_what_is_not_understood_is_told_with_what_to_do(line: str, tmp_path: Path) -> None:
    assert coach(tmp_path / "home", *line.split()) == Result(2, "", f"{MISTAKES[line]}\n")


def test_every_word_for_a_command_is_for_one_that_is_there() -> None:
    commands = {command for language in all_words() for command in language.commands.values()}
    assert commands - {command for names in MODULES.values() for command in names} == {"--help", "--version"}


def test_a_number_that_is_none_is_told_in_dutch(tmp_path: Path) -> None:
    told = "--limit: hier hoort een heel getal, 0 of hoger; zie `coach list --help --lang nl`\n"
    assert coach(tmp_path / "home", "list", "--limit", "x", "--lang", "nl") == Result(2, "", told)


def test_the_version_is_told(tmp_path: Path) -> None:
    assert coach(tmp_path / "home", "--version") == Result(0, f"coach {__version__}\n")


@pytest.mark.parametrize("line", ["--help", "sequences --help", "sequences show --help"])
def test_no_word_of_the_help_is_left_in_english(line: str, tmp_path: Path) -> None:
    page = started(tmp_path / "home", "--lang", "nl", *line.split()).stdout.decode()
    words = set(re.findall(r"[A-Za-z]+", page))
    assert words & {"Usage", "Options", "OPTIONS", "ARGS", "Commands", "Arguments", "Show", "this", "help", "required"} == {
        "help"
    }


def test_before_the_language_is_understood_a_mistake_is_told_in_that_of_the_system(tmp_path: Path) -> None:
    told = "--lang: de waarde ontbreekt; schrijf bijvoorbeeld --lang nl\n"
    assert coach(tmp_path / "home", "list", "--lang", LANG="nl_NL.UTF-8") == Result(2, "", told)


def test_the_names_of_sequences_are_completed(tmp_path: Path) -> None:
    asked = {"_COACH_COMPLETE": "complete_bash", "COMP_WORDS": "coach run ta", "COMP_CWORD": "2"}
    assert started(make_home(tmp_path), **asked).stdout.split() == [b"talk"]
