"""All that is English in the program, apart from its texts, questions and rules, which are data."""

# ruff: noqa: SIM905 # two hundred words read better as a text

from __future__ import annotations

import re

from coach.language.words import DOUBLE_LETTER, Words


def stem(word: str) -> str:
    """Return one form for all the forms of a folded word."""
    if word == "children":
        return "child"
    word = re.sub(r"(?<=..)'s$|(?<=...[^su'])s$", "", word)
    word = re.sub(r"(?<=...)(?:ness|ly)$", "", word)
    word = re.sub(r"(?<=[^aeiou])(?:ie|ied|y)$", "i", word)
    word = re.sub(r"(?<=...)(?:ing|ed)$", "", word)
    return re.sub(r"(?<=...)e$", "", DOUBLE_LETTER.sub(r"\1", word))


_UNSURE = re.compile(
    r"""
    (?: (?: i|well|u+h+|u+m+|h+m+|honestly|really|just ) (?: [ ] | \Z ) )*              # how it begins
    (?:
        (?: do [ ] not|don't|dont ) [ ] (?: (?: really|quite ) [ ] )? know               # don't really know yet
            (?: [ ] (?: yet|exactly|really|right|now|for|sure|that ) )*
        | (?: wouldn't|would [ ] not ) [ ] know                                          # wouldn't know
        | (?: (?: i'm|im|am ) [ ] )? (?: really [ ] )? not [ ] (?: so [ ] )? sure (?: [ ] yet )?
        | (?: (?: have|i've|got ) [ ] )* (?: really [ ] )? no [ ] (?: idea|clue ) (?: [ ] yet )?
        | dunno | idk
    )?
    """,
    re.VERBOSE,
)

WORDS = Words(
    months=tuple("january february march april may june july august september october november december".split()),
    weekdays=("monday", "tuesday", "wednesday|weds", "thursday", "friday", "saturday", "sunday"),
    days_from_now={
        **dict.fromkeys(("today", "now", "this morning", "this afternoon", "this evening", "tonight"), 0),
        **dict.fromkeys(("yesterday", "last night"), -1),
        **dict.fromkeys(("the day before yesterday", "day before yesterday"), -2),
        **dict.fromkeys(("the day after tomorrow", "day after tomorrow"), 2),
        "tomorrow": 1,
    },
    calendar={
        "1": "a|an",
        "last": "past|previous",
        "coming": "upcoming|this coming",
        "day": "days",
        "week": "weeks",
        "2 week": "a fortnight|fortnight",
        "month": "months",
        "year": "years",
        "hence": "from now|from today",
        "begin": "beginning|start|early",
        "mid": "middle",
        "end": "late",
        "": "on|the|of",
    },
    day_parts=("morning", "afternoon", "evening", "night"),
    month_first=True,
    numbers=tuple("zero one two three four five six seven eight nine ten eleven twelve".split()),
    out_of=("of", "out of"),
    halves=("half",),
    name="English",
    yes=("yes", "y"),
    no=("no", "n"),
    empty=frozenset(
        """
    about after again all almost already also always am an and another any are as at away back be because been
    before being but by came can come comes could did do does doing done down each even ever every
    everything few first for from get gets go goes going gone good got had has have having he her here
    hers him his how i if in into is it its just know left let like little make makes maybe me mine
    more most much must my never no not nothing now of off on once one only onto or other our out over
    own really said same say says see seen saw she should so some someone something soon start starts
    still such than that the their them then there these they thing this those through to too towards
    under until up us very want was way we well went were what when where which while who why will
    with without would yet you your begin begins began don't didn't doesn't isn't it's i'm can't won't
        """.split()
    ),
    stem=stem,
    unsure=_UNSURE,
    durations=frozenset("minute minutes hour hours time".split()),
    commands={
        "new": "prepare",
        "start": "prepare",
        "begin": "prepare",
        "review": "reflect",
        "followup": "follow-up",
        "continue": "resume",
        "edit": "resume",
        "listen": "hear",
        "ls": "list",
        "sessions": "list",
        "log": "list",
        "read": "show",
        "view": "show",
        "path": "where",
        "find": "search",
        "grep": "search",
        "worries": "fears",
        "stats": "patterns",
        "print": "report",
        "share": "export",
        "delete": "forget",
        "remove": "forget",
        "rm": "forget",
        "encrypt": "seal",
        "decrypt": "unseal",
        "prompts": "sequences",
        "help": "--help",
        "version": "--version",
    },
    partly=("partly", "in part", "part of it", "a little"),
    not_yet=("not yet",),
    unknown=("i don't know yet", "i don't know that yet", "don't know yet", "unknown"),
    let_go=("i let it go", "let go"),
    shortened=frozenset("dr mr mrs ms prof st".split()),
)
