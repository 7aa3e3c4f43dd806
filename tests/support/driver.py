"""Drives the installed program in a real pseudo-terminal, and shows what a person would see."""

import os
import select
import signal
import struct
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

import pyte
import pytest

from systems import IS_WINDOWS, NO_TERMINAL

if sys.platform != "win32":
    import fcntl
    import pty
    import termios

    from loaded import loaded

PATIENCE = 20.0
OF_WINDOWS = ("SYSTEMROOT", "TEMP")  # Python does not start without the first
AT_THE_START = ("PYTHONIOENCODING", "PYTHONUTF8", "LANG", "LC_")  # what Python reads once, when it starts
MEASURED = ("COVERAGE_PROCESS_START", "PYTEST_CURRENT_TEST")  # kept while `coverage` measures what a test runs


class _Screen(pyte.Screen):
    """A screen that answers when it is asked where the cursor is."""

    def __init__(self, columns: int, rows: int, fd: int) -> None:
        super().__init__(columns, rows)
        self._fd = fd

    def write_process_input(self, data: str) -> None:
        os.write(self._fd, data.encode())


class Terminal:
    """One run of `coach` in a terminal of `columns` by `rows`, forked from the loaded program wherever that is the same."""

    anew: ClassVar[bool] = False

    def __init__(
        self, *arguments: str, home: Path, language: str = "en", columns: int = 80, rows: int = 60, **environment: str
    ) -> None:
        if sys.platform == "win32":
            pytest.skip(NO_TERMINAL)
        surroundings = environ(home, language, **environment)
        if self.anew or not can_be_forked(environment):
            self.start([sys.executable, "-P", "-m", "coach", *arguments], surroundings, columns, rows, home.parent)
            return
        self.fd, terminal = pty.openpty()
        self._look(columns, rows)
        self.pid = loaded().fork(arguments, surroundings, home.parent, os.ttyname(terminal))
        os.close(terminal)
        self._ended = loaded().exit_code

    def start(
        self, command: list[str], environment: Mapping[str, str], columns: int, rows: int, folder: Path | None = None
    ) -> None:
        if sys.platform == "win32":
            pytest.skip(NO_TERMINAL)
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(folder or Path.cwd())
            os.execvpe(command[0], command, environment)  # nothing of the shell that the tests run in
        self._look(columns, rows)
        self._ended = exit_code

    def _look(self, columns: int, rows: int) -> None:
        self.resize(columns, rows)
        self.screen = _Screen(columns, rows, self.fd)
        self._stream = pyte.ByteStream(self.screen)
        self._shown = [""] * rows
        self.raw = b""

    def resize(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    @property
    def lines(self) -> list[str]:
        for row in self.screen.dirty:
            self._shown[row] = _text(self.screen.buffer[row])
        self.screen.dirty.clear()
        return list(self._shown)

    @property
    def text(self) -> str:
        return "\n".join(self.lines).strip("\n")

    def wait_for(self, *texts: str) -> None:
        """Read until all `texts` are on the screen."""
        deadline = time.monotonic() + PATIENCE
        while not _holds_all(self.text, texts):
            if not self._read(deadline - time.monotonic()):
                raise AssertionError(f"not seen: {texts}\n{self.text}")

    def wait_for_any(self, *texts: str) -> None:
        """Read until one of `texts` is on the screen."""
        deadline = time.monotonic() + PATIENCE
        while not any(text in self.text for text in texts):
            if not self._read(deadline - time.monotonic()):
                raise AssertionError(f"none seen: {texts}\n{self.text}")

    def times(self, text: str) -> int:
        """Return how often `text` was written so far, also where it is gone again."""
        return self.raw.count(text.encode())

    def wait_for_another(self, text: str, before: int, or_: str) -> None:
        """Read until `text` was written more often than `before`, or `or_` at all."""
        deadline = time.monotonic() + PATIENCE
        while self.times(text) <= before and not self.times(or_):
            if not self._read(deadline - time.monotonic()):
                raise AssertionError(f"not seen again: {text}\n{self.text}")

    def wait_for_question(self, number: int) -> None:
        """Read until question `number` can be answered."""
        deadline = time.monotonic() + PATIENCE
        while not self._asks(number):
            if not self._read(deadline - time.monotonic()):
                raise AssertionError(f"question {number} was not asked\n{self.text}")

    def _asks(self, number: int) -> bool:
        lines = self.lines
        last = max((row for row, line in enumerate(lines) if line.startswith("─")), default=None)
        shown = last is not None and (f" {number} / " in lines[last] or lines[last].endswith(f"─ {number}"))
        return shown and any("Ctrl-C" in line for line in lines[last:])

    def type(self, text: str) -> None:
        os.write(self.fd, text.encode())

    def kill(self, number: signal.Signals) -> None:
        os.kill(self.pid, number)

    def wait(self) -> int:
        """Read to the end and return the exit code."""
        deadline = time.monotonic() + PATIENCE
        while self._read(deadline - time.monotonic()):
            pass
        return self.close()

    def close(self) -> int:
        """Close the window and return the exit code; what does not end in time is killed."""
        os.close(self.fd)
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if (code := self._ended(self.pid)) is not None:
                return code
            select.select([], [], [], 0.005)
        os.kill(self.pid, signal.SIGKILL)
        raise AssertionError(f"it did not end\n{self.text}")

    def _read(self, seconds: float) -> bool:
        if seconds <= 0 or not select.select([self.fd], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self.fd, 65536)
        except OSError:
            return False
        self.raw += data
        self._stream.feed(data)
        return bool(data)


class Started(Terminal):
    """One run of `coach` that starts as it does from a shell."""

    anew = True


def _text(row: Mapping[int, pyte.screens.Char]) -> str:
    """Return a row of the screen; the screen's own `display` looks at every cell, also where nothing was ever written."""
    return "".join(row[column].data for column in range(max(row, default=-1) + 1)).rstrip()


def _holds_all(screen: str, texts: tuple[str, ...]) -> bool:
    return all(text in screen for text in texts)


def exit_code(pid: int) -> int | None:
    """Return the exit code of a process, or None while it goes on."""
    ended, status = os.waitpid(pid, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if ended else None


def can_be_forked(environment: Mapping[str, str]) -> bool:
    """Return whether a run is the same when it is forked from a process in which all is loaded."""
    return not (IS_WINDOWS or is_measured() or any(name.startswith(AT_THE_START) for name in environment))


def is_measured() -> bool:
    """Return whether `coverage` measures what a test runs, which it begins where a process starts."""
    return MEASURED[0] in os.environ


def environ(home: Path, language: str, **more: str) -> Mapping[str, str]:
    """Return the environment of a run: nothing of the developer's own."""
    measured = MEASURED if is_measured() else ()
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", *OF_WINDOWS, *measured) if name in os.environ}
    mine = {
        "COACH_HOME": str(home),
        "COACH_LANG": language,
        "HOME": str(home.parent),
        "USERPROFILE": str(home.parent),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
    }
    path = f"{Path(sys.executable).parent}{os.pathsep}{kept.get('PATH', '')}"  # so the program is called `coach`
    zone = "CET-1CEST" if sys.platform == "win32" else "Europe/Amsterdam"
    return {**kept, **mine, "PATH": path, "TZ": zone, **more}
