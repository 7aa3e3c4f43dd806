"""Holds one conversation from its opening words to the saved log."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from shutil import get_terminal_size
from textwrap import fill
from typing import Protocol

from coach import files
from coach.cli.context import Setting, now
from coach.conversation.answers_file import play, read_answers
from coach.conversation.engine import Ask, Conversation, Hear
from coach.conversation.keeper import Keeper
from coach.conversation.loop import Asker, Chooser, Stopped, hold
from coach.conversation.plain import INPUT_ENDED, PlainAsker
from coach.conversation.signals import Signals
from coach.ear.ear import Heard, Own, load_ear
from coach.errors import CoachError, Problem
from coach.language import _, speak
from coach.language.dates import write_weekday
from coach.logs.encryption import LockedError
from coach.logs.library import Library
from coach.logs.markdown import heading
from coach.logs.session import Memory, Session
from coach.sequences.catalogue import shown
from coach.sequences.sequence import Sequence
from coach.terminal.console import console, show
from coach.text import clean, visible

_OFFERED = 5
_WIDTH = 88
_NONE = "none"
_LATEST = "latest"


@dataclass(frozen=True, slots=True)
class Wishes:
    """The options a conversation is started with."""

    about: str = ""
    tags: tuple[str, ...] = ()
    follows: str = ""
    answers: Path | None = None
    plain: bool = False
    remarks: bool = True


class TalkingAsker(Asker, Chooser, Protocol):
    """An asker that can also let a person choose between ways to go on."""


def start(setting: Setting, name: str, wishes: Wishes) -> int:
    """Run a sequence from its beginning and return the exit code."""
    sequence = setting.catalogue.read(name)
    asks_in_terminal = wishes.answers is None and _is_terminal(setting, wishes.plain)
    _open(sequence)
    library = setting.library
    signals = Signals()
    asker = _asker(asks_in_terminal, signals)
    with signals.heard():
        _warn_of_place(setting, asker)
        _open_earlier(library)
        try:
            if wishes.answers is None and (unfinished := _offer_to_resume(asker, library, sequence, asks_in_terminal)):
                return _go_on(setting, unfinished, asker, signals, remarks=wishes.remarks)
            followed = _followed(asker, library, sequence, wishes, asks_in_terminal)
        except Stopped as stopped:
            return stopped.exit_code
        session = _new_session(sequence, wishes, followed)
        conversation = _begin(sequence, session, followed, library)
        conversation = replace(conversation, hear=_listener(setting, sequence.language, wishes.remarks), fresh="")
        if wishes.answers:
            conversation = play(conversation, read_answers(files.read(wishes.answers), str(wishes.answers)), str(wishes.answers))
        session = replace(session, started=now())
        keeper = Keeper(library, session, asker, signals, conversation, can_choose=wishes.answers is None and _is_person())
        return _hold(conversation, asker, keeper, setting, asked=wishes.answers is None)


def resume(setting: Setting, wanted: str, *, plain: bool, close: bool, remarks: bool) -> int:
    """Go on with an unfinished session and return the exit code."""
    library = setting.library
    session = library.find(wanted) if wanted else _latest_unfinished(library)
    if session.finished:
        what = _("this session is finished")
        raise CoachError(Problem(session.id, what, _("read it with: coach show {id}").format(id=session.id)))
    speak(session.language if not setting.environment.get("COACH_LANG") else setting.language)
    signals = Signals()
    with signals.heard():
        if close:
            return _close(library, session)
        return _go_on(setting, session, _asker(_is_terminal(setting, plain), signals), signals, remarks=remarks)


def _go_on(setting: Setting, session: Session, asker: TalkingAsker, signals: Signals, *, remarks: bool = True) -> int:
    library = setting.library
    try:
        sequence = setting.catalogue_in(session.language).read(session.sequence)
    except CoachError as error:
        cure = _("mend it, or finish the session as it is with: coach resume {id} --close").format(id=session.id)
        what = _("its questions in '{sequence}' cannot be read").format(sequence=session.sequence)
        raise CoachError(*error.problems, Problem(session.id, what, cure)) from None
    conversation = Conversation(sequence, library.chain(session), now().date(), session.exchanges)
    conversation = replace(conversation, hear=_listener(setting, session.language, remarks))
    day = write_weekday(session.started.date())
    asker.tell(_("You go on with: {title}, {day}").format(title=heading(session), day=day))
    keeper = Keeper(library, session, asker, signals, conversation, can_choose=_is_person(), is_saved=True)
    return _hold(conversation, asker, keeper, setting, asked=True)


def _close(library: Library, session: Session) -> int:
    writer = library.reopen(session)
    writer.save(replace(session, finished=now()))
    writer.close()
    print(_("Finished as it is: {path}").format(path=writer.path.name))
    return 0


def _hold(conversation: Conversation, asker: TalkingAsker, keeper: Keeper, setting: Setting, *, asked: bool) -> int:
    """Ask what is to be asked, save, and say what comes next."""
    library = setting.library

    def recall(wanted: tuple[tuple[str, int], ...]) -> tuple[Memory, ...]:
        return library.recall(wanted, keeper.session.about, keeper.id)

    with keeper.signals.held():
        try:
            if asked:
                conversation = hold(conversation, asker, keeper, recall)
            keeper.finish(conversation)
        except Stopped as stopped:
            _say_how_to_go_on(keeper, conversation, stopped)
            return stopped.exit_code
        finally:
            keeper.close()
    _say_what_is_next(keeper, setting.working)
    return 0


def _is_terminal(setting: Setting, plain: bool) -> bool:
    """Return whether questions can be asked with keys and colours."""
    environment = setting.environment
    return _is_person() and not plain and not environment.get("ACCESSIBLE") and environment.get("TERM") not in {None, "", "dumb"}


def _open_earlier(library: Library) -> None:
    """Open what is sealed for this conversation; who gives no passphrase can write all the same."""
    try:
        if library.folder.is_sealed:
            next(library.sessions(), None)
    except LockedError as error:
        print(f"{error}\n" + _("You can go on without your earlier sessions."), file=sys.stderr)
        library.folder.leave_out_sealed()


def _is_person() -> bool:
    """Return whether somebody sits at a terminal, who can be asked what to do."""
    return sys.stdin is not None and sys.stdout is not None and sys.stdin.isatty() and sys.stdout.isatty()


def _warn_of_place(setting: Setting, asker: TalkingAsker) -> None:
    """Say once, before there is any log, that the folder is one that others may get to see."""
    from coach.home import warning

    if not setting.library.folder.ids() and (text := warning(setting.home.sessions)):
        asker.tell(text)


def _asker(in_terminal: bool, signals: Signals) -> TalkingAsker:
    from coach.terminal import question as screens  # after the opening words
    from coach.terminal.theme import words

    if not in_terminal:
        return PlainAsker(_read_line, _write, signals.listening, is_watched=_is_person())
    from coach.terminal.asker import TerminalAsker  # it takes the longest to load

    return TerminalAsker(
        lambda question: show(screens.question_screen(question)),
        lambda remark: show(screens.remark_screen(remark)),
        lambda exchanges: show(screens.review_screen(exchanges)),
        lambda text: show(words("\n" + text)),
        signals.listening,
    )


def _read_line() -> str:
    return sys.stdin.readline() if sys.stdin else ""


def _write(text: str) -> None:
    print(visible(text), end="", flush=True)


def _open(sequence: Sequence) -> None:
    """Say what this is before anything slow is loaded."""
    promise = _("Your words stay on this computer. You can stop at any time; what you wrote is kept.")
    width = min(get_terminal_size().columns, _WIDTH)
    print("\n" + "\n".join(fill(line, width) for line in (sequence.title, sequence.description, promise) if line), flush=True)


def _new_session(sequence: Sequence, wishes: Wishes, followed: Session | None) -> Session:
    return Session(
        id="",
        sequence=sequence.name,
        kind=sequence.kind,
        language=sequence.language,
        title=sequence.title,
        started=now(),
        about=_one_line(wishes.about) or (followed.about if followed else ""),
        follows=followed.id if followed else "",
        tags=tuple(filter(None, map(_one_line, wishes.tags))) or (followed.tags if followed else ()),
    )


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())


def _begin(sequence: Sequence, session: Session, followed: Session | None, library: Library) -> Conversation:
    """Return the conversation before its first question; whom it is about is not asked again."""
    carried = (followed, *library.chain(followed)) if followed else ()
    conversation = Conversation(sequence, carried, session.started.date())
    question = sequence.question("about")
    return conversation.revise("about", session.about) if question and session.about else conversation


def _listener(setting: Setting, language: str, remarks: bool) -> Hear:
    """Return what listens to answers; mistakes in a person's own words for it are told before the first question."""
    path = setting.home.prompts / language / "ear.yaml"
    own = Own(shown(path, setting.working), files.read(path)) if path.is_file() else None
    if own:
        load_ear(language, own)

    def hear(text: str, checks: tuple[str, ...]) -> tuple[Heard, ...]:
        found = load_ear(language, own).hear(text, checks)
        return found if remarks else tuple(heard for heard in found if heard.check == "safety")

    return hear


