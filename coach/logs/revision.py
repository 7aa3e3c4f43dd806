"""A log in which its session has gone on: what changed is written anew, every other byte of the file stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from coach.errors import CoachError
from coach.logs.answer_line import PARTS, escape
from coach.logs.answers import Found
from coach.logs.edits import Edits
from coach.logs.front_matter import values_of
from coach.logs.key_lines import with_values
from coach.logs.markdown import QUESTION, SECTION, TITLE, Closely, decode, head_of, heading, lines_of, read_log, split_lines
from coach.logs.mend import written
from coach.logs.session import Exchange, Session


@dataclass(slots=True)
class _Part:
    """A block of answers, with the headings above it and what a person wrote below it; `is_new` where it was not there yet.

    `id` is "" where it is a second answer with the same id, to another question.
    """

    id: str
    section: str
    question: list[bytes]
    answers: list[bytes]
    heading: list[bytes] = field(default_factory=list)
    note: list[bytes] = field(default_factory=list)
    is_new: bool = False


def revised(data: bytes, session: Session) -> bytes | None:
    """Return the bytes of a log with what its session has become, or None where they would not tell of it."""
    end = b"\r\n" if data.partition(b"\n")[0].endswith(b"\r") else b"\n"
    is_ended = data.endswith(b"\n")
    try:
        after = _Pen(data if is_ended else data + end, end[:-1]).revised(session)
        again = read_log(decode(after), "")
    except CoachError:
        return None
    if not is_ended and after.endswith(b"\n" + data.rpartition(b"\n")[2] + end):
        after = after.removesuffix(end)
    return after if _told(again) == _told(session) else None


def _told(session: Session) -> tuple[object, ...]:
    """Return all that a log has to tell of a session, in whatever order and whatever else it holds."""
    said = {one.id: (lines_of(one), one.question, one.choice) for one in reversed(session.exchanges) if lines_of(one)}
    return said, session.finished, {**values_of(session, ""), "started": "", "finished": "", "choices": "", "heard": ""}


class _Pen:
    """Writes in one log, with the ends of lines that it has."""

    def __init__(self, data: bytes, carriage: bytes) -> None:
        self._carriage = carriage
        self._log = Closely(decode(data), "")
        lines = data.split(b"\n")
        self._front, self._edits = lines[: self._log.start], Edits(lines[self._log.start :])

    def revised(self, session: Session) -> bytes:
        """Return the bytes of the log with what the session has become."""
        log, old = self._log, self._log.front.session()
        if log.title_at >= 0 and old.about != session.about:
            self._edits.put(log.title_at, log.title_at + 1, self._lines(f"{TITLE}{heading(session)}"))
        body = self._body(session)
        new = values_of(session, "\n".join(split_lines(decode(b"\n".join(body)))))
        choices, named = {one.id for one in session.exchanges if one.choice}, set(log.front.words("choices"))
        values = {
            **values_of(old, ""),
            "started": new["started"],  # in whatever zone it is written
            "choices": new["choices"] if choices == named else "?",
            "heard": log.front.texts.get("heard", ""),
        }
        return b"\n".join((*with_values(self._front, values, new, self._carriage), *body))

    def _body(self, session: Session) -> list[bytes]:
        """Return the lines of the body."""
        exchanges = {one.id: one for one in reversed(session.exchanges) if lines_of(one)}
        lines, old = self._parts(exchanges)
        parts: list[_Part] = []
        for part in old:
            if part.id in exchanges or not part.id:
                parts.append(part)
            else:
                above = parts[-1].note if parts else lines
                if _blanks(part.note):
                    _take_blanks(above)
                above += part.note
        place, there = 0, {part.id for part in parts}
        for exchange in sorted(exchanges.values(), key=session.exchanges.index):
            if exchange.id in there:
                place = max(place, *(number + 1 for number, part in enumerate(parts) if part.id == exchange.id))
            else:
                parts.insert(place, self._new(exchange))
                place += 1
        section = ""
        for part in parts:
            if part.is_new:
                part.note = _take_blanks(lines) or self._lines("")
                lines += self._lines("") if lines else []
            section = _heading_at_end(lines, section)
            if not part.heading and part.section not in {"", section}:
                lines += self._lines("") if lines and lines[-1].strip() else []
                part.heading = self._lines(f"{SECTION}{part.section}", "")
            section = part.section
            lines += [*part.heading, *part.question, *part.answers, *part.note]
        return lines

    def _parts(self, exchanges: dict[str, Exchange]) -> tuple[list[bytes], list[_Part]]:
        """Return what stands above all answers, and the answers that there are as they are to be."""
        reading, edits = self._log.reading, self._edits
        blocks = reading.blocks()
        heads = [head_of(reading, block.start) for block in blocks]
        questions = {block.id: head.question for block, head in reversed([*zip(blocks, heads, strict=True)])}
        parts: list[_Part] = []
        ids = [block.id if head.question in {"", questions[block.id]} else "" for block, head in zip(blocks, heads, strict=True)]
        for id_, exchange in exchanges.items():
            own = {
                number for block, one in zip(blocks, ids, strict=True) if one == id_ for number in range(block.start, block.end)
            }
            self._write_answer([found for found in reading.lines() if found[0] in own], exchange)
        ends = [*(head.start for head in heads), len(edits.lines)]
        section = ""
        for id_, block, head, end in zip(ids, blocks, heads, ends[1:], strict=True):
            section = section if head.section is None else head.section
            question, answers = edits.between(head.below, block.start), edits.between(block.start, block.end)
            if id_ in exchanges and questions.pop(id_, new := exchanges[id_].question) != new:
                question = [*self._lines(self._marked(f"{QUESTION}{new}")), *(question[1:] or self._lines(""))]
            note = edits.between(block.end, end)
            if note and note[0].strip() and answers[-1:] != edits.lines[block.end - 1 : block.end]:
                answers += self._lines("")  # else it would go on from what is new
            parts.append(_Part(id_, section, question, answers, edits.between(head.start, head.below), note))
        return edits.between(0, ends[0]), parts

    def _write_answer(self, found: Sequence[Found], exchange: Exchange) -> None:
        """Write the lines of an answer that are not there yet, and take away those that are not said any more."""
        new, old = lines_of(exchange), [written(line) for _first, _end, line in found]
        in_order = sorted(zip(found, old, strict=True), key=lambda one: PARTS.index(one[0][2].part))
        if not found or [text for _found, lines in in_order for text in lines] == new:
            return
        start, end = 0, len(found)
        while start < end and new[: len(old[start])] == old[start]:
            new = new[len(old[start]) :]
            start += 1
        while start < end and new[-len(old[end - 1]) :] == old[end - 1]:
            new = new[: -len(old[end - 1])]
            end -= 1
        lines, edits = self._lines(*map(self._marked, new)), self._edits
        first, last, _line = found[start - 1 if start else 0]
        if start < end:
            for one, after, _line in found[start:end]:
                edits.gone.update(range(one, after))
            edits.add(found[start][0], lines)
        elif start:
            edits.add(last - 1, lines)
        else:
            edits.put(first, last, [*lines, *edits.lines[first:last]])

    def _new(self, exchange: Exchange) -> _Part:
        """Return the lines of an answer that was not there yet."""
        question = self._lines(self._marked(f"{QUESTION}{exchange.question}"), "") if exchange.question else []
        answers = self._lines(*map(self._marked, lines_of(exchange)))
        return _Part(exchange.id, exchange.section, question, answers, is_new=True)

    def _marked(self, text: str) -> str:
        """Return a line with the backslashes that are taken out again when this log is read."""
        return escape(text) if self._log.reading.is_escaped else text

    def _lines(self, *texts: str) -> list[bytes]:
        return [text.encode("utf-8", "replace") + self._carriage for text in texts]


def _blanks(lines: Sequence[bytes]) -> int:
    """Return how many of these lines are blank before the first that is not."""
    return next((number for number, line in enumerate(lines) if line.strip()), len(lines))


def _take_blanks(lines: list[bytes]) -> list[bytes]:
    """Take the blank lines at the end away, and return them."""
    count = _blanks(lines[::-1])
    taken = lines[len(lines) - count :]
    del lines[len(lines) - count :]
    return taken


def _heading_at_end(lines: Sequence[bytes], section: str) -> str:
    """Return the section that begins in the last line that is not blank, else the one there is."""
    last = next((decode(line).rstrip("\r") for line in reversed(lines) if line.strip()), "")
    return last.removeprefix(SECTION.rstrip()).removeprefix(" ") if f"{last} ".startswith(SECTION) else section
