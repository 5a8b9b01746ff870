"""A participant sees their own record; others are told it does not exist (404)."""

from __future__ import annotations

from django.http import Http404

from cecto.audits.queries import enrollments_to_audit
from cecto.classes.models import Enrollment
from cecto.people.models import Person


def own_enrollment(person: Person, key: str) -> Enrollment:
    """The enrollment with that key, if it is this person's own; else Http404."""
    found = enrollments_to_audit().filter(key=key, person=person).first()
    if found is None:
        raise Http404("There is no such record of yours.")
    return found
