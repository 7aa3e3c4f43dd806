"""The command that tells what is heard in a sentence, run as a person or a program runs it."""

import json
from pathlib import Path

import pytest

from shelf import Result, coach, make_shelf

SLEPT = """\
"Did you sleep badly?"  (honest_question)
  Someone can answer this with yes or no. Would you like to open it up, with how or what?
  For example: How have things been since last week?
"""
NOTHING = "Nothing stands out in the words. What they mean is for you to judge.\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return make_shelf(tmp_path)


def test_what_is_heard_in_a_sentence_is_told_with_an_example(home: Path) -> None:
    assert coach(home, "hear", "Did you sleep badly?") == Result(0, SLEPT)
    assert coach(home, "hear", "What made the night so short?") == Result(0, NOTHING)


def test_each_line_of_the_input_is_heard_and_named(home: Path) -> None:
    told = f"Did you sleep badly?\n{SLEPT}\nWhat then?\n{NOTHING}\n"
    assert coach(home, "hear", "-", typed="Did you sleep badly?\n \nWhat then?") == Result(0, told)


def test_what_is_heard_is_a_value_a_line_for_a_program(home: Path) -> None:
    done = coach(home, "hear", "-", "--json", typed="Did you sleep badly?\r\n\nOù \x1b?\n")
    one, other = map(json.loads, done.out.strip().split("\n"))
    assert (one["text"], [heard["check"] for heard in one["heard"]]) == ("Did you sleep badly?", ["closed_question"])
    assert (other["text"], done.out.isascii(), "\x1b" in done.out) == ("Où \x1b?", True, False)


def test_a_sentence_is_heard_as_what_it_is_meant_to_be(home: Path) -> None:
    assert coach(home, "hear", "Did you sleep badly?", "--as", "fear").out == NOTHING


@pytest.mark.parametrize(
    ("language", "sentence", "heard", "example"),
    [
        ("en", "He is lazy", '"lazy"  (observation, old_road)', 'Example: coach --lang en hear "Did you sleep badly?"'),
        ("nl", "Hij is lui", '"lui"  (observation, old_road)', 'Voorbeeld: coach --lang nl hear "Heb je slecht geslapen?"'),
    ],
)
def test_what_is_no_question_is_heard_in_the_fields_that_are_named_and_the_help_has_an_example_of_its_language(
    language: str, sentence: str, heard: str, example: str, home: Path
) -> None:
    assert coach(home, "hear", sentence, "--lang", language).out.startswith(f"{heard}\n")
    assert coach(home, "hear", "--help", "--lang", language).out.rstrip().endswith(f"\n{example}")


def test_a_field_that_nothing_is_heard_in_is_told(home: Path) -> None:
    told = "--as: nothing is listened for in 'fea'; did you mean 'fear'?\n"
    assert coach(home, "hear", "x", "--as", "fea") == Result(2, "", told)


def test_own_words_are_heard_and_a_mistake_in_them_is_told_with_its_line(home: Path) -> None:
    own = home / "prompts" / "en" / "ear.yaml"
    own.parent.mkdir()
    own.write_text("closed_question: {off: true}\n")
    assert coach(home, "hear", "Did you sleep badly?") == Result(0, NOTHING)
    own.write_text("\nnonsense: 1\n")
    done = coach(home, "hear", "Did you sleep badly?")
    assert (done.code, done.out, done.err.partition(" ")[0]) == (1, "", f"{own}:2:")
