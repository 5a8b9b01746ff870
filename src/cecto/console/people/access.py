"""Which persons someone may see."""

from __future__ import annotations

from django.http import Http404

from cecto.console.people.queries import enrollments_seen
from cecto.people.models import Person
from cecto.people.queries import with_everything
from cecto.people.viewer import Permission, Viewer


def person_for(viewer: Viewer, key: str) -> Person:
    """The person with that key, for an administrator and for staff of a program they are enrolled in; else Http404."""
    person = with_everything(key)
    if person is None:
        raise Http404("There is no such person.")
    if not viewer.may_anywhere(Permission.ADMINISTER) and not enrollments_seen(viewer, person).exists():
        raise Http404("There is no such person.")
    return person


def person_to_change(viewer: Viewer, key: str) -> Person:
    """The same, unless they were erased; else Http404."""
    person = person_for(viewer, key)
    if person.erased_at:
        raise Http404("This person was erased. Nothing about them changes any more.")
    return person
