"""Asks in the terminal, with keys to go on, go back and stop."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import cached_property

import questionary
from rich.console import RenderableType

from coach.conversation.asker import (
    INTERRUPTED,
    LEAVE,
    SAY_AGAIN,
    Answer,
    Back,
    Interruption,
    Prompt,
    Reply,
    ToHeart,
    ask_about_safety,
    ways_after_remark,
)
from coach.conversation.turn import Ask, Remark
from coach.language import _
from coach.logs.session import Exchange
from coach.terminal.console import show
from coach.terminal.field import Field
from coach.terminal.frame import Frame
from coach.terminal.menu import Menu, Options, Typed
from coach.terminal.question import question_screen, remark_screen, review_screen
from coach.terminal.theme import STRONG, words

_GOOD, _CHANGE = "good", "change"
_MENU_TYPES = ("choice", "choices", "yes-no")


class TerminalAsker:
    """Asks with questionary, below what there is to read."""

    def __init__(
        self,
        listening: Callable[[], AbstractContextManager[None]] = nullcontext,
        meanwhile: Callable[[], object] = str,
        *,
        keeps_ctrl_b: bool = False,
    ) -> None:
        """`listening` lets the signals that came in be heard: nothing is lost then. `meanwhile` is done while a person reads.

        `keeps_ctrl_b` is whether the terminal keeps that key for itself, so that another one is named.
        """
        self._listening = listening
        self._meanwhile = meanwhile
        self._back = _("Shift-Tab back") if keeps_ctrl_b else _("Ctrl-B back")

    @cached_property
    def _field(self) -> Field:
        return Field()

    @cached_property
    def _menu(self) -> Menu:
        return Menu()

    def ask(self, prompt: Prompt, keep_draft: Callable[[str], None]) -> Answer:
        """Show a question and return what is typed or chosen."""
        show(question_screen(prompt))
        ask, type_ = prompt.ask, prompt.ask.question.type
        if type_ in _MENU_TYPES:
            frame = self._menu.frame
            hint = [_("space marks") if type_ == "choices" else _("arrows choose"), _("Enter next")]
            self._menu.fill(_options(ask), ask.default)
        else:
            frame = self._field.frame
            hint = [_("Enter next"), *([_("Alt+Enter new line")] if type_ == "text" else [])]
            self._field.fill(ask.default, is_refused=bool(prompt.problem and ask.default))

        def show_above() -> None:
            show(question_screen(prompt._replace(problem="")))

        frame.leaving.fill(keep_draft, show_above, can_go_back=True, leads_to_heart=ask.leads_to_heart)
        reply = self._run(frame, [*hint, *self._common_keys(ask)])
        return reply if isinstance(reply, Back | ToHeart) else Reply(reply.text)

    def tell_safety(self, remark: Remark) -> bool:
        """Show what there is to say about safety, and let the person say that it is about something else."""
        return ask_about_safety(self, remark)

    def remark(self, remark: Remark) -> str | None:
        """Show what was heard and let the person choose; who goes on typing says it again."""
        show(remark_screen(remark))
        if remark.heard is None:
            return None
        options = Options(ways_after_remark(), yes=SAY_AGAIN, no=LEAVE, takes_text=True)
        match self._choose(_("What would you like?"), options, remark_screen(remark)):
            case Typed(text):
                return text
            case Reply(key) if key == LEAVE:
                return None
            case _:
                return ""

    def review(self, exchanges: tuple[Exchange, ...]) -> str | None:
        """Show the answers and let one be chosen to be changed; going back is changing the last one."""
        ways = Options({_GOOD: _("This is good"), _CHANGE: _("Change something")}, yes=_CHANGE, no=_GOOD)
        answers = Options({exchange.id: exchange.question for exchange in exchanges})
        screen = review_screen(exchanges)
        while True:
            show(screen)
            match self._choose(_("Would you like to change anything?"), ways, screen):
                case Reply(key) if key == _GOOD:
                    return None
                case Reply():  # only now: a list of all questions leaves no room for the answers
                    answer = self._choose(_("Which answer would you like to change?"), answers, screen)
                    if isinstance(answer, Reply):
                        return answer.text
                case _:
                    return exchanges[-1].id

    def choose(self, text: str, options: dict[str, str]) -> str:
        """Let one of `options` be chosen and return its key; the first is the usual one."""
        return self._choose(text, Options(options)).text

    def tell(self, text: str) -> None:
        """Show a text."""
        show(words("\n" + text))

    def _choose(self, text: str, options: Options, above: RenderableType | None = None) -> Answer | Typed:
        """Let an option be chosen; where something stands above, one can go back to it."""
        question = words("\n" + text, STRONG)
        show(question)
        self._menu.fill(options, "")
        can_go_back = above is not None
        self._menu.frame.leaving.fill(None, lambda: show(above or "", question), can_go_back=can_go_back, leads_to_heart=False)
        back = [self._back] if can_go_back else []
        return self._run(self._menu.frame, [_("arrows choose"), _("Enter next"), *back])

    def _common_keys(self, ask: Ask) -> list[str]:
        back = [] if ask.is_first else [self._back]
        to_heart = [_("Ctrl-T to my question")] if ask.leads_to_heart else []
        return [*back, *to_heart, _("Ctrl-C stop and keep")]

    def _run(self, frame: Frame, hint: list[str]) -> Answer | Typed:
        """Let a prompt be answered.

        Raises:
            Interruption: on Ctrl-C, on Ctrl-D where nothing was typed, when a signal ends the program or the window is gone.

        """
        frame.prepare(hint, self._meanwhile)
        try:
            with self._listening():
                reply: Answer | Typed = questionary.Question(frame.application).unsafe_ask()
        except (KeyboardInterrupt, EOFError, OSError):
            raise Interruption(frame.leaving.draft(), INTERRUPTED) from None
        except SystemExit as ending:
            raise Interruption(frame.leaving.draft(), int(ending.code or 0)) from None
        return reply


def _options(ask: Ask) -> Options:
    labels = {option.key: option.label for option in ask.question.options}
    return Options(labels, costs=dict(zip(labels, ask.costs, strict=False)), several=ask.question.type == "choices")
