"""A third language is one module and its data: no other line of the program is touched."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from driver import environ

ROOT = Path(__file__).parents[1]
MODULE = '''
"""All that is Toy in the program."""

import re

from coach.language.words import Words

WORDS = Words(
    months=("uno", "duo", "tri", "kva", "kvi", "ses", "sep", "okt", "nau", "dek", "unu", "dud"),
    weekdays=("lundo", "mardo", "merkredo", "jaudo", "vendredo", "sabato", "dimanco"),
    days_from_now={"hodiau": 0, "morgau": 1},
    yes=("jes", "j"),
    no=("ne", "n"),
    empty=frozenset(("la", "kaj")),
    stem=lambda word: word.rstrip("jn"),
    shortened=frozenset(),
    unsure=re.compile(""),
    durations=frozenset(),
)
'''
SEQUENCE = """
title: Toy
steps:
  - {id: about, ask: Pri kiu?, type: line}
  - {id: honest_question, ask: Kion vi volas demandi?, hear: [closed_question]}
  - {id: ready, ask: Chu vi estas preta?, type: yes-no}
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a copy of the program with a toy language in it."""
    shutil.copytree(ROOT / "coach", tmp_path / "coach", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "prompts", tmp_path / "coach" / "prompts")
    (tmp_path / "coach" / "language" / "xx.py").write_text(MODULE)
    for data in (tmp_path / "coach" / "ear").glob("en*.*"):
        shutil.copy(data, data.with_name(data.name.replace("en", "xx", 1)))
    (tmp_path / "coach" / "prompts" / "xx").mkdir()
    (tmp_path / "coach" / "prompts" / "xx" / "toy.yaml").write_text(SEQUENCE)
    return tmp_path


def run(tree: Path, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**environ(tree / "home", "xx"), "PYTHONPATH": str(tree)}
    command = [sys.executable, "-P", "-m", "coach", *arguments]
    return subprocess.run(command, input=typed, capture_output=True, text=True, env=environment, check=False, timeout=60)


def test_a_toy_language_is_asked_answered_heard_and_searched(tree: Path) -> None:
    asked = run(tree, "run", "toy", typed="S.\nDid you sleep well?\nj\n")
    (log,) = (tree / "home" / "sessions").glob("2*.md")
    answers = [line for line in log.read_text("utf-8").split("\n") if line.startswith("- ")]
    found = run(tree, "search", "sleep")

    assert (asked.returncode, asked.stderr) == (0, "")
    assert answers == [
        "- about:: S.",
        "- honest_question:: Did you sleep well?",
        "- honest_question.heard:: closed_question",
        "- ready:: yes (jes)",
    ]
    assert "language: xx" in log.read_text("utf-8")
    assert "Did you sleep well?" in found.stdout


def test_a_language_that_is_not_there_is_named_with_those_that_are(tree: Path) -> None:
    asked = run(tree, "list", "--lang", "yy")

    assert (asked.returncode, asked.stderr) == (2, "--lang: the language 'yy' is not spoken here; use one of: nl, xx, en\n")
