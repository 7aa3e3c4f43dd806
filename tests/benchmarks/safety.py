"""Measures what safety costs: a save, a sealed save, reading 1,000 sealed logs. `python tests/benchmarks/safety.py`."""

import statistics
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from coach.logs.encryption import Seal, identity, new_secret
from coach.logs.library import Library
from coach.logs.session import Exchange, Session

SAVES, LOGS = 300, 1000
LINE = "Dat moeder zich aangevallen voelt, opstaat en wegloopt. "
STARTED = datetime(2026, 11, 24, 9, 15, tzinfo=UTC)


def main() -> int:
    exchanges = tuple(Exchange(f"question_{n}", "Waar ben je bang voor?", (LINE * 4,)) for n in range(16))  # about 4 kB
    session = Session("", "prepare", "prepare", "nl", "Voorbereiden", STARTED, about="S.", exchanges=exchanges)
    reached = True
    with tempfile.TemporaryDirectory() as folder:
        for name, seal, most in (("a save", None, 2.0), ("a sealed save", sealed(Path(folder)), 4.0)):
            times = saves(Library(Path(folder) / name, seal), session)
            middle, worst = statistics.median(times), sorted(times)[int(len(times) * 0.95)]
            reached = reached and middle <= most
            print(f"{name}: median {middle:.2f} ms (reach {most:.0f}), 95th percentile {worst:.2f} ms, {SAVES} saves")
        library = Library(Path(folder) / "many", sealed(Path(folder)))
        library.folder.prepare()
        for number in range(LOGS):
            writer = library.begin(STARTED + timedelta(hours=number), "prepare")
            writer.save(replace(session, id=writer.id))
            writer.close()
        begin = time.perf_counter()
        count = sum(1 for _session in library.sessions())
        parsed = time.perf_counter() - begin
        begin = time.perf_counter()
        found = sum(b"wegloopt" in item[1] for item in library.logs() if isinstance(item, tuple))
        opened = time.perf_counter() - begin
        reached = reached and count == found == LOGS and opened <= 1.5 and parsed <= 1.5  # the reach
        print(f"{LOGS} sealed logs: opened in {opened:.2f} s, opened and parsed whole in {parsed:.2f} s (reach 1.5)")
    return 0 if reached else 1


def sealed(home: Path) -> Seal:
    """Return a seal with a key in memory: the passphrase costs a second by design, once."""
    secret = new_secret()
    seal = Seal(home, lambda: "")
    seal.public.write_text(f"{identity(secret).to_public()}\n{identity(new_secret()).to_public()}\n")
    seal.unlock(secret)
    return seal


def saves(library: Library, session: Session) -> list[float]:
    """Return how long each of many saves took, in milliseconds."""
    writer = library.begin(STARTED, "prepare")
    times = []
    for number in range(SAVES):
        answered = replace(session, exchanges=(*session.exchanges, Exchange("number", "?", (str(number),))))
        begin = time.perf_counter()
        writer.save(answered)
        times.append((time.perf_counter() - begin) * 1000)
    writer.close()
    return times


if __name__ == "__main__":
    sys.exit(main())
