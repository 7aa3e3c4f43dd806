"""The screen itself: what is printed on it."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

from coach.text import visible
from coach.window import is_terminal

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.segment import Segment


def console(*, errors: bool = False, styles: bool = True) -> Console:
    """Return the screen; texts on it are never read as markup."""
    from rich.console import Console

    class Screen(Console):
        """A screen that leaves it to the one funnel what a pipe means that nobody reads any more."""

        def on_broken_pipe(self) -> None:
            """Raise it again."""
            raise  # noqa: PLE0704 # rich calls this where it has caught it

    system: Literal["auto"] | None = "auto" if styles else None
    legacy = None if is_terminal(sys.stderr if errors else sys.stdout) else False  # a file is no old console of Windows
    return Screen(legacy_windows=legacy, stderr=errors, color_system=system, highlight=False, markup=False, emoji=False)


def show(*parts: RenderableType) -> None:
    """Put something on the screen."""
    screen = console()
    for part in parts:
        screen.print(inert(part))


def inert(content: RenderableType) -> RenderableType:
    """Return content of which no text steers the screen, whatever was forgotten before."""
    return _Inert(content)


class _Inert:
    def __init__(self, content: RenderableType) -> None:
        self.content = content

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterable[Segment]:
        from rich.segment import Segment

        for line in Segment.split_lines(console.render(self.content, options)):
            yield from _without_end([one if one.control else one._replace(text=visible(one.text)) for one in line])
            yield Segment.line()


def _without_end(line: list[Segment]) -> list[Segment]:
    """Return a line without the blanks at its end, which go with it wherever it is copied to."""
    while line and not line[-1].control and not line[-1].text.strip(" "):
        line.pop()
    if line and not line[-1].control:
        line[-1] = line[-1]._replace(text=line[-1].text.rstrip(" "))
    return line
