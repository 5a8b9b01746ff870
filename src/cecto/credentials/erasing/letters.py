"""Files that prove something of one person: letters, certificates, scans. A file that others need is none of them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Manager, Model, Q, QuerySet

from cecto.attendance.models import Notice, Report, SignedSheet
from cecto.audits.models import ExceptionGrant
from cecto.credentials.models import Listing, WrittenRequest
from cecto.ledger.models import Background, Entry
from cecto.people.models import Person


@dataclass(frozen=True, slots=True)
class _Place:
    """A table that names a person's files by their hash."""

    rows: Manager[Model]
    digest: str
    person: str


_PLACES = (
    _Place(Notice.objects, "document_sha256", "person"),
    _Place(ExceptionGrant.objects, "evidence_sha256", "enrollment__person"),
    _Place(Entry.objects, "evidence_sha256", "person"),
    _Place(Background.objects, "evidence_sha256", "person"),
)


def letters_of(person: Person) -> list[str]:
    """The SHA-256 of every file that is about this person and nobody else, in order."""
    requests = _requests_of(person)
    own = set(requests.values_list("letter_sha256", flat=True))
    for place in _PLACES:
        own |= set(place.rows.filter(**{place.person: person}).values_list(place.digest, flat=True))
    others = WrittenRequest.objects.exclude(pk__in=requests.values("pk"))
    return sorted(digest for digest in own - {""} if not _needed(digest, person, others))


def _requests_of(person: Person) -> QuerySet[WrittenRequest]:
    own = Q(credential__decision__enrollment__person=person) | Q(award__person=person)
    listings = Listing.objects.filter(own).values("pk")
    return WrittenRequest.objects.filter(Q(began__in=listings) | Q(ended__in=listings))


def _needed(digest: str, person: Person, others: QuerySet[WrittenRequest]) -> bool:
    """Whether the file is of somebody else too, or of a whole session."""
    if others.filter(letter_sha256=digest).exists():
        return True
    if any(place.rows.filter(**{place.digest: digest}).exclude(**{place.person: person}).exists() for place in _PLACES):
        return True
    return any(table.objects.filter(sha256=digest).exists() for table in (Report, SignedSheet))
