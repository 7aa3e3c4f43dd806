"""The keys of a prompt, all of them: what each one does, and that any other does nothing.

Every key here is eager, so that none of an editor's own keys that the library brings is ever reached.
"""

from __future__ import annotations

import select
import sys
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from prompt_toolkit.application import Application, get_app, run_in_terminal
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings, KeyPress, KeyPressEvent
from prompt_toolkit.keys import Keys

from coach.conversation.asker import Back, Reply, ToHeart
from coach.terminal import editing
from coach.terminal.editing import Move

MARGIN = 3  # columns before what is typed: the mark with a space at both its sides
_PASTE_SECONDS = 0.01  # how far the pieces of one pasted text may lie apart
_LONG = 500  # a text that may be a piece: a terminal is read a thousand characters at a time
_ON_UNIX = sys.platform != "win32"

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
_UNDO = {"c-_"} if _ON_UNIX else {"c-_", "c-z"}


@dataclass
class Leaving:
    """What the keys that leave a prompt find there: what is half typed, how it is kept, what stands above."""

    draft: Callable[[], str]
    keep_draft: Callable[[str], None] | None = None
    show_above: Callable[[], object] = str
    can_go_back: bool = False
    leads_to_heart: bool = False

    def fill(
        self,
        keep_draft: Callable[[str], None] | None,
        show_above: Callable[[], object],
        *,
        can_go_back: bool,
        leads_to_heart: bool,
    ) -> None:
        """Say what they find at the question that is asked now."""
        self.keep_draft, self.show_above = keep_draft, show_above
        self.can_go_back, self.leads_to_heart = can_go_back, leads_to_heart

    def keep(self, application: Application[object]) -> None:
        """Keep a draft; a mistake of ours ends the prompt, because its loop would show the answer with the mistake."""
        try:
            if self.keep_draft:
                self.keep_draft(self.draft())
        except Exception as error:  # noqa: BLE001 # it is raised again by the prompt
            application.exit(exception=error)


def leaving_keys(leaving: Leaving) -> KeyBindings:
    """Return the keys that leave any prompt; Ctrl-C also where it came as a signal, before the prompt could read it.

    Half an answer is kept before the terminal is given back: from then on a second Ctrl-C could come between.
    """
    bindings = KeyBindings()

    @bindings.add(Keys.Any, eager=True)
    def _ignore(_event: KeyPressEvent) -> None: ...

    @bindings.add("c-c", eager=True)
    @bindings.add("<sigint>", eager=True)
    def _stop(event: KeyPressEvent) -> None:
        leaving.keep(event.app)
        if event.app.future and not event.app.future.done():
            event.app.exit(exception=KeyboardInterrupt)

    @bindings.add("c-b", eager=True)
    @bindings.add("s-tab", eager=True)
    def _go_back(event: KeyPressEvent) -> None:
        """Go back; terminals within terminals keep Ctrl-B for themselves, and Shift+Tab goes back everywhere."""
        if leaving.can_go_back:
            event.app.exit(result=Back(leaving.draft()))

    @bindings.add("c-t", eager=True)
    def _go_to_heart(event: KeyPressEvent) -> None:
        """Go straight to the question everything leads to: Ctrl-E and Ctrl-G are taken by the terminals of editors."""
        if leaving.leads_to_heart:
            event.app.exit(result=ToHeart(leaving.draft()))

    @bindings.add("c-z", eager=True, filter=Condition(lambda: _ON_UNIX))
    def _suspend(event: KeyPressEvent) -> None:
        leaving.keep(event.app)
        event.app.suspend_to_background()

    @bindings.add("c-l", eager=True)
    def _show_again(event: KeyPressEvent) -> None:
        event.app.renderer.clear()
        run_in_terminal(leaving.show_above)

    return bindings


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
    _insert(event.current_buffer, event.data.replace("\r\n", "\n").replace("\r", "\n"))


def _text_behind(queue: deque[KeyPress]) -> str:
    """Take the characters at the head of the keys that wait; of an Enter only when more text is behind it."""
    parts: list[str] = []
    while queue and (_is_text(queue[0]) or (_is_enter(queue[0]) and len(queue) > 1 and _is_text(queue[1]))):
        press = queue.popleft()
        parts.append("\n" if _is_enter(press) else press.data)
    return "".join(parts)


def more_is_coming(application: Application[object]) -> bool:
    """Return whether there is more right behind a key, as in a text that is pasted."""
    if any(press.data != "_Flush" for press in application.key_processor.input_queue):
        return True
    if not _ON_UNIX:
        return False
    patience = _PASTE_SECONDS if len(application.current_buffer.text) > _LONG else 0
    return is_waiting(application, patience)


def is_waiting(application: Application[object], patience: float = 0) -> bool:
    """Return whether something was typed that is not read yet."""
    return _ON_UNIX and bool(select.select([application.input.fileno()], [], [], patience)[0])


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
