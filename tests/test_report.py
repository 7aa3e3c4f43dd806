"""The report is one page that needs nothing, and in which nothing that was written does anything."""

# sentences stay on one line

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser

import pytest

from coach.documents.charts import effort_pairs, fear_dots, trend_line
from coach.documents.report import Report, render_report
from coach.insights.collect import collect
from coach.insights.efforts import Effort
from coach.insights.fears import FearCollector, Fears
from coach.insights.patterns import PatternCollector, Patterns
from coach.insights.trends import Point, Trend, periods_between
from coach.insights.visits import VisitCollector
from coach.language import speak
from coach.logs.session import Exchange, Session
from collected import collected
from history import history

DAY = date(2026, 11, 24)
HOSTILE = "</script><img src=x onerror=alert(1)> javascript:alert(1) \x1b]52;c;x\x07 [link=x] \" ' & \u202e"
VOID = {"meta", "link", "img", "br"}


class Reader(HTMLParser):
    """Notes every tag with its attributes, and whether each is closed in its turn."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    assert reader.open == []
    return reader


def report(sessions: tuple[Session, ...]) -> Report:
    fears, patterns, visits = FearCollector(), PatternCollector(), VisitCollector()
    collect(sessions, (fears, patterns, visits))
    return Report(fears.result(), patterns.result(), visits.result())


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_page_of_three_years_needs_no_script_and_no_network(language: str) -> None:
    speak(language)
    page = render_report(report(history(language)), language, DAY)
    reader = read(page)
    names = {name for name, _attributes in reader.tags}
    assert names.isdisjoint({"script", "img", "iframe", "object", "embed", "form", "a", "base"})
    assert [attributes["href"] for name, attributes in reader.tags if name == "link"] == ["data:,"]
    assert "http:" not in page
    assert "https:" not in page
    assert "url(" not in page


def test_every_picture_tells_in_words_what_it_shows() -> None:
    page = render_report(report(history("en")), "en", DAY)
    pictures = [attributes for name, attributes in read(page).tags if name == "svg" and attributes.get("aria-hidden") != "true"]
    assert pictures
    assert all(attributes["role"] == "img" for attributes in pictures)
    assert page.count("<title>") == len(pictures) + 1


def test_hostile_words_stay_words() -> None:
    exchanges = tuple(
        Exchange(id_, HOSTILE, (HOSTILE,)) for id_ in ("fear", "unexpected", "old_road", "quality", "first_step", "helped")
    )
    start = datetime(2026, 3, 2, tzinfo=UTC)
    sessions = tuple(
        Session(str(n), HOSTILE, HOSTILE, "en", HOSTILE, start + timedelta(days=n), HOSTILE, tags=(HOSTILE,), exchanges=exchanges)
        for n in range(3)
    )
    page = render_report(report(sessions), "en", DAY)
    names = {name for name, _attributes in read(page).tags}
    assert "img" not in names
    assert "script" not in names
    assert "\x1b" not in page
    assert "\u202e" not in page
    assert "&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;" in page


def test_a_page_about_nothing_is_a_page() -> None:
    page = render_report(Report(Fears(), Patterns(), ()), "en", DAY)
    assert "<h1>Looking back</h1>" in page
    read(page)


def test_each_fear_with_a_known_outcome_is_one_dot() -> None:
    fears = collected(history("nl"), FearCollector())
    known = sum(fears.counts[outcome] for outcome in ("no", "partly", "yes"))
    assert fear_dots(fears.fears).count("<circle") == known


def test_many_fears_share_a_dot() -> None:
    fears = collected(history("nl"), FearCollector()).fears * 20
    assert "<figcaption>Each dot stands for" in fear_dots(fears)
    assert fear_dots(fears).count("<circle") < 400


def session(kind: str, day: int, *exchanges: Exchange, follows: str = "", hour: int = 9) -> Session:
    started = datetime(2026, 3, day, hour, tzinfo=UTC)
    return Session(f"{kind}-{day}-{hour}", kind, kind, "en", "", started, "S.", follows=follows, exchanges=exchanges)


def answer(id_: str, *lines: str) -> Exchange:
    return Exchange(id_, id_, lines)


def headings(page: str) -> list[str]:
    return re.findall(r"<h2>(.*?)</h2>", page)


def trend(*points: tuple[int, int]) -> str:
    """Return the figure of numbers that were given on days from the last of February on."""
    start = datetime(2026, 2, 28, tzinfo=UTC)
    made = tuple(Point(str(place), start + timedelta(days=day), value) for place, (day, value) in enumerate(points))
    return trend_line(Trend("effort", made), periods_between(point.started for point in made))


def test_two_sessions_are_told_in_words() -> None:
    prepared = session(
        "prepare",
        2,
        answer("first_thought", "He will not come."),
        answer("honest_question", "What keeps you awake?"),
        answer("fear", "That he walks out."),
        answer("fear_likelihood", "7"),
        answer("effort_expected", "8"),
    )
    reflected = session(
        "reflect",
        3,
        Exchange("fear_outcome", "", ("no (No)",), choice=True),
        answer("heavier", "The interpreter."),
        answer("effort", "5"),
        answer("presence", "6"),
        answer("thought_now", "He was early."),
        Exchange("helped", "", ("let_go (Letting go)",), choice=True),
        answer("loosened", "He told of his work."),
        answer("strength", "I can wait."),
        answer("learned", "Waiting helps."),
        answer("not_yours", "His rota."),
        answer("first_step", "Call him."),
        follows=prepared.id,
    )
    page = render_report(report((prepared, reflected)), "en", DAY)
    assert headings(page) == [
        "How your thinking changed",
        "What you feared, and what happened",
        "What was harder than you had thought",
        "Your questions",
        "What your question brought up",
        "What helped you",
        "What helped, in your words",
        "What was not yours to solve",
        "What you learned",
        "How you were there",
        "First small steps",
        "Your sessions",
    ]
    assert "figure>" not in page
    assert "%" not in page[page.index("<body>") :]
    assert 'class="bar"' not in page


def test_what_was_thought_stands_side_by_side() -> None:
    prepared = session("prepare", 2, answer("first_thought", "He will not come."))
    reflected = session("reflect", 3, answer("thought_now", "He was early."), follows=prepared.id)
    later = session("follow-up", 20, answer("thought_now", "He tries."), follows=reflected.id)
    page = render_report(report((prepared, reflected, later)), "en", DAY)
    assert re.findall(r'<div class="small">(\S.*?)</div><q>(.*?)</q>', page) == [
        ("first", "He will not come."),
        ("after the conversation", "He was early."),
        ("weeks later", "He tries."),
    ]


def test_what_was_harder_is_told_without_any_fear() -> None:
    page = render_report(report((session("reflect", 3, answer("heavier", "The interpreter.")),)), "en", DAY)
    assert headings(page) == ["What was harder than you had thought", "Your sessions"]


@pytest.mark.parametrize(
    ("days", "span"),
    [
        ((25,), "25 March 2026 · 1 session"),
        ((25, 25), "25 March 2026 · 2 sessions"),
        ((2, 25), "2 March \N{EN DASH} 25 March 2026 · 2 sessions"),
    ],
)
def test_a_period_of_one_day_is_one_day(days: tuple[int, ...], span: str) -> None:
    sessions = tuple(session("prepare", day, hour=hour) for hour, day in enumerate(days))
    assert f'<p class="lead quiet">{span}</p>' in render_report(report(sessions), "en", DAY)


def test_sessions_of_one_day_are_a_number_on_the_calendar() -> None:
    sessions = (session("prepare", 2), session("reflect", 2, hour=10), session("prepare", 5))
    page = render_report(report(sessions), "en", DAY)
    assert re.findall(r'class="(several|mark [a-z-]+)', page) == [
        "several",
        "mark prepare",
        "mark prepare",
        "several",
    ]  # with a legend


def test_each_of_a_few_numbers_is_written_beside_its_point() -> None:
    figure = trend((2, 7), (2, 7), (9, 4), (16, 6), (23, 10))
    assert re.findall(r'<text x="(\S+)" y="\S+" class="value middle">(\d+)<', figure) == [
        ("34", "7"),
        ("106", "7"),
        ("178", "4"),
        ("250", "6"),
        ("322", "10"),
    ]


def test_the_mean_of_one_month_goes_along_its_points() -> None:
    figure = trend(*((day, 4 + 2 * (day % 2)) for day in range(1, 21)))
    assert '<polyline points="34,80 322,80" class="trend effort">' in figure
    assert '<circle cx="322" cy="80" r="3.5" class="effort">' in figure
    assert '<text x="329" y="84" class="value">5.0</text>' in figure


def test_a_mean_stands_amid_the_days_that_it_is_of() -> None:
    figure = trend(*([(1, 4)] * 10), (5, 6), (5, 6), (31, 5), (32, 8), (32, 8))
    assert '<polyline points="61.2,87.6 322,42.8" class="trend effort">' in figure


def test_the_effort_of_the_last_conversations_is_drawn_in_pairs() -> None:
    efforts = [Effort(str(day), "S.", datetime(2026, 3, day, tzinfo=UTC), 8, 5) for day in range(20, 10, -1)]
    figure = effort_pairs(efforts)
    assert figure.count('class="awaited"') == 8 + 1  # with a legend
    assert "On average you expected 8.0, and it was 5.0. These are the last 8 conversations.</figcaption>" in figure


def test_of_a_long_list_the_newest_are_in_sight_and_a_hundred_more_open() -> None:
    sessions = tuple(
        Session(f"{n:04}", "prepare", "prepare", "en", "", datetime(2020, 1, 1, tzinfo=UTC) + timedelta(days=n),
                exchanges=(answer("honest_question", f"What is {n}?"),))
        for n in range(120)
    )  # fmt: skip
    page = render_report(report(sessions), "en", DAY)
    assert re.findall(r"What is (\d+)\?", page) == [str(n) for n in range(119, 13, -1)]
    assert "<summary>114 earlier</summary>" in page
    assert "Before these came another 14; they are in your logs." in page
