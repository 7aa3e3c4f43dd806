"""What looking back gives, as values for JSON."""

from __future__ import annotations

from typing import Any

from coach.insights.fears import Fear, Fears
from coach.insights.first_steps import Step
from coach.insights.patterns import Line, Patterns, Tally
from coach.insights.trends import Hearing, Trend


def fears_json(fears: Fears) -> dict[str, Any]:
    """Return all that is known of fears."""
    compared = fears.comparison
    return {
        "fears": [_fear(fear) for fear in fears.fears],
        "counts": dict(fears.counts),
        "comparison": compared and {"fears": compared.fears, "expected": compared.expected, "happened": compared.happened},
        "unexpected": [
            {"id": one.id, "about": one.about, "started": one.started.isoformat(), "text": one.text} for one in fears.setbacks
        ],
    }


def patterns_json(patterns: Patterns) -> dict[str, Any]:
    """Return all that keeps coming back."""
    return {
        "sessions": len(patterns.times),
        "returning": [
            {
                "field": one.field,
                "sessions": one.sessions,
                "patterns": [
                    {"words": found.words, "sessions": list(found.ids), "lines": list(map(_line, found.lines))}
                    for found in one.patterns
                ],
            }
            for one in patterns.returning
        ],
        "helped": list(map(_tally, patterns.helped)),
        "tags": list(map(_tally, patterns.tags)),
        "abouts": list(map(_tally, patterns.abouts)),
        "trends": list(map(_trend, patterns.trends)),
        "heard": list(map(_hearing, patterns.hearings)),
        "first_steps": list(map(_step, patterns.steps)),
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


def _line(line: Line) -> dict[str, Any]:
    return {"id": line.id, "about": line.about, "started": line.started.isoformat(), "line": line.text}


def _tally(tally: Tally) -> dict[str, Any]:
    return {"key": tally.key, "label": tally.label, "sessions": list(tally.ids)}


def _trend(trend: Trend) -> dict[str, Any]:
    points = [{"id": point.id, "started": point.started.isoformat(), "value": point.value} for point in trend.points]
    return {"field": trend.field, "points": points}


def _hearing(hearing: Hearing) -> dict[str, Any]:
    answers = [{"id": one.id, "started": one.started.isoformat(), "heard": list(one.heard)} for one in hearing.answers]
    return {"field": hearing.field, "checks": hearing.checks, "answers": answers}


def _step(step: Step) -> dict[str, Any]:
    return {
        "id": step.id,
        "about": step.about,
        "started": step.started.isoformat(),
        "first_step": step.text,
        "when": step.due.isoformat() if step.due else None,
        "done": step.taken,
        "looked_back": step.looked_back or None,
    }
