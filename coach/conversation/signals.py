"""What the operating system asks of the program, heard while it waits for a person and never during a save."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from coach.window import let_closing_wait

_ENDING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name))
_SIGNALLED = 128


class Signals:
    """Turns the signals that would kill the program into `SystemExit` with their exit code, Ctrl-C into `KeyboardInterrupt`.

    One that comes while nobody listens waits until somebody does; after the first that was heard the program is on its way
    out, and no other can come between.
    """

    def __init__(self) -> None:
        self._listens = True
        self._waiting: int | None = None
        self._is_ending = False

    @contextmanager
    def heard(self) -> Iterator[None]:
        """Hear signals for the length of a `with` block."""
        let_closing_wait()
        before = {number: signal.signal(number, self._receive) for number in (signal.SIGINT, *_ENDING)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Let a signal wait for the length of a `with` block."""
        before, self._listens = self._listens, False
        try:
            yield
        finally:
            self._listens = before
            self._deliver()

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Hear at once what waits and what comes, for the length of a `with` block inside a held one."""
        before, self._listens = self._listens, True
        try:
            self._deliver()
            yield
        finally:
            self._listens = before

    def _receive(self, number: int, _frame: FrameType | None) -> None:
        if not self._is_ending:
            self._waiting = self._waiting or number
            self._deliver()

    def _deliver(self) -> None:
        if not self._listens or self._waiting is None:
            return
        number, self._waiting, self._is_ending = self._waiting, None, True
        if number == signal.SIGINT:
            raise KeyboardInterrupt
        raise SystemExit(_SIGNALLED + number)
