"""A line of an answer: as we write it, and in the disguises that editors and hands give it."""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from dataclasses import dataclass
from functools import lru_cache

_HEAD = re.compile(
    r"""
    \s{0,3} [-*+] [ ]                     # an item of a list; further in it would be code
    ( [a-z][a-z0-9_]* )                   # the id of the question
    (?: \. ( before | heard | draft | quotes ) )?  # an earlier wording, a check that heard something, an answer broken off
    """,
    re.VERBOSE,
)
# those below are compiled where a line is not as we write it: all at the start of every command took a tenth of it
_ITEM = r"(?: [-*+\u2013\u2022] | \d{1,9} [.)] ) \s+ (?: \[ [ xX] \] \s* )?"
_DISGUISED = rf"""
    [\s>\u200b\ufeff]*                                # blanks, quotes, marks of an order of bytes
    (?P<items> (?: {_ITEM} ){{0,2}} )                 # bullets, numbers, boxes of a task
    [-+\u2013\u2022]?                                           # a bullet that lost its blank
    (?P<marks> [*_`~=\[(]{{0,4}} )                    # emphasis, code, brackets
    (?P<id> [A-Za-z] (?: [A-Za-z0-9_] | \\_ | [ -] (?=[A-Za-z]) )* )
    (?: \\? \. (?P<part> before | heard | draft | quotes ) )?
    (?P<closing> [*_`~=]{{0,4}} )
    \s* (?: \\? [:\uff1a] ){{2}} (?! [:\uff1a] )
    (?P<text> .* )
    """
_RESEMBLING = r"""
    (?: </?\w[^>]*> | [\W\d_] )*                      # tags, marks, numbers
    (?P<id> [A-Za-z] (?: [A-Za-z0-9_] | \\_ )* )
    (?: \\? \. (?: before | heard | draft | quotes ) )?
    (?: </?\w[^>]*> | [^\w:\uff1a=] ){0,6}? (?P<sign> [:\uff1a]{2} | [:\uff1a=] )
    """
_OTHER_BLOCK = r"""
    \s* (?:
        [-*+\u2013\u2022] \s | \d{1,9} [.)] \s      # an item of a list
      | \#{1,6} (?: \s | \Z )             # a heading
      | (?: [-*_] \s* ){3,} \Z            # a rule
      | [>|<] | ``` | ~~~ | %% | \[\^     # a quote, a table, HTML, code, a comment, a footnote
    )"""
PARTS = ("", "before", "heard", "draft", "quotes")
"""The parts of an answer in their order: itself, an earlier wording, what was heard, half an answer, what its question quotes."""
_FENCES = ("```", "~~~")
_BULLET = rf"[\s>]* {_ITEM}"
_MARK = r"[!-/:-@\[-`{-~]"
_ESCAPED_ID = r"^[\s>]*(?:[-*+]|\d+[.)])\s+[a-z][a-z0-9]*\\_[a-z0-9_\\]*(?:\\?\.[a-z]+)?\\?:\\?:"
_DEEP = 4  # blanks before a block of code
_TAB = "    "
_WRAPPED = 60  # letters: no editor breaks a line that is shorter
_HARD_BREAKS = ("\\", "  ")


@dataclass(slots=True)  # frozen it would take three times as long to make, and there are millions
class Line:
    """A line of an answer: the id of its question, which part it is (`before` and the like, else "") and its text."""

    id: str
    part: str
    text: str


def read_line(line: str) -> Line | None:
    """Return the line of an answer, where it stands as we write it; None when it is something else."""
    head, sign, text = line.partition("::")
    if not sign or text[:1] not in {"", " "}:
        return None
    id_and_part = _head(head)
    return Line(*id_and_part, text[1:]) if id_and_part else None


@lru_cache(maxsize=1024)  # the same questions in log after log
def _head(head: str) -> tuple[str, str] | None:
    """Return the id and the part that the beginning of a line names, or None."""
    match = _HEAD.fullmatch(head)
    return (match[1], match[2] or "") if match else None


