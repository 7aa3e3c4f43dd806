"""Lines from standard input: UTF-8, whatever the system takes for usual."""

from __future__ import annotations

import re
import sys

from coach.errors import CoachError, Problem
from coach.language import _

_NO_TEXT = re.compile("[\udc80-\udcff]")  # bytes that are no UTF-8, as they are kept by `surrogateescape`
_count = 0


def read_line() -> str:
    """Return the next line, or "" at the end.

    Raises:
        CoachError: when it is not UTF-8.

    """
    global _count  # noqa: PLW0603 # there is one standard input
    line = sys.stdin.readline() if sys.stdin else ""
    _count += 1
    if _NO_TEXT.search(line):
        cure = _("save the text as UTF-8, or let the program that writes it do so")
        raise CoachError(Problem(_("standard input"), _("this line is not UTF-8"), cure, line=_count))
    return line
