"""What the coach hears in the wording of an answer: deterministic, offline, a remark and never a verdict.

The rules are data, one file a language with the same rules in both; what is heard in which field stands in `checks`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from coach.ear.answer import Answer, Part, read_answer
from coach.ear.checks import ALWAYS, CHECKS, SAFETY
from coach.ear.concerns import concerns
from coach.ear.patterns import WordIndex, bound
from coach.ear.personal_data import PERSONAL, PROOFS, heard_names, heard_patterns
from coach.ear.rules import Change, Rule, Rules
from coach.ear.safety import Concern
from coach.ear.stored import load_rules, load_safety

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from coach.ear.attributed import Span
    from coach.ear.normalised import Folded

_LONGEST = 20_000  # letters of one answer that are listened to; a pasted book may not keep anyone waiting


@dataclass(frozen=True, slots=True)
class Heard:
    """One finding: the words as they were typed, what the coach says about them, and how it could sound."""

    check: str
    words: str
    remark: str
    example: str


@dataclass(frozen=True, slots=True)
class Own:
    """A file with a user's own words, as it was read; `where` is how messages name it."""

    where: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Ear:
    """Listens in one language."""

    language: str
    known: Rules
    rules: tuple[Rule, ...]
    changes: Mapping[str, Change]  # a user's own, by rule
    patterns: Mapping[str, Sequence[tuple[str, str]]]  # by the rarest set of words each needs: a rule and its pattern

    def hear(self, text: str, checks: Iterable[str]) -> tuple[Heard, ...]:
        """Return every finding of `checks` in a text, the weightiest first.

        Personal data and safety are always listened for. One check can have several findings, for different words.
        """
        wanted = {*checks, *ALWAYS}
        if unknown := wanted.difference(CHECKS):
            raise ValueError(f"unknown checks: {sorted(unknown)}")
        answer = read_answer(text[:_LONGEST], self.known.index, self.known.attribution)
        found = self._found(answer, wanted)
        heard = [
            Heard(rule.id, words, rule.remark, rule.example)
            for rule in self.rules
            if rule.id in wanted
            for words in self._words(rule, answer, found.get(rule.id, set()))
        ]
        return tuple(sorted((*heard, *self._concerns(answer.folded)), key=lambda one: CHECKS.index(one.check)))

    def asks(self, text: str) -> bool:
        """Whether a text is a question, with or without a question mark."""
        return self.known.forms.of_text(read_answer(text[:_LONGEST], self.known.index, self.known.attribution).asked)[0] != "none"

    def _found(self, answer: Answer, wanted: Collection[str]) -> dict[str, set[Span]]:
        """Return where in a sentence the patterns of each rule are found, also where one begins inside another."""
        found: dict[str, set[Span]] = {}
        for part in answer.parts:
            for words in ("", *(self.patterns.keys() & part.led)):
                for rule, pattern in self.patterns.get(words, ()):
                    if rule in wanted and self.known.index.may_find(pattern, part.led):
                        self._note(found, rule, pattern, answer, part)
        return found

    def _note(self, found: dict[str, set[Span]], rule: str, pattern: str, answer: Answer, part: Part) -> None:
        """Note where a pattern is found in a sentence."""
        text, place, proof = answer.text_for(rule), part.start, PROOFS.get(pattern)
        while match := bound((pattern,)).search(text, place, part.end):
            if proof is None or proof(answer.folded.words(*match.span()), self.known.personal):
                found.setdefault(rule, set()).add(match.span(match.lastindex or 0))
            place = match.start() + 1

    def _concerns(self, folded: Folded) -> Iterator[Heard]:
        """Yield what may be about safety, of each kind the first."""
        kinds: set[str] = set()
        for concern in (*concerns(folded.text, self.language), *self._own_concerns(folded.text)):
            change = self.changes.get(concern.check, Change())
            if concern.check not in kinds and not change.off and not _lies_on(change.unless, folded.text, concern):
                kinds.add(concern.check)
                words = folded.words(concern.start, concern.end)
                yield Heard(concern.check, words, change.line or load_safety(self.language).line(concern), "")

    def _own_concerns(self, text: str) -> Iterator[Concern]:
        """Yield what a user's own words say may be about safety."""
        for check in SAFETY:
            if (change := self.changes.get(check)) and change.any:
                for match in bound(change.any).finditer(text):
                    yield Concern(check, match.start(), match.end(), own=False)

    def _words(self, rule: Rule, answer: Answer, found: set[Span]) -> tuple[str, ...]:
        """Return the words in which a rule is heard, each once."""
        folded = answer.folded
        spans = found | set(self._named(answer) if rule.id == PERSONAL else self._formed(rule, answer))
        if not spans or (rule.silent_when and bound(rule.silent_when).search(folded.text)):
            return ()
        excepted = self._excepted(rule.unless, answer)
        allowed = [(start, end) for start, end in sorted(spans) if 1 not in excepted[start:end]]
        if allowed and self.known.concrete.is_concrete(folded.text, max(end for _start, end in allowed), rule.concrete):
            return ()
        words = {folded.text[start:end]: folded.words(start, end) for start, end in _apart(allowed)}
        return tuple(words.values())

    def _formed(self, rule: Rule, answer: Answer) -> Iterator[Span]:
        """Return the question that has the form a rule asks about."""
        match rule.form:
            case "closed":
                form, sentence = self.known.forms.of_text(answer.asked)
                if form == "closed" and sentence is not None:
                    yield sentence.start, sentence.end
            case "stacked":
                if span := self.known.forms.second_question(answer.asked):
                    yield span

    def _excepted(self, unless: Iterable[str], answer: Answer) -> bytearray:
        """Return for each letter whether an exception lies on it."""
        text = answer.folded.text
        excepted = bytearray(len(text))
        for pattern in self.known.index.tried(unless, answer.led):
            for match in bound((pattern,)).finditer(text):
                excepted[match.start() : match.end()] = b"\1" * (match.end() - match.start())
        return excepted

    def _named(self, answer: Answer) -> Iterator[Span]:
        """Yield where people are named, but for those who are named with what they made."""
        if names := list(heard_names(answer.folded, self.known.personal)):
            excepted = self._excepted((self.known.personal.makers,), answer)
            yield from ((start, end) for start, end in names if 1 not in excepted[start:end])


