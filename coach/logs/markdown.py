"""Session <-> markdown, unchanged both ways.

Every line of an answer is a list item `- id:: text`, so any text is safe inside it. What else stands in the file is the user's
own and is kept as notes.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from coach.errors import CoachError, Problem, Problems
from coach.language import _
from coach.logs.session import FORMAT, Exchange, Session

if TYPE_CHECKING:
    from coach.strict_yaml.parse import Node

FIELD = re.compile(r"\s{0,3}[-*+] ([a-z][a-z0-9_]*)(?:\.(before|heard|draft))?::(?: (.*))?", re.DOTALL)
_PLAIN = re.compile(r"[^\W\d_][\w .()-]*[\w.)]|[^\W\d_]", re.UNICODE)
_WORDS_OF_YAML = {"yes", "no", "true", "false", "on", "off", "null", "y", "n"}
_KEYS = (
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
)


def render(session: Session) -> str:
    """Return the session as the text of its log."""
    blocks = ["\n".join(["---", *_front_matter(session), "---"]), f"# {heading(session)}"]
    if session.note:
        blocks.append(session.note)
    section = ""
    for exchange in session.exchanges:
        if exchange.section != section:
            blocks.append(f"## {exchange.section}".rstrip())
            section = exchange.section
        if exchange.question:
            blocks.append(f"### {exchange.question}")
        blocks.append("\n".join(_fields(exchange)))
        if exchange.note:
            blocks.append(exchange.note)
    return "\n\n".join(blocks) + "\n"


def decode(data: bytes) -> str:
    """Return the bytes of a log as text; what is not UTF-8 in it is marked, so the rest can be read."""
    return data.decode("utf-8-sig", "replace")


def heading(session: Session) -> str:
    """Return the title of a session with what it is about."""
    return f"{session.title}: {session.about}" if session.about else session.title


def parse(text: str, where: str) -> Session:
    """Return the session in the text of a log, in whatever way an editor saved it.

    Raises:
        CoachError: when the front matter is not that of a log.

    """
    lines = [line.removesuffix("\r") for line in text.removeprefix("\ufeff").split("\n")]
    problems = Problems(where)
    end = next((number for number, line in enumerate(lines) if number and line.rstrip() == "---"), 0)
    if lines[0].rstrip() != "---" or not end:
        cure = _("a log starts with its front matter between two lines `---`")
        raise CoachError(Problem(where, _("this is not a log of a session"), cure))
    front = "\n".join(lines[1:end])
    session, choices = _read_front_matter(front, problems)
    return _read_body(replace(session, extra=_foreign(lines[1:end])), lines[end + 1 :], choices)


def _front_matter(session: Session) -> list[str]:
    values = {
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
    }
    return [f"{key}: {value}" for key, value in values.items() if value] + ([session.extra] if session.extra else [])


def _scalar(text: str) -> str:
    plain = _PLAIN.fullmatch(text) and text.casefold() not in _WORDS_OF_YAML
    return text if plain or not text else json.dumps(text, ensure_ascii=False)


def _list(words: tuple[str, ...]) -> str:
    return f"[{', '.join(map(_scalar, words))}]" if words else ""


def _fields(exchange: Exchange) -> list[str]:
    lines = [_field(exchange.id, line) for line in exchange.lines]
    for name, values in (("before", exchange.before), ("heard", exchange.heard), ("draft", exchange.draft)):
        lines += [_field(f"{exchange.id}.{name}", value) for value in values]
    return lines


def _field(id_: str, value: str) -> str:
    return f"- {id_}:: {value}" if value else f"- {id_}::"


def _read_front_matter(front: str, problems: Problems) -> tuple[Session, tuple[str, ...]]:
    """Return the session without its exchanges, and the ids of those that are choices."""
    from coach.strict_yaml.parse import Mapping, Text, parse  # most logs are read at a glance, without YAML

    node = parse(front, problems)
    if not isinstance(node, Mapping):
        problems.fail(2, 1, _("this is not a log of a session"), _("its front matter has no keys"))
    values = {key.value: value for key, value in node.entries}

    def text(key: str, default: str | None = None) -> str:
        value = values.get(key)
        if isinstance(value, Text):
            return value.value
        if default is None:
            problems.add(2, 1, _("the front matter lacks '{key}'").format(key=key), _("put the line back"))
        return default or ""

    def time(key: str, *, needed: bool) -> datetime | None:
        value = text(key, None if needed else "")
        try:
            return datetime.fromisoformat(value).astimezone(datetime.fromisoformat(value).tzinfo) if value else None
        except ValueError:
            problems.add(
                _line(values[key]),
                1,
                _("'{value}' is not a time").format(value=value),
                _("write it as 2026-11-24T09:15:02+01:00"),
            )
            return None

    started, finished = time("started", needed=True), time("finished", needed=False)
    number = text("format")
    if not number.isdigit() or int(number) < 1:
        problems.add(
            2,
            1,
            _("'{value}' is not a format").format(value=number),
            _("write `format: {format}`").format(format=FORMAT),
        )
    sequence = text("sequence")
    session = Session(
        id=text("id"),
        sequence=sequence,
        kind=text("kind", sequence),
        language=text("language", "en"),
        title="",
        started=started or datetime.fromtimestamp(0, UTC),
        about=text("about", ""),
        finished=finished,
        follows=text("follows", ""),
        tags=_words(values.get("tags")),
        card=_words(values.get("card")),
        format=int(number) if number.isdigit() else FORMAT,
    )
    problems.raise_any()
    return session, _words(values.get("choices"))


def _line(node: Node) -> int:
    return node.line + 1


def _words(node: Node | None) -> tuple[str, ...]:
    from coach.strict_yaml.parse import Items, Text

    if isinstance(node, Text):
        return tuple(word.strip() for word in node.value.split(",") if word.strip())
    return tuple(item.value for item in node.items if isinstance(item, Text)) if isinstance(node, Items) else ()


def _foreign(lines: list[str]) -> str:
    """Return the lines of the front matter under keys that are not ours, and the remarks."""
    kept: list[str] = []
    ours = False
    for line in lines:
        if match := re.match(r"([^\s#-].*?):(?:\s|$)", line):
            ours = match[1].strip("'\"") in _KEYS
        if line.strip() and (not ours or line.lstrip().startswith("#")):
            kept.append(line)
    return "\n".join(kept)


@dataclass(frozen=True, slots=True)
class _Block:
    """A run of fields with one id, and the headings right above it; `start` and `end` are line numbers, `end` not included."""

    start: int
    end: int
    section: str | None
    question: str
    fields: tuple[tuple[str, str], ...]
    id: str


def _read_body(session: Session, lines: list[str], choices: tuple[str, ...]) -> Session:
    top = next((number for number, line in enumerate(lines) if line.startswith("# ")), None)
    title = lines[top][2:] if top is not None else session.sequence
    if session.about and title.rstrip().endswith(f": {session.about}"):
        title = title.rstrip().removesuffix(f": {session.about}")
    if top is not None:
        lines[top] = ""
    exchanges: list[Exchange] = []
    note, reached, section = "", 0, ""
    for block in _blocks(lines):
        before = _note(lines[reached : block.start])
        if exchanges:
            exchanges[-1] = replace(exchanges[-1], note=before)
        else:
            note = before
        section = section if block.section is None else block.section
        exchanges.append(replace(_exchange(block, section), choice=block.id in choices))
        reached = block.end
    rest = _note(lines[reached:])
    if exchanges:
        exchanges[-1] = replace(exchanges[-1], note=rest)
    else:
        note = rest
    return replace(session, title=title, exchanges=tuple(exchanges), note=note)


def _blocks(lines: list[str]) -> list[_Block]:
    blocks: list[_Block] = []
    number = 0
    while number < len(lines):
        match = FIELD.fullmatch(lines[number])
        if not match:
            number += 1
            continue
        start, end, fields = number, number, []
        floor = blocks[-1].end if blocks else 0
        while number < len(lines):
            following = FIELD.fullmatch(lines[number])
            if following and following[1] == match[1]:
                fields.append((following[2] or "", following[3] or ""))
                end = number + 1
            elif lines[number].strip():
                break
            number += 1
        section, question = None, ""
        above = _above(lines, start, floor)
        if above is not None and lines[above].startswith("### "):
            start, question = above, lines[above][4:]
            above = _above(lines, start, floor)
        if above is not None and re.match(r"## |##$", lines[above]):
            start, section = above, lines[above][3:]
        blocks.append(_Block(start, end, section, question, tuple(fields), match[1]))
        number = end
    return blocks


def _above(lines: list[str], number: int, floor: int) -> int | None:
    """Return the nearest line above that is not blank."""
    return next((n for n in range(number - 1, floor - 1, -1) if lines[n].strip()), None)


def _exchange(block: _Block, section: str) -> Exchange:
    def values(name: str) -> tuple[str, ...]:
        return tuple(value for field, value in block.fields if field == name)

    return Exchange(block.id, block.question, values(""), section, values("before"), values("heard"), values("draft"))


def _note(lines: list[str]) -> str:
    return "\n".join(lines).strip("\n \t")
