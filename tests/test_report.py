"""The report is one page that needs nothing, and in which nothing that was written does anything."""

# sentences stay on one line

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser

import pytest

from coach.documents.charts import fear_dots
from coach.documents.report import Report, render_report
from coach.insights.collect import collect
from coach.insights.fears import FearCollector, Fears
from coach.insights.patterns import PatternCollector, Patterns
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
    assert "Each dot stands for" in fear_dots(fears)
    assert fear_dots(fears).count("<circle") < 400
