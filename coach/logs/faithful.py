"""Whether writing a log again would lose something that a person wrote in it."""

from __future__ import annotations

import re
from collections import Counter

from coach.logs.markdown import read_line, render
from coach.logs.session import Session

_WORD = re.compile(r"[^\W\d_]+|\d+")
_SAME_AS_OFFSET = "Z"


def loses(data: bytes, session: Session) -> bool:
    """Return whether the log of `session`, as we would write it, lacks something of the file it was read from."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return True
    (old_front, old_body), (new_front, new_body) = _halves(text), _halves(render(session))
    words = Counter(_WORD.findall(old_front)) - Counter(_WORD.findall(new_front))
    return bool(_lines(old_body) - _lines(new_body)) or bool(words.keys() - {_SAME_AS_OFFSET})


def own_words(session: Session) -> Counter[str]:
    """Return the lines of a log that are no answers and none of our own: the user's notes and foreign front matter."""
    return _lines("\n".join((session.extra, session.note, *(exchange.note for exchange in session.exchanges))))


def _halves(text: str) -> tuple[str, str]:
    front, _mark, body = text.replace("\r\n", "\n").removeprefix("---").partition("\n---")
    return front, body


def _lines(text: str) -> Counter[str]:
    return Counter(_plain(line) for line in text.split("\n") if line.strip())


def _plain(line: str) -> str:
    """Return a line without the differences that editors and formatters make."""
    if answer := read_line(line.removesuffix("\r")):
        return f"- {answer.id}.{answer.part}:: {answer.text.rstrip()}".rstrip()
    return line.strip()
