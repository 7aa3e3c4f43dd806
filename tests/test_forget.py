"""Forgetting takes a session, its copies, the links to it and its words in other logs, and nothing else."""

import shutil
from pathlib import Path

from driver import Terminal
from talk import coach, logs, make_home

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
    assert back.read_text() == noted.replace(f"follows: {talk.stem}\n", "").replace("That she leaves.", "...")
    assert other.read_bytes() == kept


def test_all_about_somebody_is_forgotten_after_the_whole_word(tmp_path: Path) -> None:
    home = story(tmp_path)
    for word, left in (("y", 3), ("yes", 1)):
        terminal = Terminal("forget", "--about", "s.", home=home, rows=40)
        terminal.wait_for("This goes for good:", "-talk  S.", "-back  S.", "Type yes")
        terminal.type(word + "\r")
        assert terminal.wait() == (1 if word == "y" else 0)
        assert len(logs(home)) == left


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
    back.write_text("\ufeff" + text)
    assert coach(home, "forget", talk.stem, "--yes").returncode == 0
    assert back.read_text() == "\ufeff" + text.replace(f"follows: {talk.stem}\n", "").replace("That she leaves.", "...")
