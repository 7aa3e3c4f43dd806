"""What somebody wrote, made unable to steer the screen it is shown on."""

import re

_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(text: str) -> str:
    """Return `text` with every character that could steer a terminal made visible."""
    return _UNSAFE.sub(
        lambda match: chr(0x2400 + ord(match[0])) if ord(match[0]) < ord(" ") else "\N{REPLACEMENT CHARACTER}", text
    )
