"""The pages above a page, as links."""

from __future__ import annotations

from django.urls import reverse

from cecto.classes.models import Cohort, Enrollment

Crumbs = list[tuple[str, str]]


def class_crumbs(cohort: Cohort) -> Crumbs:
    """The pages above a page about a class."""
    return [("Classes", reverse("classes:list")), (cohort.name, reverse("console:class", args=[cohort.key]))]


def crumbs_of(enrollment: Enrollment) -> Crumbs:
    """The pages above a record."""
    return class_crumbs(enrollment.cohort)


def record_crumbs(enrollment: Enrollment) -> Crumbs:
    """The pages above a page about a record."""
    return [*crumbs_of(enrollment), (enrollment.person.name, reverse("audits:record", args=[enrollment.key]))]
