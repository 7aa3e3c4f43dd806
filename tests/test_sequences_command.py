"""The commands that list, show, copy and make sequences, run as a person runs them."""

import json
from pathlib import Path
from typing import Any

import pytest

from coach.sequences.catalogue import shipped_folder
from shelf import Result, coach, make_shelf

TALK = """\
title: Talk
description: Before a talk.
kind: prepare
steps:
  - {id: about, ask: Whom is it about?, type: line}
  - {id: fear, title: What you expect, say: Take your time., ask: What do you fear?, optional: true}
  - {say: That was the hard part.}
  - {id: why, ask: Why?, when: {fear: answered}}
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return make_shelf(tmp_path, TALK)


def sequences(home: Path, *arguments: str, language: str = "en") -> Result:
    return coach(home, "--lang", language, "sequences", *arguments)


def value(done: Result) -> Any:  # JSON of any shape
    assert (done.code, done.err) == (0, "")
    return json.loads(done.out)


def lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.split("\n")]


@pytest.mark.parametrize("arguments", [(), ("list",)])
def test_a_list_has_what_is_shipped_and_what_is_ones_own_and_names_what_is_broken(arguments: tuple[str, ...], home: Path) -> None:
    (home / "prompts" / "broken.yaml").write_text("title: Broken\nsteps: []\n")
    done = sequences(home, *arguments)
    shipped = {path.stem for path in (shipped_folder() / "en").glob("*.yaml")}
    assert {line.split(" ")[0] for line in lines(done.out)} - {""} == shipped | {"talk"}
    assert "talk              Talk. Before a talk." in lines(done.out)
    assert (done.code, done.err.partition(" ")[0]) == (0, f"{Path('home/prompts/broken.yaml')}:2:")


def test_a_list_is_a_value_for_a_program(home: Path) -> None:
    found = {sequence["name"]: sequence for sequence in value(sequences(home, "list", "--json"))}
    path = str(home / "prompts" / "talk.yaml")
    assert found["talk"] == {"name": "talk", "title": "Talk", "description": "Before a talk.", "kind": "prepare", "path": path}


def test_the_questions_of_a_sequence_are_shown_with_what_is_said_and_what_must_hold(home: Path) -> None:
    assert lines(sequences(home, "show", "talk").out) == [
        "Talk",
        "Before a talk.",
        "about  Whom is it about?",
        "",
        "What you expect",
        "Take your time.",
        "fear  What do you fear?",
        "That was the hard part.",
        "why  Why?  [fear: answered]",
        "",
    ]


def test_several_ways_to_a_question_are_shown_with_or_between_them(home: Path) -> None:
    when = "[{fear: answered, anything: safe}, {fear: unanswered}]"
    steps = f"[{{id: fear, ask: Fear, optional: true}}, {{id: calm, ask: Calm, when: {when}}}]"
    (home / "prompts" / "ways.yaml").write_text(f"title: Ways\nsteps: {steps}\n")
    assert lines(sequences(home, "show", "ways").out)[-2:] == [
        "calm  Calm  [fear: answered]  [anything: safe]  or  [fear: unanswered]",
        "",
    ]


def test_what_is_said_back_what_is_asked_after_a_thin_answer_and_what_came_of_earlier_ones_is_shown(home: Path) -> None:
    fear = "{id: fear, ask: What do you fear, more: What would you see}"
    plan = "{id: plan, say: Breathe., say_back: 'You fear: {fear}', ask: And then}"
    (home / "prompts" / "new.yaml").write_text(f"title: New\nsteps: [{fear}, {{experience: fear}}, {plan}]\n")
    assert lines(sequences(home, "show", "new").out)[-7:] == [
        "fear  What do you fear",
        "fear_more  What would you see",
        "(what came of earlier answers)",
        "Breathe.",
        "You fear: {fear}",
        "plan  And then",
        "",
    ]
    assert value(sequences(home, "show", "new", "--json"))["steps"][1] == {"experience": "fear"}


def test_a_sequence_is_a_value_for_a_program(home: Path) -> None:
    section = "What you expect"
    assert value(sequences(home, "show", "talk", "--json")) == {
        "name": "talk",
        "title": "Talk",
        "kind": "prepare",
        "follows": None,
        "steps": [
            {"id": "about", "ask": "Whom is it about?", "type": "line", "optional": False, "section": ""},
            {"id": "fear", "ask": "What do you fear?", "type": "text", "optional": True, "section": section},
            {"say": "That was the hard part."},
            {"id": "why", "ask": "Why?", "type": "text", "optional": False, "section": section},
        ],
    }


def test_the_file_of_a_sequence_is_shown_as_it_is(home: Path) -> None:
    assert sequences(home, "show", "talk", "--yaml") == Result(0, TALK)


def test_a_sequence_that_is_not_there_has_no_file_to_show(home: Path) -> None:
    done = sequences(home, "show", "talc", "--yaml")
    assert done == Result(1, "", "there is no sequence 'talc'; did you mean 'talk'?\n")


def test_a_new_sequence_has_no_mistakes_and_can_be_asked(home: Path) -> None:
    path = str(Path("home/prompts/en/mine.yaml"))
    told = f"Made {path}\nEdit it, then: coach sequences check {path} --lang en\nRun it:        coach run mine --lang en\n"
    assert sequences(home, "new", "mine") == Result(0, told)
    assert sequences(home, "check", path) == Result(0, "1 sequence, nothing to mend.\n")
    sequence = value(sequences(home, "show", "mine", "--json"))
    assert (sequence["title"], [step["id"] for step in sequence["steps"]]) == ("My own questions", ["about", "moment"])


def test_a_copy_is_of_the_kind_of_the_original(home: Path) -> None:
    folder = home / "prompts" / "en"
    assert [sequences(home, "new", f"my-{name}", "--from", name).code for name in ("talk", "reflect")] == [0, 0]
    assert (folder / "my-talk.yaml").read_text() == TALK
    assert (folder / "my-reflect.yaml").read_bytes() == b"kind: reflect\n" + (
        shipped_folder() / "en" / "reflect.yaml"
    ).read_bytes()


def test_a_copy_of_the_same_name_is_the_same_to_the_byte(home: Path) -> None:
    assert sequences(home, "new", "reflect", "--from", "reflect").code == 0
    shipped = shipped_folder() / "en" / "reflect.yaml"
    assert (home / "prompts" / "en" / "reflect.yaml").read_bytes() == shipped.read_bytes()


def test_a_new_sequence_takes_no_place_of_another_and_no_name_that_is_a_path(home: Path) -> None:
    assert sequences(home, "new", "mine").code == 0
    mine = home / "prompts" / "en" / "mine.yaml"
    mine.write_text(TALK)
    there = f"{Path('home/prompts/en/mine.yaml')}: this file is there already; choose another name, or edit this file\n"
    assert sequences(home, "new", "mine") == Result(1, "", there)
    wrong = "'../mine' cannot be the name of a sequence; use small letters without accents, digits and -\n"
    assert sequences(home, "new", "../mine") == Result(1, "", wrong)
    assert (sorted(path.name for path in home.rglob("*.yaml")), mine.read_text()) == (["mine.yaml", "talk.yaml"], TALK)


@pytest.mark.parametrize("name", ["con", "aux", "nul", "prn", "com1", "lpt9"])
def test_a_new_sequence_is_not_called_as_a_device_of_windows_is(home: Path, name: str) -> None:
    wrong = f"'{name}' cannot be the name of a sequence: Windows keeps it for a device; choose another name\n"
    assert sequences(home, "new", name) == Result(1, "", wrong)
    assert [path.name for path in home.rglob("*.yaml")] == ["talk.yaml"]


def test_a_folder_that_cannot_be_made_is_told(home: Path) -> None:
    folder = home / "prompts" / "nl"
    folder.write_text("no folder")
    done = sequences(home, "new", "mijn", language="nl")
    assert (done.code, done.out, done.err.partition(": ")[0]) == (1, "", str(folder))


def test_a_check_of_all_leaves_out_the_words_for_the_ear(home: Path) -> None:
    (home / "prompts" / "ear.yaml").write_text("no sequence: 1\n")
    assert sequences(home, "check") == Result(0, "1 sequence, nothing to mend.\n")


def test_a_sequence_is_checked_by_its_name_too(home: Path) -> None:
    assert sequences(home, "check", "talk") == Result(0, "1 sequence, nothing to mend.\n")
    near = "talc: there is no file with this name, and no sequence; did you mean 'talk'?\n"
    assert sequences(home, "check", "talc") == Result(1, "", near)
    assert sequences(home, "check", "x/y.yaml") == Result(
        1, "", f"{Path('x/y.yaml')}: there is no file with this name, and no sequence\n"
    )


def test_an_id_that_cannot_be_one_is_not_offered_in_its_place(home: Path) -> None:
    steps = "steps: [{id: My Fear, ask: What?}, {id: wish, ask: What?}]"
    (home / "prompts" / "odd.yaml").write_text(f"title: Odd\ncard: [zzz]\n{steps}\n")
    told = sequences(home, "check", "odd").out.split("\n")
    assert told[0] == f"{Path('home/prompts/odd.yaml')}:2:8: no step 'zzz' for the card; use one of: wish"


def test_the_card_of_a_sequence_of_ones_own_is_shown_whatever_its_kind(home: Path) -> None:
    (home / "prompts" / "mine.yaml").write_text("title: Mine\ncard: [wish]\nsteps: [{id: wish, ask: What?}]\n")
    assert coach(home, "run", "mine", typed="To listen.\n").code == 0
    done = coach(home, "card")
    assert (done.code, "To listen." in done.out) == (0, True)
