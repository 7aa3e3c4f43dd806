"""The report as a browser shows and prints it: nothing sticks out, nothing lies over another, no heading ends a page."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from html import unescape

import pytest

from browser import BROWSER, READER, Chromium
from coach.documents.report import Report, render_report
from coach.insights.collect import collect
from coach.insights.fears import FearCollector
from coach.insights.patterns import PatternCollector
from coach.insights.visits import VisitCollector
from coach.language import speak
from coach.logs.session import Session
from history import history

pytestmark = pytest.mark.slow
needs_browser = pytest.mark.skipif(not BROWSER, reason="there is no chromium here")
needs_reader = pytest.mark.skipif(not (BROWSER and READER), reason="there is no chromium or no pdftotext here")

LONG = "https" + "onafgebrokenadres" * 12
MARGIN = 40  # points: 15 mm, less what an italic letter hangs over
CASES = ("nl 1", "nl 2", "nl 5", "nl 20", "nl 200", "en 5", "en 200", "nl one day", "nl long")
MOST_SHEETS = {
    "nl 1": 1,
    "nl 2": 2,
    "nl 5": 3,
    "nl 20": 6,
    "nl 200": 11,
    "en 5": 3,
    "en 200": 11,
    "nl one day": 7,
    "nl long": 12,
}


def on_one_day(sessions: tuple[Session, ...]) -> tuple[Session, ...]:
    day = datetime(2026, 11, 25, 8).astimezone()
    return tuple(replace(session, started=day.replace(minute=number)) for number, session in enumerate(sessions))


def with_long_words(sessions: tuple[Session, ...]) -> tuple[Session, ...]:
    return tuple(
        replace(
            session,
            about=f"{session.about} {LONG}",
            tags=(LONG,),
            exchanges=tuple(
                one if one.choice or one.text.isdigit() or "-" in one.text else one._replace(lines=(f"{one.text} {LONG}", LONG))
                for one in session.exchanges
            ),
        )
        for session in sessions
    )


def page_of(case: str) -> str:
    language, size = case.split(" ", 1)
    match size:
        case "one day":
            sessions = on_one_day(history(language, 30))
        case "long":
            sessions = with_long_words(history(language, 7))
        case _:
            sessions = history(language, int(size))
    speak(language)
    fears, patterns, visits = FearCollector(), PatternCollector(), VisitCollector()
    collect(sessions, (fears, patterns, visits))
    return render_report(Report(fears.result(), patterns.result(), visits.result()), language, date(2026, 11, 25))


def letters(text: str) -> Counter[str]:
    return Counter(unicodedata.normalize("NFKC", "".join(text.split())).casefold())


def printed(page: str) -> str:
    """Return the words of a page that stand on paper: what is closed stays closed."""
    body = page[page.index("<body>") :]
    body = re.sub(r"</summary>.*?</details>|<title>.*?</title>|<desc>.*?</desc>", " ", body, flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]*>", " ", body))


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    """Return a browser that is started once."""
    browser = Chromium(tmp_path_factory.mktemp("browser"))
    yield browser
    browser.close()


@needs_browser
@pytest.mark.parametrize("case", CASES)
def test_nothing_sticks_out_or_lies_over_another(case: str, chromium: Chromium) -> None:
    assert chromium.misfits(page_of(case)) == []


@needs_browser
def test_a_page_that_does_not_fit_is_seen(chromium: Chromium) -> None:
    page = "<!doctype html><p style='width:900px'>wide</p><p style='margin-top:-1.6em'>over it</p>"
    assert {words.split(": ")[1] for words in chromium.misfits(page)} >= {"wide | over it", "908 wide"}


@needs_reader
@pytest.mark.parametrize("case", CASES)
def test_on_paper_all_is_there_and_no_heading_ends_a_page(case: str, chromium: Chromium) -> None:
    page = page_of(case)
    sheets = chromium.on_paper(page)
    headings = {unescape(words) for words in re.findall(r"<h[123]>(.*?)</h[123]>", page)}
    assert {(round(sheet.width), round(sheet.height)) for sheet in sheets} == {(595, 842)}
    assert len(sheets) <= MOST_SHEETS[case]
    assert [line for sheet in sheets if (line := max(sheet.lines, key=lambda one: one.bottom)).text in headings] == []
    assert [
        line
        for sheet in sheets
        for line in sheet.lines
        if line.left < MARGIN or line.right > sheet.width - MARGIN or line.bottom > sheet.height - MARGIN
    ] == []
    assert letters(" ".join(line.text for sheet in sheets for line in sheet.lines)) == letters(printed(page))


@needs_reader
@pytest.mark.parametrize("before", [0, 150, 190, 230])
def test_a_figure_stands_on_one_sheet_with_its_words(before: int, chromium: Chromium) -> None:
    page = page_of("nl 200").replace('<div class="pair">', f'<div style="height:{before}mm"></div><div class="pair">')
    sheets = [" ".join(line.text for line in sheet.lines) for sheet in chromium.on_paper(page)]
    figures = re.findall(r"<figure>.*?</figure>", page)
    words = [re.findall(r'(?:class="name"|<b|<figcaption|</span></span)>([^<]{1,20})', figure) for figure in figures]
    assert [sum(all(unescape(one).strip() in sheet for one in names) for sheet in sheets) for names in words] == [1] * len(
        figures
    )
