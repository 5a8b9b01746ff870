"""Every write of organizations."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from cecto.foundation.journal.actions import record
from cecto.foundation.journal.actor import Actor
from cecto.people import names
from cecto.people.models import Organization, OrganizationAlias
from cecto.people.organizations.districts import NAMES_AS_OF, District, shipped_aliases, shipped_districts


class OrganizationExists(Exception):
    """There is such an organization already; the message says which."""


@transaction.atomic
def add_organization(
    *,
    kind: Organization.Kind,
    name: str,
    code: str = "",
    county: str = "",
    region: str = "",
    by: Actor,
    at: datetime,
) -> Organization:
    """Add a charter school, partner or other organization. `code` is the LEA code of those that have one.

    Raises NameRefused, and OrganizationExists when the code or the name is taken.
    """
    name, code = names.written(name), code.strip().upper()
    if code and (known := Organization.objects.filter(code__iexact=code).first()):
        raise OrganizationExists(f"The code {code} belongs to {known}. Look it up in the list.")
    if known := Organization.objects.filter(name__iexact=name).first():
        raise OrganizationExists(f"There is an organization called {known} already. Use that one.")
    row = Organization.objects.create(kind=kind, name=name, code=code, county=county.strip(), region=region.strip())
    record("people.add-organization", by=by, at=at, subject=("organization", row.key), code=code)
    return row


@transaction.atomic
def add_alias(*, organization: Organization, name: str, source: str, by: Actor, at: datetime) -> OrganizationAlias:
    """Note another name of an organization and who says so. The same name again changes nothing.

    Raises NameRefused, and OrganizationExists when another organization goes by that name.
    """
    name, source = names.written(name), names.written(source, "source")
    known = organization.aliases.filter(name__iexact=name).first()
    if known:
        return known
    _refuse_other(organization, name)
    row = OrganizationAlias.objects.create(organization=organization, name=name, source=source)
    record("people.add-alias", by=by, at=at, subject=("organization", organization.key), alias=row.pk)
    return row


@transaction.atomic
def load_districts(*, by: Actor, at: datetime) -> int:
    """Add the N.C. school districts and aliases that are not here yet; return how many districts are new.

    Rows that are here keep what people made of them. Running it again changes nothing.
    """
    known = set(Organization.objects.exclude(code="").values_list("code", flat=True))
    fresh = Organization.objects.bulk_create(
        _row(district) for district in shipped_districts() if district.code not in known
    )
    aliases = _load_aliases()
    if fresh or aliases:
        subject = ("organizations", "nc-districts")
        record("people.load-districts", by=by, at=at, subject=subject, districts=len(fresh), aliases=aliases)
    return len(fresh)


def _row(district: District) -> Organization:
    return Organization(
        kind=Organization.Kind.DISTRICT,
        code=district.code,
        name=district.name,
        county=district.county,
        region=district.region,
        names_as_of=NAMES_AS_OF,
    )


def _load_aliases() -> int:
    codes = {row.code: row for row in Organization.objects.exclude(code="")}
    known = {(code, name.lower()) for code, name in OrganizationAlias.objects.values_list("organization__code", "name")}
    missing = [alias for alias in shipped_aliases() if (alias.code, alias.name.lower()) not in known]
    OrganizationAlias.objects.bulk_create(
        OrganizationAlias(organization=codes[alias.code], name=alias.name, source=alias.source) for alias in missing
    )
    return len(missing)


def _refuse_other(organization: Organization, name: str) -> None:
    others = Organization.objects.exclude(pk=organization.pk)
    taken = others.filter(name__iexact=name).first() or others.filter(aliases__name__iexact=name).first()
    if taken:
        raise OrganizationExists(f"{taken} goes by the name “{name}” already. Choose a name that tells them apart.")
