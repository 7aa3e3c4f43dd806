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
    undo: Annotated[bool, typer.Option("--undo", help=_("Take back what you said of it: it is open again."))] = False,
) -> None:
    setting: Setting = context.obj
    chosen = [name for name, is_chosen in (("--partly", partly), ("--let-go", let_go), ("--undo", undo)) if is_chosen]
    if len(chosen) > 1:
        raise UsageError(Problem("", _("'{one}' and '{other}' do not go together").format(one=chosen[0], other=chosen[1])))
    step = _step(setting.library, id_, undo=undo)
    if undo:
        _tell(_write(setting.library, step, ""), _("Your step is open again: {step}").format(step=step.text))
        return
    texts = {
        "yes": (_("Taken"), _("You took your step: {step}")),
        "partly": (_("Taken in part"), _("You took part of your step: {step}")),
        "let_go": (_("Let go"), _("You let this step go: {step}") + "\n" + _("What does not fit any more, you need not do.")),
    }
    outcome = "partly" if partly else "let_go" if let_go else "yes"
    label, told = texts[outcome]
    way_back = _("Not so? {command}").format(command=typed("done", "--undo", step.id))
    _tell(_write(setting.library, step, f"{outcome} ({label})"), f"{told.format(step=step.text)}\n{way_back}")


def _tell(notice: str, told: str) -> None:
    if notice:
        say(notice, sys.stderr)
    say(told)


def _step(library: Library, part: str, *, undo: bool) -> FirstStep:
    """Return the step that is meant: that of a session, else the only one that is open, or of which to `undo` what was said."""
    from coach.insights.collect import collect
    from coach.insights.first_steps import FirstStepCollector

    collector = FirstStepCollector()
    collect(library.sessions(collector.ids), (collector,))
    steps = [step for step in collector.result() if (step.looked_back == step.id if undo else step.outcome == "open")]
    if part:
        id_ = library.find(part).id
        steps = [step for step in steps if step.id == id_]
    if not steps:
        if undo:
            what = (
                _("you said of no small step there what came of it") if part else _("you said of no small step what came of it")
            )
        else:
            what = _("no small step is open there") if part else _("no small step is open")
        raise CoachError(Problem("", what, _("`{command}` shows the steps you set").format(command=typed("patterns"))))
    if len(steps) > 1:
        what = _("you said of {count} small steps what came of them") if undo else _("{count} small steps are open")
        words = ("done", "--undo") if undo else ("done",)
        raise CoachError(Problem("", what.format(count=len(steps)), _("say which one:") + _listed(steps, words)))
    return steps[0]


def _listed(steps: Sequence[FirstStep], words: tuple[str, ...]) -> str:
    return "".join(f"\n  {typed(*words, step.id)}  {cut(visible(step.text), _LONGEST)}" for step in steps)


def _write(library: Library, step: FirstStep, answer: str) -> str:
    """Write in the log of a step what came of it, or nothing any more, and return what there is to tell about that."""
    from coach.insights.first_steps import OWN_OUTCOME
    from coach.logs.session import Exchange

    session = library.find(step.id)
    section = next((one.section for one in session.exchanges if one.id == "first_step"), "")
    others = tuple(one for one in session.exchanges if one.id != OWN_OUTCOME)
    outcome = Exchange(OWN_OUTCOME, _("What came of this step?"), (answer,), section, choice=True)
    writer = library.reopen(session)
    try:
        return writer.save(replace(session, exchanges=(*others, outcome) if answer else others))
    finally:
        writer.close()
