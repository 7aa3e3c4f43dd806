"""What search finds."""

# sentences stay on one line

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach import text as folding
from coach.errors import CoachError, UsageError
from coach.insights.excerpt import around
from coach.insights.search import Query, find, ready
from coach.logs.markdown import read_log, render
from coach.logs.session import Session
from history import logs
from test_markdown import sessions

LOG = """---
format: 1
id: 2026-11-24-091502-prepare
sequence: prepare
language: nl
about: ouders van Jérôme
started: 2026-11-24T09:15:02+01:00
tags: [verzuim]
---

# Voorbereiden: ouders van Jérôme

### Waar ben je bang voor?

- fear:: Dat vader zich aangevallen voelt.
- fear:: En dat Jero\u0301me het hoort.
- fear.before:: Dat het misgaat.
- fear.heard:: untestable_fear

Gebeld met JEROME.

### Welke vraag wil je stellen?

- honest_question:: Wat maakt vader bang?
"""
LETTERS = st.text(alphabet="aeé\u0301ÉxßİK\u2019 \u00e7cC", max_size=12)


def found(
    *patterns: str, regex: bool = False, field: str = "", whole_words: bool = False, log: str = LOG
) -> list[tuple[str, str, list[str]]]:
    hits = find(ready(Query(patterns, regex, field, whole_words)), log.encode(), "x.md")
    return [(hit.field, hit.line, [hit.line[start:end] for start, end in hit.spans]) for hit in hits]


def test_capitals_and_accents_make_no_difference() -> None:
    assert found("jerome") == [
        ("about", "ouders van Jérôme", ["Jérôme"]),
        ("fear", "En dat Jero\u0301me het hoort.", ["Jero\u0301me"]),
        ("", "Gebeld met JEROME.", ["JEROME"]),
    ]


def said(line: str) -> str:
    """Return the log with one other line in it."""
    return LOG.replace("Dat het misgaat.", line)


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("won't", "She won\u2019t come."),
        ("won\u2019t", "She won't come."),
        ("zo'n", "Zo\u2018n dag."),
        ("e-mail", "Een e\u2011mail."),
        ("e\u2013mail", "Een e-mail."),
        ("schoolleider", "De school\u00adleider."),
        ("school\u00adleider", "De schoolleider."),
        ("fiets", "De \ufb01ets."),
        ("jorgen", "J\u00f8rgen en \u0141ukasz."),
        ("\u0142ukasz", "Lukasz."),
        ("strasse", "De Stra\u00dfe."),
        ("caesar", "C\u00e6sar."),
        ("ijs", "\u0132s."),
        ("te  laat", "Te\u00a0laat."),
        ('"ja"', "Hij zei \u201eja\u201d."),
        ("wacht...", "Wacht\u2026"),
    ],
)
def test_letters_and_marks_that_are_typed_differently_are_the_same(typed: str, line: str) -> None:
    assert [hit for _field, hit, _spans in found(typed, log=said(line))] == [line]


@pytest.mark.parametrize(
    "front",
    [
        "about: >-\n  ouders van\n  J\u00e9r\u00f4me",
        'about: "ouders van\n  J\\xE9r\\xF4me"',
        'about: "ouders van J\\u00e9r\\u00f4me"',
        "about: ouders van\n  J\u00e9r\u00f4me",
        "'about': 'ouders van J\u00e9r\u00f4me' # x",
    ],
)
def test_whom_it_is_about_is_found_however_yaml_has_it(front: str) -> None:
    log = LOG.replace("about: ouders van J\u00e9r\u00f4me", front)
    assert found("van jerome", log=log) == [("about", "ouders van J\u00e9r\u00f4me", ["van J\u00e9r\u00f4me"])]


@pytest.mark.parametrize(
    "tags", ["tags: [verzuim, thuis]", "tags:\n- verzuim\n- thuis", "tags:\n  - verzuim\n  - thuis", "tags: verzuim, thuis"]
)
def test_a_tag_is_found_however_yaml_has_it(tags: str) -> None:
    assert found("thuis", log=LOG.replace("tags: [verzuim]", tags)) == [("tags", "[verzuim, thuis]", ["thuis"])]


def test_parts_of_words_are_found_and_whole_words_where_that_is_asked() -> None:
    log = said("De vader van vaders school, vader-dag.")
    assert found("vader", field="fear", log=log)[1:] == [
        ("fear", "De vader van vaders school, vader-dag.", ["vader", "vader", "vader"])
    ]
    assert found("vader", field="fear", whole_words=True, log=log)[1:] == [
        ("fear", "De vader van vaders school, vader-dag.", ["vader", "vader"])
    ]
    assert found("aangev", whole_words=True) == []


def test_the_words_of_a_choice_are_its_label() -> None:
    log = said("Een paar (minuten)").replace("tags: [verzuim]", "choices: [time]") + "\n- time:: short (Een paar minuten)\n"
    assert found("short", log=log) == []
    assert found("paar", log=log) == [("fear", "Een paar (minuten)", ["paar"]), ("time", "Een paar minuten", ["paar"])]


def test_words_that_an_editor_broke_over_two_lines_are_found_together() -> None:
    long = "Dat vader zich door al die vragen van ons weer een keer aangevallen"
    log = said(f"{long}\n  voelt en opstaat.")
    assert found("aangevallen voelt en", log=log) == [("fear", f"{long} voelt en opstaat.", ["aangevallen voelt en"])]


