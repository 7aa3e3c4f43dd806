"""A thin answer gets one question more: with the answer quoted, or with a kind word for who does not know."""

from dataclasses import replace
from pathlib import Path

import pytest

from coach.conversation.engine import Conversation
from coach.conversation.turn import Remark
from coach.ear.ear import Heard, load_ear
from coach.language.thin import is_thin, is_unsure
from coach.logs.session import Exchange
from conversing import TODAY, Say, ask_of, asked, read, reloaded
from driver import Terminal
from shelf import Result, coach, make_shelf

TALK = """
title: Talk
quick: {time: minimal}
steps:
  - {id: time, ask: How long?, type: choice, options: {long: Long, minimal: Very short}}
  - {id: let_go, ask: What would you do?, title: The fear, more: What would someone see you do?}
  - {id: fear, ask: What do you fear?, optional: true, more: What would that look like?}
  - {id: plan, ask: What will you do?, type: line, more: When will you do that?}
  - {id: last, ask: And then?, when: {plan: answered}}
"""
KIND = "That's all right. And if you did know, just a little?"
FULL = "I would listen to her."
UNSURE = {
    "en": [
        "I don't know.",
        "Don\N{RIGHT SINGLE QUOTATION MARK}t really know yet",
        "no idea",
        "Not sure...",
        "I have no idea",
        "dunno",
        "?",
    ],
    "nl": [
        "Weet niet.",
        "Dat weet ik nog niet zo goed",
        "Ik zou het niet weten",
        "Geen idee",
        "Ik heb nog geen flauw idee",
        "...",
        "Tja",
    ],
}
SURE = {
    "en": ["listen", "I know", "That she does not know me", "no idea is bad", "not sure of her", "7"],
    "nl": ["luisteren", "Dat ze het niet weet", "Geen idee delen", "Ik weet het", "niet praten", "7"],
}


def begin() -> Conversation:
    return Conversation(read(TALK), (), TODAY).answer("long")


def kept(conversation: Conversation) -> list[tuple[str, str]]:
    return [(exchange.id, exchange.text) for exchange in conversation.record]


@pytest.mark.parametrize(("language", "text"), [(language, text) for language in UNSURE for text in UNSURE[language]])
def test_who_does_not_know_is_heard(language: str, text: str) -> None:
    assert (is_unsure(text, language), is_thin(text, language)) == (True, True)


@pytest.mark.parametrize(("language", "text"), [(language, text) for language in SURE for text in SURE[language]])
def test_who_knows_something_is_not_taken_for_one_who_does_not(language: str, text: str) -> None:
    assert not is_unsure(text, language)


def test_an_answer_of_four_words_is_no_thin_one() -> None:
    assert [is_thin(text, "en") for text in ("listen to her", "listen - to her", "listen to her now", FULL)] == [
        True,
        True,
        False,
        False,
    ]


def test_a_thin_answer_is_quoted_above_the_question_that_it_gets(say: Say) -> None:
    ask = ask_of(say(begin(), "listen\nwait"))
    assert (ask.question.id, ask.text, ask.say_back, ask.says) == (
        "let_go_more",
        "What would someone see you do?",
        '"listen / wait"',
        (),
    )
    assert (ask.question.type, ask.question.optional, ask.question.section) == ("line", True, "The fear")


def test_who_does_not_know_is_asked_kindly(say: Say) -> None:
    ask = ask_of(say(begin(), "I really don't know yet."))
    assert (ask.question.id, ask.text, ask.say_back) == ("let_go_more", KIND, "")


def test_what_is_said_more_is_kept_right_behind_the_answer_under_an_id_of_its_own(say: Say) -> None:
    after = say(begin(), "listen", "She sees my hands lie still.", "", FULL)
    assert after.record[1:] == (
        Exchange("let_go", "What would you do?", ("listen",), "The fear"),
        Exchange("let_go_more", "What would someone see you do?", ("She sees my hands lie still.",), "The fear"),
        Exchange("fear", "What do you fear?", ("",), "The fear"),
        Exchange("plan", "What will you do?", (FULL,), "The fear"),
    )


def test_enter_leaves_it_and_it_is_not_asked_again(say: Say) -> None:
    after = say(begin(), "listen", "")
    assert (asked(after), kept(after)[1:]) == ("fear", [("let_go", "listen"), ("let_go_more", "")])


def test_a_full_answer_gets_no_question_more(say: Say) -> None:
    assert asked(say(begin(), FULL)) == "fear"


def test_an_answer_left_empty_gets_no_question_more(say: Say) -> None:
    assert asked(say(begin(), FULL, "")) == "plan"


def test_it_is_asked_twice_in_a_session_and_no_more(say: Say) -> None:
    after = say(begin(), "listen", "", "leaving", "That she gets up.", "wait")
    assert asked(after) == "last"
    assert [id_ for id_, _text in kept(after)] == ["time", "let_go", "let_go_more", "fear", "fear_more", "plan"]


def test_it_does_not_move_the_counter(say: Say) -> None:
    asks = [ask_of(say(begin(), *given)) for given in ((), ("listen",), ("listen", ""))]
    assert [(ask.number, ask.total) for ask in asks] == [(2, 5), (2, 5), (3, 5)]


