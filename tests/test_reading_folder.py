"""What the folder of sessions holds, read in order and in part."""

from datetime import UTC, date, datetime
from pathlib import Path

from coach.logs.library import Damaged, Library
from coach.logs.markdown import render
from coach.logs.register import Copy
from coach.logs.session import Exchange, Session


def put(folder: Path, id_: str, name: str = "") -> None:
    started = datetime.strptime(id_[:17], "%Y-%m-%d-%H%M%S").replace(tzinfo=UTC)
    exchanges = (Exchange("fear", "?", ("x",)), Exchange("effort", "?", ("3",)))
    session = Session(id_, "prepare", "prepare", "en", "T", started, exchanges=exchanges)
    (folder / f"{name or id_}.md").write_text(render(session), "utf-8")


def names(folder: Path, since: date | None = None, until: date | None = None) -> list[str]:
    return [entry.path.stem if isinstance(entry, Damaged) else entry[0] for entry in Library(folder).logs(since, until)]


def test_sessions_of_one_second_stand_in_the_order_they_were_begun(tmp_path: Path) -> None:
    for id_ in (
        "2026-03-02-090000-prepare",
        "2026-03-02-090000-prepare-2",
        "2026-03-02-090000-prepare-10",
        "2026-03-02-090000-map",
    ):
        put(tmp_path, id_)
    assert names(tmp_path) == Library(tmp_path).folder.ids()
    assert names(tmp_path) == [
        "2026-03-02-090000-prepare-10", "2026-03-02-090000-prepare-2", "2026-03-02-090000-prepare", "2026-03-02-090000-map",
    ]  # fmt: skip


def test_days_narrow_what_is_read(tmp_path: Path) -> None:
    for day in ("01", "02", "03"):
        put(tmp_path, f"2026-03-{day}-090000-prepare")
    assert names(tmp_path, date(2026, 3, 2), date(2026, 3, 2)) == ["2026-03-02-090000-prepare"]


def test_a_copy_is_no_log_and_a_renamed_session_is(tmp_path: Path) -> None:
    put(tmp_path, "2026-03-02-090000-prepare")
    put(tmp_path, "2026-03-02-090000-prepare", "2026-03-02-090000-prepare (conflicted copy)")
    put(tmp_path, "2026-03-03-090000-prepare", "talk with S")
    put(tmp_path, "2026-03-03-090000-prepare", "talk with S 2")
    assert names(tmp_path) == ["talk with S", "2026-03-02-090000-prepare"]
    kinds = [type(entry) for entry in Library(tmp_path).entries()]
    assert kinds == [Session, Copy, Session, Copy]


def test_a_file_that_is_no_log_and_one_that_cannot_be_read_are_damaged(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("shopping", "utf-8")
    (tmp_path / "2026-03-02-090000-prepare.md").mkdir()
    entries = list(Library(tmp_path).logs())
    assert [entry.problem.what for entry in entries if isinstance(entry, Damaged)] == [
        "it is not an ordinary file", "this is not a log of a session",
    ]  # fmt: skip


def test_only_the_answers_asked_for_are_read(tmp_path: Path) -> None:
    put(tmp_path, "2026-03-02-090000-prepare")
    (session,) = (entry for entry in Library(tmp_path).entries(answers={"effort"}) if isinstance(entry, Session))
    assert session.exchanges == (Exchange("effort", "?", ("3",)),)
