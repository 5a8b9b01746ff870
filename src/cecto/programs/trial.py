"""Example persons put to a definition: as a table and as text to read, and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from cecto.foundation.tables import Column, Kind, Table, Value
from cecto.requirements import Tried
from cecto.requirements.results import Result
from cecto.requirements.trials.trying import Answer


def as_table(title: str, tried: Sequence[Tried], *, whole: bool = True) -> Table:
    """A row for each requirement that something was expected of: expected, found, and whether they agree.

    Not `whole`: the first of each person, which is the whole as a rule, and those that do not agree.
    """
    columns = (
        Column(_("Example person")),
        Column(_("Requirement")),
        Column(_("Expected"), Kind.STATUS),
        Column(_("Found"), Kind.STATUS),
        Column(_("Result"), Kind.STATUS),
        Column(_("What is different")),
    )
    return Table(title, columns, [row for one in tried for row in _rows(one, whole=whole)])


def as_text(tried: Sequence[Tried]) -> str:
    """Each person with the sentence of every requirement, and what is otherwise than expected."""
    return "\n".join(line for one in tried for line in _lines(one))


def as_json(tried: Sequence[Tried]) -> str:
    """A JSON list: person, differences, and the results as a tree."""
    return json.dumps([_told(one) for one in tried], indent=2, ensure_ascii=False)


def _rows(one: Tried, *, whole: bool) -> Iterator[tuple[Value, ...]]:
    answered = {text for answer in one.answers for text in answer.differences}
    for number, answer in enumerate(one.answers):
        if whole or number == 0 or answer.differences:
            yield (one.person, answer.title, str(answer.expected), _found(answer), *_agreement(answer.differences))
    for text in one.differences:
        if text not in answered:
            yield (one.person, None, None, None, *_agreement([text]))


def _found(answer: Answer) -> str | None:
    return str(answer.found) if answer.found else None


def _agreement(differences: Sequence[str]) -> tuple[Value, Value]:
    return ("otherwise" if differences else "as-expected"), " ".join(differences)


def _lines(one: Tried) -> Iterator[str]:
    yield f"{one.person}: {one.audit.status if one.audit else 'nothing to ask'}"
    if one.audit:
        yield from _tree(one.audit.root, 1)
    for difference in one.differences:
        yield f"  NOT AS EXPECTED  {difference}"
    for text in one.ignored:
        yield f"  IGNORED  {text}"


def _tree(result: Result, depth: int) -> Iterator[str]:
    yield f"{'  ' * depth}{result.id}: {result.status}. {result.sentence}"
    for child in result.children:
        yield from _tree(child, depth + 1)


def _told(one: Tried) -> dict[str, Any]:
    return {
        "person": one.person,
        "as_expected": not one.differences,
        "differences": list(one.differences),
        "ignored": list(one.ignored),
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
