"""The keys that leave a prompt of any kind.

All our keys are eager, and every prompt takes any other key: none of an editor's own that the library brings is ever reached.
"""

from __future__ import annotations

import select
import sys
from collections.abc import Callable
from dataclasses import dataclass

from prompt_toolkit.application import Application, run_in_terminal
from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

from coach.conversation.asker import Back, ToHeart

MARGIN = 3  # columns before what is typed: the mark with a space at both its sides
_PASTE_SECONDS = 0.01  # how far the pieces of one pasted text may lie apart
_LONG = 500  # a text that may be a piece: a terminal is read a thousand characters at a time
ON_UNIX = sys.platform != "win32"


@dataclass
class Leaving:
    """What the keys that leave a prompt find there: what is half typed, how it is kept, what stands above.

    `settle` is for a prompt that gets the terminal, or gets it back.
    """

    draft: Callable[[], str]
    settle: Callable[[], object] = str
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

    @bindings.add("c-z", eager=True, filter=Condition(lambda: ON_UNIX))
    def _suspend(event: KeyPressEvent) -> None:
        leaving.keep(event.app)
        event.app.suspend_to_background()
        run_in_terminal(leaving.settle)

    @bindings.add("c-l", eager=True)
    def _show_again(event: KeyPressEvent) -> None:
        event.app.renderer.clear()
        run_in_terminal(leaving.show_above)

    return bindings


def more_is_coming(application: Application[object]) -> bool:
    """Return whether there is more right behind a key, as in a text that is pasted."""
    if any(press.data != "_Flush" for press in application.key_processor.input_queue):
        return True
    if not ON_UNIX:
        return False
    patience = _PASTE_SECONDS if len(application.current_buffer.text) > _LONG else 0
    return is_waiting(application, patience)


def is_waiting(application: Application[object], patience: float = 0) -> bool:
    """Return whether something was typed that is not read yet."""
    return ON_UNIX and bool(select.select([application.input.fileno()], [], [], patience)[0])
