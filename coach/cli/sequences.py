"""The commands about sequences: list, show, new, check, schema."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coach import files, sequences
from coach.cli.completion import sequence_names
from coach.cli.context import Setting
from coach.cli.json_output import print_json
from coach.cli.localised import Panels, SpokenGroup, register
from coach.cli.message import say
from coach.cli.options import Json
from coach.errors import CoachError, Problem, nearest, suggestion
from coach.language import LANGUAGES, _, ngettext
from coach.program import typed
from coach.terminal.console import show

if TYPE_CHECKING:
    from coach.sequences.catalogue import Catalogue
    from coach.sequences.sequence import Sequence, Step

_PROBLEMS = 1
SCHEMA = Path(sequences.__file__).with_name("sequence.schema.json")

Name = Annotated[str, typer.Argument(metavar=_("NAME"), help=_("The name of a sequence."), autocompletion=sequence_names)]


def add_to(app: typer.Typer) -> None:
    """Add this group of commands to the program."""
    group = typer.Typer(cls=SpokenGroup, invoke_without_command=True, callback=_default)
    register(
        group,
        None,
        ("list", _list, _("The sequences there are; your own first."), "coach sequences list"),
        ("show", _show, _("Read the questions of a sequence."), "coach sequences show fear-check"),
        ("new", _new, _("Start one of your own, empty or as a copy."), _("coach sequences new my-talk --from prepare")),
        ("check", _check, _("Check files of sequences; without files, all your own."), "coach sequences check prompts/nl/*.yaml"),
        ("schema", _schema, _("Print the JSON Schema, for an editor."), "coach sequences schema > coach.sequences.schema.json"),
    )
    app.add_typer(group, name="sequences", help=_("See, copy, write and check sequences."), rich_help_panel=Panels.OWN)


def _default(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        _list(context)


def _list(context: typer.Context, json_: Json = False) -> None:
    """Show all sequences; what is wrong with one's own comes after them."""
    from coach.terminal.theme import Facts

    setting: Setting = context.obj
    catalogue = setting.catalogue
    sequences: list[tuple[Sequence, Path]] = []
    broken: list[CoachError] = []
    for name in catalogue.names():
        try:
            sequences.append((catalogue.read(name), catalogue.path(name) or Path()))
        except CoachError as error:
            broken.append(error)
    if json_:
        print_json(
            [
                {"name": s.name, "title": s.title, "description": s.description, "kind": s.kind, "path": str(path)}
                for s, path in sequences
            ]
        )
    else:
        show(Facts((s.name, f"{s.title}. {s.description}") for s, _path in sequences))
    for mistakes in broken:
        say(str(mistakes), sys.stderr)


def _show(
    context: typer.Context,
    name: Name,
    yaml_: Annotated[bool, typer.Option("--yaml", help=_("Print the file itself."))] = False,
    json_: Json = False,
) -> None:
    """Show the questions of a sequence, or its file."""
    from coach.terminal.question import sequence_page

    setting: Setting = context.obj
    catalogue = setting.catalogue
    if yaml_ and (source := catalogue.get(name)):
        print(source.data.decode("utf-8", "replace"), end="")
        return
    sequence = catalogue.read(name)
    if json_:
        print_json(_as_json(sequence))
    else:
        show(sequence_page(sequence))


def _as_json(sequence: Sequence) -> dict[str, object]:
    from coach.sequences.sequence import Experience, Question, Statement

    def as_json(step: Step) -> dict[str, object]:
        match step:
            case Question():
                return {"id": step.id, "ask": step.ask, "type": step.type, "optional": step.optional, "section": step.section}
            case Statement(say):
                return {"say": say}
            case Experience(id_):
                return {"experience": id_}

    return {
        "name": sequence.name,
        "title": sequence.title,
        "kind": sequence.kind,
        "follows": sequence.follows or None,
        "steps": list(map(as_json, sequence.steps)),
    }


