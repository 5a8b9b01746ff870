"""Every write of the ledger: post facts, reverse them. Nothing else ever changes it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from cecto.foundation.journal.actions import record
from cecto.foundation.journal.actor import Actor
from cecto.foundation.ui.words import hours
from cecto.ledger.activities import ActivityFacts, FacetFacts
from cecto.ledger.models import Activity, Entry
from cecto.ledger.stored import facts_of


class LedgerError(Exception):
    """A fact that the ledger does not take; the message says why and what to do."""


class AlreadyReversed(LedgerError):
    """The entry was taken back before."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact to post about one person.

    `attended` and `offered` are minutes; `occurred_on` is a date in the program's time zone.
    """

    person_id: int
    activity: ActivityFacts
    kind: Entry.Kind
    occurred_on: date
    attended: int = 0
    offered: int = 0
    outcome: str = ""
    judges: tuple[str, ...] = ()
    score: int | None = None
    verified: bool = True
    valid_until: date | None = None
    replaces_meeting: str = ""
    reason: str = ""
    evidence_sha256: str = ""


@transaction.atomic
def post(facts: Sequence[Fact], *, source: str, by: Actor, at: datetime) -> list[Entry]:
    """Post facts that come from one `source` (like `settlement:<key>:1`); return the entries that are new.

    Idempotent: a fact whose (source, person, activity, kind) is posted already is left as it is. A constant number of
    queries.
    Raises LedgerError for minutes below zero or above those offered.
    """
    for fact in facts:
        _check(fact)
    activities = _store_activities({fact.activity.sha256: fact.activity for fact in facts})
    known = set(Entry.objects.filter(source=source, reverses=None).values_list("person_id", "activity_id", "kind"))
    rows = [_row(fact, activities[fact.activity.sha256], source=source, by=by, at=at) for fact in facts]
    fresh = [row for row in rows if (row.person_id, row.activity_id, row.kind) not in known]
    posted = Entry.objects.bulk_create(fresh)
    if posted:
        record("ledger.post", by=by, at=at, subject=("source", source), entries=len(posted))
    return posted


@transaction.atomic
def reverse(entries: Iterable[Entry], *, reason: str, by: Actor, at: datetime) -> list[Entry]:
    """Take entries back: each gets a reversal that keeps its date of occurrence.

    Raises AlreadyReversed if one was taken back before.
    """
    taken = list(entries)
    if Entry.objects.filter(reverses__in=taken).exists():
        raise AlreadyReversed("Some of these entries were taken back already. Reload the page to see how they stand.")
    reversals = Entry.objects.bulk_create([_reversal(entry, reason=reason, by=by, at=at) for entry in taken])
    for source in sorted({entry.source for entry in taken}):
        record("ledger.reverse", by=by, at=at, subject=("source", source), reason=reason)
    return reversals


@transaction.atomic
def reword(
    entries: Iterable[Entry],
    *,
    program: str,
    words: Callable[[Entry], FacetFacts],
    source: str = "",
    reason: str,
    by: Actor,
    at: datetime,
) -> list[Entry]:
    """Reverse entries and post each anew with other words of one program; everything else they say stays.

    The new ones come from `source`, else from the next number of the source that they came from. Raises
    AlreadyReversed.
    """
    taken = list(entries)
    reverse(taken, reason=reason, by=by, at=at)
    by_source: dict[str, list[Fact]] = defaultdict(list)
    for entry in taken:
        by_source[source or entry.source].append(_reworded(entry, program, words(entry), reason))
    return [
        made
        for name, facts in by_source.items()
        for made in post(facts, source=name if source else _next_of(name), by=by, at=at)
    ]


def _reworded(entry: Entry, program: str, words: FacetFacts, reason: str) -> Fact:
    activity = facts_of(entry.activity)
    return Fact(
        person_id=entry.person_id,
        activity=replace(activity, facets={**activity.facets, program: words}),
        kind=Entry.Kind(entry.kind),
        occurred_on=entry.occurred_on,
        attended=entry.attended,
        offered=entry.offered,
        outcome=entry.outcome,
        judges=tuple(entry.judges),
        score=entry.score,
        verified=entry.verified,
        valid_until=entry.valid_until,
        replaces_meeting=entry.replaces_meeting,
        reason=entry.reason or reason,
        evidence_sha256=entry.evidence_sha256,
    )


def _next_of(source: str) -> str:
    """The source after the last that differs from it in its number only."""
    stem = source.rpartition(":")[0]
    used = Entry.objects.filter(source__startswith=f"{stem}:").values_list("source", flat=True).distinct()
    numbers = [int(number) for name in used if (number := name.removeprefix(f"{stem}:")).isdecimal()]
    return f"{stem}:{max(numbers, default=0) + 1}"


def _check(fact: Fact) -> None:
    if not 0 <= fact.attended <= fact.offered:
        raise LedgerError(
            f"“{fact.activity.title}” offers {hours(fact.offered)}; {hours(fact.attended)} cannot be credited for it."
        )


def _store_activities(wanted: dict[str, ActivityFacts]) -> dict[str, Activity]:
    stored = {row.sha256: row for row in Activity.objects.filter(sha256__in=wanted)}
    missing = [_activity_row(sha256, facts) for sha256, facts in wanted.items() if sha256 not in stored]
    if missing:
        Activity.objects.bulk_create(missing, ignore_conflicts=True)
        stored |= {row.sha256: row for row in Activity.objects.filter(sha256__in=[row.sha256 for row in missing])}
    return stored


def _activity_row(sha256: str, facts: ActivityFacts) -> Activity:
    return Activity(
        sha256=sha256,
        title=facts.title,
        kind=facts.kind,
        modality=facts.modality,
        meeting_key=facts.meeting_key,
        segment_code=facts.segment_code,
        item_key=facts.item_key,
        item_code=facts.item_code,
        held_by=facts.held_by,
        provider=facts.provider,
        series=facts.series,
        required=facts.required,
        facets=facts.facets_as_json(),
    )


def _row(fact: Fact, activity: Activity, *, source: str, by: Actor, at: datetime) -> Entry:
    return Entry(
        person_id=fact.person_id,
        activity=activity,
        kind=fact.kind,
        attended=fact.attended,
        offered=fact.offered,
        outcome=fact.outcome,
        judges=list(fact.judges),
        score=fact.score,
        verified=fact.verified,
        valid_until=fact.valid_until,
        occurred_on=fact.occurred_on,
        recorded_at=at,
        recorded_by=by.key,
        source=source,
        replaces_meeting=fact.replaces_meeting,
        reason=fact.reason,
        evidence_sha256=fact.evidence_sha256,
    )


def _reversal(entry: Entry, *, reason: str, by: Actor, at: datetime) -> Entry:
    return Entry(
        person_id=entry.person_id,
        activity_id=entry.activity_id,
        kind=entry.kind,
        attended=entry.attended,
        offered=entry.offered,
        outcome=entry.outcome,
        judges=entry.judges,
        score=entry.score,
        verified=entry.verified,
        valid_until=entry.valid_until,
        occurred_on=entry.occurred_on,
        recorded_at=at,
        recorded_by=by.key,
        source=entry.source,
        replaces_meeting=entry.replaces_meeting,
        reason=reason,
        reverses=entry,
    )
