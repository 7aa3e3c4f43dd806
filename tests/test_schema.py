"""The published schema and the reader say the same of every shipped file and of every mistake that a schema can express."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from coach.cli.sequences import SCHEMA
from coach.ear.checks import BY_NAME
from coach.sequences.catalogue import shipped_folder
from coach.sequences.condition import ANYTHING
from coach.sequences.reader import SEQUENCE_KEYS
from coach.sequences.sequence import ANSWER_TYPES, EXPERIENCES, ID, NAME
from coach.sequences.step import MOST_RECALLED, RESERVED, STEP_KEYS

PUBLISHED: dict[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))
ERRORS = Path(__file__).parent / "errors"
SHIPPED = sorted(path for path in shipped_folder().glob("*/*.yaml") if path.stem != "ear")
VALIDATOR = Draft202012Validator(PUBLISHED)

# what a schema cannot see, and the mistakes that come of it
BEYOND_A_SCHEMA = {
    "other steps": [
        "card-at-the-door-with-unknown-ids",
        "card-with-an-unknown-id",
        "card-with-one-twice",
        "duplicate-id",
        "experience-before-its-step",
        "experience-without-its-step",
        "heart-before-the-length",
        "heart-behind-what-may-be-left-empty",
        "heart-of-an-unknown-step",
        "length-of-a-text",
        "length-of-an-unknown-step",
        "more-with-an-unknown-step",
        "more-with-the-id-of-a-later-step",
        "more-with-the-id-of-an-earlier-step",
        "placeholder-first-of-two-in-vain",
        "placeholder-first-of-two-without-guard",
        "placeholder-misspelt",
        "placeholder-of-a-later-step",
        "placeholder-under-a-condition",
        "placeholder-without-guard",
        "quick-of-an-unknown-step",
        "quick-of-an-unknown-value",
        "quick-that-cannot-hold",
        "say-back-of-a-kind-that-is-not-followed",
        "say-back-of-a-later-step",
        "say-back-of-an-unknown-step",
        "when-a-label-for-a-key",
        "when-a-required-answer-is-missing",
        "when-a-sum-as-a-value",
        "when-an-unknown-value",
        "when-anything-is-a-value",
        "when-anything-or-another",
        "when-at-least-on-a-choice",
        "when-first-of-two-and-one-unknown",
        "when-first-of-two-and-one-without-that-choice",
        "when-first-of-two-in-vain",
        "when-ja",
        "when-never-both",
        "when-never-of-a-session-before",
        "when-none-of-several-can-hold",
        "when-on-a-later-step",
        "when-on-a-text",
        "when-on-an-unknown-step",
        "when-on-itself",
        "when-one-of-several-cannot-hold",
        "when-one-of-several-never",
        "when-one-of-two-unknown",
        "when-out-of-both-bounds",
        "when-out-of-the-scale",
        "when-safe-and-unsafe",
        "when-safe-of-a-choice",
        "when-true",
    ],
    "whether braces that are shown as they are were meant so": [
        "placeholder-first-of-two-with-spaces",
        "placeholder-in-two-braces",
        "placeholder-with-a-capital",
        "placeholder-with-a-space",
    ],
    "other files": [
        "circle-one",
        "circle-two",
        "follows-missing",
        "follows-unknown",
        "follows-when-of-an-unknown-step",
        "follows-again-of-an-unknown-step",
        "id-also-in-an-include",
        "include-itself",
        "include-misspelt-and-referred-to",
        "include-never-reached",
        "include-with-a-mistake",
        "included-step-meets-another-type",
        "included-twice",
        "looked-back-on-step-unknown",
        "looked-back-on-unknown-value",
        "looked-back-on-without-guard",
        "only-with-a-wrong-id",
        "only-without-what-it-needs",
        "unknown-include",
    ],
    "one number against another": ["scale-too-long", "scale-upside-down"],
    "what YAML swallows: doubles, anchors, other words for true": [
        "anchor-and-alias",
        "duplicate-key",
        "duplicate-steps",
        "optional-capital",
        "optional-yes",
        "starts-with-an-ampersand",
    ],
}
PASSED = sorted(name for names in BEYOND_A_SCHEMA.values() for name in names)


def no_yaml(path: Path) -> bool:
    try:
        yaml.safe_load(path.read_bytes())
    except (yaml.YAMLError, UnicodeDecodeError):
        return True
    return False


def load(path: Path) -> Any:  # any YAML
    return yaml.safe_load(path.read_bytes())


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(PUBLISHED)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_schema_accepts_every_shipped_sequence(path: Path) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(load(path))] == []


def test_the_schema_refuses_every_mistake_that_is_not_beyond_it() -> None:
    mistakes = [path for path in sorted(ERRORS.glob("*.yaml")) if not no_yaml(path)]

    assert [path.stem for path in mistakes if VALIDATOR.is_valid(load(path))] == PASSED


def test_the_schema_names_what_the_reader_knows() -> None:
    step = PUBLISHED["properties"]["steps"]["items"]["properties"]
    assert set(step) == set(STEP_KEYS)
    assert step["type"] == {"enum": list(ANSWER_TYPES)}
    assert step["hear"]["items"] == {"enum": list(BY_NAME)}
    assert step["id"] == {"type": "string", "pattern": f"^{ID.pattern}$", "not": {"const": ANYTHING}}
    assert step["experience"] == {"enum": list(EXPERIENCES)}
    assert set(PUBLISHED["properties"]) == set(SEQUENCE_KEYS)
    assert step["include"] == {"type": "string", "pattern": f"^{NAME.pattern}$"}
    assert step["recall"]["additionalProperties"]["maximum"] == MOST_RECALLED
    assert step["options"]["anyOf"][0]["propertyNames"]["not"] == {"enum": list(RESERVED)}
