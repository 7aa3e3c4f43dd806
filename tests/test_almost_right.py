"""A log that is almost right: what an editor or a hand made of it is read where it can only mean one thing, else named."""

import json
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from coach.insights.fears import FearCollector
from coach.insights.first_steps import FirstStepCollector
from coach.insights.patterns import PatternCollector
from coach.language import LANGUAGES
from coach.logs.fields import MEANT
from coach.logs.identity import linked
from coach.logs.markdown import read_log, render
from coach.logs.session import Exchange, Session
from coach.logs.value import key_and_label, number, outcome
from coach.sequences.catalogue import Catalogue, shipped_folder
from shelf import MONDAY, coach, make_shelf, put

HEAD = """---
format: 1
id: 2026-11-24-091502-prepare
sequence: prepare
started: 2026-11-24T09:15:02+01:00
card: [fear, trust]
choices: [mood]
---

# Talk

### What do you fear?

"""
SHAPES = [
    "-   fear:: That she leaves.",
    "-\tfear:: That she leaves.",
    "* fear:: That she leaves.",
    "+    fear:: That she leaves.",
    "1. fear:: That she leaves.",
    "2) fear:: That she leaves.",
    "\u2022 fear:: That she leaves.",
    "> - fear:: That she leaves.",
    "> > - fear:: That she leaves.",
    "- [ ] fear:: That she leaves.",
    "- [x] fear:: That she leaves.",
    "1. [ ] **fear**:: That she leaves.",
    "- **fear**:: That she leaves.",
    "- *fear*:: That she leaves.",
    "- _fear_:: That she leaves.",
    "- __fear__:: That she leaves.",
    "- **fear::** That she leaves.",
    "- `fear`:: That she leaves.",
    "- ==fear==:: That she leaves.",
    "- [fear:: That she leaves.]",
    "(fear:: That she leaves.)",
    "- Fear:: That she leaves.",
    "- FEAR:: That she leaves.",
    "- fear ::  That she leaves.  ",
    "- fear::That she leaves.",
    "- fear\\:: That she leaves.",
    "- fear\uff1a\uff1aThat she leaves.",
    "-fear:: That she leaves.",
    "fear:: That she leaves.",
    "**fear**:: That she leaves.",
    "\u200bfear:: That she leaves.",
    "- mine\n    - fear:: That she leaves.",
    "- mine\n\t\t- fear:: That she leaves.",
    "---\n- fear:: That she leaves.\n***",
    "- fear:: That she\n  leaves.",
    "- fear:: That she\n  leaves.\n\nA note.",
    "-   fear:: That\n    she\n    leaves.",
    "> - fear:: That she\n>   leaves.",
]
OTHER = [
    "fear of heights",
    "    - fear:: in a block of code",
    "```\n-   fear:: in a block of code\n```",
    "mood_of_today:: fine",
    "Look:: here",
    "std::vector<int>",
    "- need: call her",
    "see fear:: there",
    "- a note\n  that goes on",
]
NAMED = [
    "- fear: That she leaves.",
    "fear_sign: her bag",
    "| fear:: x |",
    "<li>fear:: x</li>",
    "\u2014fear:: x",
    "fear = x",
    "let\\_go: x",
]
CHOICES = [
    ("no (No)", ("no", "No")),
    ("no  (No)", ("no", "No")),
    ("no(No) ", ("no", "No")),
    ("no (No) ^abc-1", ("no", "No")),
    ("no (No) #talk/later", ("no", "No")),
    ("no (No) %%sure?%%", ("no", "No")),
    ("no (No) <!-- sure? --> ^a", ("no", "No")),
    ("**no** (No)", ("no", "No")),
    ("`no (No)`", ("no", "No")),
    ("in\\_part (In part)", ("in_part", "In part")),
    ("No", ("No", "No")),
    ("no (No (not yet))", ("no", "No (not yet)")),
]
LINKS = [
    "2026-11-02-090000-talk",
    "[[2026-11-02-090000-talk]]",
    "[[2026-11-02-090000-talk|with S.]]",
    "[[2026-11-02-090000-talk#Fears]]",
    "[[sessions/2026-11-02-090000-talk.md]]",
    "2026-11-02-090000-talk.md",
    "./sessions/2026-11-02-090000-talk.md.age",
    "sessions\\2026-11-02-090000-talk.MD",
    "[with S.](2026-11-02-090000-talk.md)",
    '"[[2026-11-02-090000-talk]]"',
]