def _lies_on(patterns: tuple[str, ...], text: str, concern: Concern) -> bool:
    """Whether one of the patterns overlaps a concern."""
    found = bound(patterns).finditer(text) if patterns else ()
    return any(match.start() < concern.end and concern.start < match.end() for match in found)


def _apart(spans: Iterable[Span]) -> Iterator[Span]:
    """Return spans that do not overlap, the first of those that do."""
    reached = -1
    for start, end in spans:
        if start >= reached:
            yield start, end
            reached = end


@lru_cache(maxsize=8)
def load_ear(language: str, own: Own | None = None) -> Ear:
    """Return the ear of a language, with a user's own words; patterns are compiled at their first use.

    Raises:
        CoachError: with every problem of the user's own file.

    """
    return ear_of(language, load_rules(language), own)


def ear_of(language: str, known: Rules, own: Own | None = None) -> Ear:
    """Return an ear with these rules."""
    changes = _changes(own) if own else {}
    table = Change(any=heard_patterns(known.personal))
    rules = tuple(table.applied(rule) if rule.id == PERSONAL else rule for rule in known.rules)
    rules = tuple(changes[rule.id].applied(rule) if rule.id in changes else rule for rule in rules)
    rules = tuple(rule for rule in rules if rule.id not in changes or not changes[rule.id].off)
    return Ear(language, known, rules, changes, _by_words(rules, known.index))


def _by_words(rules: Iterable[Rule], index: WordIndex) -> dict[str, list[tuple[str, str]]]:
    """Return the patterns of rules by the rarest set of words each needs; those without under ""."""
    by_words: dict[str, list[tuple[str, str]]] = {}
    for rule in rules:
        for pattern in rule.any:
            by_words.setdefault(index.needs.get(pattern, "").partition(" ")[0], []).append((rule.id, pattern))
    return by_words


def _changes(own: Own) -> dict[str, Change]:
    from coach.ear.user_words import read_own  # few users have such a file, and nobody should wait for it

    return read_own(own.data, own.where)
