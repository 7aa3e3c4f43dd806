"""Asks in the terminal, with keys to go on, go back and stop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from shutil import get_terminal_size

import questionary
from prompt_toolkit.application import Application, get_app
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.key_binding import KeyBindings, merge_key_bindings
from prompt_toolkit.styles import Style

from coach.conversation.asker import INTERRUPTED, Answer, Back, Interruption, Prompt, Reply, ToHeart, wants_again
from coach.conversation.keeper import DRAFT_SECONDS
from coach.conversation.turn import Ask, Remark
from coach.language import _
from coach.logs.session import Exchange
from coach.terminal.console import show
from coach.terminal.keys import keep, key_to_heart, leaving_keys, patient_enter, writing_keys
from coach.terminal.lines import cells, hung, wrapped
from coach.terminal.question import question_screen, remark_screen, review_screen
from coach.terminal.theme import PROMPT, words
from coach.terminal.typed_lines import WordWrap
from coach.text import visible

_MARK = "›"
_MARGIN = 3  # columns: the mark with a space at both its sides
_BOX = 2  # columns: what shows whether an option is marked
_CONTENT = ""
_STYLE = Style(PROMPT)


class TerminalAsker:
    """Asks with questionary, below what there is to read."""

    def __init__(self, listening: Callable[[], AbstractContextManager[None]] = nullcontext) -> None:
        """`listening` lets the signals that came in be heard: nothing is lost then."""
        self._listening = listening

    def ask(self, prompt: Prompt, keep_draft: Callable[[str], None]) -> Answer:
        """Show a question and return what is typed or chosen."""
        show(question_screen(prompt))
        to_heart = prompt.ask.leads_to_heart
        match prompt.ask.question.type:
            case "choice" | "yes-no":
                return self._run(_choice(prompt.ask), to_heart=to_heart)
            case "choices":
                return self._run(_choices(prompt.ask), to_heart=to_heart)
            case type_:
                field = _field(prompt.ask, lines=type_ == "text")
                return self._run(field, field.application.current_buffer, keep_draft, to_heart=to_heart)

    def remark(self, remark: Remark) -> bool:
        """Show what was heard and let the person choose; the line about safety asks nothing."""
        show(remark_screen(remark))
        return remark.heard is not None and wants_again(self)

    def review(self, exchanges: tuple[Exchange, ...]) -> str | None:
        """Show the answers and let one be chosen to be changed."""
        show(review_screen(exchanges))
        options = {_CONTENT: _("This is good")} | {exchange.id: _short(exchange.question) for exchange in exchanges}
        return self.choose(_("Would you like to change anything?"), options) or None

    def choose(self, text: str, options: dict[str, str]) -> str:
        """Let one of `options` be chosen and return its key; the first is the usual one."""
        choices = [questionary.Choice(_beside(label), value=key) for key, label in options.items()]
        keys = _beside(" · ".join([_("arrows choose"), _("Enter next")]))
        above = f"\n{wrapped(visible(text), get_terminal_size().columns)}\n{_MARK}"
        reply = self._run(questionary.select("", choices=choices, qmark=above, pointer=_MARK, instruction=keys, style=_STYLE))
        return reply.text if isinstance(reply, Reply) else next(iter(options))

    def tell(self, text: str) -> None:
        """Show a text."""
        show(words("\n" + text))

    def _run(
        self,
        field: questionary.Question,
        buffer: Buffer | None = None,
        keep_draft: Callable[[str], None] | None = None,
        *,
        to_heart: bool = False,
    ) -> Answer:
        """Let a field be filled in; with `to_heart`, a key leaves it for the question that everything leads to.

        Raises:
            Interruption: on Ctrl-C, on Ctrl-D where nothing was typed, when a signal ends the program or the window is gone.

        """
        application = field.application
        more = [leaving_keys(buffer, keep_draft)]
        more += [] if buffer else [patient_enter()]
        more += [key_to_heart(buffer)] if to_heart else []
        application.key_bindings = merge_key_bindings([application.key_bindings or KeyBindings(), *more])
        if buffer and keep_draft:
            saver = _Saver(application, buffer, keep_draft)
            application.pre_run_callables.append(saver.start)
        try:
            with self._listening():
                reply = field.unsafe_ask()
        except (KeyboardInterrupt, EOFError, OSError):
            raise Interruption(buffer.text if buffer else "", INTERRUPTED) from None
        except SystemExit as ending:
            raise Interruption(buffer.text if buffer else "", int(ending.code or 0)) from None
        if isinstance(reply, Back | ToHeart):
            return reply
        return Reply("\n".join(reply) if isinstance(reply, list) else reply)


def _field(ask: Ask, *, lines: bool) -> questionary.Question:
    keys = [_("Enter next"), *([_("Alt+Enter new line")] if lines else []), *_common_keys(ask)]
    field = questionary.text(
        "",
        default=ask.default,
        qmark=_MARK,
        style=_STYLE,
        multiline=True,
        instruction="",
        key_bindings=writing_keys(),
        prompt_continuation=" " * _MARGIN,
        input_processors=[WordWrap(_MARGIN)],
        bottom_toolbar=lambda: FormattedText([("", _wrapped(keys))]),
        erase_when_done=False,
    )
    buffer = field.application.current_buffer
    buffer.cursor_position = len(buffer.text)
    return field


def _choice(ask: Ask) -> questionary.Question:
    keys = {option.key for option in ask.question.options}
    return questionary.select(
        "",
        choices=[questionary.Choice(title, value=key) for key, title in _titles(ask).items()],
        default=ask.default if ask.default in keys else None,
        qmark=_MARK,
        pointer=_MARK,
        instruction=_beside(" · ".join([_("arrows choose"), _("Enter next"), *_common_keys(ask)])),
        style=_STYLE,
    )


def _titles(ask: Ask) -> dict[str, str]:
    """Return what is shown of each option: its label, and behind it what it costs."""
    labels = {option.key: option.label for option in ask.question.options}
    costs = dict(zip(labels, ask.costs, strict=False))
    return {key: _beside(f"{label}  {costs[key]}" if key in costs else label) for key, label in labels.items()}


def _choices(ask: Ask) -> questionary.Question:
    chosen = ask.default.split("\n")
    return questionary.checkbox(
        "",
        choices=[
            questionary.Choice(_beside(option.label, _MARGIN + _BOX), value=option.key, checked=option.key in chosen)
            for option in ask.question.options
        ],
        qmark=_MARK,
        pointer=_MARK,
        instruction=_beside(" · ".join([_("space marks"), _("Enter next"), *_common_keys(ask)])),
        style=_STYLE,
    )


def _wrapped(keys: list[str]) -> str:
    """Return the keys on as many lines as the screen needs."""
    lines, width = [keys[0]], get_app().output.get_size().columns
    for key in keys[1:]:
        longer = f"{lines[-1]} · {key}"
        lines = [*lines[:-1], longer] if cells(longer) < width else [*lines, key]
    return wrapped("\n".join(lines), width)


def _beside(text: str, margin: int = _MARGIN) -> str:
    """Return what stands beside the mark of a menu, in lines that end between words."""
    return hung(visible(text), get_terminal_size().columns, margin)


def _common_keys(ask: Ask) -> list[str]:
    back = [] if ask.is_first else [_("Ctrl-B back")]
    to_heart = [_("Ctrl-T to my question")] if ask.leads_to_heart else []
    return [*back, *to_heart, _("Ctrl-C stop and keep")]


class _Saver:
    """Keeps what is being typed, about once a second."""

    def __init__(self, application: Application[object], buffer: Buffer, keep_draft: Callable[[str], None]) -> None:
        self._application = application
        self._buffer = buffer
        self._keep_draft = keep_draft

    def start(self) -> None:
        self._application.create_background_task(self._watch())

    async def _watch(self) -> None:
        kept = self._buffer.text
        while True:
            await asyncio.sleep(DRAFT_SECONDS)
            if (text := self._buffer.text) != kept:
                keep(self._application, self._keep_draft, text)
                kept = text


def _short(question: str) -> str:
    limit = 60
    return question if len(question) <= limit else question[: limit - 1].rsplit(" ", 1)[0] + "…"
