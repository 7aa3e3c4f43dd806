"""What the parser of YAML stumbled over -> where the mistake is, what it is and what to do."""

from __future__ import annotations

import re
from typing import NamedTuple

from coach.language import _
from coach.program import typed

MAX_DEPTH = 20

_KEY = re.compile(r"\s*(?:- +)*[\w-]+")
_DASHED = re.compile(r"\s*-[^\W\d_][\w-]*:(?:\s|$)")
_GLUED = re.compile(r"\s*(?:- +)*[\w-]+:[^\s:]")


class Place(NamedTuple):
    """A line and a column of the text, both from 1."""

    line: int
    column: int


class Mistake(NamedTuple):
    """What is wrong at a place, and what to do."""

    place: Place
    what: str
    cure: str


class Stumble(NamedTuple):
    """What the parser said, the place, the place where what it was reading `began`, and the last text between quotes."""

    problem: str
    at: Place
    began: Place
    quoted: tuple[Place, Place] | None
    lines: list[str]

    def line(self, number: int) -> str:
        """Return a line, or "" past the end."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    @property
    def before(self) -> str:
        """What stands on the line before the place."""
        return self.line(self.at.line)[: self.at.column - 1]

    @property
    def above(self) -> Place:
        """The nearest line above that is not blank, where its text begins."""
        number = next((n for n in range(self.at.line - 1, 0, -1) if self.line(n).strip()), self.at.line)
        return self.start(number)

    def start(self, number: int) -> Place:
        """Return where the text of a line begins, after the dash of a list."""
        text = self.line(number)
        return Place(number, len(text) - len(text.lstrip().removeprefix("- ").lstrip()) + 1)


def explain(stumble: Stumble) -> Mistake:
    """Say in a person's words what the parser says in its own."""
    for number in (stumble.above.line, stumble.at.line, stumble.began.line):
        if _DASHED.match(stumble.line(number)):
            return Mistake(stumble.start(number), _("a dash without a space after it"), _("write `- id: ...`"))
    for words, explained in (
        ("mapping values are not allowed", _colon),
        ("expected ':'", _no_colon),
        ("cannot start any token", _sign),
        ("tab character", _tab),
        ("unexpected end of stream", _open_quote),
        ("expected key", _out_of_line),
        ("',' or '", _bracket),
    ):
        if words in stumble.problem:
            return explained(stumble)
    return _plain(stumble)


def too_deep() -> tuple[str, str]:
    """Return what is wrong with lists inside lists inside lists, and what to do."""
    return _("lists inside lists go deeper than {limit} levels").format(limit=MAX_DEPTH), _("a sequence needs four at most")


def anchored() -> tuple[str, str]:
    """Return what is wrong with an anchor or an alias, and what to do."""
    return _("`*` and `&` at the start of a value are not used"), _("if it is meant as text, put it between quotes")


def _colon(stumble: Stumble) -> Mistake:
    above = stumble.above
    if not _KEY.fullmatch(stumble.before):
        what, cure = _("a colon in a text without quotes"), _('put the whole text between quotes: "..."')
        return Mistake(stumble.at, what, cure)
    if _GLUED.match(stumble.line(above.line)):
        return _glued(above)
    own = stumble.start(stumble.at.line)
    if ":" in stumble.line(above.line) and own.column > above.column:
        cure = _("start keys that belong together in the same column")
        return Mistake(own, _("this line is indented further than the one above it"), cure)
    return _no_colon(stumble, above)


def _no_colon(stumble: Stumble, place: Place | None = None) -> Mistake:
    place = place or stumble.began
    if _GLUED.match(stumble.line(place.line)):
        return _glued(place)
    what, cure = _("a key without a colon, or a text that is not indented"), _("write `key: value`, and indent longer text")
    return Mistake(place, what, cure)


def _glued(place: Place) -> Mistake:
    return Mistake(place, _("a colon without a space after it"), _("write `key: value`"))


def _sign(stumble: Stumble) -> Mistake:
    sign = stumble.line(stumble.at.line)[len(stumble.before) :][:1]
    if sign == "\t":
        return _tab(stumble)
    what = _("a text that starts with {sign} needs quotes").format(sign=sign)
    return Mistake(stumble.at, what, _('put the whole text between quotes: "..."'))


def _tab(stumble: Stumble) -> Mistake:
    return Mistake(stumble.at, _("a tab where spaces belong"), _("indent with spaces"))


def _open_quote(stumble: Stumble) -> Mistake:
    return Mistake(stumble.began, _("the quote that opens here is never closed"), _("close it, or leave out both quotes"))


def _out_of_line(stumble: Stumble) -> Mistake:
    before = stumble.before.rstrip()
    if not before.strip(" -"):
        what = _("this line does not line up with the lines above it")
        return Mistake(stumble.at, what, _("start keys that belong together in the same column"))
    if before[-1] in "]}":
        what = _("a text that starts with {sign} needs quotes").format(sign="[" if before[-1] == "]" else "{")
        return Mistake(stumble.at, what, _('put the whole text between quotes: "..."'))
    if stumble.quoted and stumble.quoted[0].line < stumble.quoted[1].line:
        what = _("the quote that opens here is only closed on line {line}").format(line=stumble.quoted[1].line)
        return Mistake(stumble.quoted[0], what, _("close it where its text ends"))
    what = _("the text goes on after its closing quote")
    return Mistake(stumble.at, what, _("put the whole text between quotes, of another kind than those inside it"))


def _bracket(stumble: Stumble) -> Mistake:
    place = stumble.at if stumble.at.line == stumble.began.line else stumble.began
    what, cure = _("a list between [ ] or { } is not closed well"), _("put commas between the items and close the bracket")
    return Mistake(place, what, cure)


def _plain(stumble: Stumble) -> Mistake:
    """Return a mistake that needs no look at the lines."""
    for words, what, cure in (
        ("unknown escape character", _("a backslash between double quotes"), _("use single quotes, or write \\\\")),
        ("alphabetic or numeric", *anchored()),
        ("nesting depth", *too_deep()),
        (
            "'-' indicator",
            _("this line does not line up with the list above it"),
            _("start each item of a list with `- ` in the same column"),
        ),
    ):
        if words in stumble.problem:
            return Mistake(stumble.at, what, cure)
    what = _("this is not YAML: {problem}").format(problem=stumble.problem)
    return Mistake(
        stumble.at, what, _("compare it with `{command}`").format(command=typed("sequences", "show", "prepare", "--yaml"))
    )
