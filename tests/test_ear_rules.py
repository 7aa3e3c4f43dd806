"""The files of rules, the shipped ones and a user's own."""

from __future__ import annotations

import re
import time
from dataclasses import fields
from pathlib import Path

import pytest

import coach.ear.ear
from check_rules import check_rules
from coach.ear.checks import CHECKS, SAFETY
from coach.ear.ear import Own, load_ear
from coach.ear.normalised import fold
from coach.ear.patterns import bound
from coach.ear.question_form import Forms
from coach.errors import CoachError

LANGUAGES = ("nl", "en")
FILES = {language: Path(coach.ear.ear.__file__).with_name(f"{language}.yaml") for language in LANGUAGES}
TEXTS = {language: file.read_text(encoding="utf-8") for language, file in FILES.items()}
TESTS = {language: check_rules(text, f"{language}.yaml") for language, text in TEXTS.items()}
RULES = [(language, rule) for language in LANGUAGES for rule in TESTS[language]]
SLOW = 0.010  # seconds
HOSTILE = {
    "one letter": "a" * 4000,
    "one word": "je " * 1300,
    "blanks": " " * 4000,
    "digits": "0" * 4000,
    "spaced digits": "0 6 " * 1000,
    "dots": "a." * 2000,
    "commas": "a, " * 1300,
    "quotes": "'a" * 2000,
    "e-mail": "a.a@" * 1000,
    "accents": "e\u0301" * 2000,
    "verbs": "is zijn was you are do " * 170,
    "questions": "wat hoe waarom what how why " * 140,
    "question marks": "a?" * 2000,
    "lines": "a\n" * 2000,
    "dashes": "a-a--" * 800,
    "beginnings": "ik zag dat je i saw that you " * 138,
    "conjunctions": "en wat en hoe and what but " * 148,
    "mixed": 'Als je, u bent toch (06) "niet" always, maar je moet; ' * 75,
}


@pytest.mark.parametrize(("language", "rule"), RULES)
def test_a_rule_hears_its_own_hits_and_is_silent_on_its_own_misses(language: str, rule: str) -> None:
    own, ear = TESTS[language][rule], load_ear(language)
    heard = [text for text in (*own.hit, *own.miss) if rule in [found.check for found in ear.hear(text, [rule])]]
    assert heard == [*own.hit]


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_languages_have_every_rule(language: str) -> None:
    assert tuple(rule.id for rule in load_ear(language).rules) == tuple(check for check in CHECKS if check not in SAFETY)


def patterns(language: str) -> dict[str, re.Pattern[str]]:
    ear = load_ear(language)
    found = {
        f"{rule.id}.{key}[{place}]": bound((pattern,))
        for rule in ear.rules
        for key in ("any", "unless", "silent_when")
        for place, pattern in enumerate(getattr(rule, key))
    }
    forms = {field.name: re.compile(getattr(ear.known.forms, field.name)) for field in fields(Forms)}
    return found | forms


def seconds(pattern: re.Pattern[str], text: str) -> float:
    """Return the first of three searches that is not slow, else the quickest, so that a busy machine changes nothing."""
    times = []
    for _ in range(3):
        begin = time.thread_time()
        sum(1 for _match in pattern.finditer(text))
        times.append(time.thread_time() - begin)
        if times[-1] <= SLOW:
            break
    return min(times)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", HOSTILE)
