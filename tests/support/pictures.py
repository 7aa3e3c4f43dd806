"""Draws the pictures of README.md from the fictional history: `python tests/support/pictures.py`; the report needs Chromium."""

import os
import re
import subprocess
import tempfile
from pathlib import Path

from rich.console import Console

from coach.insights.fears import FearCollector
from coach.language import speak
from coach.logs.markdown import render
from coach.terminal.looking_back import fears_page
from collected import collected
from history import history

PICTURES = Path(__file__).parents[2] / ".readme"
CHROMIUM = "chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=1100,620"


def draw() -> None:
    """Draw `coach fears` as SVG and the head of `coach report` as PNG."""
    speak("en")
    sessions = history("en")
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        console = Console(record=True, width=80, file=nowhere, force_terminal=True)
        console.print(fears_page(collected(sessions, FearCollector()), 2))
    drawing = re.sub(r"@font-face \{.*?\}|<!--.*?-->", "", console.export_svg(title="coach fears"), flags=re.DOTALL)
    (PICTURES / "fears.svg").write_text(drawing, "utf-8")
    with tempfile.TemporaryDirectory() as folder:
        logs = Path(folder) / "home" / "sessions"
        logs.mkdir(mode=0o700, parents=True)
        for session in sessions:
            (logs / f"{session.id}.md").write_bytes(render(session).encode())
        page = Path(folder) / "report.html"
        subprocess.run(["coach", "--home", str(logs.parent), "--lang", "en", "report", "--output", str(page)], check=True)
        picture = f"--screenshot={PICTURES / 'report.png'}"
        subprocess.run([*CHROMIUM.split(), f"--user-data-dir={folder}/browser", picture, f"file://{page}"], check=True)


if __name__ == "__main__":
    draw()
