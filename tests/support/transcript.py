"""The session at the top of README.md, played in a real terminal; `python tests/support/transcript.py` shows it."""

import re
import tempfile
from pathlib import Path

from driver import Terminal

ANSWERS = ("That I worry about her too.", "What makes the mornings so hard for you?", "7")


def transcript(home: Path) -> str:
    """Return what is on the screen after `coach run honest-question`, without what differs from run to run."""
    terminal = Terminal("run", "honest-question", home=home)
    for number, answer in enumerate(ANSWERS, start=1):
        terminal.wait_for_question(number)
        terminal.type(f"{answer}\r")
    terminal.wait_for("Would you like to change anything?", " › 1. This is good")
    terminal.type("\r")
    terminal.wait()
    screen = re.sub(r"Kept in .*/sessions/\d{4}-\d\d-\d\d-\d{6}", "Kept in sessions/2026-11-24-091502", terminal.text)
    return f"$ coach run honest-question\n\n{screen}\n"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        print(transcript(Path(folder) / "home"))
