"""The demonstration: a story played through the real program in a temporary home."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

import typer

from coach.cli.context import Setting, now
from coach.cli.localised import Panels, SpokenCommand
from coach.conversation.answers_file import read_answers
from coach.conversation.asker import Prompt, Reply
from coach.conversation.card import card_of
from coach.conversation.coach import Coach
from coach.conversation.loop import hold
from coach.conversation.start import Wishes, start
from coach.conversation.turn import Remark
from coach.language import _
from coach.logs.library import Library
from coach.logs.markdown import render
from coach.logs.session import Exchange, Session, title_of
from coach.strict_yaml.parse import Text
from coach.terminal import question as screens
from coach.terminal.card import card_page
from coach.terminal.console import show
from coach.terminal.theme import words


def add_to(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command(
        "demo",
        help=_("See a preparation and a reflection played, with fictional answers."),
        epilog=_("Example: {example}").format(example="coach demo"),
        rich_help_panel=Panels.TALK,
        cls=SpokenCommand,
    )(_demo)


def _demo(context: typer.Context) -> None:
    """Play a preparation and the reflection after it, then show the card and the log."""
    setting: Setting = context.obj
    with TemporaryDirectory() as folder:
        home = Path(folder)
        show(words(_("A care coordinator prepares a conversation. All of it is made up; nothing is kept.")))
        preparation = _play(setting, home, "prepare")
        card = card_of(preparation, setting.catalogue.read("prepare").card)
        show(screens.title(_("The card, for at the door")), card_page(card, title_of(preparation), "coach card --all"))
        show(screens.title(_("After the conversation")))
        reflection = _play(setting, home, "reflect")
        show(screens.title(_("The log: one plain file, to read back and to search")))
        show(words(render(reflection)))
        show(words(_("Your turn: coach prepare")))


def _play(setting: Setting, home: Path, name: str) -> Session:
    """Play a sequence that goes on from the latest one, and return what was saved."""
    asker = _Story(_answers(setting.language, name))
    coach = Coach(Library(home / "sessions"), asker, now, setting.catalogue_in, rescue=home)
    conversation, keeper = start(coach, setting.catalogue.read(name), Wishes())
    keeper.finish(hold(coach, conversation, keeper))
    keeper.close()
    return keeper.session


class _Story:
    """Gives the answers of a story, and shows every question with its answer."""

    def __init__(self, answers: Mapping[str, Text]) -> None:
        self._answers = answers

    def ask(self, prompt: Prompt, keep_draft: Callable[[str], None]) -> Reply:  # an answer is given whole
        """Show a question and give the answer of the story, or none."""
        if prompt.problem:
            raise ValueError(prompt.problem)
        question = prompt.ask.question
        answer = self._answers[question.id].value if question.id in self._answers else ""
        show(screens.question_screen(prompt), screens.answer_line(question, answer))
        return Reply(answer)

    def remark(self, remark: Remark) -> bool:  # nobody listens to a story
        """Leave an answer as it is."""
        return False

    def review(self, exchanges: tuple[Exchange, ...]) -> None:
        """Leave all answers as they are."""

    def choose(self, text: str, options: dict[str, str]) -> str:  # there is one way through a story
        """Take the usual way."""
        return next(iter(options))

    def tell(self, text: str) -> None:
        """Say no more than the questions and the answers."""


def _answers(language: str, name: str) -> Mapping[str, Text]:
    source = files("coach") / "demo" / language / f"{name}.yaml"
    return read_answers(source.read_bytes(), source.name)
