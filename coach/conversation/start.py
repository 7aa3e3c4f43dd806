"""Which session is held: a new one or one that stopped half-way, whom it is about, and which one it looks back on."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from coach.conversation.choices import settled, settled_with_sequence
from coach.conversation.coach import Coach
from coach.conversation.engine import Conversation
from coach.conversation.experience import teller
from coach.conversation.keeper import Keeper
from coach.conversation.predecessor import (
    LATEST,
    NONE,
    choose_predecessor,
    find_predecessor,
    introduction,
    latest_predecessor,
)
from coach.errors import CoachError, Problem
from coach.insights.safety import mark_safety, without_safety
from coach.language import _
from coach.language.dates import write_weekday
from coach.logs.library import Library
from coach.logs.markdown import heading
from coach.logs.naming import find_session
from coach.logs.session import Session, title_of
from coach.program import typed
from coach.sequences.sequence import Sequence
from coach.text import clean

_LOOKED_AT = 20
_REMINDED = 2  # answers shown to who goes on: what was said last


class Wishes(NamedTuple):
    """What is asked of a new session: whom it is about, its tags, and the session it looks back on: its id, latest or none."""

    about: str = ""
    tags: tuple[str, ...] = ()
    follows: str = ""


def start(coach: Coach, sequence: Sequence, wishes: Wishes, *, offers: bool = False) -> tuple[Conversation, Keeper]:
    """Return the conversation to hold and what keeps it; with `offers` the person chooses among the sessions it may go on from.

    Raises:
        CoachError: when the session to look back on is not there, or is none for this sequence.
        Interruption: when the person stops while choosing.

    """
    if offers and (session := _chosen_to_resume(coach, sequence)):
        return resume(coach, session)
    followed = _predecessor(coach, sequence, wishes, offers=offers)
    session = _new_session(coach, sequence, wishes, followed)
    carried = _carried(coach, (followed, *coach.library.chain(followed))) if followed else ()
    if carried:
        coach.asker.tell(introduction(carried, coach))
    conversation = _with_senses(coach, Conversation(sequence, carried, session.started.date()))
    if session.about:
        conversation = conversation.told_before("about", session.about)
    if carried:
        conversation = _with_outcome(coach, conversation, carried[0])
    return conversation, Keeper(coach, session, conversation)


def resume(coach: Coach, session: Session) -> tuple[Conversation, Keeper]:
    """Return the conversation of a session where it stopped, and what keeps it.

    Raises:
        CoachError: when its sequence cannot be read any more, or another program holds the session.

    """
    try:
        sequence = coach.catalogue(session.language).read(session.sequence)
    except CoachError as error:
        cure = _("mend it, or finish the session as it is with: {command}").format(command=typed("resume", session.id, "--close"))
        what = _("its questions in '{sequence}' cannot be read").format(sequence=session.sequence)
        raise CoachError(*error.problems, Problem(session.id, what, cure)) from None
    session = mark_safety(session)
    carried = _carried(coach, coach.library.chain(session))
    today = coach.clock().date()
    conversation = Conversation(sequence, carried, today, settled(session, sequence).exchanges)
    conversation = _with_senses(coach, conversation)
    day = write_weekday(session.started.date(), today)
    coach.asker.tell(_('You go on with "{title}", {day}').format(title=heading(session), day=day))
    for exchange in [one for one in conversation.exchanges if one.answered][-_REMINDED:]:
        coach.asker.tell("\n".join((exchange.question, *exchange.labels)))
    if session.unread:
        from coach.insights.labels import unread_sentence  # seldom

        coach.asker.tell(unread_sentence(len(session.unread), 1))
    return conversation, Keeper(coach, session, conversation, is_saved=True)


def _carried(coach: Coach, sessions: tuple[Session, ...]) -> tuple[Session, ...]:
    """Return the sessions that are gone on from, ready to be asked about."""
    return tuple(settled_with_sequence(mark_safety(session), coach) for session in sessions)


def _with_outcome(coach: Coach, conversation: Conversation, followed: Session) -> Conversation:
    """Return a conversation that does not ask what came of a first step where that was said since, and say it."""
    from coach.insights.first_steps import read_step  # a preparation follows nothing
    from coach.insights.labels import step_outcome_name

    step = read_step(without_safety(followed))
    if step is None or step.outcome == "open":
        return conversation
    told = conversation.told_before("first_step_done", step.outcome)
    if told is not conversation:
        text = _('Your small step was: "{step}" {outcome}.')
        coach.asker.tell(text.format(step=" / ".join(step.text.split("\n")), outcome=step_outcome_name(step.outcome)))
    return told


def _with_senses(coach: Coach, conversation: Conversation) -> Conversation:
    """Return a conversation that hears how something is worded, and can tell what came of earlier answers."""
    language = conversation.sequence.language
    return replace(conversation, hear=coach.listener(language), tell=teller(coach.library, language))


def find_unfinished(library: Library, id_: str) -> Session:
    """Return the unfinished session that is meant by `id_`, the latest one where that is empty.

    Raises:
        CoachError: when there is none, or it is finished.

    """
    if not id_:
        latest = next((session for session in library.sessions() if not session.finished), None)
        if latest is None:
            raise CoachError(
                Problem("", _("there is no unfinished session"), _("start one with `{command}`").format(command=typed("prepare")))
            )
        return latest
    session = find_session(library, id_, lambda session: not session.finished)
    if session.finished:
        what = _("this session is finished")
        raise CoachError(Problem(session.id, what, _("read it with: {command}").format(command=typed("show", session.id))))
    return session


def _chosen_to_resume(coach: Coach, sequence: Sequence) -> Session | None:
    """Let an unfinished session of this sequence be gone on with."""
    recent = islice(coach.library.sessions(), _LOOKED_AT)
    unfinished = next((s for s in recent if not s.finished and s.sequence == sequence.name), None)
    if unfinished is None:
        return None
    day = write_weekday(unfinished.started.date(), coach.clock().date())
    text = _("You stopped half-way on {day}: {about}").format(day=day, about=title_of(unfinished))
    key = coach.asker.choose(text, {"resume": _("Go on with it"), "new": _("Start a new one")})
    return unfinished if key == "resume" else None


def _predecessor(coach: Coach, sequence: Sequence, wishes: Wishes, *, offers: bool) -> Session | None:
    """Return the session that this one goes on from."""
    if wishes.follows and wishes.follows not in {NONE, LATEST}:
        return find_predecessor(coach.library, sequence, wishes.follows)
    if not sequence.follows or wishes.follows == NONE:
        return None
    if offers and wishes.follows != LATEST:
        return choose_predecessor(coach, sequence, wishes.about)
    return latest_predecessor(coach, sequence, wishes.about, is_wished=wishes.follows == LATEST)


def _new_session(coach: Coach, sequence: Sequence, wishes: Wishes, followed: Session | None) -> Session:
    """Return the session before its first question; what the person wishes comes before what the followed one was about."""
    return Session(
        id="",
        sequence=sequence.name,
        kind=sequence.kind,
        language=sequence.language,
        title=sequence.title,
        started=coach.clock(),
        about=_one_line(wishes.about) or (followed.about if followed else ""),
        follows=followed.id if followed else "",
        tags=tuple(filter(None, map(_one_line, wishes.tags))) or (followed.tags if followed else ()),
        heard=True,
    )


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())
