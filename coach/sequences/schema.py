"""The JSON Schema of a sequence, for editors; the reader says the same and more."""

from __future__ import annotations

from typing import Any

from coach.ear.checks import BY_NAME
from coach.sequences.sequence import ANSWER_TYPES, ANYTHING, ID, NAME
from coach.sequences.step import MOST_RECALLED, RESERVED


def schema() -> dict[str, Any]:
    """Return the schema; plain scalars are texts to the reader, so numbers and booleans are allowed where YAML makes them."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "coach sequence",
        "type": "object",
        "additionalProperties": False,
        "required": ["title", "steps"],
        "properties": {
            "title": _LABEL,
            "description": _LABEL,
            "kind": _NAME,
            "follows": _NAME,
            "card": _list_of(_ID),
            "steps": {"type": "array", "minItems": 1, "items": _step()},
        },
    }


_TEXT = {"type": ["string", "number", "boolean"], "pattern": r"\S"}
_FILLED_IN = rf"\{{(?:{NAME.pattern}\.)?{ID.pattern}\}}"
_LABEL = {**_TEXT, "not": {"type": "string", "pattern": _FILLED_IN}}
_ID = {"type": "string", "pattern": f"^{ID.pattern}$"}
_STEP_ID = {**_ID, "not": {"const": ANYTHING}}
_NAME = {"type": "string", "pattern": f"^{NAME.pattern}$"}
_REFERENCE = rf"^(?:{NAME.pattern}\.)?{ID.pattern}$"


def _list_of(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "minItems": 1, "items": items}


def _step() -> dict[str, Any]:
    properties = {
        "id": _STEP_ID,
        "title": _LABEL,
        "say": _TEXT,
        "ask": _TEXT,
        "hint": _TEXT,
        "type": {"enum": list(ANSWER_TYPES)},
        "scale": _scale(),
        "options": _options(),
        "optional": {"type": "boolean"},
        "hear": _list_of({"enum": list(BY_NAME)}),
        "recall": _recall(),
        "when": _when(),
        "include": _NAME,
        "only": _list_of(_ID),
    }
    question = {
        "required": ["id", "ask"],
        "properties": {"include": False, "only": False},
        "allOf": [_needs("scale", "scale"), _needs("options", "choice", "choices")],
    }
    statement = {"required": ["say"], "properties": _none_but(properties, "say", "when")}
    include = {"required": ["include"], "properties": _none_but(properties, "include", "only", "when")}
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "if": {"required": ["include"]},
        "then": include,
        "else": {"if": {"required": ["ask"]}, "then": question, "else": statement},
    }


def _needs(key: str, *types: str) -> dict[str, Any]:
    """Return that a key stands with these types and with no other."""
    has_type = {"required": ["type"], "properties": {"type": {"enum": list(types)}}}
    return {"if": has_type, "then": {"required": [key]}, "else": {"properties": {key: False}}}


def _none_but(properties: dict[str, Any], *allowed: str) -> dict[str, Any]:
    return {key: False for key in properties if key not in allowed}


def _scale() -> dict[str, Any]:
    return {
        "type": "object",
        "minProperties": 1,
        "additionalProperties": False,
        "properties": {"from": {"type": "integer"}, "to": {"type": "integer"}, "low": _LABEL, "high": _LABEL},
    }


def _options() -> dict[str, Any]:
    free = {"not": {"enum": list(RESERVED)}}
    labels = {"type": "object", "minProperties": 2, "propertyNames": free, "additionalProperties": _LABEL}
    return {"anyOf": [labels, {"type": "array", "minItems": 2, "uniqueItems": True, "items": {"allOf": [_LABEL, free]}}]}


def _recall() -> dict[str, Any]:
    count = {"type": "integer", "minimum": 1, "maximum": MOST_RECALLED}
    return {"type": "object", "minProperties": 1, "propertyNames": _ID, "additionalProperties": count}


def _when() -> dict[str, Any]:
    bound = {
        "type": "object",
        "minProperties": 1,
        "maxProperties": 1,
        "additionalProperties": False,
        "properties": {"at_least": {"type": "integer"}, "at_most": {"type": "integer"}},
    }
    test = {"anyOf": [_TEXT, _list_of(_TEXT), bound]}
    return {"type": "object", "minProperties": 1, "propertyNames": {"pattern": _REFERENCE}, "additionalProperties": test}
