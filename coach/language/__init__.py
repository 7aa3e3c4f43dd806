"""Which language is spoken, and the texts of the program in it."""

import gettext
import os
from pathlib import Path

LANGUAGES = ("nl", "en")
_CATALOGUES = Path(__file__).parents[1] / "locale"
_spoken: gettext.NullTranslations = gettext.NullTranslations()


def speak(language: str) -> None:
    """Let `_` and `ngettext` answer in `language` from now on; also the texts of typer, which asks gettext itself."""
    global _spoken  # noqa: PLW0603 # one program speaks one language at a time
    _spoken = gettext.translation("coach", _CATALOGUES, [language], fallback=True)
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain("coach", str(_CATALOGUES))
    gettext.textdomain("coach")


def _(text: str) -> str:
    """Return `text` in the language that is spoken."""
    return _spoken.gettext(text)


def ngettext(one: str, many: str, count: int) -> str:
    """Return `one` or `many`, as `count` asks, in the language that is spoken."""
    return _spoken.ngettext(one, many, count)
