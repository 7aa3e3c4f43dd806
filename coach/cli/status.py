"""`coach` alone: where you are, and what to type next."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from coach.cli.context import Setting, now
from coach.cli.message import say
from coach.insights.collect import collect
from coach.insights.fears import FearCollector
from coach.insights.first_steps import LATER, FirstStep, FirstStepCollector
from coach.insights.links import linked_by_id
from coach.insights.states import WAITS
from coach.language import LANGUAGES, _
from coach.language.dates import write_weekday
from coach.language.words import words_of
from coach.logs.session import Session, title_of
from coach.program import typed
from coach.terminal.console import show
from coach.text import fold

if TYPE_CHECKING:
    from coach.sequences.sequence import Following

_LOOKED_AT = 60
_MOST_LINES = 8
_SOON = range(2, 5)  # days after a conversation that went badly

Loop = tuple[str, ...]
"""What is still open, and the commands that take it up: a line each."""

FollowingOf = Callable[[str, str], "Following"]
"""Returns which sessions a sequence is offered after, by its name and language."""


def show_overview(setting: Setting) -> None:
    """Show what is still open in the latest sessions, at most ten lines."""
    from coach.terminal.theme import loop_lines

    @cache
    def following_of(name: str, language: str) -> Following:
        return setting.catalogue_in(language).top(name).following

    sessions = linked_by_id(islice(setting.library.sessions(), _LOOKED_AT))
    loops = list(open_loops(sessions, now().date(), following_of))
    shown = next(count for count in range(len(loops), -1, -1) if sum(map(len, loops[:count])) <= _MOST_LINES)
    if shown < len(loops):
        loops = [*loops[:shown], (_("And {count} more: {command}").format(count=len(loops) - shown, command=typed("list")),)]
    if not sessions:
        loops = list(_ways_in(setting.language))
    elif not loops:
        loops = [(_("Nothing is waiting for you."),), (_("Before the next conversation:"), typed("prepare"))]
    show(loop_lines(loops))
    say(_("All commands: {command}").format(command=typed("--help")))


def _ways_in(language: str) -> Iterator[Loop]:
    """Yield how to begin, in lines that fit the narrowest window, and how to read them in another language."""
    yield _("See it played, in three minutes:"), typed("demo")
    yield _("Before a conversation, in two minutes:"), typed("prepare")
    yield _("After a conversation:"), typed("reflect")
    for other in LANGUAGES:
        if other != language and (name := words_of(other).name):
            yield f"{name}:", typed(language=other)


def open_loops(sessions: Sequence[Session], today: date, following_of: FollowingOf) -> Iterator[Loop]:
    """Yield what waits in sessions, newest first: what is half-way, what to look back on, what is due."""
    fears, first_steps = FearCollector(), FirstStepCollector()
    collect(sessions, (fears, first_steps))
    steps = {step.id: step for step in first_steps.result() if step.outcome == "open"}
    unknown = {fear.looked_back for fear in fears.result().fears if fear.outcome == "unknown"}
    latest = _Latest(sessions, today, following_of)
    cards = [session.id for session in sessions if session.kind == "prepare" and session.card]
    card = next((session.id for session in sessions if session.id in cards and latest.is_to_be_held(session)), "")
    for session in sessions:
        day, about = latest.day_of(session), title_of(session)
        step = steps.get(session.id)
        if session.finished and today - max(session.started.date(), step.falls_due if step else date.min) > WAITS:
            continue
        if not session.finished:
            yield _("{day}, half-way: {about}").format(day=day, about=about), typed("resume", session.id)
        elif session.kind == "prepare" and latest.is_to_be_held(session):
            commands = [typed("card") if card == cards[0] else typed("card", card)] if session.id == card else []
            yield _("{day}, prepared: {about}").format(day=day, about=about), *commands, typed("reflect", "--follows", session.id)
        elif session.kind == "reflect":
            yield from _Reflection(session, latest, step, session.id in unknown).loops()
        elif not latest.is_followed(session):
            yield from ((due, typed("done", session.id)) for due in _step_due(session, step, today))


@dataclass(frozen=True, slots=True)
class _Latest:
    """The latest sessions, newest first, and how they go on from each other."""

    sessions: Sequence[Session]
    today: date
    following_of: FollowingOf

    def day_of(self, session: Session) -> str:
        return write_weekday(session.started.date(), self.today)

    def is_followed(self, session: Session, kind: str = "") -> bool:
        return any(one.follows == session.id and one.kind == (kind or one.kind) for one in self.sessions)

    def is_to_be_held(self, preparation: Session) -> bool:
        """Return whether nobody looked back on it, or only said that the conversation is still to come."""
        from coach.conversation.answers import is_met  # no earlier: most pages need no conditions

        reflection = self.reflection(preparation)
        if reflection is None:
            return True
        again = self.following_of("reflect", reflection.language).again
        return is_met(again, tuple(self.chain(reflection)), reflection) and not self.is_prepared_again(reflection)

    def reflection(self, preparation: Session) -> Session | None:
        return next((one for one in self.sessions if one.kind == "reflect" and one.follows == preparation.id), None)

    def is_prepared_again(self, session: Session) -> bool:
        later = (one for one in self.sessions if one.started > session.started and one.kind == "prepare")
        return any(fold(one.about) == fold(session.about) for one in later)

    def chain(self, session: Session) -> Iterator[Session]:
        """Yield the sessions that it follows, the nearest first."""
        follows = session.follows
        for one in self.sessions:
            if one.id == follows:
                yield one
                follows = one.follows


@dataclass(frozen=True, slots=True)
class _Reflection:
    """A reflection among the other sessions, with its first step, and whether it did not know yet what came of a fear."""

    session: Session
    latest: _Latest
    step: FirstStep | None
    is_fear_open: bool

    def loops(self) -> Iterator[Loop]:
        """Yield what waits after it, at most one thing: how it is now, the step, the fear, or how it went on.

        After a conversation that was not held it is that conversation, until it is prepared again.
        """
        days = (self.latest.today - self.session.started.date()).days
        due = next(_step_due(self.session, self.step, self.latest.today), "")
        is_early = days < LATER.days and (self.latest.is_followed(self.session, "follow-up") or (days not in _SOON and not due))
        if is_early or self._is_looked_back_on:
            return
        from coach.conversation.answers import is_met  # no earlier: most pages need no conditions

        following, carried = self.latest.following_of("follow-up", self.session.language), (self.session, *self._chain)
        if not is_met(following.when, carried):
            yield from self._not_held(due, days)
            return
        text = self._held(days, due, is_soon=days in _SOON and is_met(following.soon, carried))
        done = [typed("done", self.session.id)] if due and text == due else []
        if text:
            later = [] if done and days < LATER.days else [typed("follow-up", "--follows", self.session.id)]
            yield text, *done, *later

    def _not_held(self, due: str, days: int) -> Iterator[Loop]:
        """Yield what is said of a conversation that is still to come, unless its preparation says that already."""
        day, about = self.latest.day_of(self.session), title_of(self.session)
        preparation = next((one for one in self._chain if one.kind == "prepare"), None)
        if preparation and self.latest.reflection(preparation) is not self.session:
            return
        if preparation and self.latest.is_to_be_held(preparation):
            yield from [(due, typed("done", self.session.id))] if due else ()
        elif not self.latest.is_prepared_again(self.session) and (due or days >= LATER.days):
            still = _("{day}, the conversation is still to come: {about}").format(day=day, about=about)
            yield (due, typed("done", self.session.id), typed("prepare")) if due else (still, typed("prepare"))

    def _held(self, days: int, due: str, *, is_soon: bool) -> str:
        day, about = self.latest.day_of(self.session), title_of(self.session)
        if is_soon:
            return _("How is it now, after {day}? {about}").format(day=day, about=about)
        if due or days < LATER.days:
            return due
        if self.is_fear_open:
            return _("{day}, what you feared with {about}: do you know more now?").format(day=day, about=about)
        return _("{day}, look at what came of it: {about}").format(day=day, about=about)

    @property
    def _chain(self) -> Iterator[Session]:
        return self.latest.chain(self.session)

    @property
    def _is_looked_back_on(self) -> bool:
        """Whether it was asked how it went on, later than in the first days."""
        later = (one for one in self.latest.sessions if one.kind == "follow-up" and one.follows == self.session.id)
        return any((one.started - self.session.started).days not in range(_SOON.stop) for one in later)


def _step_due(session: Session, step: FirstStep | None, today: date) -> Iterator[str]:
    """Yield what is said of a first step: from the start, with its day where one was written or it is time for it."""
    if step:
        about, text = title_of(session), step.text.split("\n")[0]
        if step.due or step.falls_due <= today:
            day = write_weekday(step.falls_due, today)
            yield _("{day}, the first step with {about}: {step}").format(day=day, about=about, step=text)
        else:
            yield _("Still open, the first step with {about}: {step}").format(about=about, step=text)