def _offer_to_resume(asker: TalkingAsker, library: Library, sequence: Sequence, can_choose: bool) -> Session | None:
    """Let an unfinished session of this sequence be gone on with."""
    if not can_choose:
        return None
    recent = islice(library.sessions(), 20)
    unfinished = next((s for s in recent if not s.finished and s.sequence == sequence.name), None)
    if unfinished is None:
        return None
    text = _("You stopped half-way on {day}: {about}").format(
        day=write_weekday(unfinished.started.date()), about=_about(unfinished)
    )
    chosen = asker.choose(text, {"resume": _("Go on with it"), "new": _("Start a new one")})
    return unfinished if chosen == "resume" else None


def _followed(asker: TalkingAsker, library: Library, sequence: Sequence, wishes: Wishes, can_choose: bool) -> Session | None:
    """Return the session that this one looks back on."""
    kind = sequence.follows
    if wishes.follows and wishes.follows not in {_NONE, _LATEST}:
        session = library.find(wishes.follows)
        if session.kind != kind:
            what = _("'{id}' is no session that '{sequence}' looks back on").format(id=session.id, sequence=sequence.name)
            raise CoachError(
                Problem("--follows", what, _("give a session of the kind '{kind}'").format(kind=kind) if kind else "")
            )
        return session
    if not kind or wishes.follows == _NONE:
        return None
    open_ = list(islice(library.unfollowed(kind, sequence.kind), 4 * _OFFERED))
    if wishes.about:
        open_ = [session for session in open_ if session.about.casefold() == wishes.about.casefold()]
    if not open_:
        return None
    if not can_choose or wishes.follows == _LATEST:
        return open_[0]
    offered = {session.id: f"{write_weekday(session.started.date())}: {_about(session)}" for session in open_[:_OFFERED]}
    chosen = asker.choose(_("Which one do you go on from?"), {**offered, _NONE: _("None of these, a new situation")})
    return next((session for session in open_ if session.id == chosen), None)


