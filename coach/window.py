"""The window that the program runs in: whether there is one behind a stream, and that it waits when it is closed."""

from __future__ import annotations

import sys
from typing import TextIO

if sys.platform == "win32":
    import signal
    import time
    from _thread import interrupt_main
    from ctypes import WINFUNCTYPE, byref, windll, wintypes
    from msvcrt import get_osfhandle

    _CLOSED = {2, 5, 6}  # the window, the user's time, the computer
    _LONGEST = 2.0  # seconds: half an answer is kept in far less, and after five Windows waits no longer

    def is_terminal(stream: TextIO | None) -> bool:
        """Return whether a stream is the console: any device passes for a terminal there, also NUL."""
        if stream is None or not stream.isatty():
            return False
        return bool(windll.kernel32.GetConsoleMode(wintypes.HANDLE(get_osfhandle(stream.fileno())), byref(wintypes.DWORD())))

    @WINFUNCTYPE(wintypes.BOOL, wintypes.DWORD)
    def _on_event(event: int) -> bool:
        """Make a signal of a window that closes, in a thread of its own; Windows ends the program when this returns."""
        if event not in _CLOSED or signal.getsignal(signal.SIGBREAK) == signal.SIG_DFL:
            return False
        interrupt_main(signal.SIGBREAK)
        time.sleep(_LONGEST)
        return True

    def let_closing_wait() -> None:
        """Let a window that is closed wait while somebody hears the signal of it; to undo this would wait for that very end."""
        windll.kernel32.SetConsoleCtrlHandler(_on_event, True)

else:

    def is_terminal(stream: TextIO | None) -> bool:
        """Return whether a stream is a terminal."""
        return stream is not None and stream.isatty()

    def let_closing_wait() -> None:
        """Do nothing: elsewhere a signal tells it, and nothing ends the program meanwhile."""
