"""`coach` alone: where you are, and what to type next."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from coach.cli.context import Setting, now
from coach.insights.collect import collect
from coach.insights.fears import FearCollector
from coach.insights.first_steps import FirstStep, FirstStepCollector
from coach.insights.links import linked_by_id
from coach.language import _
from coach.language.dates import write_weekday
from coach.logs.session import Session, title_of
from coach.terminal.console import show
from coach.text import fold

if TYPE_CHECKING:
    from coach.sequences.sequence import Following

_LOOKED_AT = 60
_MOST_LINES = 8
_SOON = range(2, 5)  # days after a conversation that went badly
_LATER = timedelta(days=14)

Loop = tuple[str, ...]
"""What is still open, and the commands that take it up: a line each."""

FollowUp = Callable[[str], "Following"]
"""Returns after which reflections in a language one looks back once more."""


def show_overview(setting: Setting) -> None:
    """Show what is still open in the latest sessions, at most ten lines."""
    from coach.terminal.theme import loop_lines

    @cache
    def follow_up(language: str) -> Following:
        return setting.catalogue_in(language).top("follow-up").following

    sessions = linked_by_id(islice(setting.library.sessions(), _LOOKED_AT))
    loops = list(open_loops(sessions, now().date(), follow_up))
    shown = next(count for count in range(len(loops), -1, -1) if sum(map(len, loops[:count])) <= _MOST_LINES)
    if shown < len(loops):
        loops = [*loops[:shown], (_("And {count} more: coach list").format(count=len(loops) - shown),)]
    if not sessions:
        loops = [
            (_("Before a hard conversation:"), "coach prepare"),
            (_("Afterwards:"), "coach reflect"),
            (_("See it played first:"), "coach demo"),
        ]
    elif not loops:
        loops = [(_("Nothing is waiting for you."),), (_("Before the next conversation:"), "coach prepare")]
    show(loop_lines(loops))
    print(_("All commands: coach --help"))


def open_loops(sessions: Sequence[Session], today: date, follow_up: FollowUp) -> Iterator[Loop]:
    """Yield what waits in sessions, newest first: what is half-way, what to look back on, what is due."""
    fears, first_steps = FearCollector(), FirstStepCollector()
    collect(sessions, (fears, first_steps))
    steps = {step.id: step for step in first_steps.result()}
    unknown = {fear.looked_back for fear in fears.result().fears if fear.outcome == "unknown"}
    followed = {(session.kind, session.follows) for session in sessions}
    cards = [session.id for session in sessions if session.kind == "prepare" and session.card]
    card = next((id_ for id_ in cards if ("reflect", id_) not in followed), "")
    for session in sessions:
        day, about = write_weekday(session.started.date()), title_of(session)
        step = steps.get(session.id)
        if not session.finished:
            yield _("{day}, half-way: {about}").format(day=day, about=about), f"coach resume {session.id}"
        elif session.kind == "prepare" and ("reflect", session.id) not in followed:
            commands = ["coach card" if card == cards[0] else f"coach card {card}"] if session.id == card else []
            yield _("{day}, prepared: {about}").format(day=day, about=about), *commands, f"coach reflect --follows {session.id}"
        elif session.kind == "reflect" and ("follow-up", session.id) not in followed:
            yield from _Reflection(session, sessions, step, session.id in unknown).loops(today, follow_up)
        elif session.kind == "follow-up" and session.id not in {follows for _kind, follows in followed}:
            yield from ((due, f"coach show {session.id}") for due in _step_due(session, step, today))


@dataclass(frozen=True, slots=True)
class _Reflection:
    """A reflection among the other sessions, with its first step, and whether it did not know yet what came of a fear."""

    session: Session
    sessions: Sequence[Session]
    step: FirstStep | None
    is_fear_open: bool

    def loops(self, today: date, follow_up: FollowUp) -> Iterator[Loop]:
        """Yield what waits after it, at most one thing: how it is now, the step, the fear, or how it went on.

        After a conversation that was not held it is that conversation, until it is prepared again.
        """
        days = (today - self.session.started.date()).days
        due = next(_step_due(self.session, self.step, today), "")
        if days not in _SOON and days < _LATER.days and not due:
            return  # and no sequence is read: that would take a quarter of the time of this page
        from coach.conversation.answers import is_met  # for the same reason

        following, carried = follow_up(self.session.language), (self.session, *self._followed)
        is_held = is_met(following.when, carried)
        text = self._text(days, due, is_held=is_held, is_soon=days in _SOON and is_met(following.soon, carried))
        if text and (is_held or not self._is_prepared_again):
            yield text, f"coach follow-up --follows {self.session.id}" if is_held else "coach prepare"

    def _text(self, days: int, due: str, *, is_held: bool, is_soon: bool) -> str:
        day, about = write_weekday(self.session.started.date()), title_of(self.session)
        if is_held and is_soon:
            return _("How is it now, after {day}? {about}").format(day=day, about=about)
        if due or days < _LATER.days:
            return due
        if not is_held:
            return _("{day}, the conversation is still to come: {about}").format(day=day, about=about)
        if self.is_fear_open:
            return _("{day}, what you feared with {about}: do you know more now?").format(day=day, about=about)
        return _("{day}, look at what came of it: {about}").format(day=day, about=about)

    @property
    def _followed(self) -> Iterator[Session]:
        """The sessions that it follows, the nearest first, as far as they are among the latest."""
        follows = self.session.follows
        for session in self.sessions:
            if session.id == follows:
                yield session
                follows = session.follows

    @property
    def _is_prepared_again(self) -> bool:
        later = (session for session in self.sessions if session.started > self.session.started and session.kind == "prepare")
        return any(fold(session.about) == fold(self.session.about) for session in later)


def _step_due(session: Session, step: FirstStep | None, today: date) -> Iterator[str]:
    """Yield what is said of a first step from the day on that was written for it, else after two weeks."""
    due = (step.due or session.started.date() + _LATER) if step else None
    if step and due and due <= today:
        text, about = step.text.split("\n")[0], title_of(session)
        yield _("{day}, the first step with {about}: {step}").format(day=write_weekday(due), about=about, step=text)
