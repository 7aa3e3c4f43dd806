"""The keys to write an answer with: to move, to select, to take away, to undo, to paste, to accept."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from prompt_toolkit.application import get_app
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document
from prompt_toolkit.key_binding import KeyBindings, KeyPress, KeyPressEvent
from prompt_toolkit.keys import Keys

from coach.conversation.asker import Reply
from coach.terminal import editing
from coach.terminal.editing import Move
from coach.terminal.keys import MARGIN, ON_UNIX, more_is_coming
from coach.text import clean

_MOVES: dict[str, Move] = {
    "left": editing.left,
    "right": editing.right,
    "up": editing.up,
    "down": editing.down,
    "home": editing.line_start,
    "end": editing.line_end,
    "c-left": editing.word_left,
    "c-right": editing.word_right,
    "c-home": editing.start,
    "c-end": editing.end,
}
_MORE_MOVES: dict[str, Move] = {"c-a": editing.line_start, "c-e": editing.line_end}
_DELETIONS: dict[str, Move] = {
    "c-h": editing.left,
    "delete": editing.right,
    "s-delete": editing.right,
    "c-w": editing.word_left,
    "c-delete": editing.word_right,
    "c-s-delete": editing.word_right,
    "c-u": editing.line_start,
    "c-k": editing.line_rest,
}
_UNDO = {"c-_"} if ON_UNIX else {"c-_", "c-z"}


def writing_keys() -> KeyBindings:
    """Return the keys to write an answer with."""
    bindings = KeyBindings()
    for name, move in (_MOVES | _MORE_MOVES).items():
        bindings.add(name, eager=True, save_before=_never)(_moving(move))
    for name, move in _MOVES.items():
        with_shift = name.replace("c-", "c-s-") if "c-" in name else f"s-{name}"
        bindings.add(with_shift, eager=True, save_before=_never)(_selecting(move))
    for name, move in _DELETIONS.items():
        bindings.add(name, eager=True)(_deleting(move))
    for name in _UNDO:
        bindings.add(name, eager=True, save_before=_never)(lambda event: event.current_buffer.undo())
    bindings.add("c-y", eager=True, save_before=_never)(lambda event: event.current_buffer.redo())
    bindings.add("c-d", eager=True)(_delete_or_stop)
    bindings.add("enter", eager=True)(_go_on)
    bindings.add("c-j", eager=True)(lambda event: _insert(event.current_buffer, "\n"))
    bindings.add(Keys.Any, eager=True, save_before=_begins_a_word)(_type)
    bindings.add(Keys.BracketedPaste, eager=True)(_paste)
    return bindings


def _delete_or_stop(event: KeyPressEvent) -> None:
    if event.current_buffer.text:
        _delete(event.current_buffer, editing.right)
    else:
        event.app.exit(exception=EOFError)


def _go_on(event: KeyPressEvent) -> None:
    """Accept the answer; an Enter with more text right behind it belongs to a text that is pasted."""
    if more_is_coming(event.app):
        _insert(event.current_buffer, "\n")
    else:
        event.app.exit(result=Reply(event.current_buffer.text))


def _type(event: KeyPressEvent) -> None:
    """Insert what was typed, a long text that was pasted in one go; a key without a text does nothing."""
    if not isinstance(event.key_sequence[0].key, Keys):
        _insert(event.current_buffer, event.data + _text_behind(event.key_processor.input_queue))


def _paste(event: KeyPressEvent) -> None:
    _insert(event.current_buffer, clean(event.data))


def _text_behind(queue: deque[KeyPress]) -> str:
    """Take the characters at the head of the keys that wait; of an Enter only when more text is behind it."""
    parts: list[str] = []
    while queue and (_is_text(queue[0]) or (_is_enter(queue[0]) and len(queue) > 1 and _is_text(queue[1]))):
        press = queue.popleft()
        parts.append("\n" if _is_enter(press) else press.data)
    return "".join(parts)


def _moving(move: Move) -> Callable[[KeyPressEvent], None]:
    def act(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        buffer.exit_selection()
        buffer.cursor_position = _place_after(move, buffer)

    return act


def _selecting(move: Move) -> Callable[[KeyPressEvent], None]:
    def act(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        if not buffer.selection_state:
            buffer.start_selection()
        buffer.cursor_position = _place_after(move, buffer)

    return act


def _deleting(move: Move) -> Callable[[KeyPressEvent], None]:
    return lambda event: _delete(event.current_buffer, move)


def _delete(buffer: Buffer, move: Move) -> None:
    """Take away what is selected, or all up to the place a key moves to."""
    if buffer.selection_state:
        buffer.cut_selection()
        return
    first, last = sorted((buffer.cursor_position, _place_after(move, buffer)))
    buffer.document = Document(buffer.text[:first] + buffer.text[last:], first)


def _insert(buffer: Buffer, text: str) -> None:
    """Put a text in the place of what is selected."""
    if buffer.selection_state:
        buffer.cut_selection()
    buffer.insert_text(text)


def _place_after(move: Move, buffer: Buffer) -> int:
    width = max(get_app().output.get_size().columns - MARGIN, 1)
    return move(buffer.text, buffer.cursor_position, width)


def _never(_event: KeyPressEvent) -> bool:
    return False


def _begins_a_word(event: KeyPressEvent) -> bool:
    """Return whether to undo up to here: what is typed is taken back a word at a time, with the space before it."""
    before = event.current_buffer.document.char_before_cursor
    return (
        bool(event.current_buffer.selection_state) or not event.is_repeat or (event.data[:1].isspace() and not before.isspace())
    )


def _is_text(press: KeyPress) -> bool:
    return not isinstance(press.key, Keys) and press.data != "_Flush" and len(press.key) == 1


def _is_enter(press: KeyPress) -> bool:
    return press.key in {Keys.ControlM, Keys.ControlJ}
