"""Every read of people and organizations."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Lower

from cecto.people.models import (
    Account,
    Affiliation,
    FormerName,
    OfficeSeat,
    Organization,
    OrganizationAlias,
    Person,
    PersonEmail,
    Role,
    RoleGrant,
)
from cecto.people.names import folded

_PROVEN = Q(verified_at__isnull=False)


class NoSuchPerson(Exception):
    """Nobody, or more than one, answers to that word; the message says what to do."""


class NoSuchAddress(Exception):
    """The person has no such e-mail address; the message says what to do."""


class NoSuchOrganization(Exception):
    """No organization answers to that word; the message says what to do."""


def person_called(word: str) -> Person:
    """The person with that key, e-mail address or full name. Raises NoSuchPerson for none and for namesakes."""
    exact = Person.objects.filter(Q(key=word) | Q(emails__address__iexact=word.strip())).distinct().first()
    if exact:
        return exact
    found = list(Person.objects.filter(name__iexact=word.strip())[:2])
    if len(found) == 1:
        return found[0]
    if found:
        raise NoSuchPerson(f"More than one person is called “{word}”. Give the e-mail address instead.")
    raise NoSuchPerson(f"Nobody here has the name, e-mail address or key “{word}”.")


def people(search: str = "") -> QuerySet[Person]:
    """Persons with every word of `search` in a name, former name or address, by name; with e-mails and workplaces."""
    found = Person.objects.prefetch_related("emails", "affiliations__organization")
    for word in search.split():
        match = Q(sort_name__contains=folded(word)) | Q(name__icontains=word) | Q(preferred_name__icontains=word)
        formerly = Q(pk__in=FormerName.objects.filter(name__icontains=word).values("person"))
        reached = Q(pk__in=PersonEmail.objects.filter(address__icontains=word).values("person"))
        found = found.filter(match | formerly | reached)
    return found.order_by("sort_name", "id")


def coordinator_of(program_code: str, *, at: datetime) -> Person | None:
    """Who runs a program at an instant: of several, who has done so longest. With e-mail addresses; two queries."""
    held = Q(start__lte=at) & (Q(until__isnull=True) | Q(until__gt=at))
    grants = RoleGrant.objects.filter(held, role=Role.COORDINATOR, program_code=program_code)
    first = grants.select_related("person").prefetch_related("person__emails").order_by("start", "id").first()
    return first.person if first else None


def by_address(addresses: Iterable[str]) -> dict[str, Person]:
    """The persons behind e-mail addresses, by the address in lower case. One query."""
    wanted = {address.lower() for address in addresses}
    rows = PersonEmail.objects.annotate(lower=Lower("address")).filter(lower__in=wanted).select_related("person")
    return {row.lower: row.person for row in rows}


def by_sort_name(sort_names: Iterable[str]) -> dict[str, list[Person]]:
    """The persons behind sort names, with their e-mails. Two queries."""
    found: dict[str, list[Person]] = {}
    for person in Person.objects.filter(sort_name__in=set(sort_names)).prefetch_related("emails").order_by("id"):
        found.setdefault(person.sort_name, []).append(person)
    return found


def affiliations_of(person: Person) -> QuerySet[Affiliation]:
    """Where a person works and worked, the latest first."""
    return person.affiliations.select_related("organization").order_by("-start", "-id")


def workplaces_on(people_ids: Iterable[int], day: date) -> QuerySet[Affiliation]:
    """The affiliations of these persons that hold on a date, with their organizations."""
    holds = Q(until=None) | Q(until__gt=day)
    rows = Affiliation.objects.filter(holds, person_id__in=list(people_ids), start__lte=day)
    return rows.select_related("organization").order_by("start", "id")


def organizations(search: str = "") -> QuerySet[Organization]:
    """Organizations with every word of `search` in a name, code or county, by name; with aliases and `people`."""
    found = Organization.objects.annotate(
        people=Count("affiliations__person", filter=Q(affiliations__until=None), distinct=True)
    )
    for word in search.split():
        named = OrganizationAlias.objects.filter(name__icontains=word).values("organization")
        match = Q(name__icontains=word) | Q(code__iexact=word) | Q(county__icontains=word) | Q(pk__in=named)
        found = found.filter(match)
    return found.prefetch_related("aliases").order_by("name", "id")


def districts() -> QuerySet[Organization]:
    """The N.C. school districts, by LEA code."""
    return Organization.objects.filter(kind=Organization.Kind.DISTRICT).exclude(code="").order_by("code")


def organization_called(word: str) -> Organization:
    """The organization with that key, LEA code, name or alias. Raises NoSuchOrganization."""
    word = word.strip()
    match = Q(key=word) | Q(code__iexact=word) | Q(name__iexact=word) | Q(aliases__name__iexact=word)
    found = list(Organization.objects.filter(match).distinct()[:2])
    if len(found) != 1:
        reason = "More than one organization answers to" if found else "There is no organization"
        raise NoSuchOrganization(f"{reason} “{word}”. Give its LEA code or key.")
    return found[0]


def current_grants(at: datetime) -> QuerySet[RoleGrant]:
    """The roles held at an instant, by program and role."""
    held = Q(until=None) | Q(until__gt=at)
    order = ["program_code", "role", "person__sort_name", "id"]
    return RoleGrant.objects.filter(held, start__lte=at).select_related("person").order_by(*order)


def seats_from(day: date) -> QuerySet[OfficeSeat]:
    """The seats held on a date or later, in every program, by program and office."""
    held = Q(until=None) | Q(until__gt=day)
    order = ["program_code", "office", "acting", "start", "id"]
    return OfficeSeat.objects.filter(held).select_related("person").order_by(*order)


def account_of(person: Person) -> Account | None:
    """The account a person signs in with, if they have one."""
    return Account.objects.filter(person=person).first()


def address_of(person: Person, address: str) -> PersonEmail:
    """That e-mail address of a person. Raises NoSuchAddress."""
    lower = address.strip().lower()
    found = person.emails.annotate(lower=Lower("address")).filter(lower=lower).first()
    if found is None:
        raise NoSuchAddress(f"{person} has no address {address.strip()}. Add it first.")
    return found


def stands_for_another(address: str, person: Person) -> bool:
    """Whether an address is proven to be another person's, or is the one that a program has for them."""
    others = PersonEmail.objects.annotate(lower=Lower("address")).filter(_PROVEN | Q(primary=True))
    return others.filter(lower=address.lower()).exclude(person=person).exists()