def read(body: str, ids: set[str] | None = None) -> Session:
    return read_log(f"{HEAD}{body}\n", "x.md", ids)


@pytest.mark.parametrize("ids", [None, {"fear"}])
@pytest.mark.parametrize("line", SHAPES)
def test_an_answer_is_read_in_any_shape_that_can_mean_nothing_else(line: str, ids: set[str] | None) -> None:
    session = read(line, ids)
    assert [(one.id, one.lines) for one in session.exchanges] == [("fear", ("That she leaves.",))]
    assert session.unread == ()


@pytest.mark.parametrize("line", OTHER)
def test_what_is_no_answer_stays_a_note_and_is_not_named(line: str) -> None:
    session = read(f"A note.\n\n{line}\n\n- fear:: Mine.")
    assert [(one.id, one.lines) for one in session.exchanges] == [("fear", ("Mine.",))]
    assert session.note.endswith(line.strip())
    assert session.unread == ()


@pytest.mark.parametrize("ids", [None, {"fear", "fear_sign", "let_go"}])
@pytest.mark.parametrize("line", NAMED)
def test_what_looks_like_an_answer_and_is_not_read_is_named_by_its_line(line: str, ids: set[str] | None) -> None:
    session = read(line, ids)
    assert (session.exchanges, session.unread) == ((), (14,))


def test_an_answers_own_words_are_never_taken_for_another_answer() -> None:
    session = read("- fear:: fear:: x\n- fear::   - need:: y\n- fear:: ```")
    assert [(one.id, one.lines) for one in session.exchanges] == [("fear", ("fear:: x", "  - need:: y", "```"))]


def test_a_question_only_the_front_matter_names_is_known_in_any_shape() -> None:
    assert [one.id for one in read("Mood:: bad").exchanges] == ["mood"]


def test_a_long_line_that_an_editor_broke_at_the_margin_is_one_line() -> None:
    first = "That she leaves before I have said what I wanted to say to her all along,"
    assert read(f"- fear:: {first}\nand that I let her.\nSo there.").exchanges[0].lines == (f"{first} and that I let her.",)


def test_a_line_that_was_broken_on_purpose_is_two() -> None:
    assert read("- fear:: One.\\\n  Two.").exchanges[0].lines == ("One.", "Two.")


def test_a_note_between_two_lines_of_an_answer_takes_nothing_from_it() -> None:
    (answer,) = read("- fear:: One.\n\nMine.\n\n- fear:: Two.\n\nMore.").exchanges
    assert (answer.lines, answer.note) == (("One.", "Two."), "Mine.\n\nMore.")


def test_backslashes_that_an_editor_put_before_marks_are_taken_out_of_the_whole_log() -> None:
    session = read("- fear\\_sign:: 5 \\* 3\n\n### Why \\_not\\_?\n\n- fear:: a\\_b")
    assert [(one.id, one.question, one.lines) for one in session.exchanges] == [
        ("fear_sign", "What do you fear?", ("5 * 3",)),
        ("fear", "Why _not_?", ("a_b",)),
    ]


def test_backslashes_that_a_person_typed_stay() -> None:
    assert read("- fear:: C:\\temp \\_ a\\*b").exchanges[0].lines == ("C:\\temp \\_ a\\*b",)


@pytest.mark.parametrize(("line", "read_as"), CHOICES)
def test_a_choice_is_what_was_chosen_whatever_stands_around_it(line: str, read_as: tuple[str, str]) -> None:
    assert key_and_label(line) == read_as


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_that_ships_for_what_came_of_something_is_understood_alone(language: str) -> None:
    catalogue = Catalogue(language, Path(), shipped_folder(), Path())
    asked = (question for name in ("reflect", "follow-up") for question in catalogue.read(name).questions)
    options = [option for question in asked if question.id in {"fear_outcome", "first_step_done"} for option in question.options]
    assert {option.label: outcome(option.label) for option in options} == {option.label: option.key for option in options}