def test_no_pattern_is_slow_on_hostile_text(language: str, kind: str) -> None:
    text = fold(HOSTILE[kind]).text
    slow = {name: spent for name, pattern in patterns(language).items() if (spent := seconds(pattern, text)) > SLOW}
    assert slow == {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", HOSTILE)
def test_a_whole_hostile_answer_is_heard_in_time(language: str, kind: str) -> None:
    ear = load_ear(language)
    ear.hear("a", CHECKS)
    begin = time.thread_time()
    ear.hear(HOSTILE[kind] * 10, CHECKS)
    assert time.thread_time() - begin < 1.5


def broken(change: tuple[str, str]) -> str:
    with pytest.raises(CoachError) as caught:
        check_rules(TEXTS["en"].replace(*change, 1), "en.yaml")
    return str(caught.value)


def line_of(text: str) -> int:
    return TEXTS["en"][: TEXTS["en"].index(text)].count("\n") + 1


def test_a_rule_with_an_unknown_id_is_refused_with_its_line() -> None:
    line = line_of("- id: advice")
    message = broken(("- id: advice", "- id: advise"))
    assert f"en.yaml:{line}: unknown rule 'advise'; did you mean 'advice'?" in message


def test_an_invalid_pattern_is_refused_with_its_line() -> None:
    line = line_of("if i were you|")
    message = broken(("if i were you|", "if i were (you|"))
    assert f"en.yaml:{line}: " in message
    assert "is not a pattern: missing ), unterminated subpattern" in message


def test_a_rule_without_tests_is_refused_with_its_line() -> None:
    line = line_of("- id: advice")
    message = broken(("\n  advice:\n", "\n  absolut:\n"))
    assert f"en.yaml:{line}: rule 'advice' has no tests; add `advice: {{hit: [...], miss: [...]}}` under `tests:`" in message


def test_an_unknown_fragment_is_refused_with_its_line() -> None:
    line = line_of("    - <time>")
    assert f"en.yaml:{line}: unknown fragment '<tine>'; did you mean 'time'?" in broken(("- <time>", "- <tine>"))


RULES_START = line_of("rules:\n")
LISTS = "'rules' must be a list; write `rules:` and `- id: ...` under it"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("\nrules:\n", "\nrulez:\n"), f"en.yaml:{line_of('let:')}: {LISTS}"),
        (("\nrules:\n", "\nrules: none\nrulez:\n"), f"en.yaml:{RULES_START}: {LISTS}"),
        (
            ("\n  - id: leading_question\n", "\n  - words\n  - id: leading_question\n"),
            f"en.yaml:{line_of('- id: leading_question')}: a rule must hold keys with values; write `- id: ...`",
        ),
        (
            ("- id: leading_question", "- id: personal_data"),
            (
                f"en.yaml:{RULES_START}: rule 'personal_data' stands here twice; keep one\n"
                f"en.yaml:{RULES_START}: these rules are missing: leading_question; each language has the same rules"
            ),
        ),
        (("form: closed", "form: open"), f"en.yaml:{line_of('form: closed')}: unknown form 'open'; use one of: closed, stacked"),
        (("\n  tag: ", "\n  zzz: "), f"en.yaml:{line_of('  opener:')}: the key 'tag' is missing; add `tag: ...`"),
        (
            ("- id: advice\n    any:", "- id: advise\n    any:"),
            f"en.yaml:{line_of('- id: advice')}: unknown rule 'advise'; did you mean 'advice'?",
        ),
        (
            ("- id: advice\n    any:", "- id: advice\n    ani:"),
            f"en.yaml:{line_of('- id: advice')}: the key 'any' is missing; add a list of patterns",
        ),
    ],
)
def test_a_mistake_in_the_rules_is_told_where_it_stands(change: tuple[str, str], message: str) -> None:
    assert f"\n{message}\n" in f"\n{broken(change)}\n"


def test_a_file_of_rules_that_is_no_mapping_is_refused_where_it_begins() -> None:
    with pytest.raises(CoachError) as caught:
        check_rules("# rules\n- id: safety\n", "en.yaml")
    assert str(caught.value.problems[0]) == "en.yaml:2: the file must hold keys with values; write `key: value`"


@pytest.mark.parametrize(
    ("language", "text", "form", "question"),
    [
        ("en", "What do you hear?", "open", "what do you hear?"),
        ("en", "Tell me more.", "open", "tell me more."),
        ("en", "What helps? Do you know?", "open", "what helps?"),
        ("en", "Do you listen?", "closed", "do you listen?"),
        ("en", "Do you listen? Is he calm?", "closed", "is he calm?"),
        ("en", "May I ask you something?", "leave", "may i ask you something?"),
        ("nl", "Wat hoor je?", "open", "wat hoor je?"),
        ("nl", "Vertel eens meer.", "open", "vertel eens meer."),
        ("nl", "Luister je?", "closed", "luister je?"),
        ("nl", "Mag ik je iets vragen?", "leave", "mag ik je iets vragen?"),
    ],
)
def test_a_question_has_a_form(language: str, text: str, form: str, question: str) -> None:
    found, sentence = load_ear(language).known.forms.of_text(fold(text).text)
    assert (found, sentence and sentence.text) == (form, question)


@pytest.mark.parametrize(
    "text", ["", "...", "I listen.", "S. left. He came late.", "Do you, she said.", "Hello?", "And the timetable?"]
)
def test_what_asks_nothing_has_no_form(text: str) -> None:
    assert load_ear("en").known.forms.of_text(fold(text).text) == ("none", None)


