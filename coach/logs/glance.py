"""The text of a log -> only the answers asked for, as `log.parse` reads them but several times as fast.

Looking back reads thousands of logs for a handful of answers. A log as we write it is read here line by line; at the
first thing that is not ours (another bullet, a key of someone else, CRLF) the whole log goes to `log.parse`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from coach.logs import markdown as log
from coach.logs.session import Exchange, Session

_PLAIN = re.compile(r"[^\W_](?:[^#:\"'\[\]{},&*!|>%@`]++|:(?! )|(?<! )#)*+")
_FIELD = re.compile(r"\s{0,3}[-*+] [a-z][a-z0-9_]*(?:\.(?:before|heard|draft))?::(?: .*)?", re.DOTALL)
_PARTS = {"", "before", "heard", "draft"}
_START = 5
_NEEDED = {"format", "id", "sequence", "started"}
_KNOWN = {*_NEEDED, "kind", "language", "about", "finished", "follows", "tags", "card", "choices"}


class _NotOursError(Exception):
    """The log holds something that only `log.parse` understands."""


def glance(text: str, where: str, ids: Collection[str]) -> Session:
    """Return the session in a log with only the exchanges of `ids`, without sections, drafts, notes and title.

    Raises:
        CoachError: when the front matter is not that of a log.

    """
    try:
        lines = text.split("\n")
        end = _end_of_front_matter(text, lines)
        front = _front_matter(lines[1:end])
        exchanges = _exchanges(lines, end + 1, ids, _words(front.get("choices", ""))) if ids else ()
        return _session(front, exchanges)
    except _NotOursError:
        session = log.parse(text, where)
        exchanges = tuple(_bare(exchange) for exchange in session.exchanges if exchange.id in ids)
        return replace(session, title="", extra="", note="", exchanges=exchanges)


def _session(front: dict[str, str], exchanges: tuple[Exchange, ...]) -> Session:
    sequence = front["sequence"]
    return Session(
        front["id"],
        sequence,
        front.get("kind") or sequence,
        front.get("language") or "en",
        "",
        _time(front["started"]),
        front.get("about", ""),
        _time(front["finished"]) if "finished" in front else None,
        front.get("follows", ""),
        _words(front.get("tags", "")),
        _words(front.get("card", "")),
        exchanges,
        int(front["format"]),
    )


def _end_of_front_matter(text: str, lines: list[str]) -> int:
    if lines[0] != "---" or "\r" in text:
        raise _NotOursError
    try:
        return lines.index("---", 1)
    except ValueError:
        raise _NotOursError from None


def _front_matter(lines: list[str]) -> dict[str, str]:
    front: dict[str, str] = {}
    for line in lines:
        key, colon, value = line.partition(": ")
        if not colon or key not in _KNOWN or key in front:
            raise _NotOursError
        if value[0:1] != "[":
            value = _scalar(value)
        front[key] = value
    if not front.keys() >= _NEEDED or not re.fullmatch(r"[1-9]\d{0,8}", front["format"], re.ASCII):
        raise _NotOursError
    return front


def _scalar(value: str) -> str:
    if _PLAIN.fullmatch(value) and value[-1] != " " and value.isprintable():
        return value
    if value[0:1] == '"' and "\\" not in value:
        try:
            return str(json.loads(value))
        except ValueError:
            pass
    raise _NotOursError


@lru_cache(maxsize=1024)  # the same card and choices in log after log
def _words(value: str) -> tuple[str, ...]:
    if not value:
        return ()
    if value[0] != "[" or value[-1] != "]":
        raise _NotOursError
    words = value[1:-1].split(", ")
    if any("," in word for word in words):
        raise _NotOursError
    return tuple(map(_scalar, words))


def _time(value: str) -> datetime:
    try:
        time = datetime.fromisoformat(value)
    except ValueError:
        raise _NotOursError from None
    if time.tzinfo is None:
        raise _NotOursError
    return time


def _exchanges(lines: list[str], start: int, ids: Collection[str], choices: Collection[str]) -> tuple[Exchange, ...]:
    """Return the exchanges of `ids`; fields of one id are one exchange while only blank lines stand between them."""
    blocks: list[tuple[str, str, list[tuple[str, str]]]] = []
    current = heading = ""
    fields: list[tuple[str, str]] = []
    starts = _starts(frozenset(ids))
    body = lines[start:]
    if title := next((line for line in body if line[:2] == "# "), ""):
        body[body.index(title)] = ""
    for line in body:
        if line[:2] == "- " and line[:_START] not in starts:  # most lines are answers to other questions
            current = heading = ""
            continue
        if not line or line.isspace():
            continue
        name, colons, value = line.partition("::") if line[:2] == "- " else ("", "", "")
        id_, _dot, part = name[2:].partition(".")
        if id_ not in ids or not colons or part not in _PARTS or (value and value[0] != " ") or name[-1] == ".":
            if name == "" and "::" in line and _FIELD.fullmatch(line):
                raise _NotOursError
            current, heading = "", line[4:] if line[:4] == "### " else ""
            continue
        if id_ != current:
            current, fields = id_, []
            blocks.append((id_, heading, fields))
        heading = ""
        fields.append((part, value[1:]))
    return tuple(_exchange(*block, choice=block[0] in choices) for block in blocks)


@lru_cache(maxsize=16)  # the same ids in log after log
def _starts(ids: frozenset[str]) -> frozenset[str]:
    """Return how the lines of these answers begin."""
    return frozenset(f"- {id_}{mark}"[:_START] for id_ in ids for mark in ("::", ".b", ".h", ".d"))


def _exchange(id_: str, question: str, fields: list[tuple[str, str]], *, choice: bool) -> Exchange:
    if all(not part for part, _value in fields):
        return Exchange(id_, question, tuple([value for _part, value in fields]), choice=choice)
    said, before, heard = (tuple(value for part, value in fields if part == wanted) for wanted in ("", "before", "heard"))
    return Exchange(id_, question, said, "", before, heard, choice=choice)


def _bare(exchange: Exchange) -> Exchange:
    return replace(exchange, section="", draft=(), note="")
