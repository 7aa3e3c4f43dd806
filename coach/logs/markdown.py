"""Session <-> markdown, unchanged both ways: the one place that knows what the lines of a log are.

Every line of an answer is a list item `- id:: text`, so any text is safe inside it. What else stands in the file is the user's
own and is kept as notes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from coach.errors import CoachError, Problem
from coach.language import _
from coach.logs.front_matter import FrontMatter, checksum, front_matter_of, read_front_matter
from coach.logs.session import Exchange, Session

_FENCE, _TITLE, _SECTION, QUESTION = "---", "# ", "## ", "### "
_ANSWER = re.compile(
    r"""
    \s{0,3} [-*+] [ ]                     # an item of a list; further in it would be code
    ( [a-z][a-z0-9_]* )                   # the id of the question
    (?: \.                                # an earlier wording, a check that heard something, an answer broken off,
        ( before | heard | draft | quotes )  # what the question quotes
    )?
    ::
    (?: [ ] (.*) )?                       # one line of the text
    """,
    re.DOTALL | re.VERBOSE,
)
_MARKS = ("::", ".b", ".h", ".d", ".q")  # what follows the id in a line of an answer
_START = 5  # so many letters of a line tell most answers apart
_WRITTEN_BY_US = frozenset(f"- {letter}" for letter in "abcdefghijklmnopqrstuvwxyz")


@dataclass(slots=True)  # frozen it would take three times as long to make, and there are millions
class Line:
    """A line of an answer: the id of its question, which part it is (`before` and the like, else "") and its text."""

    id: str
    part: str
    text: str


@dataclass(slots=True)
class _Block:
    """The texts of an answer by their part, with only blank lines between them; `end` is the number of the line after it."""

    id: str
    start: int
    end: int
    parts: dict[str, list[str]] = field(default_factory=lambda: {"": [], "before": [], "heard": [], "draft": [], "quotes": []})


@dataclass(slots=True)
class _Head:
    """The section and the question right above an answer; at line `start` they begin, or the answer where there are none."""

    start: int
    section: str | None
    question: str


def render(session: Session) -> str:
    """Return the session as the text of its log."""
    blocks = [f"{_TITLE}{heading(session)}"]
    if session.note:
        blocks.append(session.note)
    section = ""
    for exchange in session.exchanges:
        if exchange.section != section:
            blocks.append(f"{_SECTION}{exchange.section}".rstrip())
            section = exchange.section
        if exchange.question:
            blocks.append(f"{QUESTION}{exchange.question}")
        blocks.append("\n".join(_answer_lines(exchange)))
        if exchange.note:
            blocks.append(exchange.note)
    body = "\n\n".join(blocks)
    return "\n".join([_FENCE, *front_matter_of(session, body), _FENCE, "", body, ""])


def heading(session: Session) -> str:
    """Return the title of a session with what it is about."""
    return f"{session.title}: {session.about}" if session.about else session.title


def decode(data: bytes) -> str:
    """Return the bytes of a log as text; what is not UTF-8 in it is marked, so the rest can be read."""
    return data.decode("utf-8-sig", "replace")


def read_log(text: str, where: str, ids: Collection[str] | None = None) -> Session:
    """Return the session in the text of a log, in whatever way an editor saved it.

    With `ids` only the answers to these are read, without title, sections and notes, which is several times as fast.

    Raises:
        CoachError: when the front matter is not that of a log.

    """
    lines = split_lines(text)
    start = body_start(lines, where)
    front = read_front_matter(lines[1 : start - 1], where)
    body = lines[start:]
    heard = "heard" in front.texts and front.texts["heard"] == checksum("\n".join(body))
    if ids is None:
        return _read_whole(body, front, heard=heard)
    return _read_some(body, front, ids, heard=heard) if ids else front.session(heard=heard)


def split_lines(text: str) -> list[str]:
    """Return the lines of a log, whichever end an editor gave them."""
    lines = text.removeprefix("\ufeff").split("\n")
    return [line.removesuffix("\r") for line in lines] if "\r" in text else lines


def body_start(lines: list[str], where: str) -> int:
    """Return the number of the first line below the front matter.

    Raises:
        CoachError: when there is no front matter.

    """
    if lines[0].rstrip() == _FENCE:
        for number, line in enumerate(lines):
            if number and line.rstrip() == _FENCE:
                return number + 1
    cure = _("a log starts with its front matter between two lines `---`")
    raise CoachError(Problem(where, _("this is not a log of a session"), cure))


def is_plainly_a_log(data: bytes) -> bool:
    """Return whether bytes begin as the logs we write; of others only `read_log` can tell."""
    return data.startswith(b"---\n") and b"\nstarted: " in data and b"\n---\n" in data


def read_line(line: str) -> Line | None:
    """Return the line of an answer that a line of the body is, or None when it is something else."""
    match = _ANSWER.fullmatch(line)
    return Line(*match.groups("")) if match else None


def question_of(lines: list[str], number: int, id_: str) -> str:
    """Return the question above a line of the body: right above an answer to `id_`, anywhere above a note, which has no id."""
    above = number - 1
    if id_:
        ours = f"- {id_}:: "  # nearly all lines of an answer are known by this, far sooner than by reading them
        while above >= 0 and (lines[above].startswith(ours) or not lines[above].strip() or _is_answer(lines[above], id_)):
            above -= 1
    else:
        while above >= 0 and not lines[above].startswith((_TITLE, _SECTION, QUESTION, _FENCE)):
            above -= 1
    return _question_at(lines, above)


def _question_at(lines: list[str], number: int) -> str:
    return lines[number][len(QUESTION) :] if number >= 0 and lines[number].startswith(QUESTION) else ""


def _is_answer(line: str, id_: str) -> bool:
    answer = read_line(line)
    return answer is not None and answer.id == id_


def _answer_lines(exchange: Exchange) -> list[str]:
    parts = (
        ("", exchange.lines),
        (".before", exchange.before),
        (".heard", exchange.heard),
        (".draft", exchange.draft),
        (".quotes", exchange.quotes),
    )
    return [f"- {exchange.id}{part}::{' ' if text else ''}{text}" for part, texts in parts for text in texts]


def _read_whole(body: list[str], front: FrontMatter, *, heard: bool) -> Session:
    title, choices = _take_title(body, front), front.words("choices")
    blocks = _blocks(body, [number for number, line in enumerate(body) if "::" in line])
    heads = [_head(body, block.start) for block in blocks]
    starts = [*(head.start for head in heads), len(body)]
    exchanges: list[Exchange] = []
    section = ""
    for block, head, end in zip(blocks, heads, starts[1:], strict=True):
        section = section if head.section is None else head.section
        exchanges.append(_exchange(block, head.question, choices, section, _note(body[block.end : end])))
    return front.session(tuple(exchanges), title, _note(body[: starts[0]]), heard=heard)


def _read_some(body: list[str], front: FrontMatter, ids: Collection[str], *, heard: bool) -> Session:
    _title, choices = _take_title(body, front), front.words("choices")
    blocks = _blocks(body, _numbers(body, ids), ids)
    exchanges = [_exchange(block, _question_at(body, _above(body, block.start)), choices) for block in blocks]
    return front.session(tuple(exchanges), heard=heard)


def _numbers(body: list[str], ids: Collection[str]) -> list[int]:
    """Return the numbers of the lines to read for these answers: one that begins as another answer of ours is passed over.

    Looking back reads thousands of logs for a handful of answers, and reading a line takes ten times as long.
    """
    starts = _starts(frozenset(ids))
    return [
        number for number, line in enumerate(body) if "::" in line and (line[:_START] in starts or line[:3] not in _WRITTEN_BY_US)
    ]


@lru_cache(maxsize=16)  # the same ids in log after log
def _starts(ids: frozenset[str]) -> frozenset[str]:
    """Return how the lines of these answers begin when we write them."""
    return frozenset(f"- {id_}{mark}"[:_START] for id_ in ids for mark in _MARKS)


def _blocks(body: list[str], numbers: Iterable[int], ids: Collection[str] | None = None) -> list[_Block]:
    """Return the answers in the lines of these numbers, all or those of `ids`."""
    blocks: list[_Block] = []
    block: _Block | None = None
    for number in numbers:
        line = read_line(body[number])
        if line is None or (ids is not None and line.id not in ids):
            continue
        if block is None or block.id != line.id or any(map(str.strip, body[block.end : number])):
            block = _Block(line.id, number, number)
            blocks.append(block)
        block.end = number + 1
        block.parts[line.part].append(line.text)
    return blocks


def _head(body: list[str], start: int) -> _Head:
    section, question = None, ""
    above = _above(body, start)
    if above >= 0 and body[above].startswith(QUESTION):
        start, question = above, body[above][len(QUESTION) :]
        above = _above(body, start)
    if above >= 0 and f"{body[above]} ".startswith(_SECTION):
        start, section = above, body[above][len(_SECTION) :]
    return _Head(start, section, question)


def _above(body: list[str], number: int) -> int:
    """Return the number of the nearest line above that is not blank, or -1."""
    number -= 1
    while number >= 0 and not body[number].strip():
        number -= 1
    return number


def _exchange(block: _Block, question: str, choices: Collection[str], section: str = "", note: str = "") -> Exchange:
    lines, before, heard, draft, quotes = map(tuple, block.parts.values())
    return Exchange(block.id, question, lines, section, before, heard, draft, note, block.id in choices, quotes)


def _take_title(body: list[str], front: FrontMatter) -> str:
    """Return the title without what it is about, and leave a blank line in its place: an answer goes on below it."""
    for number, line in enumerate(body):
        if line.startswith(_TITLE):
            body[number] = ""
            title, about = line[len(_TITLE) :], front.texts.get("about")
            return title.rstrip().removesuffix(f": {about}") if about and title.rstrip().endswith(f": {about}") else title
    return front.texts["sequence"]


def _note(lines: list[str]) -> str:
    return "\n".join(lines).strip("\n \t")