def test_from_it_one_can_go_back_also_after_the_first_question() -> None:
    first = Conversation(read("title: T\nsteps: [{id: wish, ask: Wish, more: And}, {id: end, ask: End}]"), (), TODAY)
    more = first.answer("listen")
    assert ([ask_of(one).is_first for one in (first, more)], asked(more.back())) == ([True, False], "wish")


def test_what_was_said_more_stays_when_the_answer_grows() -> None:
    grown = begin().answer("listen").answer("She sees my hands.").revise("let_go", FULL)
    assert (kept(grown)[1:], asked(grown)) == ([("let_go", FULL), ("let_go_more", "She sees my hands.")], "fear")


def test_what_was_left_empty_goes_when_the_answer_grows() -> None:
    grown = begin().answer("listen").answer("").revise("let_go", FULL)
    assert (kept(grown)[1:], asked(grown)) == ([("let_go", FULL)], "fear")


def test_an_answer_that_shrinks_at_the_review_gets_it_then() -> None:
    done = begin().answer(FULL).answer("").answer(FULL).answer("Wait.")
    shrunk = done.revise("let_go", "listen")
    assert (asked(done), asked(shrunk), asked(shrunk.answer("She sees me."))) == ("-", "let_go_more", "-")


def test_half_an_answer_to_it_is_offered_to_go_on_with() -> None:
    ask = ask_of(reloaded(begin().answer("listen").with_draft("let_go_more", "She sees")))
    assert (ask.question.id, ask.default) == ("let_go_more", "She sees")


def test_an_answer_with_a_remark_gets_no_question_more(say: Say) -> None:
    remarked = say(replace(begin(), hear=load_ear("en").hear), "Mail jan@example.org")
    assert isinstance(remarked.step, Remark)
    assert asked(remarked.leave()) == "fear"


def test_an_answer_about_safety_gets_no_question_more_and_one_to_it_is_heard() -> None:
    def hear(text: str, _checks: tuple[str, ...]) -> tuple[Heard, ...]:
        return (Heard("safety_other", text, "", ""),) if "hits" in text else ()

    listening = replace(begin(), hear=hear)
    more = listening.answer("listen").answer("That he hits her.")
    assert asked(listening.answer("He hits her").leave()) == "fear"
    assert (isinstance(more.step, Remark), more.record[-1].heard) == (True, ("safety_other",))


def test_a_quick_sequence_asks_nothing_more(say: Say) -> None:
    assert asked(say(begin().revise("time", "minimal"), "listen")) == "fear"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return make_shelf(tmp_path, TALK)


def bodies(home: Path) -> list[str]:
    return [path.read_text("utf-8").partition("\n## The fear\n\n")[2] for path in sorted((home / "sessions").glob("2*.md"))]


def test_in_plain_lines_it_is_asked_and_an_empty_line_leaves_it(home: Path) -> None:
    done = coach(home, "run", "talk", "--plain", typed=f"1\nlisten\nStill.\n\n?\n\n{FULL}\n")
    assert '"listen"\n2 / 5  What would someone see you do?\nYou may leave this empty.\n' in done.out
    assert f"\n4 / 5  {KIND}\n" in done.out
    assert "- let_go:: listen\n\n### What would someone see you do?\n\n- let_go_more:: Still.\n\n### What do" in bodies(home)[0]


def answered(home: Path, **answers: str) -> Result:
    texts = {"time": "long", "let_go": "listen", "plan": FULL, "last": FULL, **answers}
    (home.parent / "answers.yaml").write_text("".join(f'{id_}: "{text}"\n' for id_, text in texts.items()))
    return coach(home, "run", "talk", "--answers", "answers.yaml")


def test_a_file_of_answers_may_hold_it(home: Path) -> None:
    assert answered(home, let_go_more="Still.").code == 0
    assert "- let_go:: listen\n\n### What would someone see you do?\n\n- let_go_more:: Still.\n" in bodies(home)[0]


def test_a_file_of_answers_need_not_hold_it(home: Path) -> None:
    done = answered(home)
    assert (done.code, done.err, "let_go_more::\n" in bodies(home)[0]) == (0, "", True)


def test_a_file_of_answers_cannot_hold_more_of_what_is_asked_no_more(home: Path) -> None:
    assert answered(home, last_more="x").err == "answers.yaml:5: 'talk' has no step 'last_more'; did you mean 'plan_more'?\n"


def test_on_the_screen_it_stands_under_the_answer_in_quotes(home: Path) -> None:
    terminal = Terminal("run", "talk", home=home)
    terminal.wait_for_question(1)
    terminal.type("\r")
    terminal.wait_for_question(2)
    terminal.type("listen\r")
    terminal.wait_for('\n"listen"\nWhat would someone see you do?\nYou may leave this empty.\n', "Ctrl-B back")
    terminal.type("Still.\r")
    terminal.wait_for_question(3)
    terminal.type("\x03")
    assert terminal.wait() == 130
    assert "- let_go_more:: Still.\n" in bodies(home)[0]
