"""Ledger entries as the plain facts an audit reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from cecto.ledger.activities import ActivityFacts
from cecto.ledger.models import Activity, Entry
from cecto.requirements import facts

_COLUMNS = [
    "pk",
    "person_id",
    "activity_id",
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


def entry_id(pk: int | None) -> str:
    """The id an audit knows an entry by; ids sort as the rows do. Empty for none."""
    return "" if pk is None else f"{pk:010d}"


def entry_pk(entry: str) -> int:
    """The row behind an audit's entry id."""
    return int(entry)


def entries_by_person(person_ids: Iterable[int], *, known_at: datetime) -> dict[int, tuple[facts.Entry, ...]]:
    """Every person's entries recorded by an instant, in (occurred, id) order. Two queries."""
    rows = list(
        Entry.objects.filter(person_id__in=list(person_ids), recorded_at__lte=known_at)
        .order_by("occurred_on", "id")
        .values_list(*_COLUMNS)
    )
    activities = _activities({row[2] for row in rows})
    found: dict[int, list[facts.Entry]] = defaultdict(list)
    for row in rows:
        found[row[1]].append(_entry(row, activities[row[2]]))
    return {person: tuple(entries) for person, entries in found.items()}


def plain_activity(activity: ActivityFacts) -> facts.Activity:
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
        facets={
            program: facts.Facet(facet.competency, facet.category, facet.slot, frozenset(facet.tags))
            for program, facet in activity.facets.items()
        },
    )


def _activities(ids: set[int]) -> dict[int, facts.Activity]:
    return {row.pk: _stored_activity(row) for row in Activity.objects.filter(pk__in=ids)}


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


def _entry(row: tuple[Any, ...], activity: facts.Activity) -> facts.Entry:
    pk, _, _, kind, attended, offered, day, recorded, reverses, replaces, outcome, judges, score, ok, until, proof = row
    return facts.Entry(
        id=entry_id(pk),
        kind=kind,
        activity=activity,
        occurred_on=day,
        recorded_at=recorded,
        attended=attended,
        offered=offered,
        reverses=entry_id(reverses),
        replaces=replaces,
        outcome=outcome,
        by=tuple(judges),
        score=score,
        verified=ok,
        valid_until=until,
        evidence=proof,
    )
