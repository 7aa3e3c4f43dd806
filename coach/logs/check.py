"""What is not read in a log, and what does not fit in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from functools import lru_cache

from coach.errors import CoachError, Problem
from coach.language import _
from coach.logs.answer_line import is_fenced, resembled
from coach.logs.fields import MEANT
from coach.logs.identity import is_id, is_same_time, local
from coach.logs.markdown import Closely, decode
from coach.logs.mend import is_as_written, mended
from coach.logs.session import Exchange, Session
from coach.logs.value import VALUED, meaning, number, scale

Asked = Callable[[str, str], Collection[str] | None]
"""Returns the ids of the questions in the sequence of a name and a language, None where it cannot be read."""

_CONFLICT = ("<<<<<<< ", ">>>>>>> ")
_ESCAPED = r"\\[\[\]*_`>#~]"
_NEAR = 0.75  # so alike an id is to one that may be meant


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in a log, and its text as it would be mended, which is the same where there is nothing to mend."""

    session: Session | None
    problems: tuple[Problem, ...]
    text: str
    mended: str


def check_log(name: str, data: bytes, asked: Asked) -> Checked:
    """Return what is wrong with a log; `asked` tells which questions its sequence has."""
    text = decode(data)
    problems = list(_broken_off(name, text))
    try:
        log = Closely(text, name)
        session = log.session()
    except CoachError as error:
        return Checked(None, (*problems, *error.problems), text, text)
    ids = asked(session.sequence, session.language)
    problems += _unread(name, log)
    if "\n```" in text or "\n~~~" in text:
        problems += _in_code(name, log)
    for exchange in session.exchanges:
        problems += _values(name, exchange)
    if "\\" in text:
        problems += _backslashes(name, session)
    problems += _ids(name, session, log, ids)
    problems += _times(name, session, log.front.texts["started"])
    is_plain = not log.reading.unread and is_as_written(log.reading)
    if ids and any((session.note, *(exchange.note for exchange in session.exchanges))):
        problems += _unknown(name, text, ids, {exchange.id for exchange in session.exchanges})
        is_plain = False
    problems.sort(key=lambda problem: problem.line)
    is_whole = "\0" not in text and "\N{REPLACEMENT CHARACTER}" not in text
    return Checked(session, tuple(problems), text, text if is_plain or not is_whole else mended(text, ids or ()))


def _broken_off(name: str, text: str) -> Iterator[Problem]:
    """Yield what tells that a file is not whole."""
    restore = _("put it back from a backup")
    if "\0" in text:
        yield Problem(
            name, _("part of this file is lost: there are zero bytes in it"), restore, text.count("\n", 0, text.index("\0")) + 1
        )
    lines = text.rstrip("\n").split("\n")
    last = len(lines)
    if lines[-1].startswith("### "):
        yield Problem(name, _("it ends with a question: the answer below it may be lost"), restore, last)
    elif not text.endswith("\n"):
        yield Problem(name, _("it does not end where a line ends: the rest may be lost"), restore, last)
    for number_, line in enumerate(lines if _CONFLICT[0] in text or _CONFLICT[1] in text else ()):
        if line.startswith(_CONFLICT):
            yield Problem(name, _("two versions of this file were put together here"), _("keep the lines you want"), number_ + 1)


def _unread(name: str, log: Closely) -> Iterator[Problem]:
    """Yield the lines that look like answers and are not read."""
    reading = log.reading
    answers = {first: line.id for first, _end, line in reading.lines()} if reading.unread else {}
    for number_ in sorted(set(reading.unread)):
        if number_ in answers:
            what, cure = _("'{id}' cannot be counted as it stands here"), _form(answers[number_])
            yield Problem(name, what.format(id=answers[number_]), cure, log.start + number_ + 1)
        else:
            yield _not_read(name, _resembled(log, number_), log.start + number_ + 1)


def _in_code(name: str, log: Closely) -> Iterator[Problem]:
    """Yield the answers between fences: they are read, for a fence that is not closed would take all answers below it."""
    for first, _end, line in log.reading.lines():
        if is_fenced(log.reading.body, first):
            what = _("this is read as an answer to '{id}', and stands in a block of code").format(id=line.id)
            yield Problem(name, what, _("close the block above it, or write the line otherwise"), log.start + first + 1)