def _latest_unfinished(library: Library) -> Session:
    found = next((session for session in library.sessions() if not session.finished), None)
    if found is None:
        raise CoachError(Problem("", _("there is no unfinished session"), _("start one with `coach prepare`")))
    return found


def _about(session: Session) -> str:
    return session.about or session.title


def _say_how_to_go_on(keeper: Keeper, conversation: Conversation, stopped: Stopped) -> None:
    if not keeper.is_saved:
        text = _("Nothing was written yet, so nothing is kept.")
    elif not keeper.is_whole:
        text = _("Not all of it could be saved: copy what stands above. Go on with: {command}")
    else:
        text = _("What you wrote is kept. Go on with: {command}")
    if stopped.exit_code == INPUT_ENDED and isinstance(conversation.step, Ask):
        text = _("The input ended before the last question.") + " " + text
    try:
        console(errors=True).print("\n" + text.format(command=keeper.way_on))
    except OSError:  # the window is gone
        return


def _say_what_is_next(keeper: Keeper, working: Path) -> None:
    session = keeper.session
    lines = [_("Kept in {path}").format(path=shown(keeper.path, working))]
    if session.kind == "prepare":
        lines += [_("For at the door:       coach card"), _("After the conversation: coach reflect")]
    elif session.kind == "map":
        lines += [_("When you plan to talk:  coach prepare")]
    elif session.kind == "reflect":
        lines += [_("To read it again:      coach show"), _("In two to four weeks:  coach follow-up")]
    print("\n" + "\n".join(lines))
