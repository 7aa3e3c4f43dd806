"""Forgetting sessions: first what goes and what changes, so that it can be shown, then exactly that."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from contextlib import ExitStack
from dataclasses import dataclass

from coach import files
from coach.errors import CoachError, Problem
from coach.language import _
from coach.logs.encryption import SEALED
from coach.logs.folder import Folder, is_id, stem_of
from coach.logs.library import Copy, Library
from coach.logs.lock import holding
from coach.logs.markdown import QUESTION, read_log
from coach.logs.quotation import may_quote, read_quotation, take_out, take_out_quoted
from coach.logs.session import Session, quote
from coach.logs.traces import Trace, bytes_of, ids_in, linked, text_of, traces
from coach.text import fold

_FENCE = re.compile(r"^---[ \t]*\r?$", re.MULTILINE)
_FOLLOWS = re.compile(r"^['\"]?follows['\"]?[ \t]*:([^\n]*\n?(?:[ \t]+[^\n]*\n?|-[ \t][^\n]*\n?)*)", re.MULTILINE)
_MARK = re.compile(
    r"""
    ^ ( [^\n]*? \. quotes (?: \\? : ){2} \s+ )                 # the field of an answer,
    ( \S+ \s+ \d+ \\? \+ \d+ \s+ [0-9a-f]{8} ) [ \t]* \r? \n?  # and what it quotes, which an editor may have wrapped
    """,
    re.MULTILINE | re.VERBOSE,
)
_PARTS = re.compile(r"^(?=[ ]{0,3}\#{1,6}[ \t])", re.MULTILINE)  # a heading, and what stands below it
_HEARD = re.compile(r"^heard:", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Change:
    """A file that stays, without its link to what goes and its words; `shown` are the questions that a person sees first."""

    trace: Trace
    before: str
    after: str
    shown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Farewell:
    """What is to be forgotten: the files that go, those that change, and those that a person has to look at."""

    gone: tuple[Trace, ...]
    changes: tuple[Change, ...]
    doubts: tuple[Problem, ...]


def plan_to_forget(library: Library, stem: str) -> Farewell:
    """Return what goes with the file of this name; with the session itself also all that was made of it.

    Raises:
        LockedError: when what is sealed cannot be opened.

    """
    found = list(traces(library.folder))
    named = [trace for trace in found if stem_of(trace.path.name) == stem and trace.path.parent == library.folder.root]
    copies = {entry.path.name for entry in library.entries(answers=()) if isinstance(entry, Copy)}
    is_copy = bool(named) and all(trace.path.name in copies for trace in named)
    ids = set() if is_copy else {stem, *(trace.id for trace in named)}
    return _plan(library.folder, found, named, ids)


def plan_to_forget_about(library: Library, about: str) -> Farewell:
    """Return what goes with all that is about these people: exactly what was written there.

    Raises:
        LockedError: when what is sealed cannot be opened.

    """
    found = list(traces(library.folder))
    entries = library.entries(answers=())
    ids = {entry.id for entry in entries if isinstance(entry, Session) and _is_same(entry.about, about)}
    return _plan(library.folder, found, [trace for trace in found if _is_same(trace.about, about)], ids)


def forget(folder: Folder, farewell: Farewell) -> None:
    """Change what stays, then take away what goes, the copies first: broken off, it can be done again.

    Raises:
        CoachError: when one of them is open elsewhere, the disk refuses, or one is still there afterwards.

    """
    with ExitStack() as held:
        touched = (*farewell.gone, *(change.trace for change in farewell.changes))
        for name in sorted({name for trace in touched for name in _locks(trace)}):
            held.enter_context(holding(folder.root, name))
        for change in farewell.changes:
            _write(folder, change)
        for trace in sorted(farewell.gone, key=lambda trace: is_id(stem_of(trace.path.name))):
            files.remove(trace.path, folder.system)
    folder.look_again()
    left = [trace for trace in farewell.gone if trace.path.is_symlink() or trace.path.exists()]
    if left:
        cure = _("close what has it open, and try once more")
        raise CoachError(*(Problem(trace.name, _("it is still there"), cure) for trace in left))


def _plan(folder: Folder, found: list[Trace], named: list[Trace], ids: Collection[str]) -> Farewell:
    ids = {id_ for id_ in ids if is_id(id_)} | {stem_of(trace.path.name) for trace in named if ids and not is_id(trace.id)}
    gone = [trace for trace in found if trace in named or _belongs(trace, ids)]
    staying = [trace for trace in found if trace not in gone]
    words = sorted(_words_of(folder, gone), key=len, reverse=True)
    followers = _followers(staying, ids, found)
    changes: list[Change] = []
    doubts = [_link_elsewhere(trace) for trace in gone if trace.is_link]
    for trace in staying:
        if trace.is_dark:
            doubts += _dark(trace, ids)
        elif trace.mentions & ids or trace in followers:
            text = text_of(folder, trace.path)
            after, shown, doubtful = _without(text, ids, words if trace in followers else [])
            doubts += [Problem(trace.name, what, _("look at it yourself")) for what in doubtful]
            changes += [Change(trace, text, after, shown)] if after != text else []
    return Farewell(tuple(gone), tuple(changes), tuple(doubts))


def _belongs(trace: Trace, ids: Collection[str]) -> bool:
    """Return whether a file is of one of these sessions: by the id in it, by its name where there is none."""
    return trace.id in ids if is_id(trace.id) else bool(trace.named.intersection(ids) or stem_of(trace.path.name) in ids)


def _is_same(about: str, wanted: str) -> bool:
    return fold(" ".join(about.split())) == fold(" ".join(wanted.split()))


def _locks(trace: Trace) -> set[str]:
    """Return the names under which a session holds a file."""
    return {stem_of(trace.path.name), *filter(is_id, [trace.id])}


def _link_elsewhere(trace: Trace) -> Problem:
    return Problem(trace.name, _("it is a link to another place, and what is there stays"), _("look at it yourself"))


def _dark(trace: Trace, ids: Collection[str]) -> list[Problem]:
    """Say of a file that stays that nobody can tell what is in it."""
    if not trace.is_like_a_log and not trace.mentions.intersection(ids):
        return []
    what = _("it cannot be read, so coach cannot tell what is in it")
    return [Problem(trace.name, what, _("remove it with coach forget, or put it back from a backup"))]


def _words_of(folder: Folder, gone: Iterable[Trace]) -> set[str]:
    """Return the answers of what goes, as questions of before quote them."""
    words: set[str] = set()
    for trace in gone:
        if trace.session:
            exchanges = read_log(text_of(folder, trace.path), trace.name).exchanges
            words |= {" ".join(quote(exchange).split()) for exchange in exchanges}
    return words - {""}


def _followers(staying: Iterable[Trace], ids: Collection[str], found: Iterable[Trace]) -> list[Trace]:
    """Return the files of sessions that follow one of these, directly or through others."""
    follows = {trace.id or stem_of(trace.path.name): trace.follows for trace in found if trace.follows}

    def is_follower(trace: Trace) -> bool:
        link, seen = trace.follows, set[str]()
        while link and link not in seen and link not in ids:
            seen.add(link)
            link = follows.get(link, "")
        return link in ids

    return [trace for trace in staying if is_follower(trace)]


def _write(folder: Folder, change: Change) -> None:
    """Write what stays in the form it has; not when it was changed since it was shown."""
    path = change.trace.path
    if text_of(folder, path) != change.before:
        raise CoachError(Problem(change.trace.name, _("it was changed in the meantime"), _("nothing was removed; try once more")))
    data = bytes_of(change.after)
    files.write(path, folder.closed(data) if files.read(path).startswith(SEALED) else data, folder.system)


def _without(text: str, ids: Collection[str], words: list[str]) -> tuple[str, tuple[str, ...], list[str]]:
    """Return a log without its link to `ids` and what it quotes of them, the questions to show first, and what is in doubt.

    In a log of before, which does not tell what it quotes, `words` are taken out where they stand between quotation marks.
    """
    front, body = _halves(text)
    is_of_before = not _MARK.search(body) and not _HEARD.search(front)
    shown: list[str] = []
    doubts: list[str] = []
    parts = _PARTS.split(body)
    for number, part in enumerate(parts):
        question, end, rest = part.partition("\n")
        if _MARK.search(rest):
            parts[number] = _without_marked(question, end + rest, ids, doubts)
        elif words and question.lstrip().startswith(QUESTION):
            after = _without_quoted(question, words)
            if after != question and is_of_before:
                shown.append(after.strip("#\r "))
                parts[number] = after + end + rest
            if (after != question and not is_of_before) or any(may_quote(after, word) for word in words):
                doubts.append(_("this question may hold its words: {question}").format(question=question.strip("#\r ")))
    return _without_link(front, ids) + "".join(parts), tuple(shown), doubts


def _without_marked(question: str, rest: str, ids: Collection[str], doubts: list[str]) -> str:
    """Return a question and what stands below it, without the words that are marked as those of `ids`, and these marks."""
    marks = {match.start(): mark for match in _MARK.finditer(rest) if (mark := read_quotation(match[2]))}
    for place, mark in sorted(marks.items(), key=lambda item: -item[1].start):
        if mark.session not in ids:
            continue
        others = [other for other in marks if other != place]
        taken = take_out(question, mark, (marks[other] for other in others))
        if taken is None:
            what = _("a question quotes {answer}, and no longer as it was written: {question}")
            source = f"{mark.session}.{mark.answer}"
            doubts.append(what.format(answer=source, question=question.strip("#\r ")))
            continue
        question, moved = taken
        marks = dict(zip(others, moved, strict=True))

    def mended(match: re.Match[str]) -> str:
        """Return the lines of a mark as they are to be: none where its words are gone."""
        if match.start() not in marks:
            return "" if read_quotation(match[2]) else match[0]
        old, new = read_quotation(match[2]), marks[match.start()]
        return match[0] if old == new else match[0].replace(match[2], str(new))

    return question + _MARK.sub(mended, rest)


def _without_quoted(question: str, words: list[str]) -> str:
    for word in words:
        question = take_out_quoted(question, word)
    return question


def _halves(text: str) -> tuple[str, str]:
    """Return the front matter, also one that is never closed, and the body."""
    fences = list(_FENCE.finditer(text))
    first = fences[0].start() if fences else 0
    if not text[:first].strip("\ufeff \t\r\n") and len(fences) > 1:
        return text[: fences[1].end()], text[fences[1].end() :]
    heading = _PARTS.search(text)
    return (text[: heading.start()], text[heading.start() :]) if heading else (text, "")


def _without_link(front: str, ids: Collection[str]) -> str:
    """Return the front matter without the link to one of `ids`, written on one line or as a list."""
    return _FOLLOWS.sub(lambda match: "" if linked(match[1]) in ids or ids_in(match[1]).intersection(ids) else match[0], front)
