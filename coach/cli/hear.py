"""The command that tells what the coach hears in a sentence."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Annotated

import typer

from coach import files
from coach.cli.context import Setting
from coach.cli.localised import Panels, register
from coach.ear.checks import FIELDS, checks_for
from coach.ear.ear import Heard, Own, load_ear
from coach.errors import Problem, UsageError, suggestion
from coach.language import _

_LINES = "-"


Sentence = Annotated[str, typer.Argument(metavar=_("TEXT"), help=_("The sentence; - reads one a line from standard input."))]
Field = Annotated[
    str, typer.Option("--as", metavar=_("FIELD"), help=_("What it is meant to be, such as honest_question or fear."))
]
OneALine = Annotated[bool, typer.Option("--json", help=_("Print one JSON object a line."))]


def add_to(app: typer.Typer) -> None:
    """Add this command to the program."""
    example = "coach hear 'Did you sleep badly?' --as honest_question"
    register(app, Panels.TALK, ("hear", _hear, _("What the coach hears in the wording of a sentence."), example))


def _hear(
    context: typer.Context,
    text: Sentence,
    as_: Field = "honest_question",
    json_: OneALine = False,
) -> None:
    if as_ not in FIELDS:
        what = _("nothing is listened for in '{field}'").format(field=as_)
        raise UsageError(Problem("--as", what, suggestion(as_, FIELDS)))
    setting: Setting = context.obj
    path = setting.home.prompts / setting.language / "ear.yaml"
    ear = load_ear(setting.language, Own(str(path), files.read(path)) if path.is_file() else None)
    checks = checks_for(as_)
    for line in _lines(text):
        heard = ear.hear(line, checks)
        print(_as_json(line, heard) if json_ else _as_text(line, heard, alone=text != _LINES))


def _lines(text: str) -> Iterator[str]:
    if text != _LINES:
        yield text
        return
    while sys.stdin and (line := sys.stdin.readline()):
        if line.strip():
            yield line.rstrip("\r\n")


def _as_json(line: str, heard: tuple[Heard, ...]) -> str:
    found = [{"check": one.check, "words": one.words, "remark": one.remark} for one in heard]
    return json.dumps({"text": line, "heard": found}, ensure_ascii=True)


def _as_text(line: str, heard: tuple[Heard, ...], *, alone: bool) -> str:
    from coach.text import visible  # JSON escapes by itself

    lines = [] if alone else [visible(line)]
    for one in heard:
        lines += [f'"{visible(one.words)}"', f"  {one.remark}", "  " + _("For example: {hint}").format(hint=one.example)]
    if not heard:
        lines.append(_("Nothing to remark on. It can be said like this."))
    return "\n".join(lines) + ("" if alone else "\n")
