"""Texts that a pattern is found in, drawn at random: what a test has when nobody wrote an example of a pattern."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from random import Random
from re import _constants as kind  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

_MORE = 2  # the most times something is repeated beyond the fewest


def samples(pattern: str) -> Iterator[str]:
    """Yield texts of a pattern, the same at every call; a lookaround is left out, so a text may be one that it forbids."""
    random, parsed = Random(pattern), _parsed(pattern)
    while True:
        yield _text(parsed, random)


@cache
def _parsed(pattern: str) -> Any:
    return _parser.parse(pattern)


def _text(nodes: Any, random: Random) -> str:  # what `re` makes of a pattern has no type
    return "".join(_of_node(what, value, random) for what, value in nodes)


def _of_node(what: Any, value: Any, random: Random) -> str:
    if what is kind.LITERAL:
        return chr(value)
    if what is kind.IN:
        return _letter(value, random)
    if what is kind.BRANCH:
        return _text(random.choice(value[1]), random)
    if what is kind.SUBPATTERN:
        return _text(value[-1], random)
    if what in {kind.MAX_REPEAT, kind.MIN_REPEAT}:
        fewest, most, repeated = value
        if most == kind.MAXREPEAT:  # the rest of a word, of which nothing is known
            most = fewest
        return "".join(_text(repeated, random) for _ in range(random.randint(fewest, min(most, fewest + _MORE))))
    if what in {kind.ANY, kind.NOT_LITERAL}:
        return "x"
    assert what in {kind.ASSERT, kind.ASSERT_NOT, kind.AT}, what
    return ""


def _letter(choices: Any, random: Random) -> str:
    letters = [chr(value) for what, value in choices if what is kind.LITERAL and chr(value).isalnum()]
    letters += [chr(random.randint(*value)) for what, value in choices if what is kind.RANGE]
    letters += [
        {kind.CATEGORY_WORD: "x", kind.CATEGORY_DIGIT: "7"}.get(value, " ") for what, value in choices if what is kind.CATEGORY
    ]
    return random.choice(letters) if letters else "x"
