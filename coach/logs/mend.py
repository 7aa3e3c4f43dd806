"""A log with its answers in the one form that the coach writes; every other byte stays."""

from __future__ import annotations

import re
from collections.abc import Collection

from coach.logs.answer_line import Line, read_line
from coach.logs.answers import Reading
from coach.logs.markdown import Closely

_ALMOST = re.compile(
    r"""
    [\s>]* (?: [-*+] \s+ )? [*_`]{0,3}
    ( [A-Za-z] [\w\\]*? ) [*_`]{0,3}          # the id of a question
    \s* (?: : | = ) [*_`]{0,3} \s*            # one colon
    ( [^\s:=] .* )
    """,
    re.VERBOSE,
)


def mended(text: str, named: Collection[str] = ()) -> str:
    """Return the text of a log with its answers as we write them; `named` are questions that its sequence asks.

    Raises:
        CoachError: when it is no log.

    """
    log = Closely(text, "", named)
    raw = text.split("\n")
    body = log.start
    found = [(first, end, written(line)) for first, end, line in log.reading.lines()]
    found += [(number, number + 1, lines) for number in log.reading.unread if (lines := _almost(log.reading.body[number]))]
    for first, end, lines in sorted(found, reverse=True):
        if log.reading.body[first:end] != lines:
            ending = "\r" if raw[body + first].endswith("\r") else ""
            raw[body + first : body + end] = [f"{line}{ending}" for line in lines]
    return "\n".join(raw)


def is_as_written(reading: Reading) -> bool:
    """Return whether all answers stand in a log as we write them."""
    return all(reading.body[first:end] == written(line) for first, end, line in reading.lines())


def written(line: Line) -> list[str]:
    """Return the lines that we write for what an answer says."""
    name = f"- {line.id}.{line.part}::" if line.part else f"- {line.id}::"
    return [f"{name} {text}" if text else name for text in line.text.split("\n")]


def _almost(text: str) -> list[str]:
    match = _ALMOST.fullmatch(text)
    id_ = match[1].replace("\\", "").strip("_").lower() if match else ""
    line = f"- {id_}:: {match[2]}" if match else ""
    return [line] if read_line(line) else []
