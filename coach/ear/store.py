"""Stores the files of rules in the form that is read fast, with the words of each pattern; runs while the program is built."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from itertools import chain
from math import inf
from pathlib import Path
from typing import Any

from coach.ear.patterns import by_word, without_joints
from coach.ear.rules import Rules
from coach.ear.rules_file import read_rules, root
from coach.ear.safety import Safety, Sign
from coach.ear.safety_file import read_safety
from coach.ear.stored import BLOCK, LISTS, SUFFIX, source
from coach.ear.word_index import Cues, Frequencies, cues_of
from coach.ear.word_order import Joined, Pattern
from coach.errors import Problems
from coach.strict_yaml.parse import Items, Node, Text

_SAFETY = "_safety"
_OFTEN = 3  # sentences of ours: words that stand in more of them tell little by themselves
_AT_A_WORD = r"(?<!\w)"


def store(folder: Path, prompts: Path) -> None:
    """Write what is stored beside each file of rules of a folder; the prompts of a language tell which words are common in it."""
    for path in sorted(folder.glob("*.yaml")):
        language = path.stem.removesuffix(_SAFETY)
        common = frequencies(folder / f"{language}.yaml", (prompts / language).glob("*.yaml"))
        text = path.read_text(encoding="utf-8")
        if path.stem.endswith(_SAFETY):
            written = stored_form_of_safety(read_safety(text, path.name), common)
        else:
            written = stored_form_of_rules(read_rules(text, path.name), common)
        path.with_suffix(SUFFIX).write_bytes(_as_bytes({"source": source(path.read_bytes()), **written}))


def _as_bytes(written: dict[str, Any]) -> bytes:
    """Return what is stored: the values on the first line, and each of the long lists in a block of lines."""
    values = {key: value for key, value in written.items() if key not in LISTS}
    blocks = ["\n".join(written[name]) for name in LISTS]
    if any(line.count("\n") or line.count(BLOCK) for name in LISTS for line in written[name]):
        raise ValueError("a pattern stands on one line")
    return BLOCK.join([_json(values), *blocks]).encode("utf-8")


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False, default=sorted)


def stored_form_of_rules(rules: Rules, common: Frequencies) -> dict[str, Any]:
    """Return the rules as they are stored."""
    sets = _Sets(common)
    cues = {
        pattern: cues_of(pattern, common, left=pattern.startswith(_AT_A_WORD), right=False)
        for pattern in rules.attribution.patterns()
    }
    cues |= {pattern: cues_of(pattern, common) for pattern in rules.patterns() if pattern not in cues}
    return {
        "rules": [asdict(rule) for rule in rules.rules],
        "forms": asdict(rules.forms),
        "attribution": asdict(rules.attribution),
        "concrete": dict(rules.concrete.patterns),
        "personal": rules.personal,
        "patterns": list(cues),
        "signs": [],
        "needs": [sets.numbers(found) for found in cues.values()],
        **_by_word(sets),
    }


def stored_form_of_safety(safety: Safety, common: Frequencies) -> dict[str, Any]:
    """Return the signs as they are stored."""
    sets = _Sets(common)
    signs = [safety.sign(place) for place in range(safety.count)]
    patterns = [one for sign in signs for one in (*sign.any, *sign.unless, *sign.silent_when)]
    parts = list(dict.fromkeys(chain(*(of for one in patterns for of in one.patterns()), *(sign.beside for sign in signs))))
    cues = {part: cues_of(part, common) for part in parts}
    joined = [one for one in patterns if isinstance(one, Joined)]
    aparts = list(dict.fromkeys(apart for one in joined for apart, _parts in one.others))
    number = {part: str(place) for place, part in enumerate(parts)}
    leads: dict[str, list[str]] = {}
    for place, sign in enumerate(signs):
        for way in dict.fromkeys(sets.numbers(way) for way in _ways(sign, cues, common)):
            rarest, _blank, needs = way.partition(" ")
            leads.setdefault(rarest, []).append(f"{place} {needs}")
    return {
        "signs": [_json(_written(sign, number, aparts)) for sign in signs],
        "lines": dict(safety.lines),
        "aparts": aparts,
        "turns": signs[0].turns if signs else "",
        "patterns": parts,
        "needs": [sets.numbers(cues[part]) for part in parts],
        "leads": leads,
        **_by_word(sets),
    }


def _ways(sign: Sign, cues: Mapping[str, tuple[Cues, ...]], common: Frequencies) -> Iterator[tuple[Cues, ...]]:
    """Yield for each way to find a sign the sets of words it needs, the rarest first; its own words where those tell little."""
    own = tuple(common.cues(map(without_joints, words)) for words in (sign.words, sign.also) if words)
    for pattern in sign.any:
        joined = pattern.patterns()
        sure = tuple(one for parts in joined if len(parts) == 1 for one in cues[parts[0]])
        several = [parts for parts in joined if len(parts) > 1]
        if several:
            split = min(several, key=lambda parts: sum(_cost(cues[part]) for part in parts))
            ways = [(*sure, *cues[part]) for part in split]
        else:
            ways = [sure]
        for way in ways:
            likely = min((one.cost for one in way), default=inf) > _OFTEN
            yield tuple(sorted((*way, *own) if likely else way, key=lambda one: (one.cost, sorted(one.words))))


def _cost(cues: tuple[Cues, ...]) -> float:
    return cues[0].cost if cues else inf


def _written(sign: Sign, number: dict[str, str], aparts: list[str]) -> dict[str, Any]:
    def parts(of: Iterable[str]) -> str:
        return " ".join(number[part] for part in of)

    def pattern(one: Pattern) -> Any:  # noqa: ANN401 # JSON
        if isinstance(one, Joined):
            return [parts(one.first), *([aparts.index(apart), parts(other)] for apart, other in one.others)]
        return parts(one.parts)

    of_keys = {key: [pattern(one) for one in getattr(sign, key)] for key in ("any", "unless", "silent_when")}
    words = {"words": " ".join(sign.words), "also": " ".join(sign.also), "beside": parts(sign.beside)}
    return {"check": sign.check, **words, "own": sign.own} | {key: value for key, value in of_keys.items() if value}


class _Sets:
    """Gives each set of words a number."""

    def __init__(self, common: Frequencies) -> None:
        self.common = common
        self.known: dict[frozenset[str], str] = {}

    def numbers(self, cues: Iterable[Cues]) -> str:
        """Return the numbers of sets."""
        return " ".join(dict.fromkeys(self.known.setdefault(one.words, str(len(self.known))) for one in cues))


def _by_word(sets: _Sets) -> dict[str, Any]:
    whole, beginnings = by_word((number, words) for words, number in sets.known.items())
    return {"words": list(whole), "sets": list(whole.values()), "beginnings": beginnings}


def frequencies(rules: Path, prompts: Iterable[Path]) -> Frequencies:
    """Return how common words are, in the sentences with which rules test themselves and in the lines of prompts."""
    tests = root(rules.read_text(encoding="utf-8"), Problems(rules.name)).get("tests")
    lines = (line for path in prompts for line in path.read_text(encoding="utf-8").split("\n"))
    return Frequencies(text.lower() for text in (*(_texts(tests) if tests else ()), *lines))


def _texts(node: Node) -> Iterator[str]:
    match node:
        case Text():
            yield node.value
        case Items():
            for item in node.items:
                yield from _texts(item)
        case _:
            for _key, value in node.entries:
                yield from _texts(value)
