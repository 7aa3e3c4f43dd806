"""What every prompt is made of: where its keys come from, what stands below it, and how it looks."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from prompt_toolkit.application import Application, get_app
from prompt_toolkit.application.current import get_app_session
from prompt_toolkit.filters import is_done
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, merge_key_bindings
from prompt_toolkit.layout import ConditionalContainer, FormattedTextControl, HSplit, Layout, VerticalAlign, Window
from prompt_toolkit.output.vt100 import Vt100_Output
from prompt_toolkit.styles import Style

from coach.conversation.keeper import DRAFT_SECONDS
from coach.terminal.keyboard import read_with
from coach.terminal.keys import Leaving, is_waiting, leaving_keys
from coach.terminal.lines import cells, wrapped

MARK = "›"
_ESCAPE_SECONDS = 0.1  # what comes later than this after Escape is no part of one key
_STYLE = Style([("mark", "bold")])  # and no colour: none can be read on every background


class Frame:
    """A prompt and the keys below it; it is made once, and filled anew for each question."""

    def __init__(self, content: Window, keys: KeyBindings, leaving: Leaving) -> None:
        """`leaving` is what the keys that leave it find there."""
        self.leaving = leaving
        self.hint: Sequence[str] = ()
        session = get_app_session()
        if isinstance(session.output, Vt100_Output):
            session.output.enable_cpr = False  # where the cursor is need not be known: not all terminals tell
        below = Window(FormattedTextControl(self._below), wrap_lines=True, dont_extend_height=True)
        self.application: Application[object] = Application(
            Layout(HSplit([content, ConditionalContainer(below, ~is_done)], align=VerticalAlign.TOP)),
            key_bindings=merge_key_bindings([leaving_keys(leaving), keys]),
            style=_STYLE,
            include_default_pygments_style=False,
            input=session.input,
            output=session.output,
        )
        self.application.ttimeoutlen = _ESCAPE_SECONDS
        self._keyboard = read_with(session.input)
        leaving.settle = self._settle

    def prepare(self, hint: Sequence[str], meanwhile: Callable[[], object]) -> None:
        """Name the keys, and let the draft be kept once the prompt runs; `meanwhile` is done when it is shown."""
        self.hint = hint
        self._meanwhile = meanwhile
        self.application.pre_run_callables[:] = [self._begin]

    def _settle(self) -> None:
        """Begin where what was typed by now may have been shown by the terminal, which does so until it gives single keys."""
        self.application.output.write_raw("\r")
        if self._keyboard and is_waiting(self.application):
            self._keyboard.expect_early()

    def _begin(self) -> None:
        self._settle()
        self.application.create_background_task(self._use_the_time())
        if self.leaving.keep_draft:
            self.application.create_background_task(self._keep())

    async def _use_the_time(self) -> None:
        self._meanwhile()

    async def _keep(self) -> None:
        """Keep what is half typed, about once a second."""
        kept = self.leaving.draft()
        while True:
            await asyncio.sleep(DRAFT_SECONDS)
            if self.leaving.draft() != kept:
                kept = self.leaving.draft()
                self.leaving.keep(self.application)

    def _below(self) -> StyleAndTextTuples:
        """Return the keys on as many lines as the screen needs."""
        width, lines = get_app().output.get_size().columns, [""]
        for key in self.hint:
            longer = f"{lines[-1]} · {key}" if lines[-1] else key
            lines = [*lines[:-1], longer] if cells(longer) < width or not lines[-1] else [*lines, key]
        return [("", wrapped("\n".join(lines), width))]
