"""Which of some options is meant by what somebody types: its number, its label or the beginning of it, or a yes or no."""

from __future__ import annotations

from collections.abc import Mapping

from coach.language.words import all_words
from coach.text import fold

YES, NO = "yes", "no"


def meant(typed: str, labels: Mapping[str, str], yes: str = YES, no: str = NO) -> str | None:
    """Return the key of the option that is meant; None where nothing fits.

    `labels` are the options by their keys, in the order they are shown in and numbered. `yes` and `no` are the keys of what a
    yes and a no in any language mean here.
    """
    keys, text = list(labels), " ".join(fold(typed).split())
    number = text.rstrip(".)")
    if number.isascii() and number.isdigit() and 1 <= int(number) <= len(keys):
        return keys[int(number) - 1]
    if not text:
        return None
    folded = {key: fold(label) for key, label in labels.items()}
    exact = (key for key in keys if text in {folded[key], fold(key)})
    beginning = (key for key in keys if folded[key].startswith(text))
    return next(exact, next(beginning, _yes_or_no(text, {YES: yes, NO: no}, labels)))


def _yes_or_no(text: str, answers: Mapping[str, str], labels: Mapping[str, str]) -> str | None:
    for words in all_words():
        for answer, forms in ((YES, words.yes), (NO, words.no)):
            if answers[answer] in labels and any(form.startswith(text) for form in forms):
                return answers[answer]
    return None
