"""The registry's open data as JSON-LD, in the words of schema.org: Dataset, Observation, Person with hasCredential."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse

from cecto.credentials import codes
from cecto.credentials.models import Listing
from cecto.public.disclosure import Published

MEDIA_TYPE = "application/ld+json"
_CONTEXT = "https://schema.org/"
_STATUS = {"valid": "Valid", "expired": "Expired", "listed": ""}


def people(rows: Iterable[Listing], *, base: str) -> dict[str, Any]:
    """Those listed, each with the credential they let be shown; fields they did not agree to are not there."""
    listed = [_person(row, base) for row in rows]
    return {"@context": _CONTEXT, "@type": "ItemList", "numberOfItems": len(listed), "itemListElement": listed}


def numbers(told: Published, *, base: str, at: datetime) -> dict[str, Any]:
    """Every published number as an observation; those held back are not there. `at` is when they were counted (UTC)."""
    return {
        "@context": _CONTEXT,
        "@type": "Dataset",
        "name": "Awards by class, track and region",
        "url": base + reverse("public:numbers"),
        "dateModified": at.isoformat(),
        "hasPart": [
            {"@type": "Observation", "name": ", ".join(number), "value": value, "observationDate": at.isoformat()}
            for number, value in sorted(told.numbers.items())
            if value is not None
        ],
    }


def _person(row: Listing, base: str) -> dict[str, Any]:
    shown = {field: getattr(row, f"shown_{field}") for field in ("class", "track", "district", "year", "code")}
    credential = {
        "@type": "EducationalOccupationalCredential",
        "name": getattr(row, "program"),  # noqa: B009 - annotated by the query
        "about": shown["track"],
        "isPartOf": shown["class"],
        "dateCreated": shown["year"],
        "creativeWorkStatus": _STATUS[getattr(row, "standing")],  # noqa: B009 - annotated by the query
        "url": base + reverse("credentials:verify", args=[codes.printed(shown["code"])]) if shown["code"] else "",
    }
    person = {
        "@type": "Person",
        "name": getattr(row, "holder"),  # noqa: B009 - annotated by the query
        "affiliation": {"@type": "Organization", "name": shown["district"]} if shown["district"] else "",
        "hasCredential": {key: value for key, value in credential.items() if value},
    }
    return {key: value for key, value in person.items() if value}
