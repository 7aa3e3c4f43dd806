"""Somebody who has just written a fear hears what came of earlier ones: counts where those do good, else their own words."""

from base64 import b85decode
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import NoReturn

import pytest

from coach.conversation.answers_file import play, read_answers
from coach.conversation.engine import Conversation
from coach.conversation.experience import teller
from coach.conversation.loop import hold
from coach.conversation.start import Wishes, start
from coach.conversation.turn import Done
from coach.ear.ear import Heard
from coach.insights.experience import experience_sentence
from coach.insights.fears import Fear, FearOutcome, Fears
from coach.language import speak
from coach.logs.encryption import Seal, identity
from coach.logs.library import Library
from coach.logs.session import Exchange
from conversing import TODAY, Say, ask_of, read
from driver import Terminal
from script import Script, coach_in, write_sequences
from shelf import MONDAY, coach, make_shelf, put

TALK = """
title: Talk
steps:
  - {id: fear, ask: What do you fear?, optional: true}
  - {experience: fear, when: {fear: answered}}
  - {id: likely, ask: How likely is it?, say: Take your time.}
  - experience: fear
"""
OUTCOMES: tuple[FearOutcome, ...] = ("no", "no", "no", "no", "no", "partly", "partly", "yes")
COUNTS = "You looked back on 8 earlier fears: 5 did not happen, 2 in part, 1 did."
COPED = 'Earlier, when it did happen, you wrote: "I stayed in my chair."'


def fears(outcomes: Sequence[FearOutcome]) -> Fears:
    return Fears(tuple(Fear(str(number), "", MONDAY, "x", outcome=outcome) for number, outcome in enumerate(outcomes)))


def sentence(*outcomes: FearOutcome, coped: str = "") -> str:
    return experience_sentence(fears(outcomes), coped, "en")


def test_what_came_of_earlier_fears_is_counted_in_words() -> None:
    assert sentence(*OUTCOMES, "open", "unknown") == COUNTS
    assert sentence("no", "no", "no", "no", "no") == "You looked back on 5 earlier fears: 5 did not happen."
    assert (
        sentence("no", "partly", "partly", "partly", "partly")
        == "You looked back on 5 earlier fears: 1 did not happen, 4 in part."
    )


def test_in_dutch_one_and_more_are_worded_differently() -> None:
    speak("nl")
    assert sentence(*OUTCOMES) == "Op 8 eerdere angsten keek je terug: 5 gebeurden niet, 2 deels, 1 wel."
    assert (
        sentence("no", "partly", "partly", "partly", "partly") == "Op 5 eerdere angsten keek je terug: 1 gebeurde niet, 4 deels."
    )


@pytest.mark.parametrize(
    "outcomes", [("no",) * 4, ("yes",) * 8, ("no", "no", "no", "yes", "yes", "yes"), ("no", "no", "partly", "yes", "yes")]
)
def test_where_they_are_few_or_half_of_them_came_true_only_ones_own_words_are_said(outcomes: tuple[FearOutcome, ...]) -> None:
    assert sentence(*outcomes, coped="I stayed in my chair. She sat down again.") == COPED
    assert sentence(*outcomes) == ""


def test_long_words_about_coping_are_cut() -> None:
    assert sentence(coped="word " * 60) == f'Earlier, when it did happen, you wrote: "{("word " * 24).strip()} ..."'


def begin() -> Conversation:
    return Conversation(read(TALK), (), TODAY, tell=lambda id_: f"What came of each {id_}.")


def test_it_is_said_above_the_next_question(say: Say) -> None:
    after = say(begin(), "That she leaves.")
    assert ask_of(after).says == ("What came of each fear.", "Take your time.")
    assert after.answer("x").step == Done(("What came of each fear.",))


def test_nothing_is_said_without_a_fear(say: Say) -> None:
    assert ask_of(say(begin(), "")).says == ("Take your time.",)
    assert say(begin(), "", "x").step == Done(())


def test_nothing_is_said_where_the_fear_is_about_safety() -> None:
    def hear(text: str, _checks: tuple[str, ...]) -> tuple[Heard, ...]:
        return (Heard("safety_other", text, "", ""),)

    assert ask_of(replace(begin(), hear=hear).answer("That he hits her.")).says == ("Take your time.",)


def refuse(_id: str) -> NoReturn:
    """Fail where something is told that nobody reads."""
    raise AssertionError("told too early")


def test_nothing_is_told_before_it_is_shown() -> None:
    after = replace(begin(), tell=refuse).answer("That she leaves.")
    assert [exchange.id for exchange in after.record] == ["fear"]


