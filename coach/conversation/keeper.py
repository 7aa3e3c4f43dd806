"""Keeps a conversation on disk while it is held, and stays calm when the disk does not cooperate."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from coach.conversation.asker import Interruption
from coach.conversation.card import ids_on
from coach.conversation.coach import Coach
from coach.conversation.engine import Conversation
from coach.errors import CoachError
from coach.language import _
from coach.logs.library import Library
from coach.logs.session import Exchange, Session
from coach.logs.writer import Writer
from coach.program import typed

DRAFT_SECONDS = 1.0  # between two saves of what is being typed
_FAILED = 1


class Keeper:
    """Saves every new state; nothing is written before there is something to keep."""

    def __init__(self, coach: Coach, session: Session, conversation: Conversation, *, is_saved: bool = False) -> None:
        """`session` is what the log holds where it `is_saved`, and what it is to begin with where it is not."""
        self.session = session
        self.is_saved = is_saved
        self.is_whole = True
        self._coach = coach
        self._library = coach.library
        self._at_first = conversation.record
        self._as_logged = dict(zip(conversation.exchanges, session.exchanges, strict=False))  # choices as a person wrote them
        self._unreached = tuple(exchange for exchange in session.exchanges if exchange not in conversation.record)
        self._writer: Writer | None = self._library.reopen(session) if is_saved else None

    @property
    def id(self) -> str:
        """The id of the session, or "" before it is saved."""
        return self._writer.id if self._writer else self.session.id

    @property
    def path(self) -> Path:
        """Where the log is."""
        return self._writer.path if self._writer else self._library.folder.path(self.id)

    @property
    def way_on(self) -> str:
        """The command that goes on with this session."""
        is_rescued = self._library is not self._coach.library
        home = str(self._coach.rescue) if is_rescued else ""
        latest = next((session for session in self._library.sessions() if not session.finished), None)
        is_meant = latest is not None and latest.id == self.id
        return typed("resume", home=home) if is_meant else typed("resume", self.id, home=home)

    def keep(self, conversation: Conversation) -> None:
        """Save what was said; ask what to do when that fails."""
        self._update(conversation)
        if self._has_more(conversation):
            self._save_surely()

    def keep_draft(self, conversation: Conversation) -> None:
        """Save what is being typed; a failure shows when the answer is given."""
        self._update(conversation)
        if not self._has_more(conversation):
            return
        try:
            self._save()
        except CoachError:
            return

    def finish(self, conversation: Conversation) -> None:
        """Save the session as finished."""
        self._update(conversation)
        self.session = replace(self.session, finished=self._coach.clock())
        self._save_surely()

    def close(self) -> None:
        """Let go of the file."""
        if self._writer:
            self._writer.close()

    def _has_more(self, conversation: Conversation) -> bool:
        """Return whether there is something to keep: more than stood there before the first question."""
        return self.is_saved or conversation.record != self._at_first

    def _update(self, conversation: Conversation) -> None:
        record = tuple(self._as_logged.get(one, one) for one in self._with_unreached(conversation.record))
        new = (exchange for exchange in record if exchange not in self._as_logged.values())
        about = next((exchange.text for exchange in new if exchange.id == "about" and exchange.answered), self.session.about)
        answered = {exchange.id for exchange in record if exchange.answered}
        card = ids_on(conversation.sequence.card, answered)
        self.session = replace(self.session, about=" ".join(about.split()), card=card, exchanges=record)

    def _with_unreached(self, record: tuple[Exchange, ...]) -> tuple[Exchange, ...]:
        """Add what the log held when it was opened to questions that have changed since and are not asked now."""
        ids = {exchange.id for exchange in record}
        return (*record, *(exchange for exchange in self._unreached if exchange.id not in ids))

    def _save_surely(self) -> None:
        while True:
            try:
                self._save()
            except CoachError as error:
                self.is_whole = False
                self._ask_what_to_do(error)
            else:
                self.is_whole = True
                return

    def _save(self) -> None:
        with self._coach.undisturbed():
            if self._writer is None:
                self._writer = self._library.begin(self.session.started, self.session.sequence)
                self.session = replace(self.session, id=self._writer.id)
            notice = self._writer.save(self.session)
            self.is_saved = True
        if notice:
            self._coach.asker.tell(notice)

    def _ask_what_to_do(self, error: CoachError) -> None:
        """Let the person mend the disk and try again, choose another folder, or take their words from the screen."""
        if not self._coach.can_choose:
            raise error
        asker, rescue = self._coach.asker, self._coach.rescue
        asker.tell(_("This could not be saved: {error}").format(error=error))
        options = {
            "again": _("Try again"),
            "elsewhere": _("Save it in {folder} from now on").format(folder=rescue),
            "stop": _("Stop, and show all I wrote"),
        }
        match asker.choose(_("Your answers are still here. What would you like to do?"), options):
            case "elsewhere":
                self.close()
                self._library, self._writer = self._library.at(rescue / "sessions"), None
            case "stop":
                asker.tell(as_text(self.session))
                raise Interruption("", _FAILED)
            case _:
                return


def finish_as_it_is(library: Library, session: Session, finished: datetime) -> Path:
    """Save an unfinished session as finished, without asking more, and return where its log is."""
    writer = library.reopen(session)
    writer.save(replace(session, finished=finished))
    writer.close()
    return writer.path


def as_text(session: Session) -> str:
    """Return all that was said and half said, to copy from the screen."""
    texts = ((exchange.question, "\n".join((*exchange.lines, *exchange.draft))) for exchange in session.exchanges)
    return "\n\n".join(f"{question}\n{text}" for question, text in texts)
