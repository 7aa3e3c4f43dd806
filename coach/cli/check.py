"""The command that reads every log and says what is not read and what does not fit."""

from __future__ import annotations

import sys
from difflib import unified_diff
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any

import typer

from coach.cli.confirm import confirm, nobody_to_ask
from coach.cli.context import Setting
from coach.cli.localised import Panels, register
from coach.cli.message import say
from coach.cli.options import Json
from coach.errors import CoachError, Problem, UsageError
from coach.language import _, ngettext
from coach.program import typed

if TYPE_CHECKING:
    from collections.abc import Collection

    from coach.logs.check import Asked
    from coach.logs.check_folder import Rename, Report, Rewrite

_PROBLEMS = 1
_AROUND = 1  # lines of a log shown around a change


def add_to(app: typer.Typer) -> None:
    """Add this command to the program."""
    register(
        app, Panels.OWN, ("check", _check, _("Read every log, and say what is not read or does not fit."), "coach check --mend")
    )


def _check(
    context: typer.Context,
    mend: Annotated[bool, typer.Option("--mend", help=_("Show what can be mended, and mend it after a yes."))] = False,
    yes: Annotated[bool, typer.Option("--yes", help=_("Mend without asking."))] = False,
    json_: Json = False,
) -> None:
    from coach.cli.json_output import print_json
    from coach.logs.check_folder import check_folder
    from coach.terminal.progress import watched

    setting: Setting = context.obj
    if mend and not yes and (json_ or nobody_to_ask()):
        raise UsageError(Problem("", _("nobody can be asked whether this is right"), _("add --yes")))
    asked = _asked(setting)
    reports = list(watched(check_folder(setting.library, asked), sys.stderr))
    if json_:
        print_json([value for report in reports for value in _as_json(report)])
    else:
        _print(reports, mends=mend)
    changes = [report.mend for report in reports if report.mend]
    if mend and any([_mend(setting, change, yes=yes, shows=not json_) for change in changes]):  # noqa: C419 # each is asked
        reports = list(check_folder(setting.library, asked))
    if any(report.problems for report in reports):
        raise typer.Exit(_PROBLEMS)


def _asked(setting: Setting) -> Asked:
    """Return what tells the ids of the questions in a sequence."""

    @cache
    def ids(name: str, language: str) -> Collection[str] | None:
        try:
            questions = setting.catalogue_in(language).read(name).questions
        except CoachError:  # it is gone, or broken
            return None
        return frozenset(id_ for question in questions for id_ in (question.id, question.more_id))

    return ids


def _print(reports: list[Report], *, mends: bool) -> None:
    for report in reports:
        for problem in report.problems:
            say(str(problem))
    changes = [report for report in reports if report.mend]
    count = sum(1 for report in reports if report.mend and not report.problems)
    if count:
        text = ngettext(
            "In {count} log an editor changed the shape of answers; they are read.",
            "In {count} logs an editor changed the shape of answers; they are read.",
            count,
        )
        say(text.format(count=count))
    if not any(report.problems for report in reports) and not changes:
        logs = len(reports)
        say(ngettext("{count} log, nothing to mend.", "{count} logs, nothing to mend.", logs).format(count=logs))
    elif changes and not mends:
        say(_("What can be mended is shown and mended with: {command}").format(command=typed("check", "--mend")))


def _mend(setting: Setting, change: Rewrite | Rename, *, yes: bool, shows: bool) -> bool:
    """Show a change and carry it out after a yes; return whether that was done."""
    from coach.logs.check_folder import carry_out

    if shows:
        say("\n" + "\n".join(_shown(change)))
    if not yes and not confirm(_("Mend this? [y/N] "), sys.stdout):
        return False
    carry_out(setting.library.folder, change)
    return True


def _shown(change: Rewrite | Rename) -> list[str]:
    from coach.logs.check_folder import Rename

    if isinstance(change, Rename):
        return [f"{change.path.name} \N{RIGHTWARDS ARROW} {change.target.name}"]
    before, after = (text.replace("\r", "").split("\n") for text in (change.before, change.after))
    lines = list(unified_diff(before, after, n=_AROUND, lineterm=""))[2:]
    return [change.path.name, *(line for line in lines if not line.startswith("@@"))]


def _as_json(report: Report) -> list[dict[str, Any]]:
    """Return what a program may want to know of a file."""
    can_be_mended = report.mend is not None
    values = [
        {
            "file": one.where,
            "line": one.line or None,
            "problem": one.what,
            "cure": one.cure or None,
            "can_be_mended": can_be_mended,
        }
        for one in report.problems
    ]
    if values or report.mend is None:
        return values
    what = _("an editor changed the shape of answers; they are read")
    return [{"file": report.mend.path.name, "line": None, "problem": what, "cure": None, "can_be_mended": True}]