def test_of_a_long_line_is_shown_what_stands_around_what_was_found() -> None:
    far, near = "woord " * 100, "woord " * 5
    line = f"{far}vader {near}vader {far}vader {far}einde."
    (hit,) = find(ready(Query(("vader",), field="fear")), said(line).replace("Dat vader", "Dat hij").encode(), "x.md")
    shown = around(hit)
    assert shown.line == (f"... {'woord ' * 13}vader {near}vader {'woord ' * 13}... {'woord ' * 13}vader {'woord ' * 13}...")
    assert [shown.line[start:end] for start, end in shown.spans] == ["vader"] * 3
    (short,) = find(ready(Query(("zich",))), LOG.encode(), "x.md")
    assert around(short) == short


def test_a_question_is_not_what_was_said() -> None:
    assert found("bang") == [("honest_question", "Wat maakt vader bang?", ["bang"])]


def test_what_the_coach_heard_is_not_what_was_said() -> None:
    assert found("untestable") == []


def test_an_earlier_wording_is_found() -> None:
    assert found("misgaat") == [("fear", "Dat het misgaat.", ["misgaat"])]


def test_a_hit_knows_its_session_and_its_question() -> None:
    hits = find(ready(Query(("voelt", "hoort"))), LOG.encode(), "x.md")
    assert [(hit.session.id, hit.session.about, hit.question) for hit in hits] == [
        ("2026-11-24-091502-prepare", "ouders van Jérôme", "Waar ben je bang voor?"),
        ("2026-11-24-091502-prepare", "ouders van Jérôme", "Waar ben je bang voor?"),
    ]


def test_every_pattern_must_occur_in_the_session() -> None:
    assert found("vader", "gebeld") == [
        ("fear", "Dat vader zich aangevallen voelt.", ["vader"]),
        ("", "Gebeld met JEROME.", ["Gebeld"]),
        ("honest_question", "Wat maakt vader bang?", ["vader"]),
    ]
    assert found("vader", "moeder") == []


def test_a_field_narrows_to_its_answers() -> None:
    assert found("vader", field="fear") == [("fear", "Dat vader zich aangevallen voelt.", ["vader"])]


def test_a_regular_expression_matches_without_accents() -> None:
    assert found(r"j[eé]r\w+", regex=True, field="fear") == [("fear", "En dat Jero\u0301me het hoort.", ["Jero\u0301me"])]
    assert found(r"^wat .*\?$", regex=True) == [("honest_question", "Wat maakt vader bang?", ["Wat maakt vader bang?"])]


def test_a_log_saved_with_crlf_and_a_byte_order_mark_is_found() -> None:
    assert found("voelt", log="\ufeff" + LOG.replace("\n", "\r\n")) == [("fear", "Dat vader zich aangevallen voelt.", ["voelt"])]


def test_a_wrong_regular_expression_is_named() -> None:
    with pytest.raises(UsageError, match=r"'\(' is not a regular expression; missing \), unterminated subpattern at position 0"):
        ready(Query(("(",), regex=True))


def test_nothing_to_look_for_is_named() -> None:
    with pytest.raises(UsageError, match="there is nothing to look for"):
        ready(Query(("",)))


@pytest.mark.parametrize("log", ["only text", "\nstarted: x\n---\n", "---\nformat: 1\nstarted: 2026-11-24T09:15:02+01:00\n"])
def test_a_file_that_is_no_log_is_named_even_where_nothing_is_found(log: str) -> None:
    with pytest.raises(CoachError, match=r"x\.md: this is not a log of a session"):
        found("anything", log=log)


def test_a_log_that_lacks_its_moment_is_named_even_where_nothing_is_found() -> None:
    with pytest.raises(CoachError, match=r"x\.md:2: the front matter lacks 'started'"):
        found("anything", log=LOG.replace("started: 2026-11-24T09:15:02+01:00\n", ""))


def test_an_accent_alone_finds_nothing_and_comes_to_an_end() -> None:
    assert find(ready(Query(("\u0301",))), b"---\nabout: x\n---\n\n- fear:: y\n", "x.md") == ()


def words(session: Session) -> list[str]:
    return [line for exchange in session.exchanges for line in (*exchange.lines, *exchange.before, *exchange.draft)]


def one_blank(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@given(sessions(), LETTERS.filter(str.strip))
def test_a_text_is_found_where_reading_finds_it(session: Session, needle: str) -> None:
    data = render(session).encode()
    folded = one_blank(folding.fold(needle))
    hits = find(ready(Query((needle,))), data, "x.md")
    lines = [line.strip() for line in words(read_log(data.decode(), "x.md"))]
    expected = [line for line in lines if folded and folded in one_blank(folding.fold(line))]
    assert [hit.line for hit in hits if hit.field not in {"", "about", "tags"} or hit.question] == expected


@given(LETTERS, LETTERS)
def test_folding_bytes_is_folding_text(text: str, needle: str) -> None:
    assert folding.fold_bytes(text.encode()).decode() == folding.fold(text)
    folded = one_blank(folding.fold(needle))
    assert bool(folding.spans_folded(text, folding.expression_of(folding.fold(needle)))) == (
        folded != "" and folded in one_blank(folding.fold(text))
    )


def test_three_years_are_searched_as_grep_searches_them() -> None:
    everything = dict(logs("nl"))
    search = ready(Query(("uitleggen",)))
    lines = [hit.line for name, data in everything.items() for hit in find(search, data, name)]
    grepped = [
        line
        for data in everything.values()
        for line in data.decode().split("\n")
        if "uitleggen" in line.lower() and line[0] != "#"
    ]
    assert sorted(lines) == sorted(line.partition(":: ")[2] for line in grepped)
