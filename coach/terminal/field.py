"""A text that is typed."""

from __future__ import annotations

from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.layout import BufferControl, Window

from coach.terminal.frame import MARK, Frame
from coach.terminal.keys import MARGIN, Leaving
from coach.terminal.typed_lines import WordWrap
from coach.terminal.writing import writing_keys


class Field:
    """A place to type an answer, made once for all questions."""

    def __init__(self) -> None:
        self._buffer = Buffer()
        control = BufferControl(self._buffer, input_processors=[WordWrap(MARGIN)])
        window = Window(control, wrap_lines=True, get_line_prefix=_before_line, dont_extend_height=True)
        self.frame = Frame(window, writing_keys(), Leaving(lambda: self._buffer.text))

    def fill(self, text: str, *, is_refused: bool = False) -> None:
        """Put a text there, to be changed; one that was refused is selected, so that what is typed comes in its place."""
        self._buffer.reset(Document(text, 0 if is_refused else None))
        if is_refused:
            self._buffer.start_selection()
            self._buffer.cursor_position = len(text)


def _before_line(line: int, wrap: int) -> StyleAndTextTuples:
    return [("class:mark", MARK.ljust(MARGIN))] if line == wrap == 0 else [("", " " * MARGIN)]
