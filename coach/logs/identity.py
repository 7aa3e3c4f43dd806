"""Who a session is: its id, what a link to it may look like, and its local time."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

ID = re.compile(r"\d{4}-\d\d-\d\d-\d{6}-[a-z0-9][a-z0-9-]*")
TIME = 17  # letters of an id: 2026-11-24-091502
_NAME = re.compile(r"[\w-]*")
_WIKI_LINK = r"!?\[\[ ([^|\#^\]]*) [^\]]* \]\]"  # [[ID]], [[ID|what is shown]], [[ID#heading]]
_LINK = r"!? \[ [^\]]* \] \( <? ([^()<>]*) >? \)"  # [what is shown](ID.md)
_QUOTES = "\"'<>`\u201c\u201d\u2018\u2019"
_FARTHEST = timedelta(hours=14)  # of all zones from UTC
_STEP = timedelta(minutes=15)  # between zones


def is_id(name: str) -> bool:
    """Return whether this is the name of a session as the coach gives it."""
    return ID.fullmatch(name) is not None


def linked(text: str) -> str:
    """Return the name that a link means, however an editor or a hand wrote it: `[[ID|words]]`, `path/ID.md`."""
    if _NAME.fullmatch(text):
        return text
    text = text.strip().strip(_QUOTES)
    if match := re.fullmatch(_WIKI_LINK, text, re.VERBOSE) or re.fullmatch(_LINK, text, re.VERBOSE):
        text = match[1]
    name = re.split(r"[/\\]", text.strip().replace("%20", " "))[-1]
    return re.sub(r"\.md(?:\.age)?$", "", name, flags=re.IGNORECASE)


def is_same_time(id_: str, written: str) -> bool:
    """Return whether a time is written as in the id."""
    return id_[:10] == written[:10] and id_[11:TIME] == written[11:19].replace(":", "")


def local(id_: str, started: datetime) -> datetime:
    """Return when a session started by the clock that gave it its id: the same time in its zone, else on the day of its id."""
    clock = clock_of(id_)
    if clock is None:
        return started
    try:
        offset = clock - started.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    except OverflowError:
        return started
    is_zone = abs(offset) <= _FARTHEST and not offset % _STEP
    return clock.replace(tzinfo=timezone(offset)) if is_zone else on_its_day(id_, started)


def on_its_day(name: str, started: datetime) -> datetime:
    """Return when a session started: on the day that its file is called after, whatever is written in it."""
    clock = clock_of(name)
    return started if clock is None or clock.date() == started.date() else clock.replace(tzinfo=started.tzinfo)


def clock_of(name: str) -> datetime | None:
    """Return the time that an id or the name of a file begins with, or None."""
    try:
        return datetime.strptime(name[:TIME], "%Y-%m-%d-%H%M%S") if is_id(name) else None  # noqa: DTZ007 # no zone is in a name
    except ValueError:
        return None
