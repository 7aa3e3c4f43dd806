"""How well a text can be read: the contrast of its colour with the background, as WCAG measures it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

Colour = tuple[int, int, int]

ENOUGH = 4.5
_SHOWN = re.compile(r"\x1b\[([0-9;]*)m|([^\x1b\s])")


class Ground(NamedTuple):
    """A palette of a terminal: its sixteen colours, what it writes with, and what on."""

    colours: tuple[Colour, ...]
    text: Colour
    ground: Colour


class Look(NamedTuple):
    """How a text looks, in colours: a number of the sixteen, another colour by name, or None for the terminal's own."""

    colour: int | str | None = None
    ground: int | str | None = None
    dim: bool = False
    hidden: bool = False


def _colours(text: str) -> tuple[Colour, ...]:
    return tuple((int(part[:2], 16), int(part[2:4], 16), int(part[4:], 16)) for part in text.split())


_XTERM = _colours(
    "000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5 7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff"
)
_CODE_DARK = _colours(
    "000000 cd3131 0dbc79 e5e510 2472c8 bc3fbc 11a8cd e5e5e5 666666 f14c4c 23d18b f5f543 3b8eea d670d6 29b8db e5e5e5"
)
_CODE_LIGHT = _colours(
    "000000 cd3131 00bc00 949800 0451a5 bc05bc 0598bc 555555 666666 cd3131 14ce14 b5ba00 0451a5 bc05bc 0598bc a5a5a5"
)
_SOLARIZED = _colours(
    "073642 dc322f 859900 b58900 268bd2 d33682 2aa198 eee8d5 002b36 cb4b16 586e75 657b83 839496 6c71c4 93a1a1 fdf6e3"
)
GROUNDS = {
    "black": Ground(_XTERM, (229, 229, 229), (0, 0, 0)),
    "white": Ground(_XTERM, (0, 0, 0), (255, 255, 255)),
    "dark of VS Code": Ground(_CODE_DARK, (204, 204, 204), (30, 30, 30)),
    "light of VS Code": Ground(_CODE_LIGHT, (59, 59, 59), (255, 255, 255)),
    "Solarized dark": Ground(_SOLARIZED, _SOLARIZED[12], _SOLARIZED[8]),
    "Solarized light": Ground(_SOLARIZED, _SOLARIZED[11], _SOLARIZED[15]),
}


def readable(look: Look, ground: Ground) -> bool:
    """Return whether a text can be read; what a terminal itself writes with, its owner chose."""
    if look.hidden or isinstance(look.colour, str) or isinstance(look.ground, str):
        return False
    text = ground.text if look.colour is None else ground.colours[look.colour]
    behind = ground.ground if look.ground is None else ground.colours[look.ground]
    if look.dim:
        text = ((text[0] + behind[0]) // 2, (text[1] + behind[1]) // 2, (text[2] + behind[2]) // 2)
    return contrast(text, behind) >= min(ENOUGH, contrast(ground.text, ground.ground))


def contrast(one: Colour, other: Colour) -> float:
    """Return the ratio of contrast, from 1 to 21."""
    darker, lighter = sorted(map(_luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (c / 255 for c in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def looks_in(output: str) -> set[Look]:
    """Return how the texts look that a program wrote to a terminal."""
    look, found = Look(), set()
    for match in _SHOWN.finditer(output):
        if match[2]:
            found.add(look)
        else:
            for number in _numbers(match[1]):
                look = _changed(look, number)
    return found


def _numbers(codes: str) -> Iterator[int]:
    numbers = iter([int(code or 0) for code in codes.split(";")])
    for number in numbers:
        yield number
        if number in {38, 48}:  # a colour beyond the sixteen follows
            list(numbers)


def _changed(look: Look, number: int) -> Look:
    match number:
        case 0:
            return Look()
        case 2 | 22:
            return look._replace(dim=number == 2)
        case 8 | 28:
            return look._replace(hidden=number == 8)
        case 38:
            return look._replace(colour="of its own")
        case 48:
            return look._replace(ground="of its own")
        case 39:
            return look._replace(colour=None)
        case 49:
            return look._replace(ground=None)
    tens, colour = divmod(number, 10)
    bright = 8 if tens in {9, 10} else 0
    if tens in {3, 9}:
        return look._replace(colour=colour + bright)
    return look._replace(ground=colour + bright) if tens in {4, 10} else look
