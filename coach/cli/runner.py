"""Runs one conversation: picks who asks, hands the coach what it needs, and says what comes next."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from coach import files
from coach.cli.context import Setting, has_keys, is_person, now, refuse_a_file, user_folder
from coach.cli.message import say
from coach.cli.piped import read_line
from coach.conversation.answers import is_met
from coach.conversation.asker import Asker, Interruption
from coach.conversation.coach import Coach
from coach.conversation.engine import Conversation, Listener
from coach.conversation.keeper import Keeper, finish_as_it_is
from coach.conversation.loop import hold
from coach.conversation.plain import INPUT_ENDED, PlainAsker
from coach.conversation.signals import Signals
from coach.conversation.start import Wishes, find_unfinished
from coach.conversation.start import resume as resume_session
from coach.conversation.start import start as start_session
from coach.conversation.turn import Ask
from coach.ear.checks import SAFETY
from coach.errors import CoachError
from coach.language import _, speak
from coach.logs.encryption import LockedError
from coach.logs.library import Library
from coach.logs.session import Session
from coach.program import typed
from coach.sequences.catalogue import shown
from coach.sequences.sequence import Sequence

if TYPE_CHECKING:
    from coach.ear.ear import Ear, Heard

_RESCUE = "coach-rescued"

Waiting = list[Callable[[], object]]
"""What can wait until the first question is read."""


def start(setting: Setting, name: str, wishes: Wishes, *, answers: Path | None, plain: bool, remarks: bool) -> int:
    """Run a sequence from its beginning and return the exit code."""
    if answers is None:
        refuse_a_file()
    sequence = setting.catalogue.read(name)
    in_terminal = answers is None and not plain and has_keys(setting.environment)
    _print_opening(sequence)
    signals = Signals()
    coach = _coach(setting, signals, in_terminal=in_terminal, remarks=remarks, can_choose=answers is None and is_person())
    with signals.heard():
        _warn_of_place(setting, coach.asker)
        _open_earlier(setting.library)
        try:
            conversation, keeper = start_session(coach, sequence, wishes, offers=in_terminal)
        except Interruption as stop:
            return stop.exit_code
        if answers:
            from coach.conversation.answers_file import play, read_answers  # nobody waits for a question then

            conversation = play(conversation, read_answers(files.read(answers), str(answers)), str(answers))
        return _run(coach, conversation, keeper, setting, asks=answers is None)


def resume(setting: Setting, id_: str, *, plain: bool, close: bool, remarks: bool) -> int:
    """Go on with an unfinished session and return the exit code."""
    if not close:
        refuse_a_file()
    session = find_unfinished(setting.library, id_)
    speak(session.language if not setting.environment.get("COACH_LANG") else setting.language)
    signals = Signals()
    with signals.heard():
        if close:
            path = finish_as_it_is(setting.library, session, now())
            say(_("Finished as it is: {path}").format(path=path.name))
            return 0
        in_terminal = not plain and has_keys(setting.environment)
        coach = _coach(setting, signals, in_terminal=in_terminal, remarks=remarks, can_choose=is_person())
        conversation, keeper = resume_session(coach, session)
        return _run(coach, conversation, keeper, setting, asks=True)


def _coach(setting: Setting, signals: Signals, *, in_terminal: bool, remarks: bool, can_choose: bool) -> Coach:
    can_wait: Waiting = []
    return Coach(
        library=setting.library,
        asker=_asker(setting, signals, can_wait, in_terminal=in_terminal),
        clock=now,
        catalogue=setting.catalogue_in,
        rescue=rescue_folder(setting),
        listener=partial(_listener, setting, can_wait, remarks=remarks),
        can_choose=can_choose,
        undisturbed=signals.held,
    )


def rescue_folder(setting: Setting) -> Path:
    """Return where logs go that cannot be saved in the home: one's own folder, or beside the home where that is not known."""
    try:
        return user_folder() / _RESCUE
    except CoachError:
        return setting.home.folder.with_name(_RESCUE)


def _run(coach: Coach, conversation: Conversation, keeper: Keeper, setting: Setting, *, asks: bool) -> int:
    """Ask what is to be asked, save, and say what comes next."""
    with coach.undisturbed():
        try:
            if asks:
                conversation = hold(coach, conversation, keeper)
            keeper.finish(conversation)
        except Interruption as stop:
            _say_how_to_go_on(keeper, conversation, stop)
            return stop.exit_code
        finally:
            keeper.close()
    _say_what_is_next(coach, keeper, setting.working)
    return 0


