"""Half an answer is kept whichever way its question is left, and is there when the question is asked again."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.conversation.asker import Interruption
from coach.conversation.loop import hold
from coach.conversation.start import Wishes, start
from coach.ear.ear import load_ear
from coach.logs.session import Session
from driver import Terminal
from script import Script, coach_in, write_sequences
from talk import log, make_home, said

TALK = """
title: Talk
steps:
  - {id: about, ask: Whom is it about?, type: line}
  - {id: way, ask: Which way?, type: choice, options: {high: High, low: Low}}
  - {id: why, ask: Why so high?, when: {way: high}}
  - {id: honest_question, ask: What do you ask?, hear: [closed_question]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_sequences(tmp_path, talk=TALK)
    return tmp_path


def talk(folder: Path, script: Script) -> Session:
    """Hold a conversation to where the script ends, and return what is in its log."""
    coach = coach_in(folder, script)._replace(listener=lambda language: load_ear(language).hear)
    conversation, keeper = start(coach, coach.catalogue("en").read("talk"), Wishes())
    with pytest.raises(Interruption):
        hold(coach, conversation, keeper)
    keeper.close()
    return coach.library.find("latest")


def drafts(session: Session) -> dict[str, tuple[str, ...]]:
    return {exchange.id: exchange.draft for exchange in session.exchanges if exchange.draft}


def asked(script: Script) -> list[tuple[str, str]]:
    return [(prompt.ask.question.id, prompt.ask.default) for prompt in script.prompts]


def test_going_back_keeps_half_an_answer_and_it_is_there_again(folder: Path) -> None:
    script = Script("S.", "low", "How are<", "low")
    assert drafts(talk(folder, script)) == {"honest_question": ("How are",)}
    assert asked(script)[2:] == [("honest_question", ""), ("way", "low"), ("honest_question", "How are")]


def test_half_an_answer_is_kept_while_its_question_waits_for_another(folder: Path) -> None:
    script = Script("S.", "high", "Because<")
    assert drafts(talk(folder, script)) == {"why": ("Because",)}
    assert asked(script)[3:] == [("way", "high")]


def test_going_back_twice_keeps_both_halves(folder: Path) -> None:
    script = Script("S.", "high", "Because.", "How are<", "Because of<", "high", "Because of her.")
    assert drafts(talk(folder, script)) == {"honest_question": ("How are",)}
    assert asked(script)[3:] == [
        ("honest_question", ""),
        ("why", "Because."),
        ("way", "high"),
        ("why", "Because of"),
        ("honest_question", "How are"),
    ]


def test_going_back_from_other_words_leaves_the_answer_and_keeps_the_half(folder: Path) -> None:
    script = Script("S.", "low", "Are you tired?", "again", "What ti<", "honest_question")
    session = talk(folder, script)
    assert drafts(session) == {"honest_question": ("What ti",)}
    assert session.exchanges[-1].lines == ("Are you tired?",)
    assert asked(script)[-1] == ("honest_question", "What ti")


def test_going_back_from_a_change_at_the_review_keeps_the_half(folder: Path) -> None:
    script = Script("K.", "low", "What tires you?", "about", "K. and S<", "about", "K. and S.", "about")
    session = talk(folder, script)
    assert asked(script)[3:] == [("about", "K."), ("about", "K. and S"), ("about", "K. and S.")]
    assert drafts(session) == {}


def test_the_back_key_on_a_terminal_keeps_half_an_answer_on_disk_and_puts_it_back(tmp_path: Path) -> None:
    home = make_home(tmp_path, TALK)
    terminal = Terminal("run", "talk", home=home)
    terminal.wait_for_question(1)
    terminal.type("S.\r")
    terminal.wait_for_question(2)
    terminal.type("2\r")
    terminal.wait_for_question(3)
    terminal.type("First\x1b\rthe\x1b[Z")
    terminal.wait_for_question(2)
    assert said(home, "honest_question.draft") == ["First", "the"]
    terminal.type("\r")
    terminal.wait_for_question(3)
    terminal.wait_for("›  First\n   the\nEnter next")
    terminal.type(" weather.\r")
    terminal.wait_for("Would you like to change anything?")
    assert said(home, "honest_question") == ["First", "the weather."]
    assert ".draft" not in log(home)
    terminal.type("\r")
    assert terminal.wait() == 0
