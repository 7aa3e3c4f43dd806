"""Compiles the catalogues and the rules of the ear while the wheel is built; not part of the installed package."""

import sys
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class DataHook(BuildHookInterface):  # type: ignore[type-arg] # the same on old and new hatchling
    """Writes a `.mo` beside every `.po`, and a `.stored` beside every file of rules of the ear."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # hatchling's signature
        """Compile all catalogues below this folder, and all rules."""
        for source in Path(self.root, "coach", "locale").glob("*/LC_MESSAGES/coach.po"):
            with source.open("rb") as po, source.with_suffix(".mo").open("wb") as mo:
                write_mo(mo, read_po(po))
        sys.path.insert(0, self.root)
        from coach.ear.store import store  # it is found only now

        store(Path(self.root, "coach", "ear"), Path(self.root, "prompts"))
