"""The form of a question: open, closed, or one that asks leave; read from word order alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from coach.ear.patterns import compiled

if TYPE_CHECKING:
    from collections.abc import Mapping

Form = Literal["open", "closed", "leave", "none"]

_END = re.compile(r"[?!.][?!.]*[\"')]*(?=\s|\Z)|\n+")
_NO_END = re.compile(
    r"""
    (?<!\w) (?: [^\W\d_]                                     # an initial
              | dr | mr | mrs | ms | mw | dhr | mevr         # a title
              | bijv | st | etc | nr | geb ) \Z
    """,
    re.VERBOSE,
)
_CLAUSE = re.compile(
    r"""
      (?<=") [ ]                             # behind what is quoted
    | [,;:] [ ] (?! (?:maar|but)[ ] )        # a mark, unless a but follows
    | \.\.\. [ ]? | [ ]-+[ ] | (?<=\w)-[ ] | --+      # dots and dashes
    """,
    re.VERBOSE,
)
_LATER_CLAUSES = 12


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an answer and where it stands in it."""

    text: str
    start: int
    end: int

    @property
    def asks(self) -> bool:
        """Whether it ends as a question."""
        return "?" in self.text[-4:]


@dataclass(frozen=True, slots=True)
class Forms:
    """How one language builds questions: patterns, each read at the start of a clause."""

    opener: str  # what may stand before a question and says nothing: and, well, so
    tag: str  # what may stand behind it: right, don't you think
    turn: str  # but, before a question: what stands before it may be a way in
    leave: str  # asks leave
    invitation: str  # asks openly, whatever its form
    open: str  # a question word
    later: str  # a question word in a later clause, in the order of a main clause
    subordinate: str  # a question word in the order of a subordinate clause
    closed: str  # verb first
    certain: str  # verb first, also without a question mark
    statement: str  # a statement somewhere in the sentence
    inside: str  # a question word in the order of a main clause, anywhere in a statement
    joint: str  # and, or, but
    second: str  # a question right after one of these

    def of_text(self, text: str) -> tuple[Form, Sentence | None]:
        """Return the form of the open question in a text, else of its last question, and that question."""
        sentences = split(text)
        last: tuple[Form, Sentence | None] = ("none", None)
        for sentence in [sentence for sentence in sentences if sentence.asks] or sentences[-1:]:
            form = self.of_sentence(sentence)
            if form == "open" and " " in sentence.text:
                return form, sentence
            last = last if form == "none" else (form, sentence)
        return last

    def of_sentence(self, sentence: Sentence) -> Form:
        """Return the form of one sentence; without a question mark only a single clause is sure to ask."""
        clauses = _CLAUSE.split(self._bare(self.after_way_in(sentence.text)), maxsplit=_LATER_CLAUSES)
        if sentence.asks:
            return self._of_clauses(clauses, sentence.text)
        return self._of_clause(clauses[0], self.open, self.certain) if len(clauses) == 1 else "none"

    def _of_clauses(self, clauses: list[str], text: str) -> Form:
        """Return the form of a sentence with a question mark: its last clause that is a question decides."""
        first = self._of_clause(clauses[0], self.open, self.closed)
        asks_first = first == "open" and (len(clauses) == 1 or self._opens_main_clause(clauses[0]))
        for clause in reversed(clauses[1:]):
            form = self._of_clause(self._bare(clause), self.later, self.certain if asks_first else self.closed)
            if form != "none":
                return form
        if asks_first or first in {"closed", "leave"}:
            return first
        if not compiled(self.statement).search(text):
            return "none"
        return "open" if compiled(self.inside).search(text) else "closed"

    def _opens_main_clause(self, clause: str) -> bool:
        """Whether an open clause asks by itself, so that it is no preamble such as "when you look back"."""
        return not compiled(self.subordinate).match(clause) or bool(compiled(self.invitation).match(clause))

    def _of_clause(self, clause: str, asks_openly: str, verb_first: str) -> Form:
        """Return the form of one clause."""
        if compiled(asks_openly).match(clause):  # first, for it is the most common and spares compiling the others
            return "open"
        if compiled(self.leave).match(clause):
            return "leave"
        if compiled(self.invitation).match(clause):
            return "open"
        return "closed" if compiled(verb_first).match(clause) else "none"

    def second_question(self, text: str) -> tuple[int, int] | None:
        """Return where a second question stands: after a question mark, or after and, or, but."""
        asked = [sentence for sentence in split(text) if sentence.asks]
        if len(asked) > 1:
            return asked[0].start, asked[-1].end
        for sentence in asked or list(split(text))[-1:]:
            question = self.after_way_in(sentence.text)
            bare = self._bare(question)
            if self._asks_first(bare, sentence.asks):
                opened = len(sentence.text) - len(question) + question.find(bare[:4])
                for joint in compiled(self.joint).finditer(text, sentence.start + opened + 4, sentence.end):
                    if compiled(self.second).match(text, joint.end()):
                        return joint.start(), sentence.end
        return None

    def after_way_in(self, sentence: str) -> str:
        """Return a sentence without its way in: "Could be just me, but" asks nothing yet."""
        turns = list(compiled(self.turn).finditer(sentence))
        if not turns:
            return sentence
        before, question = self._bare(sentence[: turns[-1].start()]), sentence[turns[-1].end() :]
        return question if self._asks_surely(question) and not self._asks_surely(before) else sentence

    def _asks_surely(self, clause: str) -> bool:
        """Whether a clause asks by itself, whatever stands around it."""
        opens = compiled(self.open).match(clause) and not compiled(self.subordinate).match(clause)
        return bool(opens or compiled(self.certain).match(clause) or compiled(self.invitation).match(clause))

    def _asks_first(self, bare: str, asks: bool) -> bool:
        """Whether a sentence starts as a main question, so that a second one can follow."""
        if compiled(self.open).match(bare) and not compiled(self.subordinate).match(bare):
            return True
        if compiled(self.leave).match(bare) or compiled(self.invitation).match(bare):
            return False
        return bool(compiled(self.closed if asks else self.certain).match(bare))

    def _bare(self, clause: str) -> str:
        """Return a clause without what stands before or behind it and says nothing."""
        clause = compiled(self.opener).sub("", clause.lstrip(" \"'(-."), count=1)
        return compiled(self.tag).sub("", clause, count=1) if self.tag else clause


@lru_cache(maxsize=4)
def split(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a text; the points of initials and abbreviations end none."""
    sentences = []
    start = 0
    for match in _END.finditer(text):
        if match[0][0] == "." and _NO_END.search(text, max(0, match.start() - 6), match.start()):
            continue
        if text[start : match.start()].strip(" .?!\"'"):
            sentences.append(Sentence(text[start : match.end()].strip(), start, match.end()))
        start = match.end()
    if text[start:].strip():
        sentences.append(Sentence(text[start:].strip(), start, len(text)))
    return tuple(sentences)


def forms(patterns: Mapping[str, str]) -> Forms:
    """Return the forms of a language from its patterns, each bound to whole words."""
    bound = {name: rf"(?<!\w)(?:{pattern})(?!\w)" if pattern else "" for name, pattern in patterns.items()}
    for name in ("opener", "tag", "turn", "statement", "joint"):
        bound[name] = patterns[name]
    return Forms(**bound)
