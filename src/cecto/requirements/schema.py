"""The JSON Schemas (2020-12) of a definition and of its examples, for editors to complete and check as one types.

It is made from the same vocabulary as the reader. What only a reading of the whole can tell is lint's.
"""

from __future__ import annotations

from typing import Any

from cecto.requirements.language.definition_words import DEFINITION
from cecto.requirements.language.kinds import Word
from cecto.requirements.language.node_words import COMMON, GROUP_WORDS, LEAVES, NodeOf, keys_of
from cecto.requirements.language.vocabulary import ConditionOf, FilterOf
from cecto.requirements.trials.reading import EXAMPLES

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> dict[str, Any]:
    """The schema of a whole definition."""
    whole = DEFINITION.schema()
    whole["title"] = "A certification program's definition"
    return {
        "$schema": DIALECT,
        **whole,
        "$defs": {
            "filter": FilterOf().definition(),
            "condition": ConditionOf().definition(),
            "requirement": {"oneOf": [*map(_leaf, LEAVES), *map(_group, GROUP_WORDS)]},
        },
    }


def examples_schema() -> dict[str, Any]:
    """The schema of a file of example persons."""
    return {"$schema": DIALECT, **EXAMPLES.schema(), "title": "The example persons of a definition"}


def _leaf(measure: str) -> dict[str, Any]:
    every = keys_of(measure)
    properties = {key: kind.schema() for key, (kind, _) in every.items()} | {"measure": {"const": measure}}
    return _closed(properties, [key for key, (_, required) in every.items() if required])


def _group(word: str) -> dict[str, Any]:
    properties = {key: kind.schema() for key, (kind, _) in COMMON.items()}
    properties[word] = {"type": "array", "items": NodeOf().schema(), "minItems": 1}
    required = ["id", word]
    if word == "of":
        properties["at_least"] = {"type": "integer", "minimum": 1}
        required.append("at_least")
    return _closed(properties | {"id": Word().schema()}, required)


def _closed(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
