"""The front matter of a log: all that is known of a session beside its words, as YAML."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

from coach.errors import Problems
from coach.language import _
from coach.logs.identity import is_id, is_same_time, linked, local
from coach.logs.session import FORMAT, Exchange, Session

Values = tuple[dict[str, str], dict[str, tuple[str, ...]]]  # the texts and the lists under the keys

_KEYS = {
    "format",
    "id",
    "sequence",
    "kind",
    "language",
    "about",
    "started",
    "finished",
    "follows",
    "tags",
    "card",
    "choices",
    "heard",
}
EMPTY = {"null", "Null", "NULL", "~"}  # how YAML writes that there is nothing
_EMPTY_LINE = r"(?:[^\s:]+:|\s*-)\s+ \[? \s* (?:null|~) \s* \]? \s*"
_UNLIKE_OTHERS = {"id:", "sta", "fin", "fol", "hea"}  # the beginnings of keys with another value in every log
_NEEDED = ("started", "format", "sequence", "id")
_FIRST_LINE = 2  # of the file: the first one is `---`

_FORMAT = re.compile(r"0*[1-9]\d{0,8}", re.ASCII)
_KEY = re.compile(r"([^\s#-].*?):(?:\s|$)")

_WRITTEN_PLAIN = re.compile(r"[^\W\d_][\w .()-]*[\w.)]|[^\W\d_]")
_WORDS_OF_YAML = {"yes", "no", "true", "false", "on", "off", "null", "y", "n"}
_READ_PLAIN = re.compile(
    r"""
    [^\W_]                                   # a letter or a digit, so no mark of YAML, no bracket and no blank
    (?:
        [^\#:"'\[\]{},&*!|>%@`]++            # nothing that can mean something in YAML,
        | : (?! [ ] | \Z )                   # a colon only where it ends no key, as in 12:30,
        | (?<! [ ] ) \#                      # a hash only where it begins no remark, as in C#
    )*+
    """,
    re.VERBOSE,
)


class FrontMatter(NamedTuple):
    """What stands under our keys, checked: texts and lists of them; `extra` is what is not ours, to be written back."""

    texts: dict[str, str]
    lists: dict[str, tuple[str, ...]]
    started: datetime
    finished: datetime | None
    extra: str

    def words(self, key: str) -> tuple[str, ...]:
        """Return the list under a key, which may be written as a text with commas."""
        if key in self.lists:
            return self.lists[key]
        return tuple(filter(None, map(str.strip, self.texts.get(key, "").split(",")))) if key in self.texts else ()

    def named(self) -> tuple[str, ...]:
        """Return the ids of the questions that it says are answered."""
        return (*self.words("card"), *self.words("choices"))

    def session(
        self,
        exchanges: tuple[Exchange, ...] = (),
        title: str = "",
        note: str = "",
        *,
        heard: bool = False,
        unread: tuple[int, ...] = (),
    ) -> Session:
        """Return the session with this front matter."""
        text = self.texts.get
        follows = text("follows") or next(iter(self.lists.get("follows", ())), "")
        return Session(
            id=self.texts["id"],
            sequence=self.texts["sequence"],
            kind=text("kind", self.texts["sequence"]),
            language=text("language", "en"),
            title=title,
            started=self.started,
            about=text("about", ""),
            finished=self.finished,
            follows=linked(follows) if follows else follows,
            tags=self.words("tags"),
            card=self.words("card"),
            exchanges=exchanges,
            format=int(self.texts["format"]),
            heard=heard,
            extra=self.extra,
            note=note,
            unread=unread,
        )


def values_of(session: Session, body: str) -> dict[str, str]:
    """Return what stands under our keys in the front matter of a session above the body of its log, "" where there is nothing."""
    return {
        "format": str(session.format),
        "id": session.id,
        "sequence": session.sequence,
        "kind": session.kind,
        "language": session.language,
        "about": _scalar(session.about),
        "started": session.started.isoformat(),
        "finished": session.finished.isoformat() if session.finished else "",
        "follows": session.follows,
        "tags": _list(session.tags),
        "card": _list(session.card),
        "choices": _list(tuple(exchange.id for exchange in session.exchanges if exchange.choice)),
        "heard": checksum(body) if session.heard else "",
    }


def front_matter_of(session: Session, body: str) -> list[str]:
    """Return the lines of the front matter of a session, above the body of its log."""
    lines = [f"{key}: {value}" for key, value in values_of(session, body).items() if value]
    return [*lines, session.extra] if session.extra else lines


def read_front_matter(lines: list[str], where: str) -> FrontMatter:
    """Return the front matter in these lines.

    Raises:
        CoachError: when it is no YAML, lacks what every log has, or holds what cannot be meant.

    """
    problems = Problems(where)
    values, extra = _read_plain(lines), ""
    if values is None:
        from coach.logs.front_matter_yaml import read_yaml  # most logs are read without

        written = "\n" + "\n".join("" if re.fullmatch(_EMPTY_LINE, line, re.IGNORECASE | re.VERBOSE) else line for line in lines)
        values, extra = read_yaml(written, problems), _not_ours(lines)
    texts, lists = values
    started = _read_time("started", texts, lines, problems)
    finished = _read_time("finished", texts, lines, problems)
    _check(texts, problems)
    problems.raise_any()
    started = started or datetime.fromtimestamp(0, UTC)
    if not is_same_time(texts["id"], texts["started"]):
        here = local(texts["id"], started)
        finished = finished.astimezone(here.tzinfo) if finished and finished.tzinfo != here.tzinfo else finished
        started = here
    return FrontMatter(texts, lists, started, finished, extra)


def checksum(body: str) -> str:
    """Return what tells whether the body of a log is still as it was heard, in eight hexadecimal digits."""
    return f"{crc32(body.strip().encode('utf-8', 'replace')):08x}"


def key_of(line: str) -> str | None:
    """Return the key that a line of the front matter begins with, or None."""
    match = _KEY.match(line)
    return match[1].strip("'\"") if match else None


def _scalar(text: str) -> str:
    plain = _WRITTEN_PLAIN.fullmatch(text) and text.casefold() not in _WORDS_OF_YAML
    return text if plain or not text else json.dumps(text, ensure_ascii=False)


def _list(words: tuple[str, ...]) -> str:
    return f"[{', '.join(map(_scalar, words))}]" if words else ""


def _read_plain(lines: list[str]) -> Values | None:
    """Return the values when all lines are written as ours are, without loading YAML: 20 times as fast; else None."""
    texts: dict[str, str] = {}
    lists: dict[str, tuple[str, ...]] = {}
    for line in lines:
        read = _own_line(line) if line[:3] in _UNLIKE_OTHERS else _line(line)
        if read is None or read[0] in texts or read[0] in lists:
            return None
        key, value = read
        if isinstance(value, str):
            texts[key] = value
        else:
            lists[key] = value
    return (texts, lists) if texts else None


def _own_line(line: str) -> tuple[str, str | tuple[str, ...]] | None:
    """Return the key and the value in a line, or None where it is not written as ours are."""
    key, _colon, written = line.partition(": ")
    value = _plain_list(written) if written[:1] == "[" else _plain_scalar(written)
    return None if value is None or key not in _KEYS else (key, value)


_line = lru_cache(maxsize=1024)(_own_line)  # the same sequence, language and people in log after log


def _plain_scalar(text: str) -> str | None:
    if not text.isprintable() or text[-1:] == " " or text in EMPTY:
        return None
    if _READ_PLAIN.fullmatch(text):
        return text
    if text[:1] == '"' and "\\" not in text:  # what YAML and JSON read alike
        try:
            return str(json.loads(text))
        except ValueError:
            return None
    return None


def _plain_list(text: str) -> tuple[str, ...] | None:
    words = text[1:-1].split(", ")
    values = tuple(value for word in words if (value := _plain_scalar(word)) is not None)
    return values if text[-1] == "]" and len(values) == len(words) else None


def _check(texts: dict[str, str], problems: Problems) -> None:
    """Note what every log has and this one has not."""
    for key in _NEEDED:
        if key not in texts:
            problems.add(_FIRST_LINE, 1, _("the front matter lacks '{key}'").format(key=key), _("put the line back"))
    number = texts.get("format", "")
    if not _FORMAT.fullmatch(number):
        cure = _("write `format: {format}`").format(format=FORMAT)
        problems.add(_FIRST_LINE, 1, _("'{value}' is not a format").format(value=number), cure)


def _read_time(key: str, texts: dict[str, str], lines: list[str], problems: Problems) -> datetime | None:
    text = texts.get(key)
    if not text:
        return None
    try:
        time = datetime.fromisoformat(text)
        is_local = time.tzinfo and (text[-1] not in "Zz" or is_id(texts.get("id", "")))
        return time if is_local else _here(time)
    except ValueError:
        line = next((number for number, line in enumerate(lines) if key_of(line) == key), 0)
        what = _("'{value}' is not a time").format(value=text)
        problems.add(_FIRST_LINE + line, 1, what, _("write it as 2026-11-24T09:15:02+01:00"))
        return None


def _here(time: datetime) -> datetime:
    """Return a time of a log in our zone, where the system knows what that was then."""
    try:
        return time.astimezone()
    except (OSError, OverflowError, ValueError):  # Windows knows none before 1970, others none in the first or last year
        return time if time.tzinfo else time.replace(tzinfo=UTC)


def _not_ours(lines: list[str]) -> str:
    """Return the lines under keys that are not ours, and the remarks."""
    kept: list[str] = []
    ours = False
    for line in lines:
        if (key := key_of(line)) is not None:
            ours = key in _KEYS
        if line.strip() and (not ours or line.lstrip().startswith("#")):
            kept.append(line)
    return "\n".join(kept)
