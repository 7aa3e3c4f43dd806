"""Patterns of the files of rules, compiled when they are first looked for."""

from __future__ import annotations

import re
from functools import cache


@cache
def bound(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """Return one pattern that finds any of `patterns` as whole words."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)")


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Return a pattern as it is."""
    return re.compile(pattern)
