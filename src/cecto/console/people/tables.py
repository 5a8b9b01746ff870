"""The tables on the pages about people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from cecto.classes.models import Enrollment
from cecto.foundation.tables import Column, Kind, Link, Table
from cecto.people.models import OfficeSeat, Person, RoleGrant


def people(rows: Sequence[Person]) -> Table:
    """People with their addresses and present workplaces."""
    columns = (Column(_("Name")), Column(_("E-mail")), Column(_("Works for")))
    return Table(_("People"), columns, [(_link(row), _addresses(row), _present_work(row)) for row in rows])


def roles(rows: Sequence[RoleGrant]) -> Table:
    """Who holds which role."""
    columns = (Column(_("Person")), Column(_("Role")), Column(_("Program")), Column(_("Since"), Kind.INSTANT))
    cells = [(_link(row.person), row.get_role_display(), row.program_code or None, row.start) for row in rows]
    return Table(_("Roles"), columns, cells)


def offices(rows: Sequence[OfficeSeat]) -> Table:
    """Who holds which office."""
    columns = (Column(_("Person")), *_seat_columns())
    return Table(_("Offices"), columns, [(_link(row.person), *_seat(row)) for row in rows])


def workplaces(person: Person) -> Table:
    """Where a person works and worked; affiliations prefetched with their organizations."""
    columns = (Column(_("Organization")), Column(_("Title")), Column(_("From"), Kind.DATE), *_until())
    cells = [(row.organization.name, row.title or None, row.start, row.until) for row in person.affiliations.all()]
    return Table(_("Work"), columns, cells)


def enrollments(rows: Sequence[Enrollment]) -> Table:
    """Which classes a person is or was in."""
    columns = (
        Column(_("Class")),
        Column(_("Track")),
        Column(_("Organization then")),
        Column(_("From"), Kind.DATE),
    )
    cells = [
        (
            Link(row.cohort.name, reverse("console:class", args=[row.cohort.key])),
            row.track.title,
            row.organization.name if row.organization else None,
            row.enrolled_on,
        )
        for row in rows
    ]
    return Table(_("Classes"), columns, cells)


def roles_of(person: Person, at: datetime) -> Table:
    """The roles a person holds at an instant, from the prefetched grants."""
    columns = (Column(_("Role")), Column(_("Program")), Column(_("Since"), Kind.INSTANT))
    held = [row for row in person.role_grants.all() if row.start <= at and (row.until is None or row.until > at)]
    cells = [(row.get_role_display(), row.program_code or None, row.start) for row in held]
    return Table(_("Roles"), columns, cells)


def offices_of(person: Person, day: date) -> Table:
    """The offices a person holds on a date or later, from the prefetched seats."""
    held = [row for row in person.offices.all() if row.until is None or row.until > day]
    return Table(_("Offices"), _seat_columns(), [_seat(row) for row in held])


def _seat_columns() -> tuple[Column, ...]:
    return (Column(_("Office")), Column(_("Program")), Column(_("From"), Kind.DATE), *_until())


def _until() -> tuple[Column]:
    return (Column(_("Until"), Kind.DATE),)


def _seat(row: OfficeSeat) -> tuple[str, str, date, date | None]:
    office = _("%(office)s, acting") % {"office": row.office} if row.acting else row.office
    return office, row.program_code, row.start, row.until


def _link(row: Person) -> Link:
    return Link(row.name, reverse("people:person", args=[row.key]))


def _addresses(row: Person) -> str | None:
    return ", ".join(str(email) for email in row.emails.all()) or None


def _present_work(row: Person) -> str | None:
    return ", ".join(job.organization.name for job in row.affiliations.all() if job.until is None) or None