def _resembled(log: Closely, number_: int) -> str:
    """Return the question that a line which is not read looks like an answer to."""
    return resembled(log.reading.body[number_], MEANT.union(log.reading.named()), lambda: "### ")


def _unknown(name: str, text: str, asked: Collection[str], read: Collection[str]) -> Iterator[Problem]:
    """Yield the answers that can only be known by their sequence."""
    log = Closely(text, name, tuple(asked))
    for first, _end, line in log.reading.lines():
        if line.id not in read:
            yield _not_read(name, line.id, log.start + first + 1)


def _not_read(name: str, id_: str, line: int) -> Problem:
    what = _("this looks like an answer to '{id}' and is not read").format(id=id_)
    return Problem(name, what, _("write it as `- {id}:: ...`").format(id=id_), line)


def _form(id_: str) -> str:
    if id_ == "first_step_when":
        return _("write a day, as 2026-11-24")
    return _("write yes, no, partly or unknown") if id_.endswith(("_outcome", "_done")) else _("write a whole number")


def _values(name: str, exchange: Exchange) -> Iterator[Problem]:
    """Yield a number that is not on its scale, and a number, a choice or a day that has another one below it."""
    if exchange.id not in VALUED or not exchange.answered:
        return
    if len({meaning(exchange.id, line, exchange.question) for line in exchange.lines if line.strip()}) > 1:
        yield Problem(name, _("'{id}' has more than one answer").format(id=exchange.id), _("take one away"))
    value = number(exchange.text, exchange.question)
    first, last = scale(exchange.question)
    if value is not None and not first <= value <= last:
        what = _("the answer to '{id}' is not on its scale").format(id=exchange.id)
        yield Problem(name, what, _("write a whole number from {first} to {last}").format(first=first, last=last))


def _backslashes(name: str, session: Session) -> Iterator[Problem]:
    """Yield the answers with backslashes that nobody types."""
    for exchange in session.exchanges:
        if any(re.search(_ESCAPED, line) for line in exchange.lines):
            what = _("an editor put backslashes in the answer to '{id}'").format(id=exchange.id)
            yield Problem(name, what, _("take them out"))


def _ids(name: str, session: Session, log: Closely, asked: Collection[str] | None) -> Iterator[Problem]:
    """Yield answers that are not there, that are there twice, and that look like those to another question."""
    ids = [exchange.id for exchange in session.exchanges]
    unread = {_resembled(log, number_) for number_ in log.reading.unread}
    for id_ in dict.fromkeys(log.front.named()):
        if id_ not in {*ids, *unread}:
            what = _("no answer to '{id}' is read, and the front matter names it").format(id=id_)
            yield Problem(name, what, _("look whether its line is there"))
    for id_ in dict.fromkeys(id_ for id_ in ids if ids.count(id_) > 1):
        what = _("'{id}' is answered twice, to two questions; only the first counts").format(id=id_)
        yield Problem(name, what, _("take one away"))
    if asked is None:
        return
    for id_ in ids:
        if near := _meant(id_, frozenset(asked)):
            what = _("there is no question '{id}' in this sequence").format(id=id_)
            yield Problem(name, what, _("did you mean '{word}'?").format(word=near))


@lru_cache(maxsize=4096)  # the same questions in log after log
def _meant(id_: str, asked: frozenset[str]) -> str:
    """Return the question that one which is not asked may be meant for, or ""."""
    known = sorted(MEANT | asked)
    return "" if id_ in known else next(iter(get_close_matches(id_, known, n=1, cutoff=_NEAR)), "")


def _times(name: str, session: Session, written: str) -> Iterator[Problem]:
    """Yield times that cannot both be true."""
    stem = name.removesuffix(".age").removesuffix(".md")
    if (
        is_id(stem)
        and not is_same_time(stem, written)
        and local(stem, moment := datetime.fromisoformat(written).astimezone()) != moment
    ):
        what = _("it started on another day than its name says; the name counts")
        yield Problem(name, what, _("write the day of its name under started"))
    if session.finished and session.finished < session.started:
        yield Problem(name, _("it was finished before it started"), _("mend started or finished"))
