"""A small step: taken, taken in part or let go, said in one command."""

from pathlib import Path

import pytest

from driver import Terminal
from shelf import MONDAY, Result, coach, make_shelf, put
from systems import needs_terminal


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return make_shelf(tmp_path)


@pytest.mark.parametrize(
    ("options", "line", "told"),
    [
        ((), "yes (Taken)", "You took your step: I call.\n"),
        (("--partly",), "partly (Taken in part)", "You took part of your step: I call.\n"),
        (("--let-go",), "let_go (Let go)", "You let this step go: I call.\nWhat does not fit any more, you need not do.\n"),
    ],
)
def test_what_came_of_the_one_open_step_is_kept_where_it_stands(
    options: tuple[str, ...], line: str, told: str, home: Path
) -> None:
    id_ = put(home, MONDAY, "reflect", first_step="I call.")
    assert coach(home, "done", *options) == Result(0, f"{told}Not so? coach done --undo {id_}\n")
    log = (home / "sessions" / f"{id_}.md").read_text("utf-8")
    assert log.endswith(f"### What came of this step?\n\n- step_outcome:: {line}\n")


def test_a_step_that_is_done_is_open_no_more(home: Path) -> None:
    put(home, MONDAY, "reflect", first_step="I call.")
    coach(home, "done")
    told = "no small step is open; `coach patterns` shows the steps you set\n"
    assert coach(home, "done") == Result(1, "", told)


def test_where_more_steps_are_open_each_is_named_with_what_to_type(home: Path) -> None:
    first = put(home, MONDAY, "reflect", first_step="I call.")
    second = put(home, MONDAY.replace(day=3), "reflect", first_step="I write.")
    which = f"say which one:\n  coach done {second}  I write.\n  coach done {first}  I call.\n"
    assert coach(home, "done") == Result(1, "", f"2 small steps are open; {which}")
    assert coach(home, "done", first).out.split("\n")[0] == "You took your step: I call."
    assert coach(home, "done").out.split("\n")[0] == "You took your step: I write."


def test_a_session_without_an_open_step_is_told(home: Path) -> None:
    put(home, MONDAY, "reflect", first_step="I call.")
    prepared = put(home, MONDAY.replace(day=1), "prepare", fear="x")
    assert coach(home, "done", prepared).err.startswith("no small step is open there; ")


@pytest.mark.parametrize("end", [b"", b"\r\n\r\n", b"\r\nNo UTF-8: caf\xe9\r\n"])
def test_what_was_said_of_a_step_is_taken_back_and_every_other_byte_stays(end: bytes, home: Path) -> None:
    id_ = put(home, MONDAY, "reflect", first_step="I call.", learned="To wait.")
    log = home / "sessions" / f"{id_}.md"
    before = log.read_bytes().replace(b"\n", b"\r\n") + end
    log.write_bytes(before)
    coach(home, "done")
    assert coach(home, "done", "--undo") == Result(0, "Your step is open again: I call.\n")
    assert log.read_bytes() == before
    told = "you said of no small step what came of it; `coach patterns` shows the steps you set\n"
    assert coach(home, "done", "--undo") == Result(1, "", told)


def test_where_something_was_said_of_more_steps_each_is_named_with_what_to_type_to_take_it_back(home: Path) -> None:
    first = put(home, MONDAY, "reflect", first_step="I call.")
    second = put(home, MONDAY.replace(day=3), "reflect", first_step="I write.")
    coach(home, "done", first)
    coach(home, "done", second)
    which = f"say which one:\n  coach done --undo {second}  I write.\n  coach done --undo {first}  I call.\n"
    assert coach(home, "done", "--undo") == Result(1, "", f"you said of 2 small steps what came of them; {which}")
    assert coach(home, "done", "--undo", first) == Result(0, "Your step is open again: I call.\n")
    assert coach(home, "done").out.split("\n")[0] == "You took your step: I call."


def test_a_step_is_not_both_taken_in_part_and_let_go(home: Path) -> None:
    assert coach(home, "done", "--partly", "--let-go") == Result(2, "", "'--partly' and '--let-go' do not go together\n")


def test_what_came_of_a_step_is_added_to_a_log_of_which_every_other_byte_stays(home: Path) -> None:
    id_ = put(home, MONDAY, "reflect", first_step="I call.")
    log = home / "sessions" / f"{id_}.md"
    before = log.read_bytes().replace(b"\n", b"\r\n") + b"\r\nNo UTF-8: caf\xe9\r\n"
    log.write_bytes(before)
    assert coach(home, "done").out.split("\n")[0] == "You took your step: I call."
    added = b"\r\n### What came of this step?\r\n\r\n- step_outcome:: yes (Taken)\r\n"
    choices = b"card: [first_step]\r\n", b"card: [first_step]\r\nchoices: [step_outcome]\r\n"
    assert log.read_bytes() == before.replace(*choices) + added


@pytest.mark.parametrize(
    ("option", "told", "then"),
    [
        ("", "Taken", "What came of that step?"),
        ("--let-go", "Let go", "What works now that was hard before?"),
    ],
)
def test_what_was_said_of_a_step_is_not_asked_again_weeks_later(option: str, told: str, then: str, home: Path) -> None:
    reflected = put(home, MONDAY, "reflect", first_step="I call.")
    coach(home, "done", *filter(None, (option,)))
    asked = coach(home, "follow-up", "--follows", reflected, typed="Up and down.\n\n").out
    assert f'\nYour small step was: "I call." {told}.\n' in asked
    assert "Has that happened?" not in asked
    assert then in asked


@needs_terminal
def test_a_command_to_type_is_not_broken_over_two_lines_of_a_terminal(home: Path) -> None:
    id_ = put(home, MONDAY, "reflect", first_step="I call.")
    terminal = Terminal("done", home=home, columns=50)
    assert terminal.wait() == 0
    assert terminal.text.split("\n")[:3] == ["You took your step: I call.", "Not so?", f"coach done --undo {id_}"]
