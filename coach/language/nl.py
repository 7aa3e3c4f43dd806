"""All that is Dutch in the program, apart from its texts, questions and rules, which are data."""

# ruff: noqa: SIM905 # two hundred words read better as a text

from __future__ import annotations

import re

from coach.language.words import DOUBLE_LETTER, Words

_LONG_VOWEL = re.compile(r"([aeou])\1(?=[^aeiou]+$)")


def stem(word: str) -> str:
    """Return one form for all the forms of a folded word."""
    if word in {"kinderen", "kinder"}:
        return "kind"
    word = re.sub(r"(?<=...)'s$|(?<=...[^aeious])s$", "", word)
    word = re.sub(r"(?<=...)(?:heden|heid)$", "", word)
    word = re.sub(r"(?<=...)(?:ingen|ing)$|(?<=....)(?:ig|ige|te)$", "", word)
    word = re.sub(r"(?<=....)en$", "", word)
    word = re.sub(r"(?<=...)(?:en|e)$|(?<=..[bdfgklmnprvz])t$", "", word)
    word = _LONG_VOWEL.sub(r"\1", DOUBLE_LETTER.sub(r"\1", word))
    return re.sub(r"v$", "f", re.sub(r"z$", "s", word))


_UNSURE = re.compile(
    r"""
    (?: (?: ik|dat|nou|tja|nee|e+h+|u+h+|h+m+|pf+|echt|eigenlijk|gewoon ) (?: [ ] | \Z ) )*      # how it begins
    (?:
        weet [ ] (?: (?: ik|het|dat|nog|even|nu|eigenlijk|gewoon|echt ) [ ] )* niet              # weet ik nog niet
            (?: [ ] (?: zo|goed|precies|zeker|meteen|hoor ) )*
        | zou [ ] (?: (?: ik|het|dat|echt ) [ ] )* niet [ ] weten                                # zou ik niet weten
        | (?: heb [ ] )? (?: (?: ik|er|daar|nog|echt ) [ ] )* geen [ ] (?: flauw [ ] )? idee      # heb nog geen idee
    )?
    """,
    re.VERBOSE,
)

WORDS = Words(
    months=tuple("januari februari maart|mrt april mei juni juli augustus september oktober november december".split()),
    weekdays=("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
    days_from_now={
        **dict.fromkeys("vandaag nu vanochtend vanmorgen vanmiddag vanavond vannacht".split(), 0),
        **dict.fromkeys(("gisteren", "gister"), -1),
        "eergisteren": -2,
        "morgen": 1,
        "overmorgen": 2,
    },
    calendar={
        "last": "vorige|vorig|afgelopen|laatste|verleden",
        "this": "deze|dit",
        "this week": "van de week",
        "next": "volgende|volgend",
        "coming": "komende|komend|aankomende|aanstaande|eerstvolgende|eerstkomende|a.s|a.s.",
        "day": "dag|dagen",
        "week": "weken",
        "month": "maand|maanden",
        "year": "jaar|jaren",
        "weekend": "weekeinde",
        "in": "over",
        "hence": "vanaf nu|vanaf vandaag",
        "ago": "geleden|terug",
        "mid": "half|midden|medio",
        "end": "eind|einde",
        "": "op|de|van",
    },
    day_parts=("ochtend", "morgen", "voormiddag", "middag", "namiddag", "avond", "nacht"),
    numbers=tuple("nul een|één twee drie vier vijf zes zeven acht negen tien elf twaalf".split()),
    out_of=("van", "van de", "op", "op de"),
    halves=("half", "halve"),
    name="Nederlands",
    particles=tuple("aan achter af bij door in mee na neer om onder op over samen tegen terug toe uit vast vol voor weg".split()),
    past=tuple("den ten de te d t".split()),
    yes=("ja", "j"),
    no=("nee", "n"),
    empty=frozenset(
        """
    aan al alle alleen alles als altijd ander andere anders ben bent beetje bij bijna daar daarna dan dat de
    deze die dit doe doen doet door dus echt een eens eerst eerste elk elke en er ergens even ga gaan
    gaat ging geen gewoon goed haar had hadden heb hebben hebt heeft heel heen hem hen het hier hij
    hoe hoef hun iemand iets ik in is ja je jij jou jouw jullie kan kon konden kunnen kunt later maak
    maar maken meer men met mij mijn minder misschien moet moeten moest na naar nee net niet niets nog
    nooit nou nu of om omdat ons onze ook op over paar pas precies steeds te tegen terug toch toen tot
    tussen uit uw vaak van veel vind vinden voor waar waardoor wanneer want waren was wat we weer wel
    welke werd wie wij wil willen word worden wordt zal ze zeer zeg zeggen zegt zei zelf zich zichzelf
    zij zijn zin zit zo zodat zodra zonder zou zouden zag zie zien ziet komt komen kom kwam laat laten
    begin begint beginnen begon
        """.split()
    ),
    stem=stem,
    unsure=_UNSURE,
    durations=frozenset("minuut minuten minuutje kwartier uur uurtje halfuur tijd".split()),
    commands={
        "voorbereiden": "prepare",
        "voorbereiding": "prepare",
        "bereid": "prepare",
        "nieuw": "prepare",
        "terugkijken": "reflect",
        "terugblikken": "reflect",
        "reflecteren": "reflect",
        "reflectie": "reflect",
        "verkennen": "map",
        "opvolgen": "follow-up",
        "vervolg": "follow-up",
        "start": "run",
        "doe": "run",
        "verder": "resume",
        "hervatten": "resume",
        "hervat": "resume",
        "hoor": "hear",
        "luister": "hear",
        "voorbeeld": "demo",
        "lijst": "list",
        "sessies": "list",
        "toon": "show",
        "lees": "show",
        "kaart": "card",
        "kaartje": "card",
        "waar": "where",
        "zoek": "search",
        "zoeken": "search",
        "vind": "search",
        "angsten": "fears",
        "angst": "fears",
        "patronen": "patterns",
        "patroon": "patterns",
        "verslag": "report",
        "rapport": "report",
        "delen": "export",
        "exporteer": "export",
        "exporteren": "export",
        "vergeet": "forget",
        "vergeten": "forget",
        "verwijder": "forget",
        "wis": "forget",
        "versleutel": "seal",
        "verzegel": "seal",
        "ontsleutel": "unseal",
        "vragenreeksen": "sequences",
        "reeksen": "sequences",
        "hulp": "--help",
        "versie": "--version",
    },
    partly=("deels", "een deel", "een beetje", "gedeeltelijk", "ten dele"),
    not_yet=("nog niet",),
    unknown=("weet ik nog niet", "dat weet ik nog niet", "ik weet het nog niet", "onbekend"),
    let_go=("losgelaten",),
    shortened=frozenset("bijv bv dhr dr drs ds ing ir mevr mr mw prof st".split()),
)
