"""Compiles the catalogues and the index of the ear's words while the wheel is built; not part of the installed package."""

import sys
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class DataHook(BuildHookInterface):  # type: ignore[type-arg] # the same on old and new hatchling
    """Writes a `.mo` beside every `.po`, and the words that the rules of each language need beside the rules."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # hatchling's signature
        """Compile all that stands below this folder."""
        for source in Path(self.root, "coach", "locale").glob("*/LC_MESSAGES/coach.po"):
            with source.open("rb") as po, source.with_suffix(".mo").open("wb") as mo:
                write_mo(mo, read_po(po))
        sys.path[:0] = [self.root, str(Path(self.root, "tests", "support"))]
        from word_index import write_index  # it is on the path only now

        write_index(Path(self.root, "coach", "ear"))
