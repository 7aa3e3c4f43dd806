"""Where an answer is about safety the road changes, and the answer is shown nowhere but where it was written."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from coach.insights.safety import mark_safety, without_safety
from coach.logs.markdown import read_log, render
from coach.logs.session import Exchange
from driver import Terminal
from talk import coach

PREPARED = {
    "about": "S.",
    "time": "short",
    "observation": "He came at ten.",
    "hoped_for": "That he talks.",
    "dare": "That I worry.",
    "acknowledgement": "You came at eight.",
}
CONSULT = {"consult": "The safeguarding lead.", "safe_to_talk": "unknown"}
FEARS = {
    ("nl", "safety_other"): "Dat vader haar thuis slaat als ik het vertel.",
    ("nl", "safety_self_harm"): "Dat hij zelfmoord pleegt.",
    ("nl", "safety_threat"): "Dat hij me weer bedreigt met een mes.",
    ("en", "safety_other"): "That her father beats her when I tell him.",
    ("en", "safety_self_harm"): "That he kills himself.",
    ("en", "safety_threat"): "That he threatens me with a knife again.",
}


def answers(folder: Path, **values: str) -> Path:
    path = folder / "answers.yaml"
    path.write_text("".join(f"{id_}: {json.dumps(text)}\n" for id_, text in values.items()))
    return path


def prepare(home: Path, language: str, fear: str) -> str:
    given = {**PREPARED, "fear": fear, **CONSULT, "honest_question": "What is it like for you?"}
    done = coach(home, "prepare", "--answers", str(answers(home.parent, **given)), "--follows", "none", language=language)
    assert (done.returncode, done.stderr) == (0, b"")
    (log,) = (home / "sessions").glob("2*-prepare.md")
    return log.read_text("utf-8")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "home").mkdir(mode=0o700)
    return tmp_path / "home"


def answered(log: str) -> list[str]:
    return [id_ for line in log.split("\n") if line.startswith("- ") and "." not in (id_ := line[2:].partition("::")[0])]


def first(home: Path) -> str:
    return min((home / "sessions").glob("*-prepare.md")).stem


@pytest.mark.parametrize(("language", "kind"), FEARS)
def test_a_fear_about_safety_is_talked_over_and_neither_weighed_nor_let_go(home: Path, language: str, kind: str) -> None:
    log = prepare(home, language, FEARS[language, kind])

    assert [line for line in log.split("\n") if line.startswith("- fear.heard")] == [f"- fear.heard:: {kind}"]
    assert answered(log)[-5:] == ["acknowledgement", "fear", "consult", "safe_to_talk", "honest_question"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_sentence_about_safety_is_found_by_search_and_told_nowhere_else(home: Path, tmp_path: Path, language: str) -> None:
    fear = FEARS[language, "safety_self_harm"]
    prepare(home, language, fear)
    talk = {"did_it": "yes", "time": "short", "what_happened": "He came in and sat down.", "coming_out": "same"}
    rest = {"said_of_it": "That you came.", "question_asked": "yes", "who_knows": "Jo."}
    reflection = answers(tmp_path, **talk, **rest)
    reflected = coach(home, "reflect", "--answers", str(reflection), language=language)
    follow_up = answers(tmp_path, how_now="He talks again.", thought_now="It helps.", referral="yes", who_knows="The team.")
    followed = coach(home, "follow-up", "--answers", str(follow_up), language=language)
    report = home.parent / "report.html"
    again = "S.\n2\nHe came at ten.\nThat he talks to me.\nThat I worry.\nYou came at eight.\nThat she leaves.\n"
    runs = {
        "reflect": reflected,
        "follow-up": followed,
        "next": coach(home, "prepare", "--plain", typed=again, language=language),
        "fears": coach(home, "fears", language=language),
        "patterns": coach(home, "patterns", "--all", language=language),
        "report": coach(home, "report", "--output", str(report), language=language),
        "export": coach(home, "export", first(home), "--yes", language=language),
        "card": coach(home, "card", first(home), language=language),
        "alone": coach(home, language=language),
    }
    told = [name for name, run in runs.items() if fear in run.stdout.decode() + run.stderr.decode()]
    logs = {path.stem: path.read_text("utf-8") for path in (home / "sessions").glob("2*.md")}

    assert (reflected.returncode, followed.returncode, runs["report"].returncode) == (0, 0, 0)
    assert told == []
    assert fear not in report.read_text("utf-8")
    assert [name for name, log in logs.items() if fear in log] == [first(home)]
    assert sorted(name[18:] for name, log in logs.items() if "who_knows" in answered(log)) == ["follow-up", "reflect"]
    assert fear in coach(home, "search", fear.split()[-1].rstrip("."), language=language).stdout.decode()
    assert fear in coach(home, "show", first(home), language=language).stdout.decode()
    listed = json.loads(coach(home, "fears", "--json", language=language).stdout)["fears"]
    assert [fear["fear"] for fear in listed] == ["That she leaves."]


def test_what_is_left_out_is_said(home: Path) -> None:
    prepare(home, "en", FEARS["en", "safety_self_harm"])

    assert coach(home, "fears").stderr == b"What you wrote about safety is left out here. `coach search` finds it.\n"
    assert coach(home, "card").stderr == b"What you wrote about safety is not on the card.\n"
    assert b"What you wrote about safety is not in the copy." in coach(home, "export", "--yes").stderr


OLD = """---
format: 1
id: 2026-05-01-090000-prepare
sequence: prepare
language: en
started: 2026-05-01T09:00:00+02:00
finished: 2026-05-01T09:10:00+02:00
---

