"""The colours of the report can be told from what they stand on: on a light screen, a dark one, and on paper."""

import re
from pathlib import Path

import pytest

from contrast import ENOUGH, Colour, contrast

STYLE = (Path(__file__).parents[1] / "coach" / "documents" / "report.css").read_text("utf-8")
PALETTES = dict(zip(("light", "dark", "paper"), re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL), strict=True))
GROUNDS = ("paper", "sheet")
WORDS = ("ink", "quiet", "teal")
PICTURES = ("teal", "ochre", "brick", "plum", "quiet")
ENOUGH_OF_A_PICTURE = 3.0  # WCAG 2.2, 1.4.11


def colours(palette: str) -> dict[str, Colour]:
    found = re.findall(r"--(\w+): #([0-9a-f]{3,6});", PALETTES[palette])
    return {name: _colour(digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)) for name, digits in found}


def _colour(digits: str) -> Colour:
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize(("names", "least"), [(WORDS, ENOUGH), (PICTURES, ENOUGH_OF_A_PICTURE)], ids=["words", "pictures"])
def test_a_colour_stands_out_on_each_ground(palette: str, names: tuple[str, ...], least: float) -> None:
    by_name = colours(palette)
    assert [(name, ground) for name in names for ground in GROUNDS if contrast(by_name[name], by_name[ground]) < least] == []


def test_bars_stand_out_in_their_track() -> None:
    tones = [colours(palette) for palette in PALETTES]
    assert [
        tone for tone in tones for name in ("teal", "quiet") if contrast(tone[name], tone["wash"]) < ENOUGH_OF_A_PICTURE
    ] == []


def test_words_have_no_other_colours() -> None:
    assert set(re.findall(r"(?<![-\w])color: var\(--(\w+)\)", STYLE)) == set(WORDS)
