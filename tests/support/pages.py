"""What the commands that look back show of half a year; `python tests/support/pages.py` writes it into tests/golden/pages."""

import sys
import tempfile
from datetime import date
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE)]

from coach.documents.report import Report, render_report
from coach.insights.collect import collect
from coach.insights.fears import FearCollector
from coach.insights.patterns import PatternCollector
from coach.insights.visits import VisitCollector
from coach.language import speak
from coach.logs.markdown import render
from history import history
from shelf import coach, make_shelf

GOLDEN = HERE.parent / "golden" / "pages"
SESSIONS = 40
COMMANDS = {
    "fears.txt": "fears",
    "fears-all.txt": "fears --limit 0",
    "patterns.txt": "patterns",
    "patterns-all.txt": "patterns --all",
    "search.txt": "search question",
    "list.txt": "list --limit 0",
}


def pages(folder: Path) -> dict[str, str]:
    """Return each page by the name of its file."""
    home = make_shelf(folder)
    sessions = history("en")[:SESSIONS]
    for session in sessions:
        (home / "sessions" / f"{session.id}.md").write_bytes(render(session).encode())
    shown = {name: coach(home, *command.split()).out for name, command in COMMANDS.items()}
    speak("en")
    fears, patterns, visits = FearCollector(), PatternCollector(), VisitCollector()
    collect(sessions, (fears, patterns, visits))
    report = Report(fears.result(), patterns.result(), visits.result())
    page = render_report(report, "en", date(2026, 11, 24))
    return {**shown, "report.html": page[page.index("<body>") :]}


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        for name, text in pages(Path(place)).items():
            (GOLDEN / name).write_text(text, "utf-8")