def test_a_number_is_read_with_what_stands_around_it_and_half_of_one_is_not() -> None:
    texts = ("7", " 7 ", "**7**", "7 ^a", "7/10", "3 / 5", "7,5", "7.5", "seven", "")
    assert [number(text, "How? (0 - 10)") for text in texts] == [7, 7, 7, 7, 7, None, None, None, None, None]
    assert number("3/5", "How? (1 low - 5 high)") == 3


@pytest.mark.parametrize("line", ["fear_likelihood:: 7,5", "fear_outcome:: maybe so", "first_step_when:: tomorrow"])
def test_a_value_that_cannot_be_counted_is_named(line: str) -> None:
    assert read(f"- {line}").unread == (14,)


def test_looking_back_reads_only_fields_that_are_known_to_mean_something() -> None:
    assert FearCollector.ids | FirstStepCollector.ids | PatternCollector().ids <= MEANT


@pytest.mark.parametrize("link", LINKS)
def test_a_link_means_the_same_however_it_is_written(link: str) -> None:
    assert linked(link) == "2026-11-02-090000-talk"


@pytest.mark.parametrize("link", LINKS[:4])
def test_a_link_in_the_front_matter_is_read_however_yaml_has_it(link: str) -> None:
    for written in (
        f"follows: '{link}'",
        f"follows:\n  - '{link}'",
        f"follows: {link}" if "|" not in link and "#" not in link else "",
    ):
        text = HEAD.replace("card:", f"{written or 'follows: ' + linked(link)}\ncard:")
        assert read_log(text, "x.md").follows == "2026-11-02-090000-talk"


def test_a_session_is_on_its_local_day_in_whatever_zone_its_start_is_written() -> None:
    zone = timezone(timedelta(hours=1))
    log = HEAD.replace("091502", "003000").replace("T09:15:02+01:00", "T00:30:00+01:00")
    written = ("2026-11-23T23:30:00Z", "2026-11-23 23:30:00+00:00", "2026-11-23T18:30:00-05:00", "2026-11-24 00:30:00+01:00")
    times = [read_log(log.replace("2026-11-24T00:30:00+01:00", one), "x.md").started for one in written]
    assert [(time.replace(tzinfo=None), time.utcoffset()) for time in times] == [
        (datetime(2026, 11, 24, 0, 30), zone.utcoffset(None))  # noqa: DTZ001 # the zone is the second value
    ] * 4


@pytest.mark.parametrize(
    ("written", "tags"),
    [
        ("null", ()),
        ("~", ()),
        ("[null]", ()),
        ("[]", ()),
        ('["null"]', ("null",)),
        ("\n  - a\n  - b", ("a", "b")),
        ("a, b", ("a", "b")),
    ],
)
def test_tags_are_read_however_they_are_listed(written: str, tags: tuple[str, ...]) -> None:
    assert read_log(HEAD.replace("card:", f"tags: {written}\ncard:"), "x.md").tags == tags


def test_a_file_that_begins_with_blank_lines_or_has_curly_quotes_is_a_log() -> None:
    text = "\ufeff\r\n" + HEAD.replace("card:", "about: \u201cS. and T.\u201d\ncard:").replace("\n", "\r\n") + "* fear:: x\r\n"
    session = read_log(text, "x.md")
    assert (session.about, [one.lines for one in session.exchanges]) == ("S. and T.", [("x",)])


def test_a_log_that_is_read_is_written_in_the_one_form() -> None:
    session = read("> * **fear**:: That she\n>   leaves.\n\nMine.\n\n1. Fear:: Two.")
    assert render(session).partition("### ")[2] == "What do you fear?\n\n- fear:: That she leaves.\n- fear:: Two.\n\nMine.\n"


def shelf(folder: Path) -> tuple[Path, str, str]:
    """Return a home with a preparation and a reflection on it, with their ids."""
    home = make_shelf(folder)
    before = put(home, MONDAY, "prepare", fear="That she leaves.", fear_likelihood="7")
    after = put(home, MONDAY + timedelta(days=1), "reflect", follows=before, fear_outcome="no (No)", effort="3")
    return home, before, after


def counts(home: Path) -> dict[str, int]:
    found: dict[str, int] = json.loads(coach(home, "fears", "--json").out)["counts"]
    return {outcome_: count for outcome_, count in found.items() if count}


