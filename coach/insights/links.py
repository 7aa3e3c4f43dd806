"""The chain of sessions that follow one another."""

from collections.abc import Container, Mapping

_FAR = 100  # a chain longer than this goes round


def nearest_before(id_: str, follows: Mapping[str, str], candidates: Container[str]) -> str:
    """Return the nearest candidate that `id_` follows, directly or through others; "" when there is none."""
    earlier = follows.get(id_, "")
    for _step in range(_FAR):
        if earlier in candidates:
            return earlier
        earlier = follows.get(earlier, "")
    return ""
