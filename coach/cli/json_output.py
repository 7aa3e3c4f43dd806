"""What the commands print for a program, and about files that could not be read."""

from __future__ import annotations

import json
import re
import sys
from typing import Any

from coach.inert import visible
from coach.logs.library import Damaged
from coach.logs.session import Session

_ESCAPED = re.compile(r"[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def print_json(value: object) -> None:
    """Print a value as JSON, with everything escaped that could steer a terminal."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    print(_ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", text))


def as_json(session: Session) -> dict[str, Any]:
    """Return what a program may want to know of a session."""
    return {
        "id": session.id,
        "sequence": session.sequence,
        "kind": session.kind,
        "language": session.language,
        "about": session.about,
        "started": session.started.isoformat(),
        "finished": session.finished.isoformat() if session.finished else None,
        "follows": session.follows or None,
        "tags": list(session.tags),
    }


def name_damaged(damaged: list[Damaged]) -> None:
    """Say once, at the end, which files could not be read."""
    for entry in damaged:
        print(visible(str(entry.problem)), file=sys.stderr)
