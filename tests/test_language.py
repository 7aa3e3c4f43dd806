"""Everything a person reads is there in Dutch, and nothing that is not read any more."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from coach.language import _, ngettext, speak

COACH = Path(__file__).parents[1] / "coach"
Key = str | tuple[str, ...]


@pytest.fixture(scope="module")
def dutch() -> dict[Key, Message]:
    """Return the Dutch texts by the English ones."""
    with (COACH / "locale" / "nl" / "LC_MESSAGES" / "coach.po").open("rb") as file:
        return {key(message.id): message for message in read_po(file, ignore_obsolete=False) if message.id}


def key(id_: str | list[str] | tuple[str, ...]) -> Key:
    return id_ if isinstance(id_, str) else tuple(id_)


def spoken() -> set[Key]:
    """Return the texts in the source that are looked up."""
    found = extract_from_dir(COACH, keywords={"_": None, "ngettext": (1, 2)})
    return {key(message) for _file, _line, message, _comments, _context in found}


def said_by_typer() -> set[str]:
    """Return the texts that typer looks up."""
    folder = Path(typer.__file__).parent
    trees = (ast.parse((folder / name).read_text(encoding="utf-8")) for name in ("core.py", "rich_utils.py"))
    return {text for tree in trees for text in looked_up(tree)}


def looked_up(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="_"), args=[ast.Constant(value=str(text))]):
                yield text


def test_every_text_is_there_in_dutch(dutch: dict[Key, Message]) -> None:
    assert sorted(map(str, spoken() - dutch.keys())) == []


@pytest.mark.newest
def test_no_dutch_text_is_left_that_is_not_said(dutch: dict[Key, Message]) -> None:
    assert sorted(map(str, dutch.keys() - spoken() - said_by_typer())) == []


def test_every_dutch_text_is_written_and_sure(dutch: dict[Key, Message]) -> None:
    texts = {id_: message.string if isinstance(message.string, tuple) else (message.string,) for id_, message in dutch.items()}

    assert [id_ for id_, strings in texts.items() if not all(strings)] == []
    assert [id_ for id_, message in dutch.items() if message.fuzzy] == []


def test_every_dutch_text_fills_in_the_same(dutch: dict[Key, Message]) -> None:
    differ = {id_: message.string for id_, message in dutch.items() if len(set(map(filled_in, pieces(message)))) > 1}

    assert differ == {}


def pieces(message: Message) -> tuple[str, ...]:
    """Return a text in all its forms."""
    return tuple(piece for text in (message.id, message.string) for piece in ((text,) if isinstance(text, str) else text or ()))


def filled_in(text: str) -> frozenset[str]:
    """Return the names between braces, without those that are only shown."""
    return frozenset(re.findall(r"\{(\w*)(?:![rs])?\}", text.replace("{{", "").replace("}}", "")))


def test_no_text_raises_its_voice(dutch: dict[Key, Message]) -> None:
    loud = [piece for message in dutch.values() for piece in pieces(message) if re.search(r"!(?![rs]\}|`)", piece)]

    assert loud == []


def test_the_catalogue_that_is_installed_speaks_dutch() -> None:
    speak("nl")
    try:
        said = (
            _("did you mean '{word}'?"),
            ngettext("{count} sequence, nothing to mend.", "{count} sequences, nothing to mend.", 1),
        )
    finally:
        speak("en")

    assert said == ("bedoel je '{word}'?", "{count} vragenreeks, niets te herstellen.")
