"""Ledger entries as the plain facts an audit reads."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from cecto.ledger.activities import ActivityFacts
from cecto.ledger.models import Activity, Entry
from cecto.requirements import facts

# In the order of `_entry`.
_COLUMNS = [
    "person_id",
    "activity__sha256",
    "pk",
    "kind",
    "attended",
    "offered",
    "occurred_on",
    "recorded_at",
    "reverses_id",
    "replaces_meeting",
    "outcome",
    "judges",
    "score",
    "verified",
    "valid_until",
    "evidence_sha256",
]
# Activities never change and are known by the hash of what they say, so one process reads each once. Their memory is
# dropped when it grows past this.
_LARGEST_MEMORY = 20_000
_activities: dict[str, facts.Activity] = {}


def entry_id(pk: int | None) -> str:
    """The id an audit knows an entry by; ids sort as the rows do. Empty for none."""
    return "" if pk is None else f"{pk:010d}"


def entry_pk(entry: str) -> int:
    """The row behind an audit's entry id."""
    return int(entry)


def entries_by_person(person_ids: Collection[int], *, known_at: datetime) -> dict[int, tuple[facts.Entry, ...]]:
    """Every person's entries recorded by an instant, in (occurred, id) order.

    One query, and one more for activities that this process has not seen.
    """
    if not person_ids:
        return {}
    rows = _rows(
        Entry.objects.filter(person_id__in=list(person_ids), recorded_at__lte=known_at)
        .order_by("occurred_on", "id")
        .values_list(*_COLUMNS)
    )
    _read_activities({row[1] for row in rows})
    found: dict[int, list[facts.Entry]] = defaultdict(list)
    for person, sha256, *rest in rows:
        found[person].append(_entry(_activities[sha256], *rest))
    return {person: tuple(entries) for person, entries in found.items()}


def _rows(query: QuerySet[Entry, Any]) -> list[tuple[Any, ...]]:
    """The rows as the driver gives them: half the time of an audit would go into converting each value twice."""
    with connection.cursor() as cursor:
        cursor.execute(*query.query.sql_with_params())
        return list(cursor.fetchall())


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


def _read_activities(wanted: set[str]) -> None:
    """Make sure that these activities are known."""
    if len(_activities) > _LARGEST_MEMORY:
        _activities.clear()
    missing = wanted.difference(_activities)
    if missing:
        rows = Activity.objects.filter(sha256__in=missing)
        _activities.update((row.sha256, _stored_activity(row)) for row in rows)


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
    judges: str | list[str],
    score: int | None,
    verified: bool,
    valid_until: date | None,
    evidence: str,
) -> facts.Entry:
    """One entry; SQLite gives instants without a zone, and lists as text."""
    return facts.Entry(
        entry_id(pk),
        kind,
        activity,
        occurred_on,
        recorded_at if recorded_at.tzinfo else recorded_at.replace(tzinfo=UTC),
        attended,
        offered,
        entry_id(reverses),
        replaces,
        outcome,
        () if judges == "[]" else tuple(json.loads(judges) if isinstance(judges, str) else judges),
        score,
        verified,
        valid_until,
        evidence,
    )
