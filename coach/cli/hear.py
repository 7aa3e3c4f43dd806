"""The command that tells what the coach hears in a sentence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Annotated

import typer

from coach import files
from coach.cli.context import Setting
from coach.cli.localised import Panels, register
from coach.cli.message import say
from coach.cli.piped import read_line
from coach.ear.checks import CHECKS, FIELDS, checks_for, fields_of
from coach.ear.ear import Heard, Own, load_ear
from coach.errors import Problem, UsageError, suggestion
from coach.language import _

_LINES, _QUESTION = "-", "honest_question"


Sentence = Annotated[str, typer.Argument(metavar=_("TEXT"), help=_("The sentence; - reads one a line from standard input."))]
Field = Annotated[
    str,
    typer.Option(
        "--as",
        metavar=_("FIELD"),
        help=_("What it is meant to be, such as honest_question or fear; a question is heard as honest_question by itself."),
    ),
]
OneALine = Annotated[bool, typer.Option("--json", help=_("Print one JSON object a line."))]


def add_to(app: typer.Typer) -> None:
    """Add this command to the program."""
    example = _('coach hear "Did you sleep badly?"')
    register(app, Panels.TALK, ("hear", _hear, _("What the coach hears in the wording of a sentence."), example))


def _hear(
    context: typer.Context,
    text: Sentence,
    as_: Field = "",
    json_: OneALine = False,
) -> None:
    if as_ and as_ not in FIELDS:
        what = _("nothing is listened for in '{field}'").format(field=as_)
        raise UsageError(Problem("--as", what, suggestion(as_, FIELDS)))
    setting: Setting = context.obj
    path = setting.home.prompts / setting.language / "ear.yaml"
    ear = load_ear(setting.language, Own(str(path), files.read(path)) if path.is_file() else None)
    for line in _lines(text):
        field = as_ or (_QUESTION if ear.asks(line) else "")
        heard = ear.hear(line, checks_for(field) if field else CHECKS)
        if json_:
            print(_as_json(line, field, heard))
        else:
            say(_as_text(line, field, heard, taken=not as_, alone=text != _LINES))


def _lines(text: str) -> Iterator[str]:
    if text != _LINES:
        yield text
        return
    while line := read_line():
        if line.strip():
            yield line.rstrip("\r\n")


def _as_json(line: str, field: str, heard: tuple[Heard, ...]) -> str:
    found = [{"check": one.check, "words": one.words, "remark": one.remark} for one in heard]
    return json.dumps({"text": line, "field": field or None, "heard": found}, ensure_ascii=True)


def _as_text(line: str, field: str, heard: tuple[Heard, ...], *, taken: bool, alone: bool) -> str:
    """Return what is heard; where the field was `taken` from the sentence itself, which one that is."""
    lines = [] if alone else [line]
    for one in heard:
        fields = (field,) if field else fields_of(one.check)
        named = f"  ({', '.join(fields)})" if taken and fields else ""
        lines += [f'"{one.words}"{named}', f"  {one.remark}"]
        if one.example:
            lines.append("  " + _("For example: {hint}").format(hint=one.example))
    if not heard:
        lines.append(_("Nothing stands out in the words. What they mean is for you to judge."))
    return "\n".join(lines) + ("" if alone else "\n")
