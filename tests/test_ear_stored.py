"""The files of rules as they are stored: the same rules, and the words without which no pattern is found."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

import coach.ear.ear
from coach.ear.checks import CHECKS
from coach.ear.ear import ear_of
from coach.ear.normalised import fold
from coach.ear.patterns import EMPTY, WordIndex, all_spans, bound, first_span, parts_of, without_joints
from coach.ear.rules import Rules
from coach.ear.rules_file import read_rules
from coach.ear.safety import Safety, Sign
from coach.ear.safety_file import read_safety
from coach.ear.store import store
from coach.ear.stored import stored_rules, stored_safety
from coach.ear.word_index import Frequencies, cues_of
from ear_data import own_sentences

LANGUAGES = ("nl", "en")
FOLDER = Path(coach.ear.ear.__file__).parent


@dataclass(frozen=True)
class Both:
    """The rules and the signs of a language, as they are stored and as they are read."""

    rules: Rules
    read_rules: Rules
    safety: Safety
    read_safety: Safety
    texts: list[str]


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    language: str = request.param
    return language


@pytest.fixture(scope="module")
def folder(language: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the files of rules of a language and what is stored of them, which takes some seconds to make."""
    folder = tmp_path_factory.mktemp("ear")
    for path in FOLDER.glob(f"{language}*.yaml"):
        shutil.copy(path, folder)
    store(folder, Path(__file__).parents[1] / "prompts")
    return folder


@pytest.fixture(scope="module")
def both(language: str, folder: Path) -> Both:
    rules, safety = folder / f"{language}.yaml", folder / f"{language}_safety.yaml"
    kept_rules, kept_safety = stored_rules(rules), stored_safety(safety)
    assert kept_rules is not None
    assert kept_safety is not None
    texts = [sentence.text for sentence in own_sentences(language)]
    examples = rules.read_text("utf-8").partition("\ntests:\n")[2] + safety.read_text("utf-8").partition("\ntests:\n")[2]
    return Both(
        kept_rules,
        read_rules(rules.read_text("utf-8"), rules.name),
        kept_safety,
        read_safety(safety.read_text("utf-8"), safety.name),
        [*texts, *(line.strip("- '\"") for line in examples.split("\n")), " ".join(texts)],
    )


def signs(safety: Safety) -> list[Sign]:
    return [safety.sign(place) for place in range(safety.count)]


def test_what_is_stored_are_the_same_rules(both: Both) -> None:
    assert both.rules == both.read_rules
    assert (signs(both.safety), both.safety.lines) == (signs(both.read_safety), both.read_safety.lines)


def test_what_is_stored_is_heard_alike(both: Both) -> None:
    kept, read = ear_of("en", both.rules), ear_of("en", both.read_rules)

    assert [kept.hear(text, CHECKS) for text in both.texts] == [read.hear(text, CHECKS) for text in both.texts]


def test_signs_that_are_stored_are_heard_alike(both: Both) -> None:
    folded = [fold(text).text for text in both.texts]

    assert [[*both.safety.concerns(text)] for text in folded] == [[*both.read_safety.concerns(text)] for text in folded]


def test_the_words_of_a_pattern_never_hide_what_it_finds(both: Both) -> None:
    folded = [fold(text).text for text in both.texts[::2]]
    hidden = [
        (pattern, text)
        for index in (both.rules.index, both.safety.index)
        for text, led in [(text, index.led_to(text)) for text in folded]
        for pattern in index.needs
        if not index.may_find(pattern, led) and bound((pattern,)).search(text)
    ]

    assert hidden == []


def test_most_of_our_sentences_lead_to_few_patterns(both: Both) -> None:
    tried = [len(both.safety.index.tried(both.safety.index.needs, both.safety.index.led_to(text))) for text in both.texts[:50]]

    assert sum(tried) / len(tried) < 0.1 * len(both.safety.index.needs)


