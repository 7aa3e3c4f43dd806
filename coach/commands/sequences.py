"""The commands about sequences: list, show, new, check, schema."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from coach.cli.localised import Panels, SpokenCommand, SpokenGroup
from coach.cli.options import Json
from coach.language import _

Name = Annotated[str, typer.Argument(metavar=_("NAME"), help=_("The name of a sequence."))]


def add_to(app: typer.Typer) -> None:
    """Add this group of commands to the program."""
    group = typer.Typer(cls=SpokenGroup, invoke_without_command=True, callback=_default)
    for name, command, help_, example in (
        ("list", _list, _("The sequences there are; your own first."), "coach sequences list"),
        ("show", _show, _("Read the questions of a sequence."), "coach sequences show fear-check"),
        ("new", _new, _("Start one of your own, empty or as a copy."), _("coach sequences new my-talk --from prepare")),
        ("check", _check, _("Check files of sequences; without files, all your own."), "coach sequences check prompts/nl/*.yaml"),
        ("schema", _schema, _("Print the JSON Schema, for an editor."), "coach sequences schema > coach.sequences.schema.json"),
    ):
        epilog = _("Example: {example}").format(example=example)
        group.command(name, help=help_, epilog=epilog, cls=SpokenCommand)(command)
    app.add_typer(group, name="sequences", help=_("See, copy, write and check sequences."), rich_help_panel=Panels.OWN)


def _default(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        _list(context)


def _list(context: typer.Context, json_: Json = False) -> None:
    from coach.cli import sequences as authoring  # noqa: PLC0415 # help and completion do without

    authoring.list_sequences(context.obj, json_=json_)


def _show(
    context: typer.Context,
    name: Name,
    yaml_: Annotated[bool, typer.Option("--yaml", help=_("Print the file itself."))] = False,
    json_: Json = False,
) -> None:
    from coach.cli import sequences as authoring  # noqa: PLC0415

    authoring.show_sequence(context.obj, name, yaml_=yaml_, json_=json_)


def _new(
    context: typer.Context,
    name: Name,
    from_: Annotated[str, typer.Option("--from", metavar=_("NAME"), help=_("The sequence to copy."))] = "",
) -> None:
    from coach.cli import sequences as authoring  # noqa: PLC0415

    authoring.start_sequence(context.obj, name, from_)


def _check(
    context: typer.Context,
    files: Annotated[list[Path] | None, typer.Argument(metavar=_("FILES"), help=_("The files to check."))] = None,
) -> None:
    from coach.cli import sequences as authoring  # noqa: PLC0415

    raise typer.Exit(authoring.check_sequences(context.obj, files or []))


def _schema() -> None:
    from coach.cli.json_output import print_json  # noqa: PLC0415
    from coach.sequences.schema import schema  # noqa: PLC0415

    print_json(schema())
