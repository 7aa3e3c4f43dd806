"""Session <-> markdown, unchanged both ways: the one place that knows what the lines of a log are.

Every line of an answer is a list item `- id:: text`, so any text is safe inside it. What else stands in the file is the user's
own and is kept as notes.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Collection
from dataclasses import dataclass

from coach.errors import CoachError, Problem
from coach.language import _
from coach.logs.answer_line import Line, is_escaped, read_line, unescape
from coach.logs.answers import Block, Reading
from coach.logs.front_matter import FrontMatter, checksum, front_matter_of, read_front_matter
from coach.logs.session import Exchange, Session

_FENCE, TITLE, SECTION, QUESTION = "---", "# ", "## ", "### "


@dataclass(slots=True)
class Head:
    """The section and the question right above an answer: `start` is where they begin, `below` where the section ended."""

    start: int
    below: int
    section: str | None
    question: str


def render(session: Session) -> str:
    """Return the session as the text of its log."""
    blocks = [f"{TITLE}{heading(session)}"]
    if session.note:
        blocks.append(session.note)
    section = ""
    for exchange in session.exchanges:
        if exchange.section != section:
            blocks.append(f"{SECTION}{exchange.section}".rstrip())
            section = exchange.section
        if exchange.question:
            blocks.append(f"{QUESTION}{exchange.question}")
        blocks.append("\n".join(lines_of(exchange)))
        if exchange.note:
            blocks.append(exchange.note)
    body = "\n\n".join(blocks)
    return "\n".join([_FENCE, *front_matter_of(session, body), _FENCE, "", body, ""])


def heading(session: Session) -> str:
    """Return the title of a session with what it is about."""
    return f"{session.title}: {session.about}" if session.about else session.title


def lines_of(exchange: Exchange) -> list[str]:
    """Return the lines of an answer, as we write them."""
    parts = (
        ("", exchange.lines),
        (".before", exchange.before),
        (".heard", exchange.heard),
        (".draft", exchange.draft),
        (".quotes", exchange.quotes),
    )
    return [f"- {exchange.id}{part}::{' ' if text else ''}{text}" for part, texts in parts for text in texts]


def decode(data: bytes) -> str:
    """Return the bytes of a log as text; what is not UTF-8 in it is marked, so the rest can be read."""
    return data.removeprefix(BOM_UTF8).decode("utf-8", "replace")  # the codec that does so itself takes four times as long


def read_log(text: str, where: str, ids: Collection[str] | None = None) -> Session:
    """Return the session in the text of a log, in whatever way an editor saved it.

    With `ids` only the answers to these are read, without title, sections and notes, which is several times as fast.

    Raises:
        CoachError: when the front matter is not that of a log.

    """
    if ids is None:
        return Closely(text, where).session()
    lines = split_lines(text)
    start = body_start(lines, where)
    front = read_front_matter(front_lines(lines, start), where)
    body = lines[start:]
    heard = "heard" in front.texts and front.texts["heard"] == checksum("\n".join(body))
    if not ids:
        return front.session(heard=heard)
    if (title := _title_at(body)) >= 0:
        body[title] = ""
    reading = Reading(body, front.named, is_escaped(text))
    exchanges = _read_some(reading, front, ids)
    return front.session(exchanges, heard=heard, unread=reading.unread_from(start))


def answer_lines(text: str, where: str) -> dict[int, tuple[int, Line]]:
    """Return of each line of the file that belongs to an answer the number of the first line it goes on from, and what it says.

    Raises:
        CoachError: when the front matter is not that of a log.

    """
    log = Closely(text, where)
    found = log.reading.lines()
    return {log.start + number: (log.start + first, line) for first, end, line in found for number in range(first, end)}


class Closely:
    """A log that is looked at line by line: its front matter, the number of the first line of its body, and how that is read."""

    def __init__(self, text: str, where: str, named: Collection[str] = ()) -> None:
        """`named` are questions that are known beside those that the front matter names.

        Raises:
            CoachError: when the front matter is not that of a log.

        """
        lines = split_lines(text)
        self.start = body_start(lines, where)
        self.front = read_front_matter(front_lines(lines, self.start), where)
        self.heard = self.front.texts.get("heard") == checksum("\n".join(lines[self.start :]))
        body = lines[self.start :]
        self.title_at = _title_at(body)
        self.title = _take_title(body, self.front)
        self.reading = Reading(body, lambda: (*self.front.named(), *named), is_escaped(text))

    def session(self) -> Session:
        """Return the session."""
        exchanges, note = _read_whole(self.reading, self.front)
        unread = self.reading.unread_from(self.start)
        return self.front.session(exchanges, self.title, note, heard=self.heard, unread=unread)


def split_lines(text: str) -> list[str]:
    """Return the lines of a log, whichever end an editor gave them."""
    lines = text.removeprefix("\ufeff").split("\n")
    return [line.removesuffix("\r") for line in lines] if "\r" in text else lines


def body_start(lines: list[str], where: str) -> int:
    """Return the number of the first line below the front matter.

    Raises:
        CoachError: when there is no front matter.

    """
    first = 0 if lines[0] == _FENCE else next((number for number, line in enumerate(lines) if line.strip()), 0)
    if lines[first].rstrip() == _FENCE:
        for number, line in enumerate(lines):
            if line[:3] == _FENCE and number > first and line.rstrip() == _FENCE:
                return number + 1
    if "\0-" in lines[first]:  # UTF-16, in which PowerShell writes
        raise CoachError(Problem(where, _("it is not UTF-8 text"), _("save the file as UTF-8")))
    cure = _("a log starts with its front matter between two lines `---`")
    raise CoachError(Problem(where, _("this is not a log of a session"), cure))


def front_lines(lines: list[str], start: int) -> list[str]:
    """Return the lines of the front matter above the body, which begins at `start`, without the marks around them."""
    first = 1 if lines[0] == _FENCE else next(number for number, line in enumerate(lines) if line.strip()) + 1
    return lines[first : start - 1]


def is_plainly_a_log(data: bytes) -> bool:
    """Return whether bytes begin as the logs we write; of others only `read_log` can tell."""
    return data.startswith(b"---\n") and b"\nstarted: " in data and b"\n---\n" in data


def question_of(lines: list[str], number: int, id_: str) -> str:
    """Return the question above a line of the body: right above an answer to `id_`, anywhere above a note, which has no id."""
    above = number - 1
    if id_:
        ours = f"- {id_}:: "  # nearly all lines of an answer are known by this, far sooner than by reading them
        while above >= 0 and (lines[above].startswith(ours) or not lines[above].strip() or _is_answer(lines[above], id_)):
            above -= 1
    else:
        while above >= 0 and not lines[above].startswith((TITLE, SECTION, QUESTION, _FENCE)):
            above -= 1
    return _plain_question(lines, above)


def head_of(reading: Reading, start: int) -> Head:
    """Return what stands right above the answer that begins at a line."""
    body, section = reading.body, None
    above = _above(body, start)
    question = _question_at(reading, above)
    if question:
        start, above = above, _above(body, above)
    below = start
    if above >= 0 and f"{body[above]} ".startswith(SECTION):
        start, section = above, body[above][len(SECTION) :]
    return Head(start, below, section, question)


def _plain_question(lines: list[str], number: int) -> str:
    return lines[number][len(QUESTION) :] if number >= 0 and lines[number].startswith(QUESTION) else ""


def _is_answer(line: str, id_: str) -> bool:
    answer = read_line(line)
    return answer is not None and answer.id == id_


def _read_whole(reading: Reading, front: FrontMatter) -> tuple[tuple[Exchange, ...], str]:
    """Return the answers, and what stands above the first of them."""
    body, choices = reading.body, front.words("choices")
    blocks = reading.blocks()
    heads = [head_of(reading, block.start) for block in blocks]
    starts = [*(head.start for head in heads), len(body)]
    exchanges: list[Exchange] = []
    section = ""
    for block, head, end in zip(blocks, heads, starts[1:], strict=True):
        section = section if head.section is None else head.section
        exchanges.append(_exchange(block, head.question, choices, section, _note(body[block.end : end])))
    return _joined(exchanges), _note(body[: starts[0]])


def _read_some(reading: Reading, front: FrontMatter, ids: Collection[str]) -> tuple[Exchange, ...]:
    body, choices = reading.body, front.words("choices")
    blocks = reading.blocks(ids)
    return _joined([_exchange(block, _question_at(reading, _above(body, block.start)), choices) for block in blocks])


def _joined(exchanges: list[Exchange]) -> tuple[Exchange, ...]:
    """Return the exchanges, an answer whole that a person wrote a note in: what goes on has no other question above it."""
    if len({exchange.id for exchange in exchanges}) == len(exchanges):  # nearly always
        return tuple(exchanges)
    first: dict[str, int] = {}
    joined: list[Exchange] = []
    for exchange in exchanges:
        place = first.setdefault(exchange.id, len(joined))
        earlier = joined[place] if place < len(joined) else None
        if earlier is None or exchange.question not in {"", earlier.question}:
            joined.append(exchange)
        else:
            joined[place] = _one(earlier, exchange)
    return tuple(joined)


def _one(first: Exchange, then: Exchange) -> Exchange:
    return first._replace(
        lines=first.lines + then.lines,
        before=first.before + then.before,
        heard=first.heard + then.heard,
        draft=first.draft + then.draft,
        quotes=first.quotes + then.quotes,
        note="\n\n".join(filter(None, (first.note, then.note))),
    )


def _question_at(reading: Reading, number: int) -> str:
    """Return the question that stands at a line, or ""."""
    line = reading.body[number] if number >= 0 else ""
    if line[: len(QUESTION)] != QUESTION:
        return ""
    question = line[len(QUESTION) :]
    return unescape(question) if reading.is_escaped else question


def _above(body: list[str], number: int) -> int:
    """Return the number of the nearest line above that is not blank, or -1."""
    number -= 1
    while number >= 0 and not body[number].strip():
        number -= 1
    return number


def _exchange(block: Block, question: str, choices: Collection[str], section: str = "", note: str = "") -> Exchange:
    parts = block.parts
    lines = tuple(parts.get("", ()))
    if len(parts) == 1 and lines:  # nearly always
        return Exchange(block.id, question, lines, section, (), (), (), note, block.id in choices)
    before, heard, draft, quotes = (tuple(parts.get(part, ())) for part in ("before", "heard", "draft", "quotes"))
    return Exchange(block.id, question, lines, section, before, heard, draft, note, block.id in choices, quotes)


def _take_title(body: list[str], front: FrontMatter) -> str:
    """Return the title without what it is about, and leave a blank line in its place: an answer goes on below it."""
    number = _title_at(body)
    if number < 0:
        return front.texts["sequence"]
    title, about = body[number][len(TITLE) :], front.texts.get("about")
    body[number] = ""
    return title.rstrip().removesuffix(f": {about}") if about and title.rstrip().endswith(f": {about}") else title


def _title_at(body: list[str]) -> int:
    """Return the number of the line that is the title, or -1."""
    for number, line in enumerate(body):
        if line[:2] == TITLE:
            return number
    return -1


def _note(lines: list[str]) -> str:
    return "\n".join(lines).strip("\n \t")