def account_opened_by(address: str) -> Account | None:
    """The account that a code sent to this address opens, if any.

    Every address that is proven to be a person's opens theirs. While none is, the one that the program has for them
    does: the code that comes back proves it.
    """
    unproven = Q(primary=True) & ~Exists(PersonEmail.objects.filter(_PROVEN, person=OuterRef("person")))
    found = PersonEmail.objects.annotate(lower=Lower("address")).filter(_PROVEN | unproven, lower=address.lower())
    return Account.objects.filter(is_active=True, person__in=found.values("person")).first()


def with_everything(person_key: str) -> Person | None:
    """A person with e-mails, workplaces, roles and offices, for their page; None when there is no such key."""
    work = Prefetch("affiliations", Affiliation.objects.select_related("organization").order_by("-start", "-id"))
    rows = Person.objects.select_related("account").prefetch_related(
        "emails", "former_names", work, "role_grants", "offices"
    )
    return rows.filter(key=person_key).first()


def hindrance_to_erase(person: Person) -> str:
    """Why a person cannot be erased and what to do first, or an empty text."""
    if person.erased_at:
        return "This person was erased already."
    if person.role_grants.filter(until=None).exists() or person.offices.filter(until=None).exists():
        return f"{person.name} holds a role or an office. End these first, then erase."
    return ""