def _asker(setting: Setting, signals: Signals, can_wait: Waiting, *, in_terminal: bool) -> Asker:
    if not in_terminal:
        return PlainAsker(read_line, _write, signals.listening, is_watched=is_person())
    from coach.terminal.asker import TerminalAsker  # it takes the longest to load: after the opening words

    def meanwhile() -> None:
        """Do while the person reads what would keep them waiting after an answer."""
        if can_wait:
            can_wait.pop()()
            gc.freeze()  # all that is loaded now, it stays: else looking through it takes a fifth of a second
        gc.collect()

    return TerminalAsker(signals.listening, meanwhile, keeps_ctrl_b="TMUX" in setting.environment)


def _listener(setting: Setting, can_wait: Waiting, language: str, *, remarks: bool) -> Listener:
    """Return what listens to answers; mistakes in a person's own words for it are told before the first question."""
    path = setting.home.prompts / language / "ear.yaml"

    @cache
    def ear() -> Ear:
        from coach.ear.ear import Own, load_ear

        return load_ear(language, Own(shown(path, setting.working), files.read(path)) if path.is_file() else None)

    if path.is_file():
        ear()

    def hear(text: str, checks: tuple[str, ...]) -> tuple[Heard, ...]:
        findings = ear().hear(text, checks)
        return findings if remarks else tuple(heard for heard in findings if heard.check in SAFETY)

    can_wait.append(partial(hear, ".", ()))  # what an ear knows of safety it reads when it first listens
    return hear


def _write(text: str) -> None:
    say(text, end="")


def _print_opening(sequence: Sequence) -> None:
    """Say what this is before anything slow is loaded."""
    promise = _("Your words stay on this computer. You can stop at any time; what you wrote is kept.")
    say("\n" + "\n".join(line for line in (sequence.title, sequence.description, promise) if line))


def _warn_of_place(setting: Setting, asker: Asker) -> None:
    """Say once, before there is any log, that others may get to see the folder, or that it may be thrown away."""
    from coach.home import is_versioned, is_workplace, warning

    home = setting.home
    if setting.library.folder.ids():
        return
    texts = [warning(home.sessions)]
    if home.is_nearest and is_workplace(home.folder):
        texts.append(_("Your sessions are kept in this folder, and are seen here only."))
        if is_versioned(home.folder):
            texts[-1] += " " + _("When you throw it away or clean it (`git clean -x`), they are gone.")
        else:
            texts[-1] += " " + _("When you throw it away, they are gone.")
        elsewhere = typed(home=str(Path("~", "coach")))
        texts.append(_("For a folder of your own, begin with: {command}").format(command=elsewhere))
    if text := "\n".join(filter(None, texts)):
        asker.tell(text)


def _open_earlier(library: Library) -> None:
    """Open what is sealed for this conversation; who gives no passphrase can write all the same, but never in the clear."""
    if library.folder.is_sealed and library.folder.seal:
        library.folder.seal.recipients()
    try:
        if library.folder.is_sealed:
            next(library.sessions(), None)
    except LockedError as error:
        say(f"{error}\n" + _("You can go on without your earlier sessions."), sys.stderr)
        library.folder.leave_out_sealed()


def _say_how_to_go_on(keeper: Keeper, conversation: Conversation, stop: Interruption) -> None:
    if not keeper.is_saved:
        text = _("Nothing was written yet, so nothing is kept.")
    elif not keeper.is_whole:
        text = _("Not all of it could be saved: copy what stands above. Go on with: {command}")
    else:
        text = _("What you wrote is kept. Go on with: {command}")
    if stop.exit_code == INPUT_ENDED and isinstance(conversation.step, Ask):
        text = _("The input ended before the last question.") + " " + text
    with suppress(OSError):  # the window is gone
        say("\n" + text.format(command=keeper.way_on), sys.stderr)


def _say_what_is_next(coach: Coach, keeper: Keeper, working: Path) -> None:
    session = keeper.session
    rows: list[tuple[str, str]] = []
    is_to_be_held = session.kind == "reflect" and not _is_followed_up(coach, session)
    if session.kind == "prepare" or (is_to_be_held and session.follows):
        rows += [(_("At the door:"), typed("card")), (_("After the conversation:"), typed("reflect"))]
    elif session.kind == "map" or is_to_be_held:
        rows.append((_("When you plan to talk:"), typed("prepare")))
    elif session.kind == "reflect":
        rows += [(_("To read it again:"), typed("show")), (_("In two to four weeks:"), typed("follow-up"))]
    step = session.exchange("first_step")
    if step and not step.is_about_safety:
        rows.append((_("When the step is done:"), typed("done", session.id)))
    column = max(map(len, (label for label, _command in rows)), default=0)
    kept = _("Kept in {path}").format(path=shown(keeper.path, working))
    say("\n" + "\n".join((kept, *(f"{label:{column}} {command}" for label, command in rows))))


def _is_followed_up(coach: Coach, reflection: Session) -> bool:
    """Return whether one looks back once more after a reflection: not where the conversation was not held."""
    following = coach.catalogue(reflection.language).top("follow-up").following
    return is_met(following.when, (reflection, *coach.library.chain(reflection)))
