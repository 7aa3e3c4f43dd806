"""What waits for a person who types `coach` alone."""

# sentences stay on one line

from __future__ import annotations

from datetime import UTC, date, datetime

from coach.cli.status import open_loops
from coach.logs.session import Exchange, Session, title_of


def session(day: int, kind: str, follows: str = "", *, about: str = "S.", finished: bool = True, **answers: str) -> Session:
    started = datetime(2026, 3, day, 9, 0, tzinfo=UTC)
    exchanges = tuple(Exchange(id_, f"{id_}?", (text,)) for id_, text in answers.items())
    done = started if finished else None
    return Session(f"{kind}-{day}", kind, kind, "en", "A title", started, about, done, follows, exchanges=exchanges)


def loops(*sessions: Session, day: int) -> list[tuple[str, str]]:
    return list(open_loops(sessions, date(2026, 3, day)))


def test_a_first_step_waits_from_the_day_it_is_due() -> None:
    reflected = session(1, "reflect", first_step="I call.", first_step_when="2026-03-05")
    waits = ("Thursday 5 March, the first step with S.: I call.", "coach follow-up --follows reflect-1")
    assert [loops(reflected, day=day) for day in (4, 5, 6)] == [[], [waits], [waits]]


def test_a_first_step_without_a_day_waits_after_two_weeks() -> None:
    reflected = session(1, "reflect", first_step="I call.")
    waits = ("Sunday 15 March, the first step with S.: I call.", "coach follow-up --follows reflect-1")
    assert [loops(reflected, day=day) for day in (14, 15)] == [[], [waits]]


def test_a_fear_of_which_nothing_was_known_waits_after_two_weeks() -> None:
    sessions = (session(2, "reflect", "prepare-1", fear_outcome="unknown"), session(1, "prepare", fear="Silence."))
    waits = ("Monday 2 March, what you feared with S.: do you know more now?", "coach follow-up --follows reflect-2")
    assert [loops(*sessions, day=day) for day in (15, 16)] == [[], [waits]]


def test_what_is_half_way_and_what_was_prepared_wait_at_once() -> None:
    sessions = (
        session(3, "map", finished=False),
        session(2, "prepare"),
        session(1, "prepare"),
        session(1, "reflect", "prepare-1"),
    )
    assert loops(*sessions, day=3) == [
        ("Tuesday 3 March, half-way: S.", "coach resume map-3"),
        ("Monday 2 March, prepared: S.", "coach reflect --follows prepare-2"),
    ]


def test_a_session_is_called_after_what_it_is_about_else_after_what_it_is() -> None:
    about, title = session(1, "map"), session(1, "map", about="")
    assert [title_of(about), title_of(title), title_of(Session("1", "map", "map", "en", "", about.started))] == [
        "S.",
        "A title",
        "map",
    ]