@pytest.mark.parametrize("broken", ["", "[]", "{}", "\f", None])
def test_a_stored_file_that_cannot_be_read_is_left_alone(language: str, folder: Path, tmp_path: Path, broken: str | None) -> None:
    path = Path(shutil.copy(folder / f"{language}.yaml", tmp_path))
    if broken is not None:
        path.with_suffix(".stored").write_text(broken)

    assert stored_rules(path) is None


def test_a_stored_file_is_left_alone_after_a_change_of_the_rules(language: str, folder: Path, tmp_path: Path) -> None:
    for name in (f"{language}_safety.yaml", f"{language}_safety.stored"):
        shutil.copy(folder / name, tmp_path)
    rules = tmp_path / f"{language}_safety.yaml"
    rules.write_text(rules.read_text("utf-8").replace("e", "o", 1), "utf-8")

    assert stored_safety(rules) is None


CUES = {
    "dog": [["dog"]],
    "the dog": [["dog"], ["the"]],
    "dogs?": [["dog", "dogs"]],
    r"\w*dog": [],
    r"dog\w*": [["dog*"]],
    "dog(?: house)?": [["dog"]],
    r"(?:dog|cat) (?:\w+ )?barks": [["barks"], ["cat", "dog"]],
    r"(?:dog|cat)\w+ sits": [["cat*", "dog*"], ["sits"]],
    r"(?:\w+)(?:dog) cat": [["cat"]],
    r"(?:od|overdos\w+)": [["od", "overdos*"]],
    "dog|[a-z]": [],
    r"\d+ dogs": [["#"], ["dogs"]],
    "(?!cat)dog(?= house)": [["dog"]],
    "[dh]og": [["dog", "hog"]],
    "a dog.b": [["a"], ["dog*"]],
}


@pytest.mark.parametrize("pattern", CUES)
def test_a_text_needs_one_of_each_of_these_words(pattern: str) -> None:
    common = Frequencies(["the dog", *[""] * 40])

    assert sorted(sorted(cues.words) for cues in cues_of(pattern, common)) == sorted(CUES[pattern])


LONG = "a" * 150
PARTED = {
    "a|b": ("a", "b"),
    r"(?:a|b)|c": (r"(?:a|b)", "c"),
    r"[|(]|\||x": ("[|(]", r"\|", "x"),
    "ab|a|abc": ("ab", "a", "abc"),
    f"{LONG}|{LONG} b|c|ab?": (LONG, f"{LONG} b", "c", "ab?"),
}


@pytest.mark.parametrize("pattern", PARTED)
def test_the_parts_of_a_pattern_find_what_it_finds(pattern: str) -> None:
    text = f"a b c (| x ab abc {LONG} {LONG} b"
    found = [match.span() for match in bound((pattern,)).finditer(text)]

    assert all_spans(PARTED[pattern], text, 0, len(text)) == found
    assert first_span(PARTED[pattern], text, 0, len(text)) == found[0]
    assert "|".join(parts_of(pattern)) == pattern


def test_small_parts_of_a_pattern_stay_together() -> None:
    assert parts_of(f"a|(?:b|c)|{LONG}|{LONG}|[|]|d") == (f"a|(?:b|c)|{LONG}", f"{LONG}|[|]|d")


def test_a_pattern_without_words_is_tried_everywhere() -> None:
    index = WordIndex({"dog": "1 2", "cat": "1"}, {"dog": "1 2", "cat": "1"}, {"ho": {"hou": "2"}})

    assert [index.tried(["dog", "cat", "cow"], index.led_to(text)) for text in ("a dog", "cat", "cat house", "cow")] == [
        ("dog", "cat", "cow"),
        ("cat", "cow"),
        ("dog", "cat", "cow"),
        ("cow",),
    ]
    assert EMPTY.tried(["dog"], EMPTY.led_to("")) == ("dog",)


JOINTS = {"slaat": "slaat", "lastpak*": "lastpak*", "ex-man": "ex", "can't": "can", "zo'n-ding*": "zo", "co-work*": "co"}


@pytest.mark.parametrize("word", JOINTS)
def test_a_word_with_joints_holds_a_word_without(word: str) -> None:
    assert without_joints(word) == JOINTS[word]
