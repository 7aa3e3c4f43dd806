"""Which language is spoken, and the texts of the program in it."""

import gettext
import os
from pathlib import Path

# every language has a module of its own here, of two letters; English, which is spoken when no other is, comes last
LANGUAGES: tuple[str, ...] = tuple(
    sorted((path.stem for path in Path(__file__).parent.glob("[a-z][a-z].py")), key=lambda name: (name == "en", name))
)
_CATALOGUES = Path(__file__).parents[1] / "locale"
_spoken: gettext.NullTranslations = gettext.NullTranslations()
_language = LANGUAGES[-1]


def speak(language: str) -> None:
    """Let `_` and `ngettext` answer in `language` from now on; also the texts of typer, which asks gettext itself."""
    global _spoken, _language  # noqa: PLW0603 # one program speaks one language at a time
    _language = language
    _spoken = gettext.translation("coach", _CATALOGUES, [language], fallback=True)
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain("coach", str(_CATALOGUES))
    gettext.textdomain("coach")


def spoken() -> str:
    """Return the language that is spoken."""
    return _language


def _(text: str) -> str:
    """Return `text` in the language that is spoken."""
    return _spoken.gettext(text)


def ngettext(one: str, many: str, count: int) -> str:
    """Return `one` or `many`, as `count` asks, in the language that is spoken."""
    return _spoken.ngettext(one, many, count)
