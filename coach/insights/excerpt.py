"""A long line that was found -> what stands around the words that were looked for."""

from __future__ import annotations

from coach.insights.search import Hit

_READABLE = 240  # letters: three lines of a terminal
_AROUND = 80
_CUT = "..."


def around(hit: Hit) -> Hit:
    """Return a hit that can be read: of a long line only what stands around what was found, cut at words."""
    if len(hit.line) <= _READABLE:
        return hit
    windows: list[tuple[int, int]] = []
    for start, end in hit.spans:
        first, last = _begin(hit.line, start), _end(hit.line, end)
        if windows and first <= windows[-1][1]:
            first = windows.pop()[0]
        windows.append((first, last))
    line = "" if windows[0][0] == 0 else f"{_CUT} "
    spans: list[tuple[int, int]] = []
    for number, (first, last) in enumerate(windows):
        line += f" {_CUT} " if number else ""
        moved = len(line) - first
        spans += [(start + moved, end + moved) for start, end in hit.spans if first <= start < last]
        line += hit.line[first:last]
    return hit._replace(line=line if windows[-1][1] == len(hit.line) else f"{line} {_CUT}", spans=tuple(spans))


def _begin(line: str, start: int) -> int:
    first = start - _AROUND
    return 0 if first <= 0 else (line.find(" ", first, start) + 1 or first)


def _end(line: str, end: int) -> int:
    last = end + _AROUND
    space = line.rfind(" ", end, last)
    return len(line) if last >= len(line) else (space if space >= 0 else last)
