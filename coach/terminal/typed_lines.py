"""What is typed -> lines on the screen that end between words; prompt_toolkit itself breaks them at any letter."""

from __future__ import annotations

from bisect import bisect_left

from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.formatted_text.utils import fragment_list_to_text
from prompt_toolkit.layout.processors import Processor, Transformation, TransformationInput
from prompt_toolkit.layout.screen import Char
from prompt_toolkit.layout.utils import explode_text_fragments
from prompt_toolkit.utils import get_cwidth

from coach.terminal.lines import breaks

_LEAST = 10  # columns
_TAB = "\t"  # prompt_toolkit shows it as ^I


class WordWrap(Processor):
    """Fills every line on the screen but the last with spaces, so that the next word begins on a line of its own."""

    def __init__(self, margin: int) -> None:
        """`margin` is how many columns stand before every line."""
        self._margin = margin

    def apply_transformation(self, transformation_input: TransformationInput) -> Transformation:
        """Return a line of the text as it is shown; a space for which a line on the screen has no room is not."""
        width = max(transformation_input.width - self._margin, _LEAST)
        fragments = explode_text_fragments(transformation_input.fragments)
        characters: StyleAndTextTuples = [
            (style, " " if character == _TAB else character) for style, character, *_rest in fragments
        ]
        text = fragment_list_to_text(characters)
        shown: StyleAndTextTuples = []
        places = []  # where each character of the text is shown
        used, starts = 0, {*breaks(text, width, _cells)}
        for number, character in enumerate(characters):
            if number in starts:
                shown += [("", " ")] * (width - used)
                used = 0
            places.append(len(shown))
            size = _cells(character[1])
            if character[1] != " " or used + size <= width:
                shown.append(character)
                used += size
        places.append(len(shown))
        return Transformation(shown, lambda place: places[min(place, len(text))], lambda place: bisect_left(places, place))


def _cells(text: str) -> int:
    return sum(get_cwidth(Char.display_mappings.get(character, character)) for character in text)
