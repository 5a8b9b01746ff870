"""Every read of listings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from cecto.credentials.models import Credential, Listing, RecordedAward
from cecto.people.models import Person

FIELDS = ("class_label", "track", "district", "year", "verification")


@dataclass(frozen=True, slots=True)
class Held:
    """An award that a person holds, and what they let the registry list of it now."""

    key: str
    title: str
    kind: str
    listing: Listing | None


def listing_of(*, credential: Credential | None = None, award: RecordedAward | None = None) -> Listing | None:
    """What the registry may list of an award now, or None."""
    return Listing.objects.filter(credential=credential, award=award, until=None).first()


def history_of(*, credential: Credential | None = None, award: RecordedAward | None = None) -> list[Listing]:
    """Everything the registry was ever let list of an award, the latest first, with the written requests."""
    found = Listing.objects.filter(credential=credential, award=award).select_related("request", "ended_request")
    return list(found.order_by("-start", "-id"))


def held_by(person: Person) -> list[Held]:
    """Every award of a person that can be listed: certificates that stand, and recorded awards. Three queries."""
    certificates = (
        Credential.objects.filter(decision__enrollment__person=person, versions__revocation=None)
        .select_related("decision__enrollment__cohort__program")
        .distinct()
    )
    recorded = RecordedAward.objects.filter(person=person, retracted_at=None).select_related("program")
    rows = Listing.objects.filter(Q(credential__in=certificates) | Q(award__in=recorded), until=None)
    by_certificate, by_award = _by_subject(rows)
    return [
        *(
            Held(one.key, one.decision.enrollment.cohort.name, "certificate", by_certificate.get(one.pk))
            for one in certificates
        ),
        *(Held(one.key, one.program.name, "recorded award", by_award.get(one.pk)) for one in recorded),
    ]


def _by_subject(rows: Iterable[Listing]) -> tuple[dict[int, Listing], dict[int, Listing]]:
    found = list(rows)
    return (
        {row.credential_id: row for row in found if row.credential_id},
        {row.award_id: row for row in found if row.award_id},
    )