def test_a_renamed_session_keeps_its_links_and_is_shown_resumed_and_forgotten_by_its_id(tmp_path: Path) -> None:
    home, before, after = shelf(tmp_path)
    for id_ in (before, after):
        (home / "sessions" / f"{id_}.md").rename(home / "sessions" / f"{id_}-mother.md")
    assert counts(home) == {"no": 1}
    assert [one["id"] for one in json.loads(coach(home, "list", "--json").out)] == [after, before]
    assert json.loads(coach(home, "show", before, "--json").out)["id"] == before
    assert "That she leaves." in coach(home, "search", "leaves").out
    assert coach(home, "check").out == "2 logs, nothing to mend.\n"


@pytest.mark.parametrize("link", ["[[{}-mother]]", "{}-mother", "{}.md", "[[{}|S.]]"])
def test_a_link_to_a_renamed_file_by_its_id_or_by_its_name_holds(tmp_path: Path, link: str) -> None:
    home, before, after = shelf(tmp_path)
    (home / "sessions" / f"{before}.md").rename(home / "sessions" / f"{before}-mother.md")
    path = home / "sessions" / f"{after}.md"
    path.write_text(path.read_text().replace(f"follows: {before}", f'follows: "{link.format(before)}"'))
    assert counts(home) == {"no": 1}
    assert f"coach reflect --follows {before}" not in coach(home).out
    assert coach(home, "check").code == 0


def test_a_copy_is_counted_once_everywhere_and_named(tmp_path: Path) -> None:
    home, before, _after = shelf(tmp_path)
    text = (home / "sessions" / f"{before}.md").read_text()
    (home / "sessions" / f"{before}-laptop.md").write_text(text)
    assert counts(home) == {"no": 1}
    found = coach(home, "search", "leaves")
    what = f"this is a copy of {before}, as synchronising programs make them; keep the one you want: coach forget"
    told = f"{before}-laptop.md: {what}\n"
    assert (found.out.count("That she leaves."), found.err) == (1, told)
    assert coach(home, "list").err == told
    assert coach(home, "check").out == told
    assert "  2 sessions\n" in coach(home, "where").out


def test_sessions_of_one_second_and_of_a_name_of_ones_own_are_counted(tmp_path: Path) -> None:
    home, before, _after = shelf(tmp_path)
    path = home / "sessions" / f"{before}.md"
    path.with_name(f"{before}-2.md").write_text(path.read_text().replace(f"id: {before}", f"id: {before}-2"))
    path.with_name(f"{before} (copy).md").write_text(path.read_text())
    path.with_name("notes.md").write_text("Mine.\n")
    path.rename(path.with_name("my talk.md"))
    assert "  3 sessions\n" in coach(home, "where").out


def test_a_session_with_a_name_of_ones_own_is_no_copy_of_itself(tmp_path: Path) -> None:
    home, before, _after = shelf(tmp_path)
    path = home / "sessions" / f"{before}.md"
    path.rename(home / "sessions" / "my-talk.md").write_text(path.with_name("my-talk.md").read_text().replace(before, "my-talk"))
    listed = coach(home, "list", "--json")
    assert ([one["id"] for one in json.loads(listed.out)][1:], listed.err) == (["my-talk"], "")


def test_a_renamed_session_goes_on_in_its_file(tmp_path: Path) -> None:
    home = make_shelf(tmp_path)
    id_ = put(home, MONDAY, "talk", about="S.", wish="Peace.", finished=False)
    path = (home / "sessions" / f"{id_}.md").rename(home / "sessions" / f"{id_}-mother.md")
    done = coach(home, "resume", "--plain", typed="S.\nThat she leaves.\n1\nCall her.\n")
    assert (done.code, "- step:: Call her." in path.read_text(), f"id: {id_}\n" in path.read_text()) == (0, True, True)
    assert [one.name for one in (home / "sessions").glob("*.md")] == [path.name]


def test_a_choice_by_its_label_alone_leads_the_same_way(tmp_path: Path) -> None:
    ways = """
title: Ways
steps:
  - {id: mood, ask: How is it?, type: choice, options: {low: Slecht, high: Goed}}
  - {id: why, ask: Why?, when: {mood: low}}
"""
    home = make_shelf(tmp_path, ways)
    for line in ("Slecht", "slecht ^a", "low", "low  (Slecht) #x"):
        id_ = put(home, MONDAY, "talk", mood=line, finished=False)
        assert coach(home, "resume", "--plain", typed="Because.\n").code == 0
        assert "- why:: Because." in (home / "sessions" / f"{id_}.md").read_text()


