"""The files of rules as the build stores them beside themselves: read in a millisecond, and with the words of each pattern.

A stored file is only taken while it belongs to the file of rules beside it; without one the rules are the same, only later.
Patterns are numbers in it, each stands there once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

from coach.ear.attributed import Attribution
from coach.ear.concrete import Concrete
from coach.ear.names import PersonalWords, united
from coach.ear.patterns import WordIndex
from coach.ear.question_form import Forms
from coach.ear.rules import Rule, Rules
from coach.ear.safety import Safety, Sign, Ways
from coach.ear.word_order import Joined, Pattern, Single
from coach.language import LANGUAGES

VERSION = 2
"""Of the form in which files are stored."""
SUFFIX = ".stored"
LISTS = ("patterns", "needs", "words", "sets", "signs")
BLOCK = "\f"
_PATTERNS = ("any", "unless", "silent_when")


def source(rules: bytes) -> list[int]:
    """Return what tells whether a stored file belongs to a file of rules."""
    return [VERSION, len(rules), crc32(rules)]


@cache
def load_rules(language: str) -> Rules:
    """Return the rules of a language; patterns are compiled at their first use."""
    path = Path(__file__).with_name(f"{language}.yaml")
    if stored := stored_rules(path):
        return stored
    from coach.ear.rules_file import read_rules  # only where the file was changed after the build

    return read_rules(path.read_text(encoding="utf-8"), path.name)


@cache
def all_personal_words() -> PersonalWords:
    """Return the words of every language that tell personal data: a copy is for whoever reads it."""
    return united(load_rules(language).personal for language in LANGUAGES)


@cache
def load_safety(language: str) -> Safety:
    """Return the signs of a language; each is read, and its patterns are compiled, when a word first leads to it."""
    path = Path(__file__).with_name(f"{language}_safety.yaml")
    if stored := stored_safety(path):
        return stored
    from coach.ear.safety_file import read_safety

    return read_safety(path.read_text(encoding="utf-8"), path.name)


def stored_rules(path: Path) -> Rules | None:
    """Return the stored rules of a file of rules, or None when there are none."""
    stored = _stored(path)
    if stored is None:
        return None
    return Rules(
        tuple(_rule(rule) for rule in stored["rules"]),
        Forms(**stored["forms"]),
        Attribution(**stored["attribution"]),
        Concrete(stored["concrete"]),
        PersonalWords(*stored["personal"][:2], *map(frozenset, stored["personal"][2:])),
        _index(stored, stored["patterns"]),
    )


def _rule(written: dict[str, Any]) -> Rule:
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in written.items()}
    return Rule(**values)


def stored_safety(path: Path) -> Safety | None:
    """Return the stored signs of a file of signs, or None when there are none; a sign is read when it is asked for."""
    stored = _stored(path)
    if stored is None:
        return None
    signs, parts, aparts, turns = stored["signs"], stored["patterns"], stored["aparts"], stored["turns"]

    @cache
    def sign(place: int) -> Sign:
        return _sign(json.loads(signs[place]), parts, aparts, turns)

    index = _index(stored, parts)
    return Safety(len(signs), sign, stored["lines"], index, Ways(index, stored["leads"]))


def _stored(path: Path) -> dict[str, Any] | None:
    """Return what is stored: values, and lists of which each stands in a block of lines, which takes a third of the time."""
    try:
        values, *blocks = path.with_suffix(SUFFIX).read_bytes().decode("utf-8").split(BLOCK)
        stored: dict[str, Any] = json.loads(values)
        if stored["source"] != source(path.read_bytes()):
            return None
        return stored | {name: block.split("\n") for name, block in zip(LISTS, blocks, strict=True)}
    except (OSError, ValueError, LookupError, TypeError):
        return None


def _index(stored: dict[str, Any], patterns: Iterable[str]) -> WordIndex:
    return WordIndex(
        dict(zip(patterns, stored["needs"], strict=True)),
        dict(zip(stored["words"], stored["sets"], strict=True)),
        stored["beginnings"],
    )


def _sign(written: dict[str, Any], parts: list[str], aparts: list[str], turns: str) -> Sign:
    patterns = {key: tuple(_pattern(one, parts, aparts) for one in written.get(key, ())) for key in _PATTERNS}
    words, also = tuple(written["words"].split()), tuple(written["also"].split())
    beside = _parts(written["beside"], parts)
    return Sign(written["check"], words, **patterns, also=also, beside=beside, turns=turns, own=written["own"])


def _pattern(written: Any, parts: list[str], aparts: list[str]) -> Pattern:  # noqa: ANN401 # JSON
    if isinstance(written, str):
        return Single(_parts(written, parts))
    first, *others = written
    return Joined(_parts(first, parts), tuple((aparts[apart], _parts(numbers, parts)) for apart, numbers in others))


def _parts(numbers: str, parts: list[str]) -> tuple[str, ...]:
    return tuple(parts[int(number)] for number in numbers.split())
