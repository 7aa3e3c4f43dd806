"""A whole session as it stands on a terminal: what is said, earlier words, each question with all that helps, and the review."""

from datetime import timedelta
from pathlib import Path

from driver import Terminal
from shelf import MONDAY, coach, make_shelf, put

SEQUENCE = """\
title: Talk
steps:
  - id: wish
    title: What you want
    say: Take your time.
    ask: What do you wish?
    hint: To listen.
    optional: true
    recall: {wish: 2}
  - {id: sure, ask: How sure are you?, type: scale, scale: {from: 0, to: 10, low: not at all, high: completely}}
"""
SCREEN = """\
Talk
Your words stay on this computer. You can stop at any time; what you wrote is
kept.

─ What you want ────────────────────────────────────────────────────────── 1 / 2
Take your time.

Earlier you wrote:
  3 March 2026  Calm.
  2 March 2026  Peace.
  And quiet.

What do you wish?
For example: To listen.
You may leave this empty.
›  Rest.

─ What you want ────────────────────────────────────────────────────────── 2 / 2

How sure are you?
0 not at all - 10 completely
›  7

─ What you wrote ──────────────────────────────────────────────────────────────

What you want

What do you wish?
Rest.

How sure are you? (0 not at all - 10 completely)
7

Would you like to change anything?
 › 1. This is good
   2. Change something
arrows choose · Enter next · Ctrl-B back"""


SHOWN = """\
Talk
S.
Monday 2 March 2026, 09:00

Called on Friday.

wish?
Peace.

That was long ago.

Not finished yet. Go on with: coach resume 2026-03-02-090000-talk
"""


def test_a_session_stands_whole_on_the_screen(tmp_path: Path) -> None:
    home = make_shelf(tmp_path, SEQUENCE)
    put(home, MONDAY, "talk", wish="Peace.\nAnd quiet.")
    put(home, MONDAY + timedelta(days=1), "talk", wish="Calm.")
    terminal = Terminal("run", "talk", home=home)
    terminal.wait_for_question(1)
    terminal.type("Rest.\r")
    terminal.wait_for_question(2)
    terminal.type("7\r")
    terminal.wait_for(" › 1. This is good", "completely)\n7\n", "   2. Change something", "Ctrl-B back")
    assert terminal.text == SCREEN
    terminal.type("\r")
    assert terminal.wait() == 0


def test_a_session_is_shown_with_what_was_written_beside_it(tmp_path: Path) -> None:
    home = make_shelf(tmp_path, SEQUENCE)
    log = home / "sessions" / f"{put(home, MONDAY, 'talk', wish='Peace.', finished=False)}.md"
    text = log.read_text("utf-8").replace("# Talk: S.", "# Talk: S.\n\nCalled on Friday.")
    log.write_text(f"{text}\nThat was long ago.\n", "utf-8")
    page = coach(home, "show").out
    assert [line.rstrip() for line in page.split("\n")] == SHOWN.split("\n")


def test_in_plain_lines_what_was_heard_is_quoted_with_an_example(tmp_path: Path) -> None:
    done = coach(make_shelf(tmp_path), "run", "honest-question", "--plain", typed="\nDid you sleep badly?\n3\n")
    assert '\n"Did you sleep badly?"\nFor example: ' in done.out
