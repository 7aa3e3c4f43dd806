"""What counts as personal data: one table, for what the ear remarks on and for what is replaced in a copy to share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Literal, NamedTuple

from coach.ear.names import PersonalWords, capitals, full_names
from coach.ear.normalised import Folded, fold
from coach.ear.patterns import bound
from coach.language.words import all_words

PERSONAL = "personal_data"
"""The check that hears them."""
Kind = Literal["email", "link", "address", "date", "phone", "number", "name"]


class Form(NamedTuple):  # which a program that starts makes in a tenth of the time of a dataclass
    """One way in which a kind is written: a pattern, or what finds it by its capitals.

    A form is heard and replaced, unless `unheard` or `unreplaced` says why not. A pattern is found as whole words in small
    letters, in every language; `<born>` stands for what a language says, and a group for what counts. With a `proof` a form
    only counts when that holds for what was typed.
    """

    kind: Kind
    pattern: str = ""
    proof: Callable[[str, PersonalWords], bool] | None = None
    finder: Callable[[Folded, PersonalWords], Iterator[tuple[int, int]]] | None = None
    unheard: str = ""
    unreplaced: str = ""


def _is_citizen_number(typed: str, _words: PersonalWords) -> bool:
    """Whether a number passes the eleven-test, or is written as in America."""
    digits = [int(sign) for sign in typed if sign.isdecimal()]
    weighed = sum(weight * digit for weight, digit in zip((9, 8, 7, 6, 5, 4, 3, 2, -1), digits, strict=True))
    return (any(digits) and weighed % 11 == 0) or typed[-5] == "-"


def _is_address(typed: str, words: PersonalWords) -> bool:
    """Whether a street has capitals, or none of the words of 3 times in the street, schoolplein 3."""
    has_capitals = not typed.isupper() and not any(word[0].islower() for word in typed.split())
    return has_capitals or words.no_street.isdisjoint(typed.lower().split())


def _is_postcode(typed: str, words: PersonalWords) -> bool:
    """Whether figures and letters are a postcode: in capitals or with a place, not as in 2019 al vaker, 2014 IB, Y6 2nd."""
    if not typed[0].isdecimal():
        return typed.isupper() or (" " in typed and typed[-2:].lower() not in _BEHIND_A_FIGURE)
    letters, *place = typed[4:].split()
    may_be_year = typed[:2] in {"19", "20"} and letters.lower() in words.no_names
    return (letters.isupper() and not may_be_year) or (bool(place) and letters.lower() not in words.no_postcode)


def _is_account(typed: str, _words: PersonalWords) -> bool:
    """Whether letters and figures are a bank account: in capitals, most of them figures."""
    return typed.isupper() and sum(sign.isdecimal() for sign in typed) >= _FIGURES_OF_ACCOUNT


_FIGURES_OF_ACCOUNT = 9
_BEHIND_A_FIGURE = {"st", "nd", "rd", "th", "de", "km", "kg", "cm", "mm", "ml"}
_CITIZEN_NUMBER = (
    r"(?:bsn)?(?<![\d.,-])(?:\d{9}"  # as nine digits
    r"|\d{4}\.\d{2}\.\d{3}"  # as on older papers
    r"|\d{3}[ .-]\d{3}[ .-]\d{3}"  # by three
    r"|\d{3}-\d{2}-\d{4})"  # as in America
    r"(?![\d-]|[.,]\d)"
)

_DAY = (
    r"(?:\d{1,2}(?:st|nd|rd|th|e|de|ste)?|(?:een|twintig|dertig|[a-z]+(?:tien|entwintig|endertig)|[a-z]+(?:de|ste)"  # drie, derde
    r"|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf"
    r"|(?:twenty-|thirty-)?(?:first|second|third|[a-z]+th)))(?: of)?"  # third of
)
_YEAR_IN_WORDS = (
    r"(?:(?:tweeduizend|negentienhonderd)[\w-]*|(?:two thousand|nineteen|twenty)(?:[ ,-]+(?:and )?[a-z]+(?:-[a-z]+)?)?)"
)

# fmt: off # a form stands on a line, each part of its pattern on one of its own
TABLE = (
    Form("email", r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+"),
    Form("link", r"(?:https?://|www\.)\S+", unheard="a page tells what somebody read, and seldom who somebody is"),
    Form(
        "address",
        r"[a-zà-ÿ]+(?:straat|laan|weg|plein|kade|gracht|singel|dijk|steeg|hof|dreef|plantsoen) \d{1,4}(?: ?[a-z])?",
        _is_address,
    ),
    Form(
        "address",
        r"\d{1,5}[a-z]? (?:[\w']+ ){1,3}(?:street|road|avenue|lane|drive|close|crescent|terrace|court|way)",
        _is_address,
    ),
    Form(
        "address",
        r"([1-9]\d{3} ?[a-z]{2})(?: [^\W\d_]{3,})?"  # a Dutch postcode, and its place
        r"|([a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2})",
        _is_postcode,
    ),  # a British one
    Form(
        "date",
        r"(?:<born>) ?(\d{1,2}(?:st|nd|rd|th|e)?[-/. ]+(?:of )?(?:\d{1,2}|[a-z]{3,9})[-/., ]+\d{2,4}"  # 3 May 2012
        r"|[a-z]{3,9} \d{1,2}(?:st|nd|rd|th)?,? \d{4}"  # May 3, 2012
        r"|\d{4}-\d\d-\d\d)",
    ),
    Form("date", r"\d{1,2}[-/. ]\d{1,2}[-/. ](?:19[3-9]\d|20[01]\d)"),
    Form(
        "date",
        r"\d{1,2}[-/. ]\d{1,2}[-/. ](?:19|20)\d\d",
        unheard="when something happened belongs in one's own log; in a copy it may lead to whom it happened to",
    ),
    Form(
        "date",
        rf"{_DAY} <month>,? '?(?:\d{{4}}|\d\d)"  # 3 mei 2012
        rf"|<month> \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}"  # May 3, 2012
        r"|(?:19|20)\d\d-\d\d-\d\d",
        unheard="when something happened belongs in one's own log; in a copy it may lead to whom it happened to",
    ),
    Form(
        "date",
        r"(?:<born>|birthday|verjaardag|jarig|verjaart)(?: (?:is|was|on|in|op|de|the|zijn|haar))*"
        rf" ('?\d\d?[-/. ]\d\d?[-/. ]'?\d\d|(?:{_DAY} )?<month>(?: \d{{1,2}}(?:st|nd|rd|th)?(?!\d))?"  # the day, the month
        rf"(?:,? (?:'?\d\d(?:\d\d)?|{_YEAR_IN_WORDS}))?|(?:19|20)\d\d(?![-/.]\d))",  # and the year, or that alone
        unheard="a birthday in words is seldom more than a birthday; in a copy it leads to whose it is",
    ),
    Form(
        "phone",
        r"(?:\+|00)\d{1,3}(?:[ -]?\(0\))?(?:[ -]{0,3}\d){8,11}"  # from abroad
        r"|\(?0(?![89]00|808|\d[-/. ]\d\d[-/. ]\d{4})[1-9](?:[ )-]{0,3}\d){7,10}"  # at home; free numbers are nobody's
        r"|\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}",
    ),  # in America
    Form(
        "phone",
        r"(?:\+|00 ?)\d{1,3}[ ./-]{0,2}(?:\(0?\d{0,4}\))?(?:[ ./-]{0,3}\d){7,11}"  # from abroad
        r"|\(?06(?:[ )./-]{0,3}\d){8}",  # a mobile one
        unheard="rarer ways to write one, which in one's own log may be another number; in a copy none may be missed",
    ),
    Form("number", _CITIZEN_NUMBER, _is_citizen_number),
    Form("number", _CITIZEN_NUMBER, unheard="most are no citizen numbers; in a copy none may be missed"),
    Form(
        "number",
        r"[a-z]{2}\d\d(?: ?[a-z\d]{4}){2,7}(?: ?[a-z\d]{1,4})?",
        _is_account,
        unheard="nobody writes that in a log to think",
    ),
    Form(
        "number",
        r"(?:leerling|student|dossier|cli[eë]nt|klant|pati[eë]nt|pupil|client|case|file|passport|paspoort)[ -]?"
        r"(?:nummer|number|nr\.?|no\.?) ?:? ?(\w{0,3}\d[\d .-]{2,12}\d)",
        unheard="in one's own log it says who is meant; in a copy too",
    ),
    Form("name", finder=full_names, unreplaced="each of its words is, so that a first name alone gets the same letter"),
    Form(
        "name",
        r"(?<!\.)[^\W\d_]\.(?:[^\W\d_]\.)*",
        lambda typed, _words: typed.isupper(),
        unheard="initials are what the remark asks for",
    ),
    Form("name", finder=capitals, unheard="one's own log may name people and places; a full name is what gives somebody away"),
)
# fmt: on
"""All that counts as personal data; of what is replaced, the first form that tells it says what kind it is."""

HEARD = tuple(form for form in TABLE if not form.unheard)
PROOFS = {form.pattern: form.proof for form in HEARD if form.proof}


def heard_patterns(words: PersonalWords) -> tuple[str, ...]:
    """Return the patterns that are heard, with the words of a language."""
    return tuple(form.pattern.replace("<born>", words.born) for form in HEARD if form.pattern)


def heard_names(folded: Folded, words: PersonalWords) -> Iterator[tuple[int, int]]:
    """Yield where names stand that are heard."""
    for form in HEARD:
        yield from form.finder(folded, words) if form.finder else ()


def replaced(text: str, words: PersonalWords, *, names: bool) -> Iterator[tuple[Kind, str]]:
    """Yield what is replaced in a text, as it was typed, and of what kind it is: the names, or all else."""
    folded = fold(text)
    for form in TABLE:
        if not form.unreplaced and (form.kind == "name") is names:
            yield from ((form.kind, folded.words(*span)) for span in _spans(form, folded, words))


@cache
def _months() -> str:
    """Return a pattern of the months in all languages."""
    names = {one for words in all_words() for names in words.months for one in names.split("|")}
    return f"(?:{'|'.join(sorted({*names, *(one[:3] for one in names), 'sept'}, key=len, reverse=True))})(?:\\.(?= '?\\d))?"


def _spans(form: Form, folded: Folded, words: PersonalWords) -> Iterator[tuple[int, int]]:
    """Yield where a form is found; what fails its proof may still hold one."""
    if form.finder:
        yield from form.finder(folded, words)
        return
    pattern, place = bound((form.pattern.replace("<born>", words.born).replace("<month>", _months()),)), 0
    while match := pattern.search(folded.text, place):
        is_proven = form.proof is None or form.proof(folded.words(*match.span()), words)
        if is_proven:
            yield match.span(match.lastindex or 0)
        place = match.end() if is_proven else match.start() + 1
