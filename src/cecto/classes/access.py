"""Which classes and sessions someone may see or change; others are told they do not exist (404)."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from cecto.classes import queries
from cecto.classes.models import Cohort, Enrollment, Meeting
from cecto.people.viewer import Permission, Viewer
from cecto.programs.models import Program
from cecto.programs.queries import programs


def visible_cohorts(viewer: Viewer, permission: Permission = Permission.SEE_CLASS) -> QuerySet[Cohort]:
    """The classes of the programs where the viewer holds that permission."""
    return queries.cohorts(viewer.programs(permission))


def runnable_programs(viewer: Viewer) -> list[Program]:
    """The programs in which the viewer may begin a class, by code. One query."""
    return [one for one in programs() if viewer.may(Permission.RUN_CLASS, one.code)]


def cohort_for(viewer: Viewer, key: str, permission: Permission) -> Cohort:
    """The class with that key, if the viewer holds that permission in its program; else Http404."""
    found = Cohort.objects.select_related("program").filter(viewer.programs(permission), key=key).first()
    if found is None:
        raise Http404("There is no such class.")
    return found


def meeting_to_change(viewer: Viewer, key: str) -> Meeting:
    """The session with that key, if the viewer runs the class that owns it; else Http404."""
    found = Meeting.objects.select_related("owner__program").filter(key=key).first()
    if found is None or not viewer.may(Permission.RUN_CLASS, found.owner.program.code):
        raise Http404("There is no such session.")
    return found


def enrollment_to_change(viewer: Viewer, key: str) -> Enrollment:
    """The enrollment with that key, if the viewer runs its class and the person was not erased; else Http404."""
    rows = Enrollment.objects.select_related("person", "track", "cohort__program")
    found = rows.filter(key=key, person__erased_at=None).first()
    if found is None or not viewer.may(Permission.RUN_CLASS, found.cohort.program.code):
        raise Http404("There is no such enrollment.")
    return found


def class_to_run(viewer: Viewer, key: str) -> Cohort:
    """The class with that key, for those who run it; else Http404."""
    return cohort_for(viewer, key, Permission.RUN_CLASS)