# Preparing for a conversation

### What are you afraid of?

- fear:: That he kills himself.

### How likely is it? (0 low - 10 high)

- fear_likelihood:: 7

### You were afraid: "That he kills himself." Did it happen?

- fear_outcome:: no (No)
"""


def test_a_log_of_before_is_heard_when_it_is_read() -> None:
    session = read_log(OLD, "x.md")

    assert [exchange.heard for exchange in mark_safety(session).exchanges] == [("safety_self_harm",), (), ()]
    assert [exchange.id for exchange in without_safety(session).exchanges] == ["fear_likelihood"]


def test_an_answer_that_was_changed_by_hand_is_heard_again() -> None:
    heard = render(mark_safety(read_log(OLD.replace("kills himself", "walks out"), "x.md")))
    changed = heard.replace("That he walks out.", "That he kills himself.")

    assert [exchange.heard for exchange in mark_safety(read_log(heard, "x.md")).exchanges] == [(), (), ()]
    assert [exchange.id for exchange in without_safety(read_log(changed, "x.md")).exchanges] == ["fear_likelihood"]


def test_an_answer_is_not_heard_again_where_nobody_changed_it() -> None:
    answer = Exchange("fear", "", ("That he kills himself.",))
    assert mark_safety(replace(read_log(OLD, "x.md"), heard=True, exchanges=(answer,))).exchanges == (answer,)


ROAD = """
title: Road
steps:
  - {id: about, ask: Whom is it about?, type: line}
  - {id: fear, ask: What do you fear?}
  - {id: consult, ask: Who do you talk to?, when: {fear: unsafe}}
  - {id: let_go, ask: And without it?, when: {fear: safe}}
"""


@pytest.mark.parametrize(
    ("typed", "asked", "kept"),
    [
        ("\r", "Who do you talk to?", "safety_self_harm"),
        ("2\r", "All right. We go on as before.", "not_safety"),
    ],
)
def test_a_person_can_say_that_it_is_about_something_else(typed: str, asked: str, kept: str, home: Path) -> None:
    (home / "prompts").mkdir()
    (home / "prompts" / "road.yaml").write_text(ROAD)
    terminal = Terminal("run", "road", home=home)
    terminal.wait_for_question(1)
    terminal.type("S.\r")
    terminal.wait_for_question(2)
    terminal.type("That he kills himself.\r")
    terminal.wait_for("Samaritans", "Is that what this is about?\n › 1. Yes\n   2. No, it is about something else\narrows choose")
    terminal.type(typed)
    terminal.wait_for(asked)
    terminal.wait_for("Who do you talk to?" if kept != "not_safety" else "And without it?")
    terminal.type("\x03")
    terminal.wait()
    (path,) = (home / "sessions").glob("*.md")
    log = read_log(path.read_text("utf-8"), path.name)
    assert mark_safety(log).exchanges[1].heard == (kept,)
    assert mark_safety(replace(log, heard=False)).exchanges[1].heard == (kept,)
    assert [exchange.id for exchange in without_safety(log).exchanges][1:] == (["fear"] if kept == "not_safety" else [])
