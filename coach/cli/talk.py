"""The commands that hold a conversation: prepare, reflect, map, follow-up, run, resume."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from coach.cli.alone import SHIPPED
from coach.cli.completion import sequence_names, session_ids, unfinished_ids
from coach.cli.context import Setting
from coach.cli.localised import Panels, SpokenCommand
from coach.conversation.start import Wishes
from coach.language import _
from coach.program import instead, typed

About = Annotated[str, typer.Option("--about", metavar=_("TEXT"), help=_("Who it is about; initials, no names."))]
Tags = Annotated[
    list[str] | None, typer.Option("--tag", metavar=_("TAG"), help=_("A word to find it by; may be given more than once."))
]
Follows = Annotated[
    str,
    typer.Option(
        "--follows",
        metavar="ID",
        help=_("The session it looks back on: its id, words of whom it is about, latest, or none."),
        autocompletion=session_ids,
    ),
]
Answers = Annotated[
    Path | None, typer.Option("--answers", metavar=_("FILE"), help=_("Take all answers from a YAML file, `step: answer`."))
]
Plain = Annotated[bool, typer.Option("--plain", help=_("Ask in plain numbered lines, one line an answer."))]

NoRemarks = Annotated[bool, typer.Option("--no-remarks", help=_("Make no remarks on the wording of answers."))]


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    helps = {
        "prepare": (
            _("Prepare for a conversation: one honest question, acknowledgement, the old road, your fear."),
            _('coach prepare --about "parents of S." --tag absence'),
        ),
        "reflect": (
            _("Look back on a conversation, and on what you prepared for it."),
            "coach reflect --follows latest",
        ),
        "map": (_("Map a situation before you conclude anything."), 'coach map --about "team K."'),
        "follow-up": (_("See after a few weeks what came of it."), "coach follow-up"),
    }
    for name in SHIPPED:
        help_, example = helps[name]
        app.command(
            name,
            help=help_,
            epilog=_("Example: {example}").format(example=instead(example)),
            rich_help_panel=Panels.TALK,
            cls=SpokenCommand,
        )(_running(name))
    app.command(
        "run",
        help=_("Run any sequence, shipped or your own."),
        epilog=_("Example: {example}").format(example=typed("run", "honest-question")),
        rich_help_panel=Panels.TALK,
        cls=SpokenCommand,
    )(_run)
    app.command(
        "resume",
        help=_("Go on with a session where it stopped."),
        epilog=_("Example: {example}").format(example=typed("resume", "0915")),
        rich_help_panel=Panels.TALK,
        cls=SpokenCommand,
    )(_resume)


def _running(name: str) -> Callable[..., None]:
    def command(
        context: typer.Context,
        about: About = "",
        tag: Tags = None,
        follows: Follows = "",
        answers: Answers = None,
        plain: Plain = False,
        no_remarks: NoRemarks = False,
    ) -> None:
        _start(context.obj, name, Wishes(about, tuple(tag or ()), follows), answers=answers, plain=plain, remarks=not no_remarks)

    return command


def _run(
    context: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            metavar=_("NAME"),
            help=_("The name of a sequence; see `{command}`.").format(command=typed("sequences")),
            autocompletion=sequence_names,
        ),
    ],
    about: About = "",
    tag: Tags = None,
    follows: Follows = "",
    answers: Answers = None,
    plain: Plain = False,
    no_remarks: NoRemarks = False,
) -> None:
    _start(context.obj, name, Wishes(about, tuple(tag or ()), follows), answers=answers, plain=plain, remarks=not no_remarks)


def _start(setting: Setting, name: str, wishes: Wishes, *, answers: Path | None, plain: bool, remarks: bool) -> None:
    from coach.cli.runner import start  # help and completion do without

    raise typer.Exit(start(setting, name, wishes, answers=answers, plain=plain, remarks=remarks))


def _resume(
    context: typer.Context,
    id_: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help=_("A part of the session's name, or words of whom it is about; the latest unfinished one without it."),
            autocompletion=unfinished_ids,
        ),
    ] = "",
    plain: Plain = False,
    no_remarks: NoRemarks = False,
    close: Annotated[bool, typer.Option("--close", help=_("Ask nothing more: finish the session as it is."))] = False,
) -> None:
    from coach.cli.runner import resume

    raise typer.Exit(resume(context.obj, id_, plain=plain, close=close, remarks=not no_remarks))
