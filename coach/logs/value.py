"""The value on a line of an answer, without what editors put behind it and around it."""

from __future__ import annotations

import re
from datetime import date

from coach.language.words import all_words

_KEYED = re.compile(r"([\w-]+) \((.*)\)")
_BEHIND = r"""
    (?:
        \s+ \^ [\w-]+               # the mark of a block, to link to
      | \s+ \# [^\W\d] [\w/-]*      # a tag
      | \s* %% .*? %%               # a remark of Obsidian
      | \s* <!-- .*? -->            # one of HTML
    )+ \s* \Z
    """
_MARKS = "*_`~="
_LONG = 10  # digits
_STOPS = " .,;!"
_NUMBER = r"(-?\d{1,9}) (?: \s* / \s* (\d{1,9}) )?"  # 7, or 7/10
_SCALE = r"\((-?\d+)(?: .*)? - (-?\d+)(?: .*)?\)"
_OUTCOMES = ("yes", "no", "partly", "unknown", "let_go")
_NUMBERS = frozenset(
    ("effort", "effort_expected", "fear_badness", "fear_badness_actual", "fear_likelihood", "presence", "tension")
)
VALUED = _NUMBERS | {"fear_outcome", "first_step_done", "first_step_when"}
"""The questions whose answers mean something only as a number, a choice or a day."""
_KEYED_BY_HAND = r"[*_`~=]* ((?:\w|\\_|-)+?) [*_`~=]* \s* \( (.*) \) [*_`~=]*"


def key_and_label(line: str) -> tuple[str, str]:
    """Return the key of a choice and its label: of `partly (In part)`, or of what a hand made of it; of one alone it is both."""
    match = _KEYED.fullmatch(line)
    if match:
        return match[1], match[2]
    text = bare(line)
    match = re.fullmatch(_KEYED_BY_HAND, text, re.VERBOSE)
    return (match[1].replace("\\", ""), match[2].strip()) if match else (text, text)


def bare(text: str) -> str:
    """Return a value without the tags, remarks and marks of a block behind it, and without emphasis."""
    return re.sub(_BEHIND, "", text, flags=re.VERBOSE).strip().strip(_MARKS).strip()


def outcome(line: str) -> str:
    """Return which outcome a choice is, `yes` to `let_go`, by its key or by its label in any language, or ""."""
    if (key := line.partition(" (")[0]) in _OUTCOMES:  # as we write it
        return key
    for text in key_and_label(line):
        word = text.strip(_STOPS).casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
        if word in _OUTCOMES:
            return word
        for words in all_words():
            named = zip(
                _OUTCOMES, (words.yes, (*words.no, *words.not_yet), words.partly, words.unknown, words.let_go), strict=True
            )
            for key, spoken in named:
                if word in spoken:
                    return key
    return ""


def number(text: str, question: str) -> int | None:
    """Return the whole number that an answer is, also as `7/10` where 10 is the end of the scale in its question, or None."""
    if text.isdecimal() and text.isascii() and len(text) < _LONG:  # as we write it
        return int(text)
    match = re.fullmatch(_NUMBER, bare(text), re.ASCII | re.VERBOSE)
    if match is None or (match[2] and int(match[2]) != scale(question)[1]):
        return None
    return int(match[1])


def scale(question: str) -> tuple[int, int]:
    """Return the first and the last number of the scale that a question names, or else 0 and 10."""
    match = re.search(_SCALE, question)
    return (int(match[1]), int(match[2])) if match else (0, 10)


def means_something(id_: str, line: str) -> bool:
    """Return whether an answer that only counts as a number, a choice or a day is one."""
    if id_ in _NUMBERS:
        return (line.isdecimal() and line.isascii()) or re.fullmatch(_NUMBER, bare(line), re.ASCII | re.VERBOSE) is not None
    return id_ not in VALUED or bool(meaning(id_, line, ""))


def meaning(id_: str, line: str, question: str) -> int | date | str | None:
    """Return what a line of an answer counts as that is a number, a choice or a day."""
    if id_ in _NUMBERS:
        return number(line, question)
    return day(line) if id_ == "first_step_when" else outcome(line)


def day(text: str) -> date | None:
    """Return the day that an answer is, or None."""
    try:
        return date.fromisoformat(text if text[-1:].isdecimal() else bare(text))
    except ValueError:
        return None
