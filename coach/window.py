"""The window that the program runs in: whether there is one behind a stream, and that it waits when it is closed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

if sys.platform == "win32":
    import signal
    import time
    from _thread import interrupt_main
    from ctypes import WINFUNCTYPE, byref, windll, wintypes
    from msvcrt import get_osfhandle

    _CLOSED = {2, 5, 6}  # the window, the user's time, the computer
    _LONGEST = 5.0  # seconds; then Windows ends the program itself

    def is_terminal(stream: TextIO | None) -> bool:
        """Return whether a stream is the console: any device passes for a terminal there, also NUL."""
        if stream is None or not stream.isatty():
            return False
        return bool(windll.kernel32.GetConsoleMode(wintypes.HANDLE(get_osfhandle(stream.fileno())), byref(wintypes.DWORD())))

    @WINFUNCTYPE(wintypes.BOOL, wintypes.DWORD)
    def _on_event(event: int) -> bool:
        """Make a signal of a window that closes, in a thread of its own; Windows ends the program when this returns."""
        if event not in _CLOSED:
            return False
        interrupt_main(signal.SIGBREAK)
        time.sleep(_LONGEST)
        return True

    @contextmanager
    def closing_waits() -> Iterator[None]:
        """Let a window that is closed wait until half an answer is kept, for the length of a `with` block."""
        windll.kernel32.SetConsoleCtrlHandler(_on_event, True)
        try:
            yield
        finally:
            windll.kernel32.SetConsoleCtrlHandler(_on_event, False)

else:

    def is_terminal(stream: TextIO | None) -> bool:
        """Return whether a stream is a terminal."""
        return stream is not None and stream.isatty()

    @contextmanager
    def closing_waits() -> Iterator[None]:
        """Elsewhere a signal tells it, and nothing ends the program meanwhile."""
        yield
