"""The screen itself: what is printed on it, and the pager."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from coach.window import is_terminal

if TYPE_CHECKING:
    from rich.console import Console, RenderableType


def console(*, errors: bool = False) -> Console:
    """Return the screen; texts on it are never read as markup."""
    from rich.console import Console

    legacy = None if is_terminal(sys.stderr if errors else sys.stdout) else False  # a file is no old console of Windows
    return Console(legacy_windows=legacy, stderr=errors, highlight=False, markup=False, emoji=False)


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
