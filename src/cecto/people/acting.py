"""Who acts at the command line: the person named with `--as`, held to the same roles as on the pages."""

from __future__ import annotations

from datetime import datetime

from cecto.people.models import Person
from cecto.people.viewer import ROLES, Permission, Viewer, viewer_as


class NotTheirs(Exception):
    """Someone who may not act; the message says who may."""


def person_with(email: str) -> Person:
    """The person with that address. Raises NotTheirs for one that nobody has, or none at all."""
    if not email:
        raise NotTheirs("Say who acts: --as EMAIL.")
    found = Person.objects.filter(emails__address__iexact=email).first()
    if found is None:
        raise NotTheirs(f"Nobody here has the address {email}. Name someone who may act.")
    return found


def acting_as(email: str, permission: Permission, *, program_code: str, at: datetime) -> Viewer:
    """The person with that address, who holds that permission in the program at `at`.

    Raises NotTheirs for an address that nobody has and for someone whose roles do not allow it.
    """
    person = person_with(email)
    found = viewer_as(person, at=at)
    if not found.may(permission, program_code):
        able = " or ".join(sorted(str(role.label).lower() for role in ROLES[permission]))
        raise NotTheirs(f"{person.name} may not do this in the program “{program_code}”. Ask its {able}.")
    return found
