"""An audit as JSON: what a decision stores, and what the command prints."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cecto.requirements.facts import ExceptionFact
from cecto.requirements.results import Audit, Result


def audit_as_json(audit: Audit, exceptions: Iterable[ExceptionFact]) -> dict[str, Any]:
    """The whole audit as JSON values, its hash included, with those of the exceptions that count. Dates are ISO 8601.

    People are in it by their keys: names stay where they can be erased.
    """
    counting = {key for result in audit.root.walk() for key in result.exceptions}
    return {
        "program": audit.program,
        "track": audit.track,
        "definition": audit.definition,
        "language": audit.language,
        "engine": audit.engine,
        "true_on": audit.true_on.isoformat(),
        "known_at": audit.known_at.isoformat(),
        "sha256": audit.sha256,
        "status": str(audit.status),
        "exceptions": [_exception_as_json(fact) for fact in exceptions if fact.id in counting],
        "ignored_exceptions": [{"exception": one.exception, "because": one.because} for one in audit.ignored],
        "result": result_as_json(audit.root),
    }


def _exception_as_json(fact: ExceptionFact) -> dict[str, Any]:
    """Who allowed what, by which authority, why, and from when."""
    return {
        "exception": fact.id,
        "requirement": fact.node,
        "kind": fact.kind,
        "to": fact.to,
        "entry": fact.entry,
        "until": fact.extended_to.isoformat() if fact.extended_to else None,
        "instead": fact.other,
        "office": fact.office,
        "granted_by": fact.granted_by,
        "second_office": fact.second_office,
        "joined_by": fact.second_by,
        "from": fact.since.isoformat(),
        "recorded_at": fact.recorded_at.isoformat(),
        "reason": fact.reason,
        "evidence": fact.evidence,
    }


def result_as_json(result: Result) -> dict[str, Any]:
    """One result and those below it."""
    return {
        "id": result.id,
        "title": result.title,
        "measure": result.measure,
        "status": str(result.status),
        "sentence": result.sentence,
        "unit": result.unit,
        "value": result.value,
        "target": result.target,
        "remaining": result.remaining,
        "possible": result.possible,
        "slack": result.slack,
        "makeup": result.makeup,
        "missable_until": result.missable_until.isoformat() if result.missable_until else None,
        "missing": list(result.missing),
        "exceptions": list(result.exceptions),
        "used": [{"entry": use.entry, "amount": use.amount} for use in result.used],
        "unused": [
            {"entry": one.entry, "amount": one.amount, "reason": str(one.reason), "because": one.because}
            for one in result.unused
        ],
        "closers": [
            {"title": one.title, "on": one.on.isoformat(), "amount": one.amount, "unit": one.unit}
            for one in result.closers
        ],
        "children": [result_as_json(child) for child in result.children],
    }
