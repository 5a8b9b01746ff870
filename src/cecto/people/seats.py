"""Who holds which office of a program on a day: an office is a seat, apart from what its holder may see."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from cecto.people.models import OfficeSeat, Person


class NotTheirOffice(Exception):
    """The person does not hold that office on that day."""


def seats_on(program_code: str, day: date) -> QuerySet[OfficeSeat]:
    """The seats of a program that are held on a day, acting ones included, with their holders."""
    held = Q(start__lte=day) & (Q(until__isnull=True) | Q(until__gt=day))
    return OfficeSeat.objects.filter(held, program_code=program_code).select_related("person")


def seat_of(person: Person, office: str, *, program_code: str, on: date) -> OfficeSeat:
    """The seat by which a person holds an office on a day; a full seat before an acting one.

    Raises NotTheirOffice, whose message says who does hold it.
    """
    seat = seats_on(program_code, on).filter(person=person, office=office).order_by("acting", "pk").first()
    if seat is None:
        raise NotTheirOffice(_who_holds(office, program_code, on))
    return seat


def offices_of(person: Person, *, program_code: str, on: date) -> list[str]:
    """The offices a person holds in a program on a day, in order of name."""
    return sorted(set(seats_on(program_code, on).filter(person=person).values_list("office", flat=True)))


def _who_holds(office: str, program_code: str, on: date) -> str:
    holders = [seat.person.name for seat in seats_on(program_code, on).filter(office=office)]
    who = (
        f"It is held by {' and '.join(holders)}." if holders else "Nobody holds it: an administrator can seat someone."
    )
    return f"You do not hold the office “{office}” on {on:%B %-d, %Y}. {who}"
