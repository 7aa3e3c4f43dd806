"""What the operating system asks of the program, heard between two saves and never during one."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_ENDING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))
_SIGNALLED = 128


class Signals:
    """Turns the signals that would kill the program into `SystemExit` with their exit code, Ctrl-C into `KeyboardInterrupt`."""

    def __init__(self) -> None:
        self._holds = False
        self._waiting: int | None = None

    @contextmanager
    def heard(self) -> Iterator[None]:
        """Hear signals for the length of a `with` block."""
        before = {number: signal.signal(number, self._receive) for number in (signal.SIGINT, *_ENDING)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Let a signal wait until the end of a `with` block."""
        self._holds = True
        try:
            yield
        finally:
            self._holds = False
            waiting, self._waiting = self._waiting, None
            if waiting is not None:
                self._receive(waiting, None)

    def _receive(self, number: int, _frame: FrameType | None) -> None:
        if self._holds:
            self._waiting = number
        elif number == signal.SIGINT:
            raise KeyboardInterrupt
        else:
            raise SystemExit(_SIGNALLED + number)
