"""What is told at the end of a session: where it is kept, and what comes next."""

from pathlib import Path

import pytest

from shelf import coach, make_shelf

NEXT = {
    "prepare": ["At the door:            coach card", "After the conversation: coach reflect"],
    "map": ["When you plan to talk: coach prepare"],
    "reflect": ["To read it again:     coach show", "In two to four weeks: coach follow-up"],
    "talk": [],
}


@pytest.mark.parametrize("kind", NEXT)
def test_what_comes_after_a_session_is_told_by_its_kind(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    home = make_shelf(tmp_path, f"title: Talk\nkind: {kind}\nsteps:\n  - {{id: wish, ask: What?}}\n")
    done = coach(home, "run", "talk", typed="To listen.\n")
    (path,) = (home / "sessions").glob("2*.md")
    told = done.out.partition("\nKept in ")[2].split("\n")
    assert (done.code, told) == (0, [str(path.relative_to(tmp_path)), *NEXT[kind], ""])


@pytest.mark.parametrize(("did_it", "told"), [("yes", NEXT["reflect"]), ("partly", NEXT["reflect"]), ("no", NEXT["map"])])
def test_after_a_conversation_that_was_not_held_the_next_is_to_prepare_it(did_it: str, told: list[str], tmp_path: Path) -> None:
    steps = "[{id: did_it, ask: Did you?, type: choice, options: {yes: Yes, partly: In part, no: Not yet}}]"
    home = make_shelf(tmp_path, f"title: Talk\nkind: reflect\nsteps: {steps}\n")
    done = coach(home, "run", "talk", typed=f"{did_it}\n")
    assert done.out.partition("\nKept in ")[2].split("\n")[1:] == [*told, ""]


def test_after_a_prepared_conversation_that_was_not_held_its_card_is_still_there(tmp_path: Path) -> None:
    home = make_shelf(tmp_path, "title: Talk\nkind: prepare\nsteps: [{id: wish, ask: What?}]\n")
    coach(home, "run", "talk", typed="To listen.\n")
    done = coach(home, "reflect", typed="S.\nno\nHis colleague came in.\n\n\n")
    assert done.out.partition("\nKept in ")[2].split("\n")[1:] == [*NEXT["prepare"], ""]


@pytest.mark.parametrize("kind", ["reflect", "follow-up"])
def test_after_a_first_step_it_is_told_how_to_say_what_came_of_it(kind: str, tmp_path: Path) -> None:
    home = make_shelf(tmp_path, f"title: Talk\nkind: {kind}\nsteps: [{{id: first_step, ask: What step?, optional: true}}]\n")
    with_it = coach(home, "run", "talk", typed="I call.\n")
    (path,) = (home / "sessions").glob("2*.md")
    assert with_it.out.endswith(f"\nWhen the step is done: coach done {path.stem}\n")
    assert "coach done" not in coach(home, "run", "talk", typed="\n").out
