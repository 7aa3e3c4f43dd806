"""The demonstration: a story played through the real program in a temporary home, at a reader's pace."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from coach.cli.context import Setting, has_keys, is_person, now
from coach.cli.localised import Panels, SpokenCommand
from coach.conversation.answers_file import read_answers
from coach.conversation.asker import Interruption, Prompt, Reply
from coach.conversation.card import card_of
from coach.conversation.coach import Coach
from coach.conversation.engine import Listener
from coach.conversation.loop import hold
from coach.conversation.signals import Signals
from coach.conversation.start import Wishes, start
from coach.conversation.turn import Remark
from coach.language import _
from coach.logs.library import Library
from coach.logs.markdown import render
from coach.logs.session import Exchange, Session, title_of
from coach.program import typed
from coach.sequences.catalogue import Catalogue, shipped_folder
from coach.terminal import question as screens
from coach.terminal.card import card_page
from coach.terminal.pace import Pace
from coach.terminal.theme import words

_AT_FIRST = "at-first"  # the words of the story that get a remark

Fast = Annotated[bool, typer.Option("--fast", help=_("Run through it without waiting for Enter."))]


def add_to(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command(
        "demo",
        help=_("See a preparation and a reflection played, with fictional answers."),
        epilog=_("Example: {example}").format(example=typed("demo")),
        rich_help_panel=Panels.TALK,
        cls=SpokenCommand,
    )(_demo)


def _demo(context: typer.Context, fast: Fast = False) -> None:
    """Play a preparation and the reflection after it, with the card and the log; leave nothing behind, however it ends."""
    setting: Setting = context.obj
    signals = Signals()
    read = sys.stdin.readline if is_person() and not fast else None
    pace = Pace(read, signals.listening, erases=has_keys(setting.environment))
    try:
        with signals.heard(), signals.held(), TemporaryDirectory() as folder:
            _tell(setting, Path(folder), pace)
    except Interruption as stop:
        raise typer.Exit(stop.exit_code) from None


def _tell(setting: Setting, home: Path, pace: Pace) -> None:
    pace.show(words(_("A care coordinator prepares for a conversation. All of it is made up; nothing is kept.")))
    catalogue = Catalogue(setting.language, home / "prompts", shipped_folder(), setting.working)
    preparation = _play(catalogue, home, "prepare", pace)
    card = card_of(preparation, catalogue.read("prepare").card)
    pace.show(
        screens.title(_("The card, for at the door")), words(""), card_page(card, title_of(preparation), typed("card", "--all"))
    )
    pace.wait()
    pace.show(screens.title(_("After the conversation")))
    reflection = _play(catalogue, home, "reflect", pace)
    pace.show(screens.title(_("The log: one plain file, to read back and to search")), words(""))
    pace.show(words(_last_section(render(reflection)) if pace.waits else render(reflection)))
    pace.wait()
    pace.show(words(_("Your turn: {command}").format(command=typed("prepare"))))


def _play(catalogue: Catalogue, home: Path, name: str, pace: Pace) -> Session:
    """Play a shipped sequence that goes on from the latest one, and return what was saved."""
    asker = _Story(_answers(catalogue.language, name), _answers(catalogue.language, _AT_FIRST), pace)
    coach = Coach(Library(home / "sessions"), asker, now, lambda _language: catalogue, rescue=home, listener=_listener)
    conversation, keeper = start(coach, catalogue.read(name), Wishes())
    keeper.finish(hold(coach, conversation, keeper))
    keeper.close()
    return keeper.session


class _Story:
    """Gives the answers of a story, and shows every question with its answer; what gets a remark is said again."""

    def __init__(self, answers: Mapping[str, str], at_first: Mapping[str, str], pace: Pace) -> None:
        self._answers = answers
        self._at_first = at_first
        self._pace = pace

    def ask(self, prompt: Prompt, keep_draft: Callable[[str], None]) -> Reply:  # an answer is given whole
        """Show a question and give the answer of the story, or none."""
        if prompt.problem:
            raise ValueError(prompt.problem)
        question = prompt.ask.question
        answer = self._answers.get(question.id, "")
        if not prompt.changing:
            answer = self._at_first.get(question.id, answer)
            self._pace.show(screens.question_screen(_without_help(prompt)))
        self._pace.show(screens.answer_line(question, answer))
        self._pace.wait()
        return Reply(answer)

    def tell_safety(self, remark: Remark) -> bool:
        """Show what there is to say about safety."""
        self.tell("\n".join(heard.remark for heard in remark.safety))
        return True

    def remark(self, remark: Remark) -> str | None:
        """Show what was heard, and say it again where the story does."""
        is_said_again = remark.ask.question.id in self._at_first
        choice = _("Say it in other words") if is_said_again else _("Leave it as it is")
        self._pace.show(screens.remark_screen(remark), words("\n› " + choice))
        return "" if is_said_again else None

    def review(self, exchanges: tuple[Exchange, ...]) -> None:
        """Leave all answers as they are."""

    def choose(self, text: str, options: dict[str, str]) -> str:  # there is one way through a story
        """Take the usual way."""
        return next(iter(options))

    def tell(self, text: str) -> None:
        """Show a text."""
        self._pace.show(words("\n" + text))


def _without_help(prompt: Prompt) -> Prompt:
    """Return what is shown to somebody who has nothing to write."""
    return prompt._replace(ask=prompt.ask._replace(hint="", question=replace(prompt.ask.question, optional=False)))


def _last_section(log: str) -> str:
    return "…" + log[log.rindex("\n## ") :]


def _answers(language: str, name: str) -> Mapping[str, str]:
    source = files("coach") / "demo" / language / f"{name}.yaml"
    return {id_: text.value for id_, text in read_answers(source.read_bytes(), source.name).items()}


def _listener(language: str) -> Listener:
    from coach.ear.ear import load_ear  # after the first words

    return lambda text, checks: load_ear(language, None).hear(text, checks)
