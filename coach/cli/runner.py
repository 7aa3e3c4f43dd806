"""Runs one conversation: picks who asks, hands the coach what it needs, and says what comes next."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from shutil import get_terminal_size
from textwrap import fill

from coach import files
from coach.cli.context import Setting, has_keys, is_person, now
from coach.conversation.answers import is_met
from coach.conversation.answers_file import play, read_answers
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
from coach.language import _, speak
from coach.logs.encryption import LockedError
from coach.logs.library import Library
from coach.logs.session import Session
from coach.sequences.catalogue import shown
from coach.sequences.sequence import Sequence
from coach.terminal.console import console
from coach.text import visible

_RESCUE = "coach-rescued"
_WIDTH = 88


def start(setting: Setting, name: str, wishes: Wishes, *, answers: Path | None, plain: bool, remarks: bool) -> int:
    """Run a sequence from its beginning and return the exit code."""
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
            conversation = play(conversation, read_answers(files.read(answers), str(answers)), str(answers))
        return _run(coach, conversation, keeper, setting, asks=answers is None)


def resume(setting: Setting, id_: str, *, plain: bool, close: bool, remarks: bool) -> int:
    """Go on with an unfinished session and return the exit code."""
    session = find_unfinished(setting.library, id_)
    speak(session.language if not setting.environment.get("COACH_LANG") else setting.language)
    signals = Signals()
    with signals.heard():
        if close:
            path = finish_as_it_is(setting.library, session, now())
            print(_("Finished as it is: {path}").format(path=path.name))
            return 0
        in_terminal = not plain and has_keys(setting.environment)
        coach = _coach(setting, signals, in_terminal=in_terminal, remarks=remarks, can_choose=is_person())
        conversation, keeper = resume_session(coach, session)
        return _run(coach, conversation, keeper, setting, asks=True)


def _coach(setting: Setting, signals: Signals, *, in_terminal: bool, remarks: bool, can_choose: bool) -> Coach:
    return Coach(
        library=setting.library,
        asker=_asker(signals, in_terminal=in_terminal),
        clock=now,
        catalogue=setting.catalogue_in,
        rescue=rescue_folder(),
        listener=partial(_listener, setting, remarks=remarks),
        can_choose=can_choose,
        undisturbed=signals.held,
    )


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


def _asker(signals: Signals, *, in_terminal: bool) -> Asker:
    if not in_terminal:
        return PlainAsker(_read_line, _write, signals.listening, is_watched=is_person())
    from coach.terminal.asker import TerminalAsker  # it takes the longest to load: after the opening words

    return TerminalAsker(signals.listening)


def _listener(setting: Setting, language: str, *, remarks: bool) -> Listener:
    """Return what listens to answers; mistakes in a person's own words for it are told before the first question."""
    from coach.ear.checks import SAFETY
    from coach.ear.ear import Heard, Own, load_ear  # after the opening words

    path = setting.home.prompts / language / "ear.yaml"
    own = Own(shown(path, setting.working), files.read(path)) if path.is_file() else None
    if own:
        load_ear(language, own)

    def hear(text: str, checks: tuple[str, ...]) -> tuple[Heard, ...]:
        findings = load_ear(language, own).hear(text, checks)
        return findings if remarks else tuple(heard for heard in findings if heard.check in SAFETY)

    return hear


def _read_line() -> str:
    return sys.stdin.readline() if sys.stdin else ""


def rescue_folder() -> Path:
    """Return the folder to save in when the usual one fails."""
    return Path.home() / _RESCUE


def _write(text: str) -> None:
    print(visible(text), end="", flush=True)


def _print_opening(sequence: Sequence) -> None:
    """Say what this is before anything slow is loaded."""
    promise = _("Your words stay on this computer. You can stop at any time; what you wrote is kept.")
    width = min(get_terminal_size().columns, _WIDTH)
    print("\n" + "\n".join(fill(line, width) for line in (sequence.title, sequence.description, promise) if line), flush=True)


def _warn_of_place(setting: Setting, asker: Asker) -> None:
    """Say once, before there is any log, that the folder is one that others may get to see."""
    from coach.home import warning

    if not setting.library.folder.ids() and (text := warning(setting.home.sessions)):
        asker.tell(text)


def _open_earlier(library: Library) -> None:
    """Open what is sealed for this conversation; who gives no passphrase can write all the same, but never in the clear."""
    if library.folder.is_sealed and library.folder.seal:
        library.folder.seal.recipients()
    try:
        if library.folder.is_sealed:
            next(library.sessions(), None)
    except LockedError as error:
        print(f"{error}\n" + _("You can go on without your earlier sessions."), file=sys.stderr)
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
    try:
        console(errors=True).print("\n" + text.format(command=keeper.way_on))
    except OSError:  # the window is gone
        return


def _say_what_is_next(coach: Coach, keeper: Keeper, working: Path) -> None:
    session = keeper.session
    lines = [_("Kept in {path}").format(path=shown(keeper.path, working))]
    is_to_be_held = session.kind == "reflect" and not _is_followed_up(coach, session)
    if session.kind == "prepare" or (is_to_be_held and session.follows):
        lines += [_("For at the door:       coach card"), _("After the conversation: coach reflect")]
    elif session.kind == "map" or is_to_be_held:
        lines += [_("When you plan to talk:  coach prepare")]
    elif session.kind == "reflect":
        lines += [_("To read it again:      coach show"), _("In two to four weeks:  coach follow-up")]
    print("\n" + "\n".join(lines))


def _is_followed_up(coach: Coach, reflection: Session) -> bool:
    """Return whether one looks back once more after a reflection: not where the conversation was not held."""
    following = coach.catalogue(reflection.language).top("follow-up").following
    return is_met(following.when, (reflection, *coach.library.chain(reflection)))
