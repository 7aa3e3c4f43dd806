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
        for segment in console.render(self.content, options):
            yield segment if segment.control else segment._replace(text=visible(segment.text))
