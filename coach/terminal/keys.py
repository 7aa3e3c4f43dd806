"""The keys of a prompt: to go on, to go back, to stop, and what a text that is pasted does."""

from __future__ import annotations

import select
import sys
from collections import deque
from collections.abc import Callable

from prompt_toolkit.application import Application, get_app
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings, KeyPress, KeyPressEvent
from prompt_toolkit.keys import Keys

from coach.conversation.asker import Back, ToHeart

_PASTE_SECONDS = 0.01  # how far the pieces of one pasted text may lie apart
_LONG = 500  # a text that may be a piece: a terminal is read a thousand characters at a time


def leaving_keys(buffer: Buffer | None, keep_draft: Callable[[str], None] | None) -> KeyBindings:
    """Return the keys that leave any prompt; Ctrl-C also where it came as a signal, before the prompt could read it.

    Half an answer is kept before the terminal is given back: from then on a second Ctrl-C could come between.
    """
    bindings = KeyBindings()

    @bindings.add("c-c", eager=True)
    @bindings.add("<sigint>", eager=True)
    def _stop(event: KeyPressEvent) -> None:
        if buffer and keep_draft:
            keep(event.app, keep_draft, buffer.text)
        if event.app.future and not event.app.future.done():
            event.app.exit(exception=KeyboardInterrupt)

    @bindings.add("c-b", eager=True)
    def _go_back(event: KeyPressEvent) -> None:
        event.app.exit(result=Back())

    return bindings


def key_to_heart(buffer: Buffer | None) -> KeyBindings:
    """Return the key that goes straight to the question everything leads to, with what was typed.

    Ctrl-T reaches the program on every system; Ctrl-E and Ctrl-G are taken by the terminals of editors.
    """
    bindings = KeyBindings()

    @bindings.add("c-t", eager=True)
    def _go_to_heart(event: KeyPressEvent) -> None:
        event.app.exit(result=ToHeart(buffer.text if buffer else ""))

    return bindings


def patient_enter() -> KeyBindings:
    """Return the key that ignores an Enter with more behind it: a text that was pasted chooses nothing."""
    bindings = KeyBindings()

    @bindings.add("enter", eager=True, filter=Condition(lambda: _more_is_coming(get_app())))
    def _ignore(_event: KeyPressEvent) -> None: ...

    @bindings.add("c-j", eager=True)
    def _early(event: KeyPressEvent) -> None:
        """Take an Enter that was typed before the prompt read keys: the terminal made a line feed of it."""
        event.key_processor.feed(KeyPress(Keys.ControlM, "\r"), first=True)

    return bindings


def keep(application: Application[object], keep_draft: Callable[[str], None], text: str) -> None:
    """Keep a draft; a mistake of ours ends the prompt, because its loop would show the answer with the mistake."""
    try:
        keep_draft(text)
    except Exception as error:  # noqa: BLE001 # it is raised again by the prompt
        application.exit(exception=error)


def writing_keys() -> KeyBindings:
    """Return the keys to write an answer with."""
    bindings = KeyBindings()

    @bindings.add("enter")
    def _go_on(event: KeyPressEvent) -> None:
        """Accept the answer; an Enter with more text right behind it belongs to a text that is pasted."""
        if _more_is_coming(event.app):
            event.current_buffer.insert_text("\n")
        else:
            event.current_buffer.validate_and_handle()

    @bindings.add(Keys.Any)
    def _insert(event: KeyPressEvent) -> None:
        """Insert what was typed, a long text that was pasted in one go."""
        event.current_buffer.insert_text(event.data + _text_behind(event.key_processor.input_queue))

    @bindings.add("escape", "enter")
    def _new_line(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text("\n")

    @bindings.add("c-z")
    def _suspend(event: KeyPressEvent) -> None:
        event.app.suspend_to_background()

    return bindings


def _text_behind(queue: deque[KeyPress]) -> str:
    """Take the characters at the head of the keys that wait; of an Enter only when more text is behind it."""
    parts: list[str] = []
    while queue and (_is_text(queue[0]) or (_is_enter(queue[0]) and len(queue) > 1 and _is_text(queue[1]))):
        press = queue.popleft()
        parts.append("\n" if _is_enter(press) else press.data)
    return "".join(parts)


def _is_text(press: KeyPress) -> bool:
    return not isinstance(press.key, Keys) and press.data != "_Flush" and len(press.key) == 1


def _is_enter(press: KeyPress) -> bool:
    return press.key in {Keys.ControlM, Keys.ControlJ}


def _more_is_coming(application: Application[object]) -> bool:
    if _waiting_keys(application):
        return True
    if sys.platform == "win32":
        return False
    patience = _PASTE_SECONDS if len(application.current_buffer.text) > _LONG else 0
    return bool(select.select([application.input.fileno()], [], [], patience)[0])


def _waiting_keys(application: Application[object]) -> list[KeyPress]:
    """Return the keys that wait, without what the terminal and the library send themselves."""
    waiting = application.key_processor.input_queue
    return [press for press in waiting if press.data != "_Flush" and press.key != Keys.CPRResponse]
