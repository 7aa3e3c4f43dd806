"""Asks in the terminal, with keys to go on, go back and stop."""

from __future__ import annotations

import asyncio
import select
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import questionary
from prompt_toolkit.application import get_app
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.key_binding import KeyBindings, KeyPress, KeyPressEvent, merge_key_bindings
from prompt_toolkit.keys import Keys
from prompt_toolkit.styles import Style
from prompt_toolkit.utils import get_cwidth

from coach.conversation import Ask
from coach.interview import INTERRUPTED, Back, Question, Said, Stopped
from coach.language import _
from coach.session import Exchange

if TYPE_CHECKING:
    from questionary import Question as Prompt

_MARK = "›"
_DRAFT_SECONDS = 1.0
_CONTENT = ""
_STYLE = Style(
    [
        ("qmark", "bold"),
        ("answer", ""),
        ("pointer", "bold"),
        ("highlighted", "bold"),
        ("selected", ""),
        ("instruction", "fg:ansibrightblack"),
        ("bottom-toolbar", "noreverse fg:ansibrightblack"),
    ]
)


class TerminalAsker:
    """Asks with questionary; `show` puts a question, a review or a text on the screen above the prompt."""

    def __init__(
        self,
        show_question: Callable[[Question], None],
        show_review: Callable[[tuple[Exchange, ...]], None],
        show_text: Callable[[str], None],
    ) -> None:
        self._show_question = show_question
        self._show_review = show_review
        self._show_text = show_text

    def ask(self, question: Question, keep_draft: Callable[[str], None]) -> Said | Back:
        """Ask one question; an empty problem means it is shown for the first time."""
        self._show_question(question)
        match question.ask.question.type:
            case "choice" | "yes-no":
                return _choose(question.ask)
            case "choices":
                return _choose_several(question.ask)
            case type_:
                return _write(question.ask, keep_draft, lines=type_ == "text")

    def review(self, exchanges: tuple[Exchange, ...]) -> str | None:
        """Show the answers and let one be chosen to be changed."""
        self._show_review(exchanges)
        options = {_CONTENT: _("This is good")} | {exchange.id: _short(exchange.question) for exchange in exchanges}
        return self.choose(_("Would you like to change anything?"), options) or None

    def choose(self, text: str, options: dict[str, str]) -> str:
        """Let one of `options` be chosen and return its key; the first is the usual one."""
        choices = [questionary.Choice(label, value=key) for key, label in options.items()]
        keys = " · ".join([_("arrows choose"), _("Enter next")])
        prompt = questionary.select(text, choices=choices, qmark=_MARK, pointer=_MARK, instruction=keys, style=_STYLE)
        reply = _run(prompt, lambda: "")
        return reply.text if isinstance(reply, Said) else next(iter(options))

    def tell(self, text: str) -> None:
        """Show a text."""
        self._show_text(text)


def _write(ask: Ask, keep_draft: Callable[[str], None], *, lines: bool) -> Said | Back:
    keys = [_("Enter next"), *([_("Alt+Enter new line")] if lines else []), *_common_keys(ask)]
    prompt = questionary.text(
        "",
        default=ask.default,
        qmark=_MARK,
        style=_STYLE,
        multiline=True,
        instruction="",
        key_bindings=_writing_keys(),
        prompt_continuation="   ",
        bottom_toolbar=lambda: FormattedText([("", _wrapped(keys))]),
        erase_when_done=False,
    )
    buffer = prompt.application.current_buffer
    buffer.cursor_position = len(buffer.text)
    return _run(prompt, lambda: buffer.text, keep_draft)


def _choose(ask: Ask) -> Said | Back:
    keys = {option.key for option in ask.question.options}
    prompt = questionary.select(
        "",
        choices=[questionary.Choice(option.label, value=option.key) for option in ask.question.options],
        default=ask.default if ask.default in keys else None,
        qmark=_MARK,
        pointer=_MARK,
        instruction=" · ".join([_("arrows choose"), _("Enter next"), *_common_keys(ask)]),
        style=_STYLE,
    )
    return _run(prompt, lambda: "")


