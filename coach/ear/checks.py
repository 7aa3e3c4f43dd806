"""All that the ear listens for: the one table of checks."""

from __future__ import annotations

from typing import NamedTuple

from coach.language import _


class Check(NamedTuple):
    """One thing to listen for, and in the answers to which questions; `always` is in every answer."""

    id: str
    fields: tuple[str, ...] = ()
    always: bool = False


TABLE = (
    Check("personal_data", always=True),
    Check("safety_other", always=True),
    Check("safety_self_harm", always=True),
    Check("safety_threat", always=True),
    Check("empty_acknowledgement", ("acknowledgement",)),
    Check("but_eraser", ("acknowledgement",)),
    Check("leading_question", ("honest_question",)),
    Check("closed_question", ("honest_question",)),
    Check("interpretation", ("observation", "old_road")),
    Check("advice", ("honest_question", "acknowledgement")),
    Check("stacked_question", ("honest_question",)),
    Check("absolute", ("observation",)),
    Check("untestable_fear", ("fear",)),
    Check("vague_step", ("first_step",)),
    Check("why_blame", ("honest_question",)),
)
"""All checks, the weightiest first."""

CHECKS = tuple(check.id for check in TABLE)
SAFETY = tuple(check.id for check in TABLE if check.id.startswith("safety_"))
"""The kinds of concern about somebody's safety."""
ALWAYS = tuple(check.id for check in TABLE if check.always)
"""What is listened for in every answer."""
BY_NAME = tuple(check.id for check in TABLE if not check.always)
"""What a step of a sequence can ask for."""
FIELDS = tuple(dict.fromkeys(field for check in TABLE for field in check.fields))
"""The questions whose answers are listened to for more than what is always."""


def checks_for(field: str) -> tuple[str, ...]:
    """Return the checks that fit the answers of a field, the weightiest first."""
    return tuple(check.id for check in TABLE if check.always or field in check.fields)


def fields_of(check: str) -> tuple[str, ...]:
    """Return the fields a check is heard in; none for what is heard in every answer."""
    return next(one.fields for one in TABLE if one.id == check)


def check_name(check: str) -> str:
    """Return what a check hears, in a few words."""
    return {
        "closed_question": _("a closed question"),
        "leading_question": _("a leading question"),
        "stacked_question": _("several questions in one"),
        "why_blame": _("a why that may blame"),
        "advice": _("advice"),
        "empty_acknowledgement": _("praise without what you saw"),
        "but_eraser": _("a but after it"),
        "interpretation": _("an interpretation"),
        "absolute": _("always or never"),
        "untestable_fear": _("a fear you cannot see happen"),
        "vague_step": _("a step that is not concrete yet"),
        "personal_data": _("personal data"),
        "safety_other": _("a word about safety"),
        "safety_self_harm": _("a word about safety"),
        "safety_threat": _("a word about safety"),
    }.get(check, check)
