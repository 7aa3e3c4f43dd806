"""Answers that come from a file: all that is wrong with them is told at once, and nothing is kept of them."""

from pathlib import Path

import pytest

from shelf import Result, coach, make_shelf

SEQUENCE = """\
title: Talk
steps:
  - {id: wish, ask: What do you wish?}
  - {id: way, ask: Which way?, type: choice, options: {high: High, low: Low}}
  - {id: more, ask: What else?, optional: true}
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return make_shelf(tmp_path, SEQUENCE)


def answered(home: Path, text: str) -> Result:
    (home.parent / "answers.yaml").write_text(text)
    return coach(home, "run", "talk", "--answers", "answers.yaml")


def logs(home: Path) -> list[str]:
    return [path.read_text("utf-8").partition("\n---\n")[2] for path in (home / "sessions").glob("2*.md")]


def test_answers_are_kept_by_the_id_of_their_step_and_a_list_as_lines(home: Path) -> None:
    assert answered(home, "way: low\nwish: [To listen., To ask.]\n").code == 0
    wish, way = "### What do you wish?\n\n- wish:: To listen.\n- wish:: To ask.", "### Which way?\n\n- way:: low (Low)"
    assert logs(home) == [f"\n# Talk\n\n{wish}\n\n{way}\n\n### What else?\n\n- more::\n"]


MISTAKES = {
    "wish: x\nway: left\nwhy: y\n": [
        "answers.yaml:2: 'way' cannot be answered so; 'left' is not one of the choices: High, Low.",
        "answers.yaml:3: 'talk' has no step 'why'; did you mean 'way'?",
    ],
    "wish: x\nway: low\nmore: [{a: b}]\n": ["answers.yaml:3: the answer to 'more' must be a text or a list"],
    "- x\n": ["answers.yaml:1: answers are written as `id: answer`; start each line with the id of a step"],
    "wish: x\n": ["answers.yaml: there is no answer to 'way'; add `way: ...`"],
}


@pytest.mark.parametrize("text", MISTAKES)
def test_all_that_is_wrong_with_answers_is_told_and_nothing_is_kept(text: str, home: Path) -> None:
    done = answered(home, text)
    assert (done.code, done.err.strip().split("\n"), logs(home)) == (1, MISTAKES[text], [])
