"""Forgetting takes a session, its copies, the links to it and its words in other logs, and nothing else."""

import shutil
from pathlib import Path

import pytest

from coach.logs.lock import holding
from driver import Terminal
from talk import coach, logs, make_home, write_log

FOLLOW = """
title: Back
kind: reflect
follows: talk
steps:
  - {id: happened, ask: 'You feared "{talk.fear}". Did it happen?', when: {talk.fear: answered}}
"""


def story(folder: Path) -> Path:
    home = make_home(folder)
    (home / "prompts" / "back.yaml").write_text(FOLLOW)
    coach(home, "run", "talk", typed="S.\nTo listen.\nThat she leaves.\n1\nCall her.\n")
    coach(home, "run", "back", typed="Not at all.\n")
    coach(home, "run", "talk", typed="Team K.\nRest.\nA quarrel.\n1\nTea.\n")
    return home


def forgotten(text: str, id_: str) -> str:
    """Return the log of `story` that looks back, without the session it follows and what it quotes of that."""
    mark = f"- happened.quotes:: {id_}.fear 10+14 4cdfb168\n"
    assert mark in text
    return text.replace(f"follows: {id_}\n", "").replace("That she leaves.", "...").replace(mark, "")


def test_a_forgotten_session_takes_its_copies_and_the_links_and_quotations_with_it(tmp_path: Path) -> None:
    home = story(tmp_path)
    by_content = {path.read_text().count("leaves") * (1 if "talk" in path.name else 2): path for path in logs(home)}
    other, talk, back = by_content[0], by_content[1], by_content[2]
    shutil.copy(talk, home / "sessions" / f"{talk.stem} (conflicted copy).md")
    noted = back.read_text() + "\nA note of my own.  \n"
    back.write_text(noted)
    kept = other.read_bytes()
    done = coach(home, "forget", talk.stem, "--yes")
    assert done.returncode == 0
    assert b"2 files are removed." in done.stdout
    assert b"Backups and synchronised copies are beyond my reach" in done.stdout
    assert not any("leaves" in path.read_text() for path in (home / "sessions").iterdir())
    assert back.read_text() == forgotten(noted, talk.stem)
    assert other.read_bytes() == kept


