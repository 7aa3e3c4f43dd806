"""Shows what was found."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from coach.cli.app import show_long
from coach.cli.json_output import as_json
from coach.inert import visible
from coach.insights.search import Hit
from coach.language.dates import write_day


def search_json(hit: Hit) -> dict[str, Any]:
    """Return what a program may want to know of a line that was found."""
    return {
        **as_json(hit.session),
        "field": hit.field,
        "question": hit.question,
        "line": hit.line,
        "spans": [list(span) for span in hit.spans],
    }


def print_hits(hits: Iterable[Hit]) -> int:
    """Show the lines that were found and return how many they are; in a pipe as they come, never cut."""
    if sys.stdout.isatty():
        found = list(hits)
        if found:
            from coach.terminal import looking_back  # noqa: PLC0415

            show_long(looking_back.hits_page(found))
        return len(found)
    count = 0
    for session, same in groupby(hits, key=lambda hit: hit.session):
        told = [f"{write_day(session.started.date())}  {visible(session.about)}  {session.id}"]
        for question, asked in groupby(same, key=lambda hit: hit.question):
            said = [f"{'    ' if question else '  '}{visible(hit.line)}" for hit in asked]
            told += [f"  {visible(question)}", *said] if question else said
            count += len(said)
        print("\n".join(told))
    return count
