"""What was typed -> the answer as it is kept, or why it cannot be."""

from __future__ import annotations

import re
from datetime import date, timedelta

from coach.language import _
from coach.sequence import Option, Question

_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[PX^_][^\x1b]*(?:\x1b\\)?|.?)", re.DOTALL)
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_MONTHS = (
    ("jan", "jan"), ("feb", "feb"), ("maart", "mrt", "mar"), ("apr", "apr"), ("mei", "may"), ("jun", "jun"),
    ("jul", "jul"), ("aug", "aug"), ("sep", "sep"), ("okt", "oct"), ("nov", "nov"), ("dec", "dec"),
)  # fmt: skip
_DAYS = (
    ("maandag", "monday"), ("dinsdag", "tuesday"), ("woensdag", "wednesday"), ("donderdag", "thursday"),
    ("vrijdag", "friday"), ("zaterdag", "saturday"), ("zondag", "sunday"),
)  # fmt: skip
_NEAR = {"vandaag": 0, "today": 0, "morgen": 1, "tomorrow": 1, "overmorgen": 2}
_SHORT_DAY = 2  # "vr", "fri": as few letters as tell the days apart


class NotAnAnswerError(Exception):
    """The text does not answer the question; its message says what would."""


def clean(text: str) -> str:
    """Return `text` as it may be stored: one kind of line end, no control sequences, no lone surrogates, no blank end."""
    text = _ESCAPES.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", _CONTROLS.sub("", text)).rstrip()


def read_answer(question: Question, typed: str, today: date) -> tuple[str, ...]:
    """Return the lines of the answer that `typed` gives to `question`; ("",) where an optional one is left empty.

    Raises:
        NotAnAnswerError: when it gives none.

    """
    text = clean(typed)
    if not text.strip():
        if question.optional:
            return ("",)
        raise NotAnAnswerError(_("This question needs an answer. A few words will do."))
    match question.type:
        case "text":
            return tuple(text.split("\n"))
        case "line":
            return (" ".join(text.split("\n")),)
        case "scale":
            return (_read_number(question, text.strip()),)
        case "date":
            return (read_date(text.strip(), today).isoformat(),)
        case "choice" | "yes-no":
            return (_read_choice(question, text.strip()).logged,)
        case "choices":
            chosen = [_read_choice(question, part.strip()) for part in text.split("\n") if part.strip()]
            return tuple(option.logged for option in question.options if option in chosen)


def as_typed(question: Question, lines: tuple[str, ...]) -> str:
    """Return what would have to be typed to give the answer `lines`."""
    if not question.options:
        return "\n".join(lines)
    return "\n".join(option.key for option in question.options if option.logged in lines)


def read_date(text: str, today: date) -> date:
    """Return the day meant by `2026-11-27`, `27-11`, `27 november`, `friday` or `tomorrow`, the next such day from `today` on.

    Raises:
        NotAnAnswerError: when it is not a day.

    """
    word = text.casefold()
    refusal = NotAnAnswerError(
        _("'{text}' is not a day I know. Write for instance {example}, friday or tomorrow.").format(
            text=text, example=(today + timedelta(days=3)).isoformat()
        )
    )
    try:
        return _near_day(word, today) or _calendar_day(word, today) or date.fromisoformat(word)
    except (ValueError, OverflowError):
        raise refusal from None


def _near_day(word: str, today: date) -> date | None:
    if word in _NEAR:
        return today + timedelta(days=_NEAR[word])
    for weekday, names in enumerate(_DAYS):
        if len(word) >= _SHORT_DAY and any(name.startswith(word) for name in names):
            return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    return None


def _calendar_day(word: str, today: date) -> date | None:
    """Read a day and a month, with or without a year: `27-11-2026`, `27/11`, `27 november`, `November 27, 2026`."""
    if match := re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})(?:[-/. ](\d{4}))?", word):
        day, month, year = match[1], int(match[2]), match[3]
    elif match := re.fullmatch(r"(\d{1,2})\.? ([a-z]{3,9})\.?,?(?: (\d{4}))?", word):
        day, month, year = match[1], _month(match[2]), match[3]
    elif match := re.fullmatch(r"([a-z]{3,9})\.? (\d{1,2})(?:,? (\d{4}))?", word):
        day, month, year = match[2], _month(match[1]), match[3]
    else:
        return None
    if year:
        return date(int(year), month, int(day))
    this_year = date(today.year, month, int(day))
    return this_year if this_year >= today else date(today.year + 1, month, int(day))


def _month(word: str) -> int:
    for number, names in enumerate(_MONTHS, start=1):
        if any(word.startswith(name) for name in names):
            return number
    raise ValueError(word)


def _read_number(question: Question, text: str) -> str:
    scale = question.scale
    if scale and re.fullmatch(r"-?\d{1,9}", text, re.ASCII) and scale.first <= int(text) <= scale.last:
        return str(int(text))
    raise NotAnAnswerError(_("Please give a whole number on the scale: {scale}.").format(scale=scale))


def _read_choice(question: Question, text: str) -> Option:
    for wanted in (text, text.casefold()):
        for option in question.options:
            if wanted in {option.key, option.label, option.key.casefold(), option.label.casefold()}:
                return option
    if question.type == "yes-no" and text.casefold() in {"j", "y", "ja", "yes"}:
        return question.options[0]
    if question.type == "yes-no" and text.casefold() in {"n", "nee", "no"}:
        return question.options[1]
    allowed = ", ".join(option.label for option in question.options)
    raise NotAnAnswerError(_("'{text}' is not one of the choices: {allowed}.").format(text=text, allowed=allowed))
