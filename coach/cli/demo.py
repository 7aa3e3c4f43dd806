"""The demonstration: a story played through the real program in a temporary home."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

import typer

from coach.cli.context import Setting, now
from coach.cli.localised import Panels, SpokenCommand
from coach.conversation.answers_file import read_answers
from coach.conversation.engine import Ask, Conversation
from coach.conversation.loop import Question
from coach.language import _
from coach.logs.library import Library
from coach.logs.markdown import render
from coach.logs.session import Session
from coach.strict_yaml.parse import Text
from coach.terminal import question as screens
from coach.terminal import session as views
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
        library = Library(Path(folder) / "sessions")
        show(words(_("A care coordinator prepares a conversation. All of it is made up; nothing is kept.")))
        prepared = _play(setting, library, "prepare", ())
        show(screens.title(_("The card, for at the door")), views.card(prepared))
        show(screens.title(_("After the conversation")))
        reflected = _play(setting, library, "reflect", (prepared,))
        show(screens.title(_("The log: one plain file, to read back and to search")))
        show(words(render(reflected)))
        show(words(_("Your turn: coach prepare")))


def _play(setting: Setting, library: Library, name: str, carried: tuple[Session, ...]) -> Session:
    """Show every question with its answer, save as in a real session, and return what was saved."""
    sequence = setting.catalogue.read(name)
    answers = _answers(setting.language, name)
    conversation = Conversation(sequence, carried, now().date())
    if carried:
        conversation = conversation.revise("about", carried[0].about)
    while isinstance(ask := conversation.step, Ask):
        show(screens.question_screen(Question(ask)))
        answer = answers.get(ask.question.id, Text("", 0, 0)).value
        show(screens.answer_line(ask.question, answer))
        conversation = conversation.answer(answer)
    started = now()
    writer = library.begin(started, name)
    session = Session(
        id=writer.id,
        sequence=name,
        kind=sequence.kind,
        language=sequence.language,
        title=sequence.title,
        started=started,
        finished=now(),
        follows=carried[0].id if carried else "",
        card=sequence.card,
        exchanges=conversation.record,
    )
    about = session.exchange("about")
    session = replace(session, about=about.text if about else "")
    writer.save(session)
    writer.close()
    return session


def _answers(language: str, name: str) -> dict[str, Text]:
    source = files("coach") / "demo" / language / f"{name}.yaml"
    return read_answers(source.read_bytes(), source.name)