def test_only_the_session_that_is_named_goes_and_only_its_link_and_its_words_from_what_stays(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    first, second, third, fourth = (
        "2026-11-01-090000-talk",
        "2026-11-02-090000-talk",
        "2026-11-03-090000-back",
        "2026-11-04-090000-back",
    )
    write_log(home, first, "fear:: That she leaves.", "wish:: Listen. That she leaves.")
    other = write_log(home, second, "fear:: That he shouts.", about="B.")
    follower = write_log(home, third, "happened:: That she leaves.", follows=f'"{first}"')
    asked = '### You feared "Listen. That she leaves.", "That she leaves.", "That he shouts."'
    follower.write_text(follower.read_text().replace("- happened", f"{asked}\n\n- happened"))
    farther = write_log(home, fourth, "happened:: No.", follows=third, up=first)
    farther.write_text(f"{farther.read_text()}\n---\nfollows: {first}\n\nA note: That she leaves.\n")
    of_other = write_log(home, "2026-11-05-090000-back", "happened:: No.", about="B.", follows=second)
    copy = home / "sessions" / f"{second} 2.md"
    shutil.copy(other, copy)
    before = {path: path.read_text() for path in (other, copy, follower, farther, of_other)}
    done = coach(home, "forget", first, "--yes")
    assert done.stdout.decode().split("\n")[:5] == [
        "This goes for good:",
        f"  {first}.md  S.",
        "This stays, without its link to it and without its words in the questions:",
        f"  {third}.md  S.",
        '    You feared "...", "...", "That he shouts."',
    ]
    kept = before[follower].replace(f'follows: "{first}"\n', "").replace(asked, '### You feared "...", "...", "That he shouts."')
    assert {path: path.read_text() for path in logs(home)} == before | {follower: kept}
    assert done.stderr == b""


def test_words_of_any_length_are_taken_out_where_they_stand_whole_between_quotation_marks(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    first = "2026-11-01-090000-talk"
    write_log(home, first, "fear:: War", "wish:: No", "step:: quiet")
    follower = write_log(home, "2026-11-02-090000-back", "happened:: Yes", follows=first)
    question = '### Wartime: you said "War" and „No“, no "Wars". Quiet now?'
    follower.write_text(follower.read_text().replace("- happened", f"{question}\n\n- happened"), "utf-8")
    assert coach(home, "forget", first, "--yes").returncode == 0
    assert [line for line in follower.read_text("utf-8").split("\n") if line.startswith("###")] == [
        '### Wartime: you said "..." and „...“, no "Wars". Quiet now?'
    ]


def test_what_is_forgotten_with_what_it_follows_is_not_said_to_stay(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    for id_, front in (("2026-11-01-090000-talk", {}), ("2026-11-02-090000-back", {"follows": "2026-11-01-090000-talk"})):
        write_log(home, id_, "fear:: That she leaves.", **front)
    done = coach(home, "forget", "--about", "s.", "--yes")
    assert done.stdout.decode() == (
        "This goes for good:\n"
        "  2026-11-01-090000-talk.md  S.\n"
        "  2026-11-02-090000-back.md  S.\n"
        "2 files are removed.\n"
        "Backups and synchronised copies are beyond my reach: remove them there too.\n"
    )
    assert logs(home) == []


def test_nothing_goes_while_what_follows_it_is_open(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    write_log(home, "2026-11-01-090000-talk", "fear:: That she leaves.")
    write_log(home, "2026-11-02-090000-back", "happened:: No.", follows="2026-11-01-090000-talk")
    before = {path: path.read_text() for path in logs(home)}
    with holding(home / "sessions", "2026-11-02-090000-back"):
        done = coach(home, "forget", "11-01", "--yes")
    assert (done.returncode, b"this session is open in another window" in done.stderr) == (1, True)
    assert {path: path.read_text() for path in logs(home)} == before


def test_all_about_somebody_is_forgotten_after_the_whole_word(tmp_path: Path) -> None:
    home = story(tmp_path)
    for word, left in (("ye", 3), ("yes", 1)):
        terminal = Terminal("forget", "--about", "s.", home=home, rows=40)
        terminal.wait_for("This goes for good:", "-talk.md  S.", "-back.md  S.", "Type yes")
        terminal.type(word + "\r")
        assert terminal.wait() == (1 if word == "ye" else 0)
        assert len(logs(home)) == left


@pytest.mark.parametrize(("word", "left", "code"), [("y", 3, 1), ("yes", 2, 0)])
def test_who_types_the_first_letter_is_asked_for_the_whole_word_once(word: str, left: int, code: int, tmp_path: Path) -> None:
    home = story(tmp_path)
    terminal = Terminal("forget", "latest", home=home, rows=40)
    terminal.wait_for("Type yes to remove it:")
    terminal.type("Y\r")
    terminal.wait_for("Y\nType the whole word yes, so that nothing is removed by a slip.\nType yes to remove it:")
    terminal.type(f"{word}\r")
    assert (terminal.wait(), len(logs(home))) == (code, left)


def test_where_no_answer_comes_that_is_told_on_a_line_of_its_own(tmp_path: Path) -> None:
    terminal = Terminal("forget", "latest", home=story(tmp_path), rows=40)
    terminal.wait_for("Type yes to remove it:")
    terminal.type("\x04")
    assert terminal.wait() == 1
    assert terminal.text.endswith("Type yes to remove it:\nNothing was removed.")


def test_without_somebody_to_ask_nothing_goes(tmp_path: Path) -> None:
    home = story(tmp_path)
    assert coach(home, "forget", "latest").returncode == 2
    assert coach(home, "forget").returncode == 2
    assert coach(home, "forget", "x", "--about", "y").returncode == 2
    assert len(logs(home)) == 3


def test_a_damaged_file_can_be_forgotten_too(tmp_path: Path) -> None:
    home = story(tmp_path)
    (home / "sessions" / "soup.md").write_bytes(b"\xff\x00")
    assert coach(home, "forget", "soup", "--yes").returncode == 0
    assert not (home / "sessions" / "soup.md").exists()


def test_a_session_that_is_open_is_not_forgotten(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    terminal = Terminal("run", "talk", home=home, rows=40)
    terminal.wait_for_question(1)
    terminal.type("S.\r")
    terminal.wait_for_question(2)
    done = coach(home, "forget", "latest", "--yes")
    assert b"this session is open in another window" in done.stderr
    terminal.type("\x03")
    terminal.wait_for("coach resume")
    assert terminal.wait() == 130
    assert len(logs(home)) == 1


def test_the_link_goes_also_from_a_log_that_an_editor_gave_a_byte_order_mark(tmp_path: Path) -> None:
    home = story(tmp_path)
    (back,) = (home / "sessions").glob("*-back.md")
    (talk,) = (path for path in (home / "sessions").glob("*-talk*.md") if "leaves" in path.read_text())
    text = back.read_text()
    back.write_text("\ufeff" + text, "utf-8")
    assert coach(home, "forget", talk.stem, "--yes").returncode == 0
    assert back.read_text("utf-8") == "\ufeff" + forgotten(text, talk.stem)
