"""The value on a line of an answer, without what editors put behind it and around it."""

from __future__ import annotations

import re

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
