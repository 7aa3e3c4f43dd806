"""Kills sessions at random moments and counts what is lost: `python tests/benchmarks/kills.py [N] [--sealed] [--seed S]`.

An answer counts as confirmed when the next question was on the screen, on Windows when it came out of a
pipe. It ends with 1 when an answer is lost, a log cannot be read or a file is left behind.
"""

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from threading import Timer

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))
from coach.errors import CoachError
from coach.logs.library import Damaged, Library
from driver import Started
from piped import Piped
from systems import IS_WINDOWS
from talk import ANSWERS, TALK, coach, leftovers, make_home, program

QUESTIONS = 3
WORDS = ["zij", "loopt", "weg", "en", "ik", "weet", "niets", "meer", "te", "zeggen"]


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("kills", nargs="?", type=int, default=200)
    options.add_argument("--sealed", action="store_true")
    options.add_argument("--seed", type=int, default=5)
    given = options.parse_args()
    chance = random.Random(given.seed)  # no secret
    longest = whole_session() if IS_WINDOWS else 0.0
    confirmed = lost = unreadable = left = plain = 0
    for number in range(given.kills):
        with tempfile.TemporaryDirectory() as folder:
            home = make_home(Path(folder), TALK)
            library = seal_home(home) if given.sealed else Library(home / "sessions")
            answers = piped_session(home, chance, longest) if IS_WINDOWS else session(home, chance)
            confirmed += len(answers)
            held = read(library)
            unreadable += held is None
            lost += sum(answer not in (held or ()) for answer in answers)
            if given.sealed:
                plain += sum(b"KEPT" in path.read_bytes() for path in home.rglob("*") if path.is_file())
            coach(home, "run", "talk", typed="")  # the next start
            library.folder.prepare()
            left += len(leftovers(home))
        if sys.stderr.isatty():
            print(f"\r{number + 1} kills, {confirmed} confirmed, {lost} lost", end="", file=sys.stderr)
    print(f"{given.kills} kills, {confirmed} answers confirmed: {lost} lost, {unreadable} unreadable")
    print(f"{left} files left over, {plain} in the clear")
    return 1 if lost or unreadable or left or plain else 0


def session(home: Path, chance: random.Random) -> list[str]:
    """Hold a session that is killed at a random moment; return the answers that were confirmed."""
    terminal = Started("run", "talk", home=home, rows=40)
    deadline = time.monotonic() + chance.uniform(0.15, 1.6)
    confirmed: list[str] = []
    asked = 0
    answer = ""
    while time.monotonic() < deadline:
        terminal._read(min(0.004, max(0.0, deadline - time.monotonic())))  # noqa: SLF001
        if asked < QUESTIONS and terminal._asks(asked + 1):  # noqa: SLF001
            if asked:
                confirmed.append(answer)
            asked += 1
            answer = "KEPT " + " ".join(chance.choices(WORDS, k=chance.randint(1, 30)))
            terminal.type(answer + ("\r" if chance.random() < 0.8 else ""))
    os.kill(terminal.pid, signal.SIGKILL)
    terminal.wait()
    return confirmed


def piped_session(home: Path, chance: random.Random, longest: float) -> list[str]:
    """Hold a session through a pipe that is killed at a random moment; return the answers that were confirmed."""
    run = Piped("run", "talk", home=home)
    killer = Timer(chance.uniform(longest / 2, longest * 1.3), run.process.kill)
    killer.start()
    confirmed: list[str] = []
    answer = ""
    with suppress(OSError):  # it is killed while it is given an answer
        for number in range(1, QUESTIONS + 2):
            if not run.reads(f"{number} / "):
                break
            confirmed += [answer] if number > 1 else []
            answer = "KEPT " + " ".join(chance.choices(WORDS, k=chance.randint(1, 30)))
            run.type(answer)
    killer.join()
    run.kill()
    return confirmed


def whole_session() -> float:
    """Return how many seconds a session through a pipe takes that is not killed."""
    with tempfile.TemporaryDirectory() as folder:
        begin = time.monotonic()
        program(make_home(Path(folder), TALK), "run", "talk", typed=ANSWERS)
        return time.monotonic() - begin


def read(library: Library) -> list[str] | None:
    """Return the answers in all logs, or None when one cannot be read."""
    try:
        entries = list(library.entries())
    except CoachError:
        return None
    if any(isinstance(entry, Damaged) for entry in entries):
        return None
    return [exchange.text for found in library.sessions() for exchange in found.exchanges]


def seal_home(home: Path) -> Library:
    """Seal a home with a key that is kept in memory; saving needs the public half alone."""
    from coach.logs.encryption import Seal, identity, new_secret

    secret = new_secret()
    seal = Seal(home, lambda: "")
    seal.public.write_text(f"{identity(secret).to_public()}\n")
    seal.unlock(secret)
    return Library(home / "sessions", seal)


if __name__ == "__main__":
    sys.exit(main())
