"""Every write of listings. Nothing is overwritten: a new word ends the one before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from cecto.credentials.listing.queries import FIELDS, listing_of
from cecto.credentials.models import Credential, Listing, RecordedAward, WrittenRequest
from cecto.foundation.evidence.columns import release
from cecto.foundation.journal.actions import record
from cecto.foundation.journal.actor import Actor
from cecto.foundation.papers import Paper, PaperRefused
from cecto.people import names


class ListingRefused(ValueError):
    """A word on the registry that does not count; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A holder's written request: who signed it, of which day, and the letter."""

    by: str
    on: date
    letter: Paper


@transaction.atomic
def let_list(
    *,
    credential: Credential | None = None,
    award: RecordedAward | None = None,
    fields: frozenset[str],
    request: Asked | None = None,
    by: Actor,
    at: datetime,
) -> Listing:
    """Let the registry list name and program, and of FIELDS those named, from now on. The same again changes nothing.

    Raises ListingRefused unless the holder says it, or `request` is their letter.
    """
    _refuse_others(credential, award, request, by)
    if award is not None and award.retracted_at is not None:
        raise ListingRefused("This award is retracted, so it cannot be listed.")
    before = listing_of(credential=credential, award=award)
    if before and frozenset(field for field in FIELDS if getattr(before, field)) == fields:
        return before
    kept = _keep(request, by, at)
    _end(before, kept, by, at)
    words = {field: field in fields for field in FIELDS}
    row = Listing.objects.create(credential=credential, award=award, request=kept, start=at, started_by=by.key, **words)
    record("credentials.let-list", by=by, at=at, subject=_subject(credential, award), fields=sorted(fields))
    return row


@transaction.atomic
def list_no_more(
    *,
    credential: Credential | None = None,
    award: RecordedAward | None = None,
    request: Asked | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Take it out of the registry at once; the award itself stays as valid as it is.

    Raises ListingRefused unless the holder says it, or `request` is their letter.
    """
    _refuse_others(credential, award, request, by)
    row = listing_of(credential=credential, award=award)
    if row is None:
        return
    _end(row, _keep(request, by, at), by, at)
    record("credentials.list-no-more", by=by, at=at, subject=_subject(credential, award))


@transaction.atomic
def erase_listings(
    *, credential: Credential | None = None, award: RecordedAward | None = None, by: Actor, at: datetime
) -> None:
    """Take an award out of the registry, and forget who asked for what in writing; that and when they did stays."""
    listings = Listing.objects.filter(credential=credential, award=award)
    _end(listings.filter(until=None).first(), None, by, at)
    asked = WrittenRequest.objects.filter(Q(began__in=listings) | Q(ended__in=listings))
    release(list(asked.values_list("letter_sha256", flat=True)))
    asked.update(asked_by=names.ERASED, letter_sha256="", letter_name="")
    record("credentials.erase-listings", by=by, at=at, subject=_subject(credential, award))


def _keep(asked: Asked | None, by: Actor, at: datetime) -> WrittenRequest | None:
    if asked is None:
        return None
    if asked.on > at.date():
        raise ListingRefused(f"The letter cannot be of {asked.on:%B %-d, %Y}: that day has not come. Mend the date.")
    try:
        name, sha256 = names.written(asked.by), asked.letter.keep()
    except (names.NameRefused, PaperRefused) as refused:
        raise ListingRefused(str(refused)) from refused
    return WrittenRequest.objects.create(
        asked_by=name,
        asked_on=asked.on,
        letter_sha256=sha256,
        letter_name=asked.letter.name,
        recorded_at=at,
        recorded_by=by.key,
    )


def _end(row: Listing | None, request: WrittenRequest | None, by: Actor, at: datetime) -> None:
    if row is not None:
        row.until, row.ended_by, row.ended_request = at, by.key, request
        row.save(update_fields=["until", "ended_by", "ended_request"])


def _refuse_others(credential: Credential | None, award: RecordedAward | None, asked: Asked | None, by: Actor) -> None:
    holder = credential.decision.enrollment.person_id if credential else award.person_id if award else None
    if asked is None and (holder is None or by.person_id != holder):
        raise ListingRefused(
            "Only the holder decides this. To do it for them, note their written request with the letter."
        )


def _subject(credential: Credential | None, award: RecordedAward | None) -> tuple[str, str]:
    if credential is not None:
        return "credential", credential.key
    return "recorded-award", award.key if award else ""
