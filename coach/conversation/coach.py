"""The coach: all that a conversation is held with, handed in by whoever starts the program."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from coach.conversation.asker import Asker
from coach.conversation.engine import Listener, hear_nothing
from coach.logs.library import Library
from coach.sequences.catalogue import Catalogue


def _deaf(_language: str) -> Listener:
    return hear_nothing


class Coach(NamedTuple):
    """Asks through `asker`, remembers in `library`, knows the time by `clock` and the sequences in each language.

    `listener` returns what listens in a language. `rescue` is the folder to save in when the usual one fails; with `can_choose`
    somebody is there who can be asked about it. Nothing interrupts what is done with `undisturbed`.
    """

    library: Library
    asker: Asker
    clock: Callable[[], datetime]
    catalogue: Callable[[str], Catalogue]
    rescue: Path
    listener: Callable[[str], Listener] = _deaf
    can_choose: bool = False
    undisturbed: Callable[[], AbstractContextManager[None]] = nullcontext
