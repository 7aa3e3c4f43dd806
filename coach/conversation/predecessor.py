"""The session that a new one goes on from: which ones are offered, what they are called, and what is said of the one chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

from coach.conversation.answers import is_met
from coach.conversation.coach import Coach
from coach.errors import CoachError, Problem
from coach.insights.safety import mark_safety
from coach.language import _
from coach.language.dates import write_weekday
from coach.language.sentences import first_sentence
from coach.logs.library import Library
from coach.logs.markdown import heading
from coach.logs.naming import find_session
from coach.logs.session import Session, title_of
from coach.sequences.condition import ALWAYS
from coach.sequences.sequence import Sequence
from coach.text import cut

NONE = "none"
LATEST = "latest"
_OFFERED = 5
_LOOKED_AT = 20
_AGAIN = timedelta(days=60)  # so long a session is offered again after it was last gone on from
_LONGEST = 120  # letters of a question


def find_predecessor(library: Library, sequence: Sequence, id_: str) -> Session:
    """Return the session that a person names to go on from.

    Raises:
        CoachError: when it is not there, or is none for this sequence.

    """
    session = find_session(library, id_, lambda session: session.kind == sequence.follows)
    if session.kind != sequence.follows:
        what = _("'{id}' is no session that '{sequence}' looks back on").format(id=session.id, sequence=sequence.name)
        cure = _("give a session of the kind '{kind}'").format(kind=sequence.follows) if sequence.follows else ""
        raise CoachError(Problem("--follows", what, cure))
    return session


def choose_predecessor(coach: Coach, sequence: Sequence, about: str) -> Session | None:
    """Let a person choose among the sessions that a sequence can go on from, about somebody where that is wished; or none."""
    offered = tuple(session for session, _is_again in _offered(coach, sequence, about))[:_OFFERED]
    if not offered:
        return None
    options = {**_names(offered, coach), NONE: _("None of these, a new situation")}
    key = coach.asker.choose(_("Which one do you go on from?"), options)
    return next((session for session in offered if session.id == key), None)


def latest_predecessor(coach: Coach, sequence: Sequence, about: str, *, is_wished: bool) -> Session | None:
    """Return the session that a sequence goes on from where nobody chooses, about somebody where that is wished; or None.

    One that was gone on from before may be about another situation by now: it is taken again only where one is wished.
    """
    offered = _offered(coach, sequence, about)
    return next((session for session, is_again in offered if about or is_wished or not is_again), None)


def introduction(carried: tuple[Session, ...], coach: Coach) -> str:
    """Return what the first screen says of the sessions that are followed, the nearest first: that one, and their question."""
    day = write_weekday(carried[0].started.date(), coach.clock().date())
    lines = [_('This goes on from "{title}", {day}').format(title=heading(carried[0]), day=day)]
    question = _question_of(carried, coach)
    lines += [_('Your question was: "{question}"').format(question=question)] if question else []
    return "\n".join(lines)


def _offered(coach: Coach, sequence: Sequence, about: str) -> Iterator[tuple[Session, bool]]:
    """Yield the latest sessions that a sequence can go on from, and whether that is again, for another time."""
    offered = islice(_followable(coach, sequence), _LOOKED_AT)
    return (pair for pair in offered if not about or pair[0].about.casefold() == about.casefold())


def _followable(coach: Coach, sequence: Sequence) -> Iterator[tuple[Session, bool]]:
    following, today = sequence.following, coach.clock().date()
    for session, follower in coach.library.finished(sequence.follows, sequence.kind):
        carried = (session, *coach.library.chain(session)) if follower or following.when != ALWAYS else ()
        is_open = follower is None or (_is_recent(follower, today) and is_met(following.again, carried, follower))
        if is_open and (following.when == ALWAYS or is_met(following.when, carried)):
            yield session, follower is not None and following.again == ALWAYS


def _is_recent(session: Session, today: date) -> bool:
    return today - session.started.date() <= _AGAIN


def _names(sessions: tuple[Session, ...], coach: Coach) -> dict[str, str]:
    """Return what each session is called in a choice: by its day, where that says too little by its time, and its question."""
    today, days = coach.clock().date(), Counter(session.started.date() for session in sessions)
    titles = Counter((session.started.date(), title_of(session)) for session in sessions)
    names: dict[str, str] = {}
    for session in sessions:
        day, title = session.started.date(), title_of(session)
        time = f", {session.started:%H:%M}" if days[day] > 1 else ""
        question = _question_of((session,), coach) if titles[day, title] > 1 else ""
        names[session.id] = f"{write_weekday(day, today)}{time}: {title}" + (f' "{question}"' if question else "")
    return names


def _question_of(carried: tuple[Session, ...], coach: Coach) -> str:
    """Return the question that sessions led to, as the nearest of them has it: what was asked goes before what was prepared.

    It is "" where there is none, or something about safety was heard in it.
    """
    hearts = [id_ for session in carried for id_ in coach.catalogue(session.language).top(session.sequence).hearts]
    found = (
        (session, exchange) for session in map(mark_safety, carried) for exchange in map(session.exchange, hearts) if exchange
    )
    session, exchange = next(found, (None, None))
    if session is None or exchange is None or exchange.is_about_safety:
        return ""
    return cut(first_sentence("\n".join(exchange.labels), session.language), _LONGEST)
