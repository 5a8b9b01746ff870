"""What the pages of coursework share: the pages above them, and whose names they offer."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from cecto.classes.models import Cohort
from cecto.classes.queries import enrollments
from cecto.people.models import Person

Crumbs = list[tuple[str, str]]


def class_crumbs(cohort: Cohort) -> Crumbs:
    """The pages above the list of work."""
    return [(_("Classes"), reverse("classes:list")), (cohort.name, reverse("console:class", args=[cohort.key]))]


def work_crumbs(cohort: Cohort) -> Crumbs:
    """The pages above one piece of work, and above what is recorded besides."""
    return [*class_crumbs(cohort), (_("Work"), reverse("coursework:items", args=[cohort.key]))]


def people_of(cohort: Cohort) -> list[Person]:
    """Everyone enrolled, each once, by name; without who was erased. One query."""
    return list(dict.fromkeys(row.person for row in enrollments(cohort).filter(person__erased_at=None)))
