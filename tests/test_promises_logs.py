"""What a log holds is read by every later version, told where it is wrong, and never lost when it is written again."""

import json
import re
import shutil
from pathlib import Path

import pytest

from coach.logs.markdown import read_log, render
from coach.logs.session import FORMAT
from talk import coach, crashed, logs, make_home, program, write_log
from test_markdown import answers_of

OLD = sorted((Path(__file__).parent / "old_logs").glob("*/*.md"))
ID = "2026-11-02-090000-talk"
WAYS = """
title: Ways
steps:
  - {id: way, ask: Which way?, type: choice, options: {high: High, low: Low}}
  - {id: why, ask: Why so high?, when: {way: high}}
  - {id: next, ask: What is next?}
"""


@pytest.mark.parametrize("log", OLD, ids=lambda log: f"format {log.parent.name}")
def test_a_log_of_every_format_there_was_is_read_as_it_was_then(tmp_path: Path, log: Path) -> None:
    home = make_home(tmp_path)
    (home / "sessions").mkdir()
    shutil.copy(log, home / "sessions")
    done = coach(home, "show", "--json")
    assert done.stderr == b""
    assert json.loads(log.with_suffix(".json").read_text("utf-8")).items() <= json.loads(done.stdout).items()


@pytest.mark.parametrize("log", OLD, ids=lambda log: f"format {log.parent.name}")
def test_reading_some_of_an_old_log_gives_what_reading_gives(log: Path) -> None:
    text = log.read_text("utf-8")
    ids = {exchange.id for exchange in read_log(text, log.name).exchanges}
    assert read_log(text, log.name, ids) == answers_of(read_log(text, log.name), ids)


@pytest.mark.parametrize("log", [log for log in OLD if log.parent.name == str(FORMAT)], ids=["format of now"])
def test_a_log_of_this_format_is_written_again_as_it_was(log: Path) -> None:
    text = log.read_text("utf-8")
    assert render(read_log(text, log.name)) == text


def test_what_is_wrong_at_the_head_of_a_log_is_told_with_its_line_and_the_others_are_shown(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    write_log(home, ID)
    write_log(home, "2026-11-03-090000-talk", started="yesterday")
    write_log(home, "2026-11-04-090000-talk", finished="12:00")
    write_log(home, "2026-11-05-090000-talk", format="0")
    write_log(home, "2026-11-06-090000-talk", format="1.5")
    write_log(home, "2026-11-07-090000-talk", id="")
    (home / "sessions" / "2026-11-08-090000-talk.md").write_text("---\n- a list\n---\n")
    (home / "sessions" / "2026-11-09-090000-talk.md").write_text("---\nid: x\n")
    done = coach(home, "list")
    assert done.stdout.decode() == f"{ID}  S.\n"
    assert done.stderr.decode().split("\n") == [
        "2026-11-09-090000-talk.md: this is not a log of a session; a log starts with its front matter between two lines `---`",
        "2026-11-08-090000-talk.md:2: this is not a log of a session; its front matter has no keys",
        "2026-11-07-090000-talk.md:2: the front matter lacks 'id'; put the line back",
        "2026-11-06-090000-talk.md:2: '1.5' is not a format; write `format: 1`",
        "2026-11-05-090000-talk.md:2: '0' is not a format; write `format: 1`",
        "2026-11-04-090000-talk.md:8: '12:00' is not a time; write it as 2026-11-24T09:15:02+01:00",
        "2026-11-03-090000-talk.md:7: 'yesterday' is not a time; write it as 2026-11-24T09:15:02+01:00",
        "",
    ]


def test_a_time_without_its_offset_is_local_time(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    write_log(home, ID, started="2026-11-02T09:00:00", finished="")
    assert json.loads(program(home, "show", "--json").stdout)["started"] == "2026-11-02T09:00:00+01:00"


@pytest.mark.parametrize("started", ["0001-01-01T00:00:00", "1969-07-20T20:17:00", "9999-12-31T23:59:59"])
def test_a_time_of_which_the_system_knows_no_zone_is_shown_as_it_is(tmp_path: Path, started: str) -> None:
    home = make_home(tmp_path)
    write_log(home, f"{re.sub('[:]', '', started.replace('T', '-'))}-talk", "fear:: Mine.", started=started)
    listed, shown = program(home, "list"), program(home, "show", "--json")
    assert (listed.returncode, listed.stderr, json.loads(shown.stdout)["started"][:19]) == (0, b"", started)


def test_a_step_of_the_last_day_there_is_falls_due_then(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    write_log(home, "9999-12-31-090000-talk", "first_step:: Call.", started="9999-12-31T09:00:00+01:00")
    listed, waiting = coach(home, "list"), coach(home)
    assert (listed.stdout, listed.stderr) == (b"9999-12-31-090000-talk  S.\n", b"")
    assert waiting.stdout.startswith(b"Still open, the first step with S.: Call.")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_log_that_is_not_utf8_is_told_as_such(encoding: str, tmp_path: Path) -> None:
    home = make_home(tmp_path)
    path = write_log(home, ID, "fear:: Mine.")
    path.write_bytes(path.read_text("utf-8").encode(encoding))
    told = f"{ID}.md: it is not UTF-8 text; save the file as UTF-8\n".encode()
    assert (coach(home, "list").stderr, coach(home, "show").stderr) == (told, told)


@pytest.mark.parametrize("number", ["\N{SUPERSCRIPT TWO}", "1" * 5000], ids=["superscript", "long"])
def test_a_format_that_is_no_number_is_told_like_any_other_mistake(tmp_path: Path, number: str) -> None:
    home = make_home(tmp_path)
    write_log(home, ID, format=number)
    done = coach(home, "list")
    assert (done.returncode, crashed(done.stderr)) == (0, False)


def test_a_note_below_an_answer_that_no_longer_applies_is_not_lost(tmp_path: Path) -> None:
    home = make_home(tmp_path, WAYS)
    path = write_log(home, ID, "way:: high (High)", "why:: View.", choices="[way]", finished="")
    path.write_text(f"{path.read_text()}\nA note of my own.\n")
    done = coach(home, "resume", "--plain", typed="<\n<\n2\nWait.\n")
    body = """# Talk: S.

### Which way?

- way:: low (Low)

A note of my own.

### What is next?

- next:: Wait.
"""
    assert (done.returncode, logs(home), path.read_text().partition("---\n\n")[2]) == (0, [path], body)
