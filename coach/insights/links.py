"""The chain of sessions that follow one another."""

from collections.abc import Container, Mapping

_FAR = 100  # a chain longer than this goes round


def nearest_before(id_: str, follows: Mapping[str, str], wanted: Container[str]) -> str:
    """Return the nearest wanted session that `id_` follows, directly or through others; "" when there is none."""
    earlier = follows.get(id_, "")
    for _step in range(_FAR):
        if earlier in wanted:
            return earlier
        earlier = follows.get(earlier, "")
    return ""
