"""What stands at the top of a sequence, read without a look at its steps: that takes a fiftieth of the time."""

from __future__ import annotations

import re

from coach.errors import Problems
from coach.sequences.asked import Asked
from coach.sequences.following import read_following, read_parts
from coach.sequences.sequence import Top
from coach.sequences.top import read_card, read_share
from coach.strict_yaml.fields import Fields
from coach.strict_yaml.parse import Mapping, decode, parse


def glance(data: bytes) -> Top:
    """Return what stands at the top of a file; what is a mistake there counts as absent.

    Raises:
        CoachError: when the file is not YAML.

    """
    problems = Problems("")
    root = parse(decode(_without_steps(data), problems), problems)
    if not isinstance(root, Mapping):
        return Top()
    fields = Fields(root, (), problems)
    unchecked = Asked(problems, is_complete=False)
    following = read_following(read_parts(fields), "", unchecked)
    return Top(following, fields.text("heart"), read_card(fields, unchecked), read_share(fields, unchecked))


def _without_steps(data: bytes) -> bytes:
    """Return a file without its steps, where nothing stands below them: most of the time would go into reading them."""
    head, _steps, rest = data.partition(b"\nsteps:")
    return data if data.startswith(b"{") or re.search(rb"^[^\s#-]", rest, re.MULTILINE) else head
