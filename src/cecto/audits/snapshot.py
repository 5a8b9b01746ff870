"""An audit as JSON: what a decision stores, and what the command prints."""

from __future__ import annotations

from typing import Any

from cecto.requirements.results import Audit, Result


def audit_as_json(audit: Audit) -> dict[str, Any]:
    """The whole audit as JSON values, its hash included. Dates are ISO 8601."""
    return {
        "program": audit.program,
        "track": audit.track,
        "definition": audit.definition,
        "true_on": audit.true_on.isoformat(),
        "known_at": audit.known_at.isoformat(),
        "sha256": audit.sha256,
        "status": str(audit.status),
        "ignored_exceptions": [{"exception": one.exception, "because": one.because} for one in audit.ignored],
        "result": result_as_json(audit.root),
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
