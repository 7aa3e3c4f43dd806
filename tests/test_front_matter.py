"""What stands under our keys is the same whether it is read as we write it or as YAML, and what is wrong in it is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.errors import CoachError
from coach.logs.front_matter import FrontMatter, read_front_matter
from coach.logs.markdown import render
from coach.logs.session import Session
from test_markdown import EDITS, FRONT, FRONT_BY_HAND, LOG, read_or_refuse, sessions


def front_or_refusal(lines: list[str]) -> FrontMatter | None:
    """Return the front matter less what is not ours, or None when it is refused."""
    try:
        return read_front_matter(lines, "x.md")._replace(extra="")
    except CoachError:
        return None


@given(st.lists(st.sampled_from(FRONT_BY_HAND), max_size=3))
def test_front_matter_without_yaml_is_read_as_yaml_reads_it(lines: list[str]) -> None:
    yaml = "# a remark, which only YAML knows"
    assert front_or_refusal([*FRONT, *lines]) == front_or_refusal([*FRONT, *lines, yaml])


@pytest.mark.parametrize(("_name", "old", "new"), EDITS, ids=[name for name, _old, _new in EDITS])
def test_front_matter_changed_by_hand_is_read_as_yaml_reads_it(_name: str, old: str, new: str) -> None:
    lines = LOG.replace(old, new).partition("\n---\n")[0].split("\n")[1:]
    assert front_or_refusal(lines) == front_or_refusal([*lines, "# a remark, which only YAML knows"])


@given(sessions())
def test_our_own_front_matter_is_read_as_yaml_reads_it(session: Session) -> None:
    lines = render(session).split("\n---\n")[0].split("\n")[1:]
    assert front_or_refusal(lines) == front_or_refusal([*lines, "# a remark, which only YAML knows"])


@pytest.mark.parametrize("number", ["x", "0", "-1", "1.5", "\N{SUPERSCRIPT TWO}", "9" * 5000])
def test_a_format_that_is_no_number_is_named(number: str) -> None:
    text = "\n".join(["---", f"format: {number}", *FRONT[1:], "---", ""])
    assert read_or_refuse(text, None) == f"x.md:2: '{number}' is not a format; write `format: 1`"
