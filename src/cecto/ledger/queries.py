"""Every read of the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from cecto.ledger.models import Background, Entry


def entries_of(person_ids: Iterable[int], *, known_at: datetime) -> QuerySet[Entry]:
    """The entries of these persons recorded by an instant, with their activities, in (occurred, id) order.

    Reversals are among them.
    """
    return (
        Entry.objects.filter(person_id__in=list(person_ids), recorded_at__lte=known_at)
        .select_related("activity")
        .order_by("occurred_on", "id")
    )


def standing(source: str) -> QuerySet[Entry]:
    """The entries of one source that are not reversed."""
    return Entry.objects.filter(source=source, reverses=None, reversed_by=None).select_related("activity", "person")


def standing_with_prefix(prefix: str) -> QuerySet[Entry]:
    """The entries that are not reversed of every source whose name starts with `prefix`."""
    return Entry.objects.filter(source__startswith=prefix, reverses=None, reversed_by=None).select_related(
        "activity", "person"
    )


def makeups_standing(meeting_key: str) -> QuerySet[Entry]:
    """The make-ups of a session that are not reversed, in the order of recording."""
    rows = Entry.objects.filter(kind=Entry.Kind.MAKEUP, replaces_meeting=meeting_key, reverses=None, reversed_by=None)
    return rows.select_related("activity", "person").order_by("id")


def background_of(person_ids: Iterable[int], *, known_at: datetime) -> QuerySet[Background]:
    """What these persons bring as known at an instant, the earliest first: what was taken back by then is not there."""
    known = Background.objects.filter(recorded_at__lte=known_at)
    gone = known.exclude(reverses=None).values("reverses")
    return (
        known.filter(person_id__in=list(person_ids), reverses=None).exclude(pk__in=gone).order_by("occurred_on", "id")
    )