def own(text: str) -> Own:
    return Own("prompts/nl/ear.yaml", text.encode())


def heard(text: str, check: str, changes: str) -> list[str]:
    return [found.words for found in load_ear("nl", own(changes)).hear(text, [check])]


def test_a_user_adds_words_to_a_rule() -> None:
    changes = "interpretation:\n  any: [lastpak*, een Moeilijk geval]\n"
    assert heard("Het zijn Lastpakken.", "interpretation", changes) == ["Lastpakken"]
    assert heard("Ze zijn een  moeilijk geval.", "interpretation", changes) == ["een  moeilijk geval"]
    assert heard("Hij is lui.", "interpretation", changes) == ["lui"]


def test_a_user_adds_exceptions_to_a_rule() -> None:
    assert heard("Hij is altijd vrolijk.", "absolute", "absolute:\n  unless: [altijd vrolijk]\n") == []


def test_a_user_switches_a_rule_off() -> None:
    assert heard("Hij komt altijd te laat.", "absolute", "absolute: {off: true}\n") == []


def test_a_users_words_are_no_regular_expressions() -> None:
    changes = "absolute:\n  any: ['a+b (c)']\n"
    assert heard("een a+b (c) hier", "absolute", changes) == ["a+b (c)"]
    assert heard("aab c", "absolute", changes) == []


def test_every_problem_of_a_users_file_is_told_at_once() -> None:
    text = "absolut:\n  any: [x]\ninterpretation:\n  ani: [y]\nadvice:\n  any: ['*', 'mis*lukt']\n  off: maybe\n"
    with pytest.raises(CoachError) as caught:
        load_ear("nl", own(text))
    cure = "use letters and blanks, and if you like one * at the end: `lastpak*`"
    assert str(caught.value).split("\n") == [
        "prompts/nl/ear.yaml:1: unknown key 'absolut'; did you mean 'absolute'?",
        "prompts/nl/ear.yaml:4: unknown key 'ani'; did you mean 'any'?",
        f"prompts/nl/ear.yaml:6: '*' is not a plain word or phrase; {cure}",
        f"prompts/nl/ear.yaml:6: 'mis*lukt' is not a plain word or phrase; {cure}",
        "prompts/nl/ear.yaml:7: 'off' is 'maybe'; use one of: true, false",
    ]


def test_a_users_file_that_is_no_mapping_is_refused() -> None:
    with pytest.raises(CoachError, match=r"ear\.yaml:1: the file must hold rules with their words"):
        load_ear("nl", own("- a\n"))


def concern(text: str, changes: str) -> list[tuple[str, str, str]]:
    return [(found.check, found.words, found.remark) for found in load_ear("nl", own(changes)).hear(text, [])]


def test_an_organisation_says_its_own_line_about_safety() -> None:
    changes = "safety_other:\n  any: [losse hand*]\n  line: Bel vandaag nog S. van het zorgteam.\n"
    assert concern("Vader heeft Losse handen.", changes) == [
        ("safety_other", "Losse handen", "Bel vandaag nog S. van het zorgteam.")
    ]


def test_a_users_exceptions_and_switch_hold_for_safety() -> None:
    heard_by_words = "safety_other:\n  any: [schommel]\n"
    assert [check for check, _words, _line in concern("Hij viel van de schommel.", heard_by_words)] == ["safety_other"]
    assert concern("Hij viel van de schommel.", heard_by_words + "  unless: [van de schommel]\n") == []
    assert concern("Hij viel van de schommel.", heard_by_words + "  off: true\n") == []


def test_a_line_is_for_safety_only_and_not_endless() -> None:
    with pytest.raises(CoachError) as caught:
        load_ear("nl", own(f"absolute:\n  line: nee\nsafety_threat:\n  line: {'a' * 401}\n"))
    assert str(caught.value).split("\n") == [
        "prompts/nl/ear.yaml:2: unknown key 'line'; use one of: any, unless, off",
        "prompts/nl/ear.yaml:4: 'line' is longer than 400 letters; make it shorter",
    ]


def test_a_users_words_are_silent_where_somebody_else_says_them() -> None:
    changes = "interpretation:\n  any: [lastpak*]\n"
    assert heard("De juf zegt dat het lastpakken zijn. 'Lastpak' riep hij.", "interpretation", changes) == []