def test_a_file_of_answers_is_told_nothing() -> None:
    answers = read_answers(b"fear: That he shouts.\nlikely: x\n", "answers.yaml")
    assert [exchange.text for exchange in play(replace(begin(), tell=refuse), answers, "").record] == ["That he shouts.", "x"]


def look_back(home: Path, *outcomes: str, coped: str = "", day: int = 0) -> None:
    """Write a preparation with a fear and the reflection on it, for each outcome."""
    for number, outcome in enumerate(outcomes, start=day):
        moment = MONDAY + timedelta(days=number)
        prepared = put(home, moment, "prepare", fear="That she leaves.")
        words = Exchange("coped", "How?", (coped,) if coped else ("",))
        result = Exchange("fear_outcome", "Did it?", (f"{outcome} ({outcome.title()})",), choice=True)
        put(home, moment + timedelta(hours=1), "reflect", result, words, follows=prepared)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return make_shelf(tmp_path, TALK)


def test_the_logs_are_read_and_one_that_is_damaged_is_passed_over(home: Path) -> None:
    look_back(home, *OUTCOMES)
    (home / "sessions" / "2026-01-01-090000-prepare.md").write_text("nothing\n")
    terminal = Terminal("run", "talk", home=home)
    terminal.wait_for_question(1)
    terminal.type("That he shouts.\r")
    terminal.wait_for_question(2)
    assert f"\n{COUNTS}\nTake your time.\n\nHow likely is it?" in terminal.text
    terminal.type("\x03")
    assert terminal.wait() == 130


def test_in_plain_lines_it_is_said_and_after_it_stopped_again(home: Path) -> None:
    look_back(home, *OUTCOMES)
    begun, resumed = coach(home, "run", "talk", typed="That he shouts.\n"), coach(home, "resume", typed="x\n")
    assert [f"{COUNTS}\nTake your time.\n2 / 2" in run.out for run in (begun, resumed)] == [True, True]


def test_the_latest_words_about_coping_are_said_of_a_fear_that_came_true(home: Path) -> None:
    look_back(home, "partly", coped="I asked again.")
    look_back(home, "yes", coped="I stayed in my chair. She sat down again.", day=1)
    look_back(home, "yes", day=2)
    look_back(home, "no", coped="I need not.", day=3)
    assert COPED in coach(home, "run", "talk", typed="That he shouts.\n").out


def test_words_about_safety_and_fears_about_it_are_not_told(home: Path) -> None:
    look_back(home, "yes", coped="He hits her and I called the police.")
    assert "Earlier" not in coach(home, "run", "talk", typed="That he shouts.\n").out


def test_the_logs_are_read_once_in_a_conversation(tmp_path: Path) -> None:
    write_sequences(tmp_path, talk=TALK)
    script = Script("That he shouts.", "x")
    conductor = coach_in(tmp_path, script)
    home = make_shelf(tmp_path / "other")
    look_back(home, *OUTCOMES)
    shelf = conductor._replace(library=Library(home / "sessions"))
    conversation, keeper = start(shelf, conductor.catalogue("en").read("talk"), Wishes())
    conversation = replace(conversation, tell=(tell := conversation.tell))
    first = tell("fear")
    look_back(home, "no", day=20)
    hold(shelf, conversation, keeper)
    keeper.close()
    assert (first, script.prompts[1].ask.says[0]) == (COUNTS, COUNTS)


def never() -> NoReturn:
    raise AssertionError("the passphrase is asked for")


def test_sealed_logs_are_told_of_only_where_they_are_open(home: Path) -> None:
    pytest.importorskip("pyrage")
    from test_sealed import KEY, SECRET

    look_back(home, *OUTCOMES)
    (home / "key.age").write_bytes(b85decode(KEY))
    (home / "key.pub").write_text(f"{identity(SECRET).to_public()}\n")
    seal = Seal(home, never)
    library = Library(home / "sessions", seal)
    plain = teller(library, "en")("fear")
    for path in sorted((home / "sessions").glob("*.md"))[10:]:
        path.with_suffix(".md.age").write_bytes(seal.close(path.read_bytes()))
        path.unlink()
    closed = teller(library, "en")("fear")
    seal.unlock(SECRET)
    opened = teller(library, "en")("fear")
    library.folder.leave_out_sealed()
    assert [plain, closed, opened, teller(library, "en")("fear")] == [COUNTS, "", COUNTS, ""]
