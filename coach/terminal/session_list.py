"""Sessions -> the lines of a list; rich, which takes longer to load than all else, has nothing to add to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from coach.insights.states import State, state_name
from coach.logs.session import Session, title_of
from coach.terminal.lines import cells, shortened, wrapped
from coach.text import visible

_LEAST_ABOUT = 10  # columns
_INDENT = "  "

Row = tuple[str, str, str]
"""What is shown of a session: its id, what it is about, and its state."""


def session_rows(sessions: Iterable[Session], states: Iterable[State]) -> list[Row]:
    """Return the rows of a list."""
    return [
        (visible(session.id), visible(title_of(session)), state_name(state))
        for session, state in zip(sessions, states, strict=True)
    ]


def session_lines(rows: list[Row], width: int) -> Iterator[str]:
    """Yield one line a session, cut to a width; below each other where that is narrow."""
    id_width, state_width = (max(cells(row[column]) for row in rows) for column in (0, 2))
    about_width = width - id_width - state_width - (4 if state_width else 2)
    if about_width < _LEAST_ABOUT:
        for id_, about, state in rows:
            yield wrapped(id_, width)
            yield wrapped(f"{_INDENT}{about}  {state}".rstrip(), width)
        return
    abouts = [shortened(about, about_width) for _id, about, _state in rows]
    widest = max(map(cells, abouts))
    for (id_, _about, state), about in zip(rows, abouts, strict=True):
        parts = ((id_, id_width), (about, widest), (state, 0))
        yield _INDENT.join(part + " " * (size - cells(part)) for part, size in parts).rstrip()