def read_disguised(line: str, known: Container[str]) -> Line | None:
    """Return the line of an answer that an editor or a hand gave another shape, or None.

    Where the id is as we write it and an item of a list, any will do; otherwise it must be `known`: what a person writes for
    themselves may look the same.
    """
    match = re.fullmatch(_DISGUISED, line, re.DOTALL | re.VERBOSE)
    if match is None or (match["id"][0].islower() and not match["id"].islower()):
        return None
    id_ = unescaped = re.sub(r"[ -]", "_", match["id"].replace("\\", ""))
    opening = match["marks"]
    if "_" in opening:
        id_ = id_.removesuffix("_" * opening.count("_"))
    text = _without_marks(match["text"], opening, is_closed=bool(match["closing"]) or id_ != unescaped)
    is_plain = (
        bool(match["items"])
        and match["id"].replace("\\_", "_").isidentifier()
        and id_.islower()
        and (not text or text[0].isspace())
    )
    if not is_plain and id_.lower() not in known:
        return None
    return Line(id_.lower(), match["part"] or "", text.strip())


def resembled(line: str, known: Container[str], above: Callable[[], str]) -> str:
    """Return the known question that a line which is not read looks like an answer to, or ""; `above` is the line above it."""
    match = re.match(_RESEMBLING, line, re.VERBOSE)
    if match is None:
        return ""
    id_ = match["id"].replace("\\", "").strip("_")
    if id_.lower() not in known:
        return ""
    is_field = len(match["sign"]) > 1 or "_" in id_
    return id_.lower() if is_field or (id_.islower() and above().startswith("### ")) else ""


def goes_on(line: str, above: str) -> bool:
    """Return whether a line below that of an answer is still that answer, broken by an editor."""
    if not line.strip() or re.match(_OTHER_BLOCK, line, re.VERBOSE):
        return False
    return line[0].isspace() or len(above) >= _WRAPPED


def breaks_hard(line: str) -> bool:
    """Return whether what follows on a line was meant to begin a line of its own."""
    return line.endswith(_HARD_BREAKS)


def is_code(body: list[str], number: int) -> bool:
    """Return whether a line stands in a block of code: between fences, or far in without a list above it."""
    return is_fenced(body, number) or (_depth(body[number]) >= _DEEP and not _is_in_list(body, number))


def is_fenced(body: list[str], number: int) -> bool:
    """Return whether a line stands between two fences of a kind; one that is never closed closes nothing off."""
    return any(_is_between(body, number, fence) for fence in _FENCES)


def is_escaped(text: str) -> bool:
    """Return whether an editor put backslashes before the marks in a log: it did so in the ids."""
    return "\\" in text and re.search(_ESCAPED_ID, text, re.MULTILINE) is not None


def unescape(text: str) -> str:
    """Return a text without the backslashes before its marks."""
    return re.sub(rf"\\({_MARK})", r"\1", text)


def escape(text: str) -> str:
    """Return a text that is this one again once `unescape` took the backslashes out."""
    return re.sub(rf"\\(?={_MARK})", r"\\\\", text)


def _without_marks(text: str, opening: str, *, is_closed: bool) -> str:
    """Return a text without the marks that close what was opened before the id."""
    for bracket, end in (("[", "]"), ("(", ")")):
        if bracket in opening:
            text = text.rstrip().removesuffix(end)
    marks = opening.strip("[(")
    return text if is_closed or not marks else text.removeprefix(marks[::-1])


def _is_between(body: list[str], number: int, fence: str) -> bool:
    opened = -1
    for place, line in enumerate(body):
        if line.lstrip().startswith(fence):
            if 0 <= opened < number < place:
                return True
            opened = -1 if opened >= 0 else place
    return False


def _is_in_list(body: list[str], number: int) -> bool:
    """Return whether a line belongs to a list: the nearest ones above, as far in as it, lead to an item."""
    for above in reversed(body[:number]):
        if re.match(_BULLET, above, re.VERBOSE):
            return True
        if above.strip() and _depth(above) < _DEEP:
            return False
    return False


def _depth(line: str) -> int:
    expanded = line.replace("\t", _TAB)
    return len(expanded) - len(expanded.lstrip(" "))
