"""What was typed -> the answer as it is kept, or why it cannot be."""

from __future__ import annotations

from datetime import date

from coach.language import _
from coach.language.days import NotADayError, for_instance, read_day, say_back
from coach.language.numbers import read_number
from coach.language.words import all_words
from coach.logs.value import key_and_label
from coach.sequences.sequence import Option, Question
from coach.text import clean

_LONGEST = 2_000_000


class NotAnAnswerError(Exception):
    """The text does not answer the question; its message says what would."""


def read_answer(question: Question, typed: str, today: date) -> tuple[str, ...]:
    """Return the lines of the answer that `typed` gives to `question`; ("",) where an optional one is left empty.

    Raises:
        NotAnAnswerError: when it gives none.

    """
    text = clean(typed).rstrip()
    if not text.strip():
        if question.optional:
            return ("",)
        raise NotAnAnswerError(_("Please choose something here.") if question.options else _what_is_needed(question, today))
    if len(text) > _LONGEST:
        raise NotAnAnswerError(_("This is more than fits in an answer. Please keep to two million letters."))
    match question.type:
        case "text":
            return tuple(text.split("\n"))
        case "line":
            return (" ".join(text.split("\n")),)
        case "scale":
            return (_read_number(question, text.strip()),)
        case "date":
            return (_read_day(text.strip(), today),)
        case "choice" | "yes-no":
            return (_read_choice(question, text.strip()).logged,)
        case "choices":
            chosen = [_read_choice(question, part.strip()) for part in text.split("\n") if part.strip()]
            return tuple(option.logged for option in question.options if option in chosen)


def as_typed(question: Question, lines: tuple[str, ...]) -> str:
    """Return what would have to be typed to give the answer `lines`."""
    if not question.options:
        return "\n".join(lines)
    return "\n".join(option.key for option in question.options if any(is_chosen(option, line) for line in lines))


def is_chosen(option: Option, line: str) -> bool:
    """Return whether a line of a log means an option: by its key or its label, whatever an editor put around it."""
    return line == option.logged or any(
        name.casefold() in {option.key.casefold(), option.label.casefold()} for name in key_and_label(line)
    )


def say_understood(question: Question, lines: tuple[str, ...], today: date) -> str:
    """Return what was understood of an answer that may have been typed in many ways, or ""."""
    return say_back(date.fromisoformat(lines[0]), today) if question.type == "date" and any(lines) else ""


def _what_is_needed(question: Question, today: date) -> str:
    match question.type:
        case "scale":
            return _whole_number(question)
        case "date":
            return _("This question needs a day.") + " " + for_instance(today)
        case "choice" | "choices" | "yes-no":
            return _("Please choose something here.")
        case "text" | "line":
            return _("This question needs an answer. A few words will do.")


def _read_day(text: str, today: date) -> str:
    try:
        return read_day(text, today).isoformat()
    except NotADayError as error:
        raise NotAnAnswerError(str(error)) from None


def _read_number(question: Question, text: str) -> str:
    scale = question.scale
    number = scale and read_number(text, scale.last)
    if not scale or not number or number.least < scale.first or number.most > scale.last:
        raise NotAnAnswerError(_whole_number(question))
    if number.least != number.most:
        what = _("'{text}' is between two numbers, and only whole ones can be compared later. Choose {one} or {other}.")
        raise NotAnAnswerError(what.format(text=text, one=number.least, other=number.most))
    return str(number.least)


def _whole_number(question: Question) -> str:
    return _("Please give a whole number on the scale: {scale}.").format(scale=question.scale)


def _read_choice(question: Question, text: str) -> Option:
    for name in (text, text.casefold()):
        for option in question.options:
            if name in {option.key, option.label, option.key.casefold(), option.label.casefold()}:
                return option
    if question.type == "yes-no" and any(text.casefold() in words.yes for words in all_words()):
        return question.options[0]
    if question.type == "yes-no" and any(text.casefold() in words.no for words in all_words()):
        return question.options[1]
    allowed = ", ".join(option.label for option in question.options)
    raise NotAnAnswerError(_("'{text}' is not one of the choices: {allowed}.").format(text=text, allowed=allowed))