def _choose_several(ask: Ask) -> Said | Back:
    chosen = ask.default.split("\n")
    prompt = questionary.checkbox(
        "",
        choices=[
            questionary.Choice(option.label, value=option.key, checked=option.key in chosen) for option in ask.question.options
        ],
        qmark=_MARK,
        pointer=_MARK,
        instruction=" · ".join([_("space marks"), _("Enter next"), *_common_keys(ask)]),
        style=_STYLE,
    )
    return _run(prompt, lambda: "")


def _wrapped(keys: list[str]) -> str:
    """Return the keys on as many lines as the screen needs."""
    lines, width = [keys[0]], get_app().output.get_size().columns
    for key in keys[1:]:
        longer = f"{lines[-1]} · {key}"
        lines = [*lines[:-1], longer] if get_cwidth(longer) < width else [*lines, key]
    return "\n".join(lines)


def _common_keys(ask: Ask) -> list[str]:
    back = [_("Ctrl-B back")] if ask.number > 1 else []
    return [*back, _("Ctrl-C stop and keep")]


def _run(prompt: Prompt, typed: Callable[[], str], keep_draft: Callable[[str], None] | None = None) -> Said | Back:
    """Run a prompt until it is answered.

    Raises:
        Stopped: on Ctrl-C, on Ctrl-D where nothing was typed, and when a signal ends the program.

    """
    application = prompt.application
    application.key_bindings = merge_key_bindings([application.key_bindings or KeyBindings(), _leaving_keys()])
    saver = _Saver(typed, keep_draft) if keep_draft else None
    try:
        if saver:
            application.pre_run_callables.append(lambda: saver.start(application.create_background_task))
        reply = prompt.unsafe_ask()
    except (KeyboardInterrupt, EOFError):
        raise Stopped(typed(), INTERRUPTED) from None
    except SystemExit as signalled:
        raise Stopped(typed(), int(signalled.code or 0)) from None
    if isinstance(reply, Back):
        return reply
    return Said("\n".join(reply) if isinstance(reply, list) else reply)


class _Saver:
    """Keeps what is being typed, about once a second."""

    def __init__(self, typed: Callable[[], str], keep_draft: Callable[[str], None]) -> None:
        self._typed = typed
        self._keep_draft = keep_draft

    def start(self, run: Callable[..., object]) -> None:
        run(self._watch())

    async def _watch(self) -> None:
        kept = self._typed()
        while True:
            await asyncio.sleep(_DRAFT_SECONDS)
            if (text := self._typed()) != kept:
                self._keep_draft(text)
                kept = text


def _leaving_keys() -> KeyBindings:
    """Return the keys that leave any prompt; Ctrl-C also where it came as a signal, before the prompt could read it."""
    bindings = KeyBindings()

    @bindings.add("<sigint>", eager=True)
    def _stop(event: KeyPressEvent) -> None:
        event.app.exit(exception=KeyboardInterrupt)

    @bindings.add("c-b", eager=True)
    def _go_back(event: KeyPressEvent) -> None:
        event.app.exit(result=Back())

    return bindings


def _writing_keys() -> KeyBindings:
    bindings = KeyBindings()

    @bindings.add("enter")
    def _go_on(event: KeyPressEvent) -> None:
        """Accept the answer; an Enter with more text right behind it belongs to a text that is pasted."""
        if _more_is_coming(event):
            event.current_buffer.insert_text("\n")
        else:
            event.current_buffer.validate_and_handle()

    @bindings.add("escape", "enter")
    def _new_line(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text("\n")

    @bindings.add("c-z")
    def _suspend(event: KeyPressEvent) -> None:
        event.app.suspend_to_background()

    return bindings


def _more_is_coming(event: KeyPressEvent) -> bool:
    if _typed(event):
        return True
    if sys.platform == "win32":
        return False
    return bool(select.select([event.app.input.fileno()], [], [], 0)[0])


def _typed(event: KeyPressEvent) -> list[KeyPress]:
    """Return the keys that wait, without what the terminal and the library send themselves."""
    waiting = event.key_processor.input_queue
    return [press for press in waiting if press.data != "_Flush" and press.key != Keys.CPRResponse]


def _short(question: str) -> str:
    limit = 60
    return question if len(question) <= limit else question[: limit - 1].rsplit(" ", 1)[0] + "…"
