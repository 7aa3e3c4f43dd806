"""A long page, read in a pager: fed by a pipe while it is made, never by a file, and shown plainly where no pager works."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePath
from shutil import which
from signal import SIG_DFL, SIGINT, signal
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Self

from rich.console import Console, RenderableType

from coach.language import _
from coach.terminal.console import console, inert

if TYPE_CHECKING:
    from subprocess import Popen

_BY_DEFAULT = "-R -F -X"  # shows bold and italic, ends by itself where a page fits, and leaves it on the screen
_AT_LEAST = "-R"
_WRITES_NOTHING = {"LESSHISTFILE": "-", "LESSSECURE": "1"}  # else `less` keeps what was looked for, and `s` saves the page


@dataclass(frozen=True, slots=True)
class Program:
    """A pager: what is run, in which environment, whether it shows bold and italic, and how it reads letters."""

    arguments: tuple[str, ...] | str
    environment: Mapping[str, str]
    has_styles: bool  # others than `less` may show the codes for it
    encoding: str


def find_pager(environment: Mapping[str, str]) -> Program | None:
    """Return the pager that a person chose, else the usual one; None where a page is shown plainly."""
    chosen = environment.get("PAGER", "").strip()
    usual = next((path for name in ("less", "more") if (path := which(name, path=environment.get("PATH")))), "")
    if chosen == "cat" or not (chosen or usual) or environment.get("TERM") == "dumb" or environment.get("ACCESSIBLE"):
        return None
    goes_on, ends = _("Space goes on, b goes back, q leaves"), _("This is the end: b goes back, q leaves")
    hint = f"-Ps?e{_quoted(ends)}:{_quoted(goes_on)}.$"  # else a colon is all that tells what to type
    options = f"{_AT_LEAST} {environment['LESS']}" if "LESS" in environment else f"{_BY_DEFAULT} {hint}"
    own = {**_WRITES_NOTHING, **environment, "LESS": options}
    if sys.stdout.encoding.lower() == "utf-8":
        own = {"LESSCHARSET": "utf-8", **own}
    is_less = PurePath(chosen.split()[0] if chosen else usual).stem.lower() == "less"
    is_windows = sys.platform == "win32"
    arguments = (usual,) if not chosen else chosen if is_windows else ("/bin/sh", "-c", chosen)
    return Program(arguments, own, is_less, "oem" if is_windows and not is_less else sys.stdout.encoding)


def _quoted(text: str) -> str:
    """Return a text in which nothing steers how `less` makes its prompt."""
    return re.sub(r"([?:.%\\])", r"\\\1", text)


def show_long(parts: Iterable[RenderableType], environment: Mapping[str, str]) -> None:
    """Show the parts of a page as they are made, in a pager where they are higher than the screen."""
    with Pager(find_pager(environment) if sys.stdout.isatty() else None) as pager:
        for part in parts:
            pager.show(part)
            if pager.is_left:
                return


class Pager:
    """Takes a page part by part; from the first part that has no room on the screen, it is read in the program."""

    def __init__(self, program: Program | None) -> None:
        self.is_left = False
        self._program = program
        self._screen = console()
        self._parts: list[RenderableType] = []
        self._lines = 0
        self._process: Popen[bytes] | None = None
        self._is_interrupted = False
        self._before: Callable[[int, FrameType | None], object] | int | None = SIG_DFL

    def __enter__(self) -> Self:
        return self

    def show(self, part: RenderableType) -> None:
        """Show a part; nothing, where the reader left."""
        if self.is_left:
            return
        if self._program is None:
            self._screen.print(inert(part))
            return
        self._parts.append(part)
        if self._process:
            self._feed(self._program, part)
            return
        self._lines += _rendered(self._screen, part).count("\n")
        if self._lines > self._screen.height:
            self._start(self._program)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        if self._process:
            self._end(self._process)
        elif self._program and not self.is_left:
            self._show_plainly()

    def _start(self, program: Program) -> None:
        from subprocess import PIPE, Popen  # most pages fit on the screen

        sys.stdout.flush()
        self._before = signal(SIGINT, self._interrupt)
        try:
            self._process = Popen(program.arguments, stdin=PIPE, env=dict(program.environment))
        except OSError:
            signal(SIGINT, self._before)
            self._show_plainly()
            return
        for part in self._parts:
            self._feed(program, part)

    def _feed(self, program: Program, part: RenderableType) -> None:
        process = self._process
        if process is None or process.stdin is None:
            return
        text = _rendered(self._screen if program.has_styles else console(styles=False), part)
        try:
            process.stdin.write(text.encode(program.encoding, "replace"))
            process.stdin.flush()
        except OSError:
            self._end(process)

    def _end(self, process: Popen[bytes]) -> None:
        """Wait until the reader leaves; a pager that failed is done without."""
        self._process = None
        with suppress(OSError):
            if process.stdin:
                process.stdin.close()
        code = process.wait()
        signal(SIGINT, self._before)
        self.is_left = not code or self._is_interrupted
        if not self.is_left:
            self._show_plainly()

    def _interrupt(self, number: int, frame: FrameType | None) -> None:
        """Leave Ctrl-C to the pager, as long as it is there."""
        if self._process and self._process.poll() is not None:
            raise KeyboardInterrupt
        self._is_interrupted = True

    def _show_plainly(self) -> None:
        """Show what there is, and from now on all the rest."""
        self._program = None
        for part in self._parts:
            self._screen.print(inert(part))


def _rendered(screen: Console, part: RenderableType) -> str:
    with screen.capture() as capture:
        screen.print(inert(part))
    return capture.get()
