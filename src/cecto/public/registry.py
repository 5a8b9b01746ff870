"""The public registry: whom it lists, by their own word, and only with the fields they agreed to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce, ExtractYear, Substr

from cecto.credentials.models import Credential, Listing, Statement
from cecto.foundation.ui.pictures.district_map import District
from cecto.people.names import folded
from cecto.public.disclosure import Published, publish

NOT_STATED = "Not stated"
EXPIRED = "expired"
_OVER = {"standing": EXPIRED}
_DECISION = "credential__decision__"
_SAID = "award__statements__"
_NAMED = "holder_sort__contains"
_DISTRICT = ("shown_district", "shown_place")
_FIELDS = {"class": "shown_class", "track": "shown_track", "district": "shown_district"}


@dataclass(frozen=True, slots=True)
class Choices:
    """The classes, tracks and districts that somebody listed, for the filters; districts with their current holders."""

    classes: tuple[str, ...]
    tracks: tuple[str, ...]
    districts: tuple[District, ...]


def listed(*, at: datetime) -> QuerySet[Listing]:
    """Everybody whom the registry lists now, by name.

    `standing` says whether their certificate holds at an instant: valid or expired; listed for a recorded award.
    `shown_*` hold what they agreed to, and nothing of what they did not: searching them finds no more than is shown.
    """
    recorded = Q(award__isnull=False, award__retracted_at=None, award__statements__superseded_at=None)
    standing = Q(credential__isnull=False, credential__versions__revocation=None)
    return (
        Listing.objects.filter(recorded | standing, until=None)
        .annotate(
            standing=_standing(at),
            holder=_one("name", "credential__versions__holder_name"),
            holder_sort=_one("sort_name", f"{_DECISION}enrollment__person__sort_name"),
            program=Coalesce("award__program__name", f"{_DECISION}enrollment__cohort__program__name"),
            shown_class=_if("class_label", _one("class_label", f"{_DECISION}enrollment__cohort__name")),
            shown_track=_if("track", _one("track", f"{_DECISION}enrollment__track__title")),
            shown_district=_if("district", _one("organization__name", f"{_DECISION}enrollment__organization__name")),
            shown_place=_if("district", _one("organization__county", f"{_DECISION}enrollment__organization__county")),
            shown_year=_if("year", Coalesce(Substr(f"{_SAID}awarded", 1, 4), _year())),
            shown_code=_if("verification", Coalesce("award__code", "credential__versions__code")),
        )
        .order_by("holder_sort", "id")
    )


def current(rows: QuerySet[Listing]) -> QuerySet[Listing]:
    """Those among `listed` whose certificate has not expired."""
    return rows.exclude(**_OVER)


def expired(rows: QuerySet[Listing]) -> QuerySet[Listing]:
    """Those among `listed` whose certificate has expired."""
    return rows.filter(**_OVER)


def found(asked: Mapping[str, str], *, at: datetime) -> QuerySet[Listing]:
    """Those listed with every word of `q` in their name, and with the class, track and district asked for."""
    rows = listed(at=at)
    for word in folded(asked.get("q", "")).split():
        rows = rows.filter(**{_NAMED: word})
    wanted = {column: asked[field] for field, column in _FIELDS.items() if asked.get(field)}
    return rows.filter(**wanted)


def choices(*, at: datetime) -> Choices:
    """What the filters offer. One query: the ways in which awards are listed are far fewer than the awards."""
    columns = ("shown_class", "shown_track", *_DISTRICT, "standing")
    ways = list(listed(at=at).order_by().values_list(*columns).annotate(people=Count("id")))
    people: Counter[tuple[str, str]] = Counter()
    for _class, _track, name, place, standing, count in ways:
        people[name, place] += 0 if standing == EXPIRED else count
    return Choices(
        tuple(sorted({way[0] for way in ways} - {""})),
        tuple(sorted({way[1] for way in ways} - {""})),
        tuple(District(name, place, count) for (name, place), count in sorted(people.items()) if name),
    )


def counted() -> dict[tuple[str, str, str], int]:
    """How many awards were made and not revoked, recorded ones and certificates, by class, track and region.

    Two queries. Of everybody, listed or not: publish it only through `disclosure.publish`.
    """
    cells: dict[tuple[str, str, str], int] = {}
    said = Statement.objects.filter(superseded_at=None, award__retracted_at=None)
    path = "decision__enrollment__"
    standing = Credential.objects.filter(versions__revocation=None)
    for rows in (
        said.values_list("class_label", "track", "organization__region"),
        standing.values_list(f"{path}cohort__name", f"{path}track__title", f"{path}organization__region"),
    ):
        for label, track, region, count in rows.annotate(people=Count("id", distinct=True)).order_by():
            cell = (label, track, region or NOT_STATED)
            cells[cell] = cells.get(cell, 0) + count
    return cells


def published() -> Published:
    """The numbers that may be said in public."""
    return publish(counted(), smallest=settings.CECTO_SMALLEST_PUBLIC_NUMBER)


def _standing(at: datetime) -> Case:
    over = Q(credential__versions__valid_until__lte=at)
    cases = When(award__isnull=False, then=Value("listed")), When(over, then=Value(EXPIRED))
    return Case(*cases, default=Value("valid"), output_field=CharField())


def _one(said: str, signed: str) -> Coalesce:
    return Coalesce(f"{_SAID}{said}", signed)


def _year() -> Cast:
    return Cast(ExtractYear(f"{_DECISION}effect__effective_on"), CharField())


def _if(agreed: str, value: Coalesce) -> Case:
    """The value if they agreed to that field, else nothing."""
    return Case(When(**{agreed: True}, then=Coalesce(value, Value(""))), default=Value(""), output_field=CharField())
