"""What a reader sees on a terminal: lists that fit, words that were looked for, long pages in a pager, and how far reading is."""

import io
from datetime import timedelta
from pathlib import Path

import pytest

from coach.terminal import progress
from driver import Terminal
from shelf import MONDAY, make_shelf, put


class Screen(io.StringIO):
    """A stream that somebody looks at."""

    def isatty(self) -> bool:
        return True


def seen(home: Path, *arguments: str, columns: int = 80, rows: int = 24, **environment: str) -> list[str]:
    terminal = Terminal(*arguments, home=home, columns=columns, rows=rows, **environment)
    assert terminal.wait() == 0
    return terminal.text.split("\n")


def test_a_list_fits_on_the_screen(tmp_path: Path) -> None:
    home = make_shelf(tmp_path)
    put(home, MONDAY)
    put(home, MONDAY + timedelta(days=1), about="The parents of a pupil", finished=False)
    assert seen(home, "list", columns=60) == [
        "2026-03-03-090000-prepare  The parents of a …  not finished",
        "2026-03-02-090000-prepare  S.                  prepared",
    ]
    assert seen(home, "list", columns=80) == [
        "2026-03-03-090000-prepare  The parents of a pupil  not finished",
        "2026-03-02-090000-prepare  S.                      prepared",
    ]


def test_what_was_looked_for_is_shown_below_its_question_with_its_day(tmp_path: Path) -> None:
    home = make_shelf(tmp_path)
    put(home, MONDAY, fear="That she leaves.\nLeaves me.", wish="Rest.")
    put(home, MONDAY + timedelta(days=1), about="leaves")
    assert seen(home, "search", "leaves") == [
        "3 March 2026  leaves  2026-03-03-090000-prepare",
        "  leaves",
        "",
        "2 March 2026  S.  2026-03-02-090000-prepare",
        "  fear?",
        "    That she leaves.",
        "    Leaves me.",
    ]


@pytest.mark.parametrize(("height", "begins"), [(6, False), (5, True)])
def test_a_page_higher_than_the_screen_is_read_in_a_pager(height: int, begins: bool, tmp_path: Path) -> None:
    home = make_shelf(tmp_path)
    put(home, MONDAY, fear="That she leaves.")
    lines = seen(home, "show", rows=height, PAGER="sed 's/^/> /'")
    assert (lines[-1][:2] == "> ") is begins


def test_from_a_second_on_it_is_told_how_many_were_read_and_at_the_end_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    times = iter([0.0, 0.9, 1.0, 1.0, 1.1, 1.2, 1.2])
    monkeypatch.setattr(progress, "monotonic", times.__next__)
    screen = Screen()
    assert list(progress.watched(range(4 * 64), screen)) == list(range(4 * 64))
    assert screen.getvalue() == "\rReading: 64 sessions\rReading: 192 sessions\r" + " " * 21 + "\r"


def test_what_is_told_is_gone_once_nobody_waits_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    times = iter([0.0, 1.0, 1.0])
    monkeypatch.setattr(progress, "monotonic", times.__next__)
    screen, things = Screen(), iter("abc")
    watching = progress.watched(things, screen)
    assert next(watching) == "a"
    watching.close()
    assert (list(things), screen.getvalue()) == (["b", "c"], "\rReading: 0 sessions\r" + " " * 19 + "\r")


def test_what_is_read_at_once_or_by_nobody_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "monotonic", lambda: 0.0)
    screen = Screen()
    assert (list(progress.watched("ab", screen)), screen.getvalue()) == (["a", "b"], "")


def test_a_path_longer_than_the_screen_is_shown_whole(tmp_path: Path) -> None:
    home = make_shelf(tmp_path / ("long" * 12))
    assert str(home / "sessions") in "".join("".join(seen(home, "where", columns=50)).split())


def test_a_message_ends_its_lines_between_words_on_a_terminal(tmp_path: Path) -> None:
    terminal = Terminal("show", "mother", home=make_shelf(tmp_path), columns=34, rows=24)
    assert terminal.wait() == 1
    assert terminal.text.split("\n") == ["there is no session 'mother';", "`coach list` shows the sessions", "there are"]
