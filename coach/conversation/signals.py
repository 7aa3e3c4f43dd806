"""What the operating system asks of the program, heard while it waits for a person and never during a save."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from types import FrameType

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
        before = {number: signal.signal(number, self._receive) for number in (signal.SIGINT, *_ENDING)}
        try:
            with _closing_waits():
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


if sys.platform == "win32":
    import time
    from _thread import interrupt_main
    from ctypes import WINFUNCTYPE, windll, wintypes

    _CLOSED = {2, 5, 6}  # the window, the user's time, the computer
    _LONGEST = 5.0  # seconds; then Windows ends the program itself

    @WINFUNCTYPE(wintypes.BOOL, wintypes.DWORD)
    def _on_event(event: int) -> bool:
        """Make a signal of a window that closes, in a thread of its own: Windows ends the program when this returns."""
        if event not in _CLOSED:
            return False
        interrupt_main(signal.SIGBREAK)
        time.sleep(_LONGEST)
        return True

    @contextmanager
    def _closing_waits() -> Iterator[None]:
        """Let a window that is closed wait for what is kept then."""
        windll.kernel32.SetConsoleCtrlHandler(_on_event, True)
        try:
            yield
        finally:
            windll.kernel32.SetConsoleCtrlHandler(_on_event, False)

else:

    def _closing_waits() -> AbstractContextManager[None]:
        """Elsewhere a signal tells it."""
        return nullcontext()
