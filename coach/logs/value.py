"""The value on a line of an answer, without what editors put behind it and around it."""

from __future__ import annotations

import re
from datetime import date

from coach.language.words import all_words

_KEYED = re.compile(r"([\w-]+) \((.*)\)")
_BEHIND = re.compile(
    r"""
    (?:
        \s+ \^ [\w-]+               # the mark of a block, to link to
      | \s+ \# [^\W\d] [\w/-]*      # a tag
      | \s* %% .*? %%               # a remark of Obsidian
      | \s* <!-- .*? -->            # one of HTML
    )+ \s* \Z
    """,
    re.VERBOSE,
)
_MARKS = "*_`~="
_STOPS = " .,;!"
_NUMBER = re.compile(r"(-?\d{1,9}) (?: \s* / \s* (\d{1,9}) )?", re.ASCII | re.VERBOSE)  # 7, or 7/10
_SCALE = re.compile(r"\((-?\d+)(?: .*)? - (-?\d+)(?: .*)?\)")
_OUTCOMES = ("yes", "no", "partly", "unknown")
_NUMBERS = frozenset(
    ("effort", "effort_expected", "fear_badness", "fear_badness_actual", "fear_likelihood", "presence", "tension")
)
VALUED = _NUMBERS | {"fear_outcome", "first_step_done", "first_step_when"}
"""The questions whose answers mean something only as a number, a choice or a day."""
_KEYED_BY_HAND = re.compile(r"[*_`~=]* ((?:\w|\\_|-)+?) [*_`~=]* \s* \( (.*) \) [*_`~=]*", re.VERBOSE)


def key_and_label(line: str) -> tuple[str, str]:
    """Return the key of a choice and its label: of `partly (In part)`, or of what a hand made of it; of one alone it is both."""
    match = _KEYED.fullmatch(line)
    if match:
        return match[1], match[2]
    text = bare(line)
    match = _KEYED_BY_HAND.fullmatch(text)
    return (match[1].replace("\\", ""), match[2].strip()) if match else (text, text)


def bare(text: str) -> str:
    """Return a value without the tags, remarks and marks of a block behind it, and without emphasis."""
    return _BEHIND.sub("", text).strip().strip(_MARKS).strip()


def outcome(line: str) -> str:
    """Return which of `yes`, `no`, `partly` and `unknown` a choice is, by its key or by its label in any language, or ""."""
    for text in key_and_label(line):
        word = text.strip(_STOPS).casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
        if word in _OUTCOMES:
            return word
        for words in all_words():
            named = zip(_OUTCOMES, (words.yes, (*words.no, *words.not_yet), words.partly, words.unknown), strict=True)
            for key, spoken in named:
                if word in spoken:
                    return key
    return ""


def number(text: str, question: str) -> int | None:
    """Return the whole number that an answer is, also as `7/10` where 10 is the end of the scale in its question, or None."""
    match = _NUMBER.fullmatch(bare(text))
    if match is None or (match[2] and int(match[2]) != scale(question)[1]):
        return None
    return int(match[1])


def scale(question: str) -> tuple[int, int]:
    """Return the first and the last number of the scale that a question names, or else 0 and 10."""
    match = _SCALE.search(question)
    return (int(match[1]), int(match[2])) if match else (0, 10)


def means_something(id_: str, line: str) -> bool:
    """Return whether an answer that only counts as a number, a choice or a day is one."""
    if id_ in _NUMBERS:
        return line.isdigit() or _NUMBER.fullmatch(bare(line)) is not None
    if id_ == "first_step_when":
        return day(line) is not None
    return id_ not in VALUED or bool(outcome(line))


def day(text: str) -> date | None:
    """Return the day that an answer is, or None."""
    try:
        return date.fromisoformat(bare(text))
    except ValueError:
        return None
