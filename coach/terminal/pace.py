"""A reader's pace: what is shown stays until somebody who reads it presses Enter."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from rich.console import RenderableType
from rich.control import Control
from rich.segment import ControlType

from coach.language import _
from coach.terminal.console import console, show

_ERASED = Control((ControlType.CURSOR_UP, 1), (ControlType.ERASE_IN_LINE, 2), (ControlType.CURSOR_UP, 1))


class Pace:
    """Shows a screen at a time; `read` returns a line that was typed, and where nobody reads nothing waits."""

    def __init__(
        self,
        read: Callable[[], str] | None,
        listening: Callable[[], AbstractContextManager[None]] = nullcontext,
        *,
        erases: bool = True,
    ) -> None:
        """`listening` lets the signals that came in be heard; where it `erases`, the line that waits goes when it is read."""
        self._read = read
        self._listening = listening
        self._erases = erases

    @property
    def waits(self) -> bool:
        """Whether somebody reads along."""
        return self._read is not None

    def show(self, *parts: RenderableType) -> None:
        """Show a part of a screen."""
        with self._listening():
            show(*parts)

    def wait(self) -> None:
        """Wait until what is shown has been read.

        Raises:
            KeyboardInterrupt: when there is nothing more to read from.

        """
        if self._read is None:
            return
        with self._listening():
            console().print("\n" + _("Enter goes on, Ctrl-C stops."), end="")
            if not self._read():
                raise KeyboardInterrupt
            if self._erases:
                console().control(_ERASED)
