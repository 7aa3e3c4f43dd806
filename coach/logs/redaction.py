"""A log without its link to sessions that are forgotten, and without what its questions quote of them; not a letter more."""

from __future__ import annotations

import re
from collections.abc import Collection

from coach.language import _
from coach.logs.identity import linked
from coach.logs.markdown import QUESTION
from coach.logs.quotation import may_quote, read_quotation, take_out, take_out_quoted
from coach.logs.traces import ids_in

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


def quoted_in(text: str) -> set[str]:
    """Return the sessions that the questions in a log quote."""
    return {mark.session for match in _MARK.finditer(text) if (mark := read_quotation(match[2]))}


def redact(text: str, ids: Collection[str], words: list[str]) -> tuple[str, tuple[str, ...], list[str]]:
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