def _new(
    context: typer.Context,
    name: Name,
    from_: Annotated[
        str,
        typer.Option("--from", metavar=_("NAME"), help=_("The sequence to copy."), autocompletion=sequence_names),
    ] = "",
) -> None:
    """Make the file of a new sequence in the home, and say what to do with it."""
    from coach.sequences.catalogue import shown
    from coach.sequences.sequence import NAME

    setting: Setting = context.obj
    if not NAME.fullmatch(name):
        what = _("'{name}' cannot be the name of a sequence").format(name=name)
        raise CoachError(Problem("", what, _("use small letters without accents, digits and -")))
    if files.is_device(name):
        what = _("'{name}' cannot be the name of a sequence: Windows keeps it for a device").format(name=name)
        raise CoachError(Problem("", what, _("choose another name")))
    path = setting.home.prompts / setting.language / f"{name}.yaml"
    if path.exists():
        cure = _("choose another name, or edit this file")
        raise CoachError(Problem(shown(path, setting.working), _("this file is there already"), cure))
    text = _copied(setting.catalogue, from_, name) if from_ else _starter()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CoachError(files.refusal(path.parent, error)) from None
    files.write(path, text.encode())
    say(_("Made {path}").format(path=shown(path, setting.working)))
    say(_("Edit it, then: {command}").format(command=typed("sequences", "check", shown(path, setting.working))))
    say(_("Run it:        {command}").format(command=typed("run", name)))


def _copied(catalogue: Catalogue, name: str, new_name: str) -> str:
    """Return the text of a sequence, with the kind it plays, so that sessions are linked as before."""
    sequence = catalogue.read(name)
    source = catalogue.get(name)
    text = source.data.decode() if source else ""
    if sequence.kind != new_name and "\nkind:" not in f"\n{text}":
        return f"kind: {sequence.kind}\n{text}"
    return text


def _starter() -> str:
    """Return a small sequence to begin with."""
    return "\n".join(
        [
            "title: " + json.dumps(_("My own questions"), ensure_ascii=False),
            "description: " + json.dumps(_("What these questions are for."), ensure_ascii=False),
            "steps:",
            "  - id: about",
            "    ask: " + json.dumps(_("Who is it about?"), ensure_ascii=False),
            "    type: line",
            "  - id: moment",
            "    say: " + json.dumps(_("Take the moment that stayed with you."), ensure_ascii=False),
            "    ask: " + json.dumps(_("What happened?"), ensure_ascii=False),
            "    hint: " + json.dumps(_("She looked at the clock and said nothing."), ensure_ascii=False),
            "",
        ]
    )


def _check(
    context: typer.Context,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar=_("FILES"), help=_("The files to check, or names of sequences."), autocompletion=sequence_names),
    ] = None,
) -> None:
    """Print every problem of the files, or of all one's own sequences,."""
    from coach.sequences.reader import read_sequence

    setting: Setting = context.obj
    paths = [_file(setting, path) for path in paths or ()] or sorted(setting.home.prompts.glob("**/*.yaml"))
    paths = [path for path in paths if path.name != "ear.yaml"]
    problems: dict[Problem, None] = {}
    for path in paths:
        language = (setting.working / path).parent.name
        catalogue = setting.catalogue_in(language if language in LANGUAGES else setting.language)
        try:
            read_sequence(catalogue.source(path), catalogue)
        except CoachError as error:
            problems |= dict.fromkeys(error.problems)
    for problem in problems:
        place = f"{problem.where}:{problem.line}:{problem.column}" if problem.line else problem.where
        say(f"{place}: {problem.message}")
    if problems:
        raise typer.Exit(_PROBLEMS)
    count = len(paths)
    say(ngettext("{count} sequence, nothing to mend.", "{count} sequences, nothing to mend.", count).format(count=count))


def _file(setting: Setting, path: Path) -> Path:
    """Return the file that is meant by a path or by the name of a sequence."""
    if (setting.working / path).exists():
        return path
    found = setting.catalogue.path(str(path))
    if found is None:
        names = setting.catalogue.names()
        cure = suggestion(str(path), names) if nearest(str(path), list(names)) else ""
        raise CoachError(Problem(str(path), _("there is no file with this name, and no sequence"), cure))
    return found


def _schema() -> None:
    print(SCHEMA.read_text(encoding="utf-8"), end="")
