"""Which file is which session: copies, renamed files, hidden ones, and ids and names that would lead out of the folder."""

import os
from pathlib import Path

from talk import coach, make_home, write_log

TALK, BACK = "2026-11-02-090000-talk", "2026-11-03-090000-back"
FOLLOW = """
title: Back
follows: talk
steps:
  - {id: happened, ask: 'You feared "{talk.fear}". Did it happen?', when: {talk.fear: answered}}
  - {id: next, ask: What is next?}
"""


def make(folder: Path) -> Path:
    home = make_home(folder)
    (home / "prompts" / "back.yaml").write_text(FOLLOW)
    return home


def test_a_hostile_id_in_a_log_leads_nowhere(tmp_path: Path) -> None:
    home = make(tmp_path)
    secret = write_log(home, TALK, "fear:: Mine.", finished="").rename(tmp_path / "secret.md")
    evil = write_log(home, BACK, id="../../secret", follows="../../secret", finished="")
    kept = secret.read_bytes()
    resumed = coach(home, "resume", "--plain", typed="Wait.\n")
    assert (resumed.returncode, b"Mine." in resumed.stdout) == (0, False)
    assert [line for line in evil.read_text().split("\n") if line.startswith(("id", "follows", "- "))] == [
        f"id: {BACK}",
        "follows: ../../secret",
        "- next:: Wait.",
    ]
    for wanted in ("../../secret", "../../secret.md", str(secret)):
        assert coach(home, "show", wanted).returncode == 1
    assert b"1 file is removed." in coach(home, "forget", f"{BACK}.md", "--yes").stdout
    assert secret.read_bytes() == kept
    assert sorted(os.listdir(home / "sessions")) == [".gitignore"]
    assert sorted(os.listdir(tmp_path)) == ["home", "secret.md"]


def test_each_session_is_listed_once_by_its_own_name_and_copies_are_told(tmp_path: Path) -> None:
    home = make(tmp_path)
    folder = home / "sessions"
    write_log(home, TALK, "fear:: A.")
    write_log(home, "2026-11-04-090000-talk", id=TALK)
    write_log(home, "2026-11-05-090000-talk", id="2026-01-01-090000-talk", about="Of a session that is gone")
    write_log(home, "2026-11-06-090000-talk", id="../../x", about="Hostile")
    write_log(home, "2026-11-07-090000-talk", about="Renamed").rename(folder / "renamed.md")
    write_log(home, "2026-11-08-090000-talk", about="Only copies").rename(folder / "copy one.md")
    write_log(home, "2026-11-08-090000-talk", about="Only copies").rename(folder / "copy two.md")
    write_log(home, "2026-11-03-090000-talk", id=TALK).rename(folder / f"{TALK} (conflicted copy).md")
    write_log(home, "2026-11-09-090000-talk", about="Hidden").rename(folder / ".2026-11-09-090000-talk.md")
    (folder / ".2026-11-10-090000-talk.md.age").write_text("age-encryption.org/v1\n")
    done = coach(home, "list")
    assert done.stdout.decode() == (
        "2026-11-08-090000-talk  Only copies\n"
        "2026-11-07-090000-talk  Renamed\n"
        "2026-11-06-090000-talk  Hostile\n"
        "2026-11-05-090000-talk  Of a session that is gone\n"
        f"{TALK}  S.\n"
    )
    told = "this is a copy of {}, as synchronising programs make them; keep the one you want: coach forget"
    assert done.stderr.decode().split("\n") == [
        f"copy two.md: {told.format('2026-11-08-090000-talk')}",
        f"2026-11-04-090000-talk.md: {told.format(TALK)}",
        f"{TALK} (conflicted copy).md: {told.format(TALK)}",
        "",
    ]


def test_a_hostile_id_in_a_file_of_any_name_is_never_used(tmp_path: Path) -> None:
    home = make(tmp_path)
    write_log(home, TALK, id="../../x").rename(home / "sessions" / "evil.md")
    done = coach(home, "list")
    assert (done.returncode, b".." in done.stdout + done.stderr) == (0, False)


def test_a_session_is_found_by_the_path_of_its_file_wherever_that_leads(tmp_path: Path) -> None:
    home = make(tmp_path)
    path = write_log(home, TALK, "fear:: Mine.")
    for wanted in (str(path), f"elsewhere/{path.name}", f"{TALK}.md.age", "11-02"):
        done = coach(home, "show", wanted)
        assert (done.returncode, b"Mine." in done.stdout) == (0, True)
