"""Everyone enrolled in a class, and changing one enrollment's status."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cecto.classes import queries
from cecto.classes.access import cohort_for, enrollment_to_change
from cecto.classes.actions import ClassRefused, change_status
from cecto.classes.enrollments.forms import StatusForm
from cecto.classes.models import Cohort, Enrollment, EnrollmentStatus
from cecto.foundation import clock
from cecto.foundation.tables import Column, Kind, Link, Table, Value, download
from cecto.people.access import staff, viewer
from cecto.people.viewer import Permission

Status = EnrollmentStatus.Status


@require_GET
@staff(Permission.SEE_RECORDS)
def people(request: HttpRequest, key: str) -> HttpResponse:
    """Everyone ever enrolled in a class, with how they stand today."""
    cohort = cohort_for(viewer(request), key, Permission.SEE_RECORDS)
    today = clock.today(cohort.program.time_zone)
    runs = viewer(request).may(Permission.RUN_CLASS, cohort.program.code)
    rows = queries.with_status(queries.enrollments(cohort), today)
    table = Table(
        _("People of %(name)s") % {"name": cohort.name}, _columns(runs=runs), [_row(one, runs=runs) for one in rows]
    )
    context = {"cohort": cohort, "table": table, "runs": runs, "crumbs": [(_("Classes"), reverse("classes:list"))]}
    return download(request, table) or render(request, "classes/enrollments/people.html", context)


@require_http_methods(["GET", "POST"])
@staff(Permission.RUN_CLASS)
def status(request: HttpRequest, key: str) -> HttpResponse:
    """From a date on, someone is withdrawn, deferred or active again; what held before is kept."""
    enrollment = enrollment_to_change(viewer(request), key)
    today = clock.today(enrollment.cohort.program.time_zone)
    form = StatusForm(request.POST if request.method == "POST" else None, today=today)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data | {"status": Status(form.cleaned_data["status"])}
        try:
            change_status(enrollment=enrollment, by=viewer(request).actor, at=clock.now(), **facts)
        except ClassRefused as refused:
            form.add_error("start", str(refused))
        else:
            messages.success(request, _("Saved for %(name)s.") % {"name": enrollment.person.name})
            return redirect("classes:people", enrollment.cohort.key)
    cohort = enrollment.cohort
    context = {
        "enrollment": enrollment,
        "form": form,
        "moments": _moments(enrollment),
        "crumbs": people_crumbs(cohort),
    }
    return render(request, "classes/enrollments/status.html", context, status=422 if form.errors else 200)


def people_crumbs(cohort: Cohort) -> list[tuple[str, str]]:
    """The pages above those about one person of a class."""
    return [(_("Classes"), reverse("classes:list")), (cohort.name, reverse("classes:people", args=[cohort.key]))]


def _moments(enrollment: Enrollment) -> list[dict[str, object]]:
    begun = {"when": enrollment.enrolled_on, "title": _("Enrolled"), "state": "done"}
    return [begun] + [
        {"when": one.start, "title": one.get_status_display(), "text": one.reason, "state": "done"}
        for one in enrollment.statuses.all()
    ]


def _columns(*, runs: bool) -> tuple[Column, ...]:
    columns = (
        Column(_("Person")),
        Column(_("Track")),
        Column(_("Organization")),
        Column(_("Enrolled"), Kind.DATE),
        Column(_("Status"), Kind.STATUS),
    )
    return (*columns, Column(_("Change"))) if runs else columns


def _row(one: Enrollment, *, runs: bool) -> list[Value]:
    cells: list[Value] = [
        Link(one.person.name, reverse("audits:record", args=[one.key])),
        one.track.title,
        one.organization.name if one.organization else "",
        one.enrolled_on,
        one.status or Status.ACTIVE.value,  # type: ignore[attr-defined]
    ]
    change = None if one.person.erased_at else Link(_("Change status"), reverse("classes:status", args=[one.key]))
    return [*cells, change] if runs else cells