def test_absence_is_one_tag_whatever_its_capitals_and_none_is_none(tmp_path: Path) -> None:
    home = make_shelf(tmp_path)
    for day, tags in enumerate(("[Absence]", "[absence]", '"#absence"', "null", "\n  - absence\n  - Absence")):
        path = home / "sessions" / f"{put(home, MONDAY + timedelta(days=day), 'prepare', fear='x')}.md"
        path.write_text(path.read_text().replace("card:", f"tags: {tags}\ncard:"))
    tags_ = json.loads(coach(home, "patterns", "--json").out)["tags"]
    assert [(tag["label"].lower(), len(tag["sessions"])) for tag in tags_] == [("absence", 4)]
    assert len(json.loads(coach(home, "list", "--tag", "ABSENCE", "--json").out)) == 4


def test_what_helped_is_one_row_by_its_key_or_by_its_label_alone(tmp_path: Path) -> None:
    home = make_shelf(tmp_path)
    for day, line in enumerate(("breath (Adem)", "Adem", "breath", "**breath** (Adem) ^a")):
        put(home, MONDAY + timedelta(days=day), "reflect", Exchange("helped", "What helped?", (line,), choice=True))
    helped = json.loads(coach(home, "patterns", "--json").out)["helped"]
    assert [(one["key"], one["label"], len(one["sessions"])) for one in helped] == [("breath", "Adem", 4)]


def test_a_log_that_began_as_a_copy_of_one_that_is_gone_is_on_the_day_of_its_name(tmp_path: Path) -> None:
    home, before, _after = shelf(tmp_path)
    old = home / "sessions" / f"{before}.md"
    old.rename(home / "sessions" / "2026-03-09-090000-prepare.md")
    listed = json.loads(coach(home, "list", "--since", "2026-03-09", "--until", "2026-03-09", "--json").out)
    assert [(one["id"], one["started"][:10]) for one in listed] == [("2026-03-09-090000-prepare", "2026-03-09")]


def test_what_is_not_read_is_told_in_one_sentence_wherever_it_matters(tmp_path: Path) -> None:
    home, before, after = shelf(tmp_path)
    for id_, line, wrong in ((before, "- fear:: That", "- fear: That"), (after, "no (No)", "perhaps")):
        path = home / "sessions" / f"{id_}.md"
        path.write_text(path.read_text().replace(line, wrong))
    two = "2 lines in 2 logs look like answers and are not read; coach check says which.\n"
    one = "1 line in 1 log looks like an answer and is not read; coach check says which.\n"
    assert {command: coach(home, command).err for command in ("list", "fears", "show")} == {
        "list": two,
        "fears": two,
        "show": one,
    }
    assert coach(home, "patterns", "--all").err == ""  # it reads neither
    assert two in coach(home, "report", "--output", str(tmp_path / "x.html")).err


def test_a_list_tells_what_is_not_read_in_every_log_that_it_shows(tmp_path: Path) -> None:
    home = make_shelf(tmp_path)
    ids = [put(home, MONDAY + timedelta(days=day), "talk", fear="x", first_step_when="2026-11-24") for day in range(22)]
    for id_ in (ids[0], ids[-1]):
        path = home / "sessions" / f"{id_}.md"
        path.write_text(path.read_text().replace("- fear::", "- fear:").replace("2026-11-24\n", "soon\n"))
    assert [coach(home, "list", *limit).err.split("\n")[-2] for limit in ((), ("--limit", "0"))] == [
        "2 lines in 1 log look like answers and are not read; coach check says which.",
        "4 lines in 2 logs look like answers and are not read; coach check says which.",
    ]


def test_going_on_with_a_log_says_what_is_not_read_in_it(tmp_path: Path) -> None:
    home = make_shelf(tmp_path)
    id_ = put(home, MONDAY, "talk", about="S.", wish="Peace.", fear="x", finished=False)
    path = home / "sessions" / f"{id_}.md"
    path.write_text(path.read_text().replace("- fear::", "- fear:"))
    told = coach(home, "resume", "--plain").out
    assert "1 line in 1 log looks like an answer and is not read; coach check says which." in told
