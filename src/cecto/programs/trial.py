"""Example persons put to a definition, as text to read and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from cecto.requirements import Tried
from cecto.requirements.results import Result


def as_text(tried: Sequence[Tried]) -> str:
    """Each person with the sentence of every requirement, and what is otherwise than expected."""
    return "\n".join(line for one in tried for line in _lines(one))


def as_json(tried: Sequence[Tried]) -> str:
    """A JSON list: person, differences, and the results as a tree."""
    return json.dumps([_told(one) for one in tried], indent=2, ensure_ascii=False)


def _lines(one: Tried) -> Iterator[str]:
    yield f"{one.person}: {one.audit.status if one.audit else 'nothing to ask'}"
    if one.audit:
        yield from _tree(one.audit.root, 1)
    for difference in one.differences:
        yield f"  NOT AS EXPECTED  {difference}"


def _tree(result: Result, depth: int) -> Iterator[str]:
    yield f"{'  ' * depth}{result.id}: {result.status}. {result.sentence}"
    for child in result.children:
        yield from _tree(child, depth + 1)


def _told(one: Tried) -> dict[str, Any]:
    return {
        "person": one.person,
        "as_expected": not one.differences,
        "differences": list(one.differences),
        "status": str(one.audit.status) if one.audit else None,
        "true_on": one.audit.true_on.isoformat() if one.audit else None,
        "result": _result(one.audit.root) if one.audit else None,
    }


def _result(result: Result) -> dict[str, Any]:
    return {
        "id": result.id,
        "title": result.title,
        "status": str(result.status),
        "value": result.value,
        "target": result.target,
        "remaining": result.remaining,
        "slack": result.slack,
        "unit": result.unit,
        "sentence": result.sentence,
        "children": [_result(child) for child in result.children],
    }
