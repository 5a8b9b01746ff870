"""Ledger entries as the plain facts an audit reads."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from cecto.foundation.rows import select
from cecto.ledger.activities import ActivityFacts
from cecto.ledger.models import Activity
from cecto.requirements import facts

_ENTRIES = """
SELECT entry.person_id, activity.sha256, entry.id, entry.kind, entry.attended, entry.offered, entry.occurred_on,
       entry.recorded_at, entry.reverses_id, entry.replaces_meeting, entry.outcome, entry.judges, entry.score,
       entry.verified, entry.valid_until, entry.evidence_sha256
FROM ledger_entry entry
JOIN ledger_activity activity ON activity.id = entry.activity_id
WHERE entry.person_id IN (ids) AND entry.recorded_at <= %(at)s
ORDER BY entry.person_id, entry.occurred_on, entry.id
"""
# Activities by their hash, which covers all they say: what is remembered of one cannot go stale, not even when the
# transaction that wrote it is undone. Dropped when it grows past this.
_REMEMBERED: dict[str, facts.Activity] = {}
_REMEMBERED_AT_MOST = 20_000

EntriesOf = dict[int, tuple[facts.Entry, ...]]


def entry_id(pk: int | None) -> str:
    """The id an audit knows an entry by; ids sort as the rows do. Empty for none."""
    return "" if pk is None else f"{pk:010d}"


def entry_pk(entry: str) -> int:
    """The row behind an audit's entry id."""
    return int(entry)


def entries_by_person(person_ids: Iterable[int], *, known_at: datetime) -> EntriesOf:
    """Every person's entries recorded by an instant, in (occurred, id) order.

    One query, and one more for activities that this process has not met.
    """
    rows = select(_ENTRIES, person_ids, at=known_at)
    activities = _activities({row[1] for row in rows})
    found: dict[int, list[facts.Entry]] = defaultdict(list)
    for person, sha256, *rest in rows:
        found[person].append(_entry(activities[sha256], *rest))
    return {person: tuple(entries) for person, entries in found.items()}


def plain_activity(activity: ActivityFacts, *, session: str = "") -> facts.Activity:
    """An activity that is still to come, as an audit reads it."""
    return facts.Activity(
        key=activity.sha256,
        kind=activity.kind,
        title=activity.title,
        modality=activity.modality,  # type: ignore[arg-type]
        meeting=activity.meeting_key,
        segment=activity.segment_code,
        item=activity.item_code,
        held_by=activity.held_by,
        provider=activity.provider,
        series=activity.series,
        required=activity.required,
        session=session,
        facets={
            program: facts.Facet(facet.competency, facet.category, facet.slot, frozenset(facet.tags))
            for program, facet in activity.facets.items()
        },
    )


def _activities(wanted: set[str]) -> dict[str, facts.Activity]:
    known = {sha256: found for sha256 in wanted if (found := _REMEMBERED.get(sha256))}
    missing = wanted.difference(known)
    if missing:
        met = {row.sha256: _stored_activity(row) for row in Activity.objects.filter(sha256__in=missing)}
        if len(_REMEMBERED) + len(met) > _REMEMBERED_AT_MOST:
            _REMEMBERED.clear()
        _REMEMBERED.update(met)
        known |= met
    return known


def _stored_activity(row: Activity) -> facts.Activity:
    return facts.Activity(
        key=row.sha256,
        kind=row.kind,
        title=row.title,
        modality=row.modality,  # type: ignore[arg-type]
        meeting=row.meeting_key,
        segment=row.segment_code,
        item=row.item_code,
        held_by=row.held_by,
        provider=row.provider,
        series=row.series,
        required=row.required,
        facets={program: _facet(facet) for program, facet in row.facets.items()},
    )


def _facet(stored: dict[str, str | list[str]]) -> facts.Facet:
    return facts.Facet(
        competency=str(stored["competency"]),
        category=str(stored["category"]),
        slot=str(stored["slot"]),
        tags=frozenset(stored["tags"]),
    )


def _entry(
    activity: facts.Activity,
    pk: int,
    kind: facts.EntryKind,
    attended: int,
    offered: int,
    occurred_on: date,
    recorded_at: datetime,
    reverses: int | None,
    replaces: str,
    outcome: str,
    judges: str,
    *rest: Any,
) -> facts.Entry:
    return facts.Entry(
        f"{pk:010d}",
        kind,
        activity,
        occurred_on,
        recorded_at if recorded_at.tzinfo else recorded_at.replace(tzinfo=UTC),
        attended,
        offered,
        entry_id(reverses),
        replaces,
        outcome,
        () if judges == "[]" else tuple(json.loads(judges)),
        *rest,
    )
