"""The command that says what came of a small step: done."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from coach.cli.context import Setting
from coach.cli.localised import Panels, register
from coach.cli.message import say
from coach.errors import CoachError, Problem, UsageError
from coach.language import _
from coach.program import typed
from coach.text import cut, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coach.insights.first_steps import FirstStep
    from coach.logs.library import Library

_LONGEST = 60  # letters of a step in a list


def add_to(app: typer.Typer) -> None:
    """Add this command to the program."""
    register(app, Panels.TALK, ("done", _done, _("Say what came of your small step."), "coach done --partly"))


def _done(
    context: typer.Context,
    id_: Annotated[str, typer.Argument(metavar="ID", help=_("The session it stands in, where more than one is open."))] = "",
    partly: Annotated[bool, typer.Option("--partly", help=_("You took a part of it."))] = False,
    let_go: Annotated[bool, typer.Option("--let-go", help=_("It does not fit any more, and may go."))] = False,
) -> None:
    setting: Setting = context.obj
    if partly and let_go:
        raise UsageError(Problem("", _("'{one}' and '{other}' do not go together").format(one="--partly", other="--let-go")))
    step = _step(setting.library, id_)
    texts = {
        "yes": (_("Taken"), _("You took your step: {step}")),
        "partly": (_("Taken in part"), _("You took a part of your step: {step}")),
        "let_go": (_("Let go"), _("You let this step go: {step}") + "\n" + _("What does not fit any more, you need not do.")),
    }
    outcome = "partly" if partly else "let_go" if let_go else "yes"
    label, told = texts[outcome]
    if notice := _write(setting.library, step, f"{outcome} ({label})"):
        say(notice, sys.stderr)
    say(told.format(step=step.text))


def _step(library: Library, part: str) -> FirstStep:
    """Return the step that is meant: that of a session, else the only one that is open."""
    from coach.insights.collect import collect
    from coach.insights.first_steps import FirstStepCollector

    collector = FirstStepCollector()
    collect(library.sessions(collector.ids), (collector,))
    steps = [step for step in collector.result() if step.outcome == "open"]
    if part:
        id_ = library.find(part).id
        steps = [step for step in steps if step.id == id_]
    if not steps:
        what = _("no small step is open there") if part else _("no small step is open")
        raise CoachError(Problem("", what, _("`{command}` shows the steps you set").format(command=typed("patterns"))))
    if len(steps) > 1:
        what = _("{count} small steps are open").format(count=len(steps))
        raise CoachError(Problem("", what, _("say which one:") + _listed(steps)))
    return steps[0]


def _listed(steps: Sequence[FirstStep]) -> str:
    return "".join(f"\n  {typed('done', step.id)}  {cut(visible(step.text), _LONGEST)}" for step in steps)


def _write(library: Library, step: FirstStep, answer: str) -> str:
    """Add to the log of a step what came of it, and return what there is to tell about that."""
    from coach.insights.first_steps import OWN_OUTCOME
    from coach.logs.session import Exchange

    session = library.find(step.id)
    section = next((one.section for one in session.exchanges if one.id == "first_step"), "")
    outcome = Exchange(OWN_OUTCOME, _("What came of this step?"), (answer,), section, choice=True)
    writer = library.reopen(session)
    try:
        return writer.save(replace(session, exchanges=(*session.exchanges, outcome)))
    finally:
        writer.close()
