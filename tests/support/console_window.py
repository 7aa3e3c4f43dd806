"""Drives the program in a console of Windows that has no window: keys go in as Windows sends them, and its screen is read.

A process has one console, so the one that is driven belongs to a host: this module, run as a program.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping

PATIENCE = 20.0


class ConsoleWindow:
    """One run of `coach` in a console of its own."""

    def __init__(self, *arguments: str, environment: Mapping[str, str]) -> None:
        command = [sys.executable, "-P", __file__, sys.executable, "-P", "-m", "coach", *arguments]
        self._host = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=dict(environment),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )

    def type(self, text: str) -> None:
        """Press keys; each is the character that Windows gives for it, as a terminal would send it."""
        self._ask("type", text)

    @property
    def text(self) -> str:
        """What was written, with the codes in it: Wine's console shows these as they stand."""
        return str(self._ask("read"))

    def wait_for(self, text: str, times: int = 1) -> None:
        """Read until a text is there so many times."""
        deadline = time.monotonic() + PATIENCE
        while (seen := self.text).count(text) < times:
            assert time.monotonic() < deadline, seen
            time.sleep(0.05)

    def kill(self) -> None:
        """End the program at once, as the task manager does."""
        self._ask("kill")

    def wait(self) -> int:
        """Wait for the end and return the exit code."""
        code = int(str(self._ask("wait")))
        self._host.communicate()
        return code

    def _ask(self, what: str, text: str = "") -> object:
        assert self._host.stdin
        assert self._host.stdout
        self._host.stdin.write(json.dumps([what, text]).encode() + b"\n")
        self._host.stdin.flush()
        answer: object = json.loads(self._host.stdout.readline())
        return answer


if sys.platform == "win32":
    import msvcrt
    import signal
    from ctypes import byref, create_unicode_buffer, windll, wintypes

    from prompt_toolkit.win32_types import CONSOLE_SCREEN_BUFFER_INFO, COORD, INPUT_RECORD

    _READ_AND_WRITE, _SHARED, _THERE, _KEY = 0xC0000000, 3, 3, 1
    _kernel = windll.kernel32

    def host(command: list[str]) -> None:
        """Run a program in the console of this process, and do with that console what is asked."""
        signal.signal(signal.SIGINT, lambda *_: None)  # it is for the program
        keyboard, screen = _open("CONIN$"), _open("CONOUT$")
        program = subprocess.Popen(command, stdin=keyboard, stdout=screen, stderr=screen)
        acts = {
            "type": lambda text: _press(msvcrt.get_osfhandle(keyboard), text),
            "read": lambda _: _read(msvcrt.get_osfhandle(screen)),
            "kill": lambda _: program.kill(),
            "wait": lambda _: program.wait(PATIENCE),
        }
        for line in sys.stdin:
            what, text = json.loads(line)
            print(json.dumps(acts[what](text)), flush=True)
        program.kill()

    def _open(device: str) -> int:
        handle = _kernel.CreateFileW(device, _READ_AND_WRITE, _SHARED, None, _THERE, 0, None)
        os.set_handle_inheritable(handle, True)
        return msvcrt.open_osfhandle(handle, os.O_RDWR | os.O_BINARY)

    def _press(handle: int, text: str) -> None:
        records = (INPUT_RECORD * len(text))()
        for record, character in zip(records, text, strict=True):
            record.EventType = _KEY
            key = record.Event.KeyEvent
            key.KeyDown, key.RepeatCount, key.uChar.UnicodeChar = 1, 1, character
        _kernel.WriteConsoleInputW(handle, records, len(text), byref(wintypes.DWORD()))

    def _read(handle: int) -> str:
        info = CONSOLE_SCREEN_BUFFER_INFO()
        _kernel.GetConsoleScreenBufferInfo(handle, byref(info))
        length = info.dwSize.X * info.dwSize.Y
        text = create_unicode_buffer(length + 1)
        _kernel.ReadConsoleOutputCharacterW(handle, text, length, COORD(0, 0), byref(wintypes.DWORD()))
        lines = (text.value[start : start + info.dwSize.X].rstrip() for start in range(0, length, info.dwSize.X))
        return "\n".join(lines).rstrip()

    if __name__ == "__main__":
        host(sys.argv[1:])
