"""Which work someone may see or record; others are told it does not exist (404)."""

from __future__ import annotations

from django.http import Http404

from cecto.classes.models import Cohort, Meeting
from cecto.coursework.models import Item
from cecto.ledger.models import Entry
from cecto.people.models import Person
from cecto.people.viewer import Permission, Viewer


def item_for(viewer: Viewer, key: str, permission: Permission) -> Item:
    """The item with that key, if the viewer holds that permission in its class's program; else Http404."""
    found = Item.objects.select_related("cohort__program").filter(key=key).order_by("-id").first()
    if found is None or not viewer.may(permission, found.cohort.program.code):
        raise Http404("There is no such piece of work.")
    return found


def member(cohort: Cohort, key: str) -> Person:
    """A person who is enrolled in the class and was not erased; else Http404."""
    found = Person.objects.filter(key=key, erased_at=None, enrollments__cohort=cohort).distinct().first()
    if found is None:
        raise Http404("There is no such person in this class.")
    return found


def meeting_of(cohort: Cohort, key: str) -> Meeting:
    """A session that counts for the class; else Http404."""
    rows = Meeting.objects.select_related("owner__program").filter(key=key, links__cohort=cohort)
    found = rows.first()
    if found is None:
        raise Http404("There is no such session in this class.")
    return found


def entry_of(cohort: Cohort, entry_id: int) -> Entry:
    """An entry about someone of the class who was not erased; else Http404."""
    rows = Entry.objects.select_related("person", "activity").filter(pk=entry_id, reverses=None)
    found = rows.filter(person__enrollments__cohort=cohort, person__erased_at=None).first()
    if found is None:
        raise Http404("There is no such entry.")
    return found
