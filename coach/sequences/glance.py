"""What stands at the top of a sequence, read without a look at its steps: that takes a fiftieth of the time."""

from __future__ import annotations

from coach.errors import Problems
from coach.sequences.asked import Asked
from coach.sequences.following import read_following, read_parts
from coach.sequences.sequence import Top
from coach.sequences.top import read_card
from coach.strict_yaml.fields import Fields
from coach.strict_yaml.parse import Mapping, decode, parse


def glance(data: bytes) -> Top:
    """Return what stands at the top of a file; what is a mistake there counts as absent.

    Raises:
        CoachError: when the file is not YAML.

    """
    problems = Problems("")
    root = parse(decode(data, problems), problems)
    if not isinstance(root, Mapping):
        return Top()
    fields = Fields(root, (), problems)
    unchecked = Asked(problems, is_complete=False)
    return Top(read_following(read_parts(fields), "", unchecked), fields.text("heart"), read_card(fields, unchecked))
