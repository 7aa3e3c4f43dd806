"""Values -> JSON, for a program; and what is said of files that could not be read."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING, Any

from coach.cli.message import say
from coach.language import ngettext
from coach.logs.library import Damaged, Oddity, Unread
from coach.logs.session import Session
from coach.program import typed

if TYPE_CHECKING:
    from coach.insights.efforts import Effort
    from coach.insights.fears import Fear, Fears
    from coach.insights.first_steps import FirstStep
    from coach.insights.own_words import Words
    from coach.insights.patterns import Patterns
    from coach.insights.returning import Line, Returning
    from coach.insights.search import Hit
    from coach.insights.tallies import Tally
    from coach.insights.thoughts import Thought
    from coach.insights.trends import Hearing, Trend
    from coach.logs.folder import Folder

_ESCAPED = r"""
      [\x7f-\x9f]                                     # delete, and the controls above ASCII
    | [\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]  # what turns the direction of writing
    | [\u2028\u2029]                                  # line ends that few programs know
    | [\ud800-\udfff]                                 # half a character
    """


def print_json(value: object) -> None:
    """Print a value as JSON, with everything escaped that could steer a terminal."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    print(re.sub(_ESCAPED, lambda match: f"\\u{ord(match[0]):04x}", text, flags=re.VERBOSE))


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


def name_damaged(oddities: list[Oddity], folder: Folder | None = None) -> None:
    """Say once, at the end, which files could not be read, and how much in the others or in files of other names is not."""
    for entry in oddities:
        if isinstance(entry, Damaged):
            say(str(entry.problem), sys.stderr)
    unread = [entry.lines for entry in oddities if isinstance(entry, Unread)]
    if unread:
        from coach.insights.labels import unread_sentence  # seldom needed

        say(unread_sentence(sum(unread), len(unread)), sys.stderr)
    if folder and (count := len(folder.unread_names())):
        text = ngettext(
            "{count} file looks like a log and is not read; {command} says which.",
            "{count} files look like logs and are not read; {command} says which.",
            count,
        )
        say(text.format(count=count, command=typed("check")), sys.stderr)


def search_json(hit: Hit) -> dict[str, Any]:
    """Return what a program may want to know of a line that was found."""
    return {
        **as_json(hit.session),
        "field": hit.field,
        "question": hit.question,
        "line": hit.line,
        "spans": [list(span) for span in hit.spans],
    }


def fears_json(fears: Fears) -> dict[str, Any]:
    """Return all that is known of fears."""
    comparison = fears.comparison
    return {
        "fears": [_fear(fear) for fear in fears.fears],
        "counts": dict(fears.counts),
        "comparison": comparison
        and {"fears": comparison.fears, "expected": comparison.expected, "happened": comparison.happened},
        "unexpected": [
            {"id": one.id, "about": one.about, "started": one.started.isoformat(), "text": one.text} for one in fears.setbacks
        ],
    }


def patterns_json(patterns: Patterns) -> dict[str, Any]:
    """Return all that keeps coming back."""
    return {
        "sessions": len(patterns.times),
        "returning": list(map(_returning, patterns.returning)),
        "helped": list(map(_tally, patterns.helped)),
        "tags": list(map(_tally, patterns.tags)),
        "abouts": list(map(_tally, patterns.abouts)),
        "trends": list(map(_trend, patterns.trends)),
        "heard": list(map(_hearing, patterns.hearings)),
        "first_steps": list(map(_first_step, patterns.first_steps)),
        "thoughts": list(map(_row, patterns.thoughts)),
        "efforts": list(map(_row, patterns.efforts)),
        "own_words": {field: list(map(_row, words)) for field, words in patterns.own_words.items()},
    }


def _fear(fear: Fear) -> dict[str, Any]:
    return {
        "id": fear.id,
        "about": fear.about,
        "started": fear.started.isoformat(),
        "fear": fear.fear,
        "likelihood": fear.likelihood,
        "sign": fear.sign or None,
        "badness": fear.badness,
        "let_go": fear.let_go or None,
        "outcome": fear.outcome,
        "badness_actual": fear.badness_actual,
        "coped": fear.coped or None,
        "looked_back": fear.looked_back or None,
    }


def _row(one: Thought | Effort | Words) -> dict[str, Any]:
    return {**one._asdict(), "started": one.started.isoformat()}


def _returning(one: Returning) -> dict[str, Any]:
    patterns = [
        {"words": pattern.words, "sessions": list(pattern.ids), "lines": list(map(_line, pattern.lines))}
        for pattern in one.patterns
    ]
    return {"field": one.field, "sessions": one.sessions, "patterns": patterns}


def _line(line: Line) -> dict[str, Any]:
    return {"id": line.id, "about": line.about, "started": line.started.isoformat(), "line": line.text}


def _tally(tally: Tally) -> dict[str, Any]:
    return {"key": tally.key, "label": tally.label, "sessions": list(tally.ids)}


def _trend(trend: Trend) -> dict[str, Any]:
    points = [{"id": point.id, "started": point.started.isoformat(), "value": point.value} for point in trend.points]
    return {"field": trend.field, "points": points}


def _hearing(hearing: Hearing) -> dict[str, Any]:
    answers = [{"id": one.id, "started": one.started.isoformat(), "heard": list(one.checks)} for one in hearing.answers]
    return {"field": hearing.field, "checks": hearing.checks, "answers": answers}


def _first_step(step: FirstStep) -> dict[str, Any]:
    return {
        "id": step.id,
        "about": step.about,
        "started": step.started.isoformat(),
        "first_step": step.text,
        "when": step.due.isoformat() if step.due else None,
        "done": step.outcome,
        "looked_back": step.looked_back or None,
    }
