"""The screen itself: what is printed on it, and the pager."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console, RenderableType


def console(*, errors: bool = False) -> Console:
    """Return the screen; texts on it are never read as markup."""
    from rich.console import Console

    class Screen(Console):
        """A screen that leaves it to the one funnel what a pipe means that nobody reads any more."""

        def on_broken_pipe(self) -> None:
            """Raise it again."""
            raise  # noqa: PLE0704 # rich calls this where it has caught it

    return Screen(stderr=errors, highlight=False, markup=False, emoji=False)


def show(*parts: RenderableType) -> None:
    """Put something on the screen."""
    screen = console()
    for part in parts:
        screen.print(part)


def show_long(page: RenderableType) -> None:
    """Put something on the screen, in a pager where it is higher than the screen."""
    screen = console()
    if screen.is_terminal and len(screen.render_lines(page)) > screen.height:
        with screen.pager(styles=True):
            screen.print(page)
    else:
        screen.print(page)
