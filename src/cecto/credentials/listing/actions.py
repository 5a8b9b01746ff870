"""Every write of listings. Nothing is overwritten: a new word ends the one before."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from cecto.credentials.listing.queries import FIELDS, listing_of
from cecto.credentials.models import Credential, Listing, RecordedAward
from cecto.foundation.journal.actions import record
from cecto.foundation.journal.actor import Actor


class ListingRefused(ValueError):
    """A word on the registry that does not count; the message says why and what to do."""


@transaction.atomic
def let_list(
    *,
    credential: Credential | None = None,
    award: RecordedAward | None = None,
    fields: frozenset[str],
    request: str = "",
    by: Actor,
    at: datetime,
) -> Listing:
    """Let the registry list name and program, and of FIELDS those named, from now on. The same again changes nothing.

    Raises ListingRefused unless the holder says it, or `request` names their written request.
    """
    _refuse_others(credential, award, request, by)
    if award is not None and award.retracted_at is not None:
        raise ListingRefused("This award is retracted, so it cannot be listed.")
    before = listing_of(credential=credential, award=award)
    if before and frozenset(field for field in FIELDS if getattr(before, field)) == fields:
        return before
    _end(before, request, by, at)
    words = {field: field in fields for field in FIELDS}
    row = Listing.objects.create(
        credential=credential, award=award, request=request, start=at, started_by=by.key, **words
    )
    record("credentials.let-list", by=by, at=at, subject=_subject(credential, award), fields=sorted(fields))
    return row


@transaction.atomic
def list_no_more(
    *,
    credential: Credential | None = None,
    award: RecordedAward | None = None,
    request: str = "",
    by: Actor,
    at: datetime,
) -> None:
    """Take it out of the registry at once; the award itself stays as valid as it is.

    Raises ListingRefused unless the holder says it, or `request` names their written request.
    """
    _refuse_others(credential, award, request, by)
    row = listing_of(credential=credential, award=award)
    if row is None:
        return
    _end(row, request, by, at)
    record("credentials.list-no-more", by=by, at=at, subject=_subject(credential, award))


def _end(row: Listing | None, request: str, by: Actor, at: datetime) -> None:
    if row is not None:
        row.until, row.ended_by, row.ended_on_request = at, by.key, request
        row.save(update_fields=["until", "ended_by", "ended_on_request"])


def _refuse_others(credential: Credential | None, award: RecordedAward | None, request: str, by: Actor) -> None:
    holder = credential.decision.enrollment.person_id if credential else award.person_id if award else None
    if not request.strip() and (holder is None or by.person_id != holder):
        raise ListingRefused("Only the holder decides this. Say which written request of theirs you follow.")


def _subject(credential: Credential | None, award: RecordedAward | None) -> tuple[str, str]:
    if credential is not None:
        return "credential", credential.key
    return "recorded-award", award.key if award else ""
