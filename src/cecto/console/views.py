"""Pages for staff that look across features."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from cecto.audits.forms.dates import DatesForm
from cecto.audits.queries import audit_active
from cecto.classes.access import cohort_for
from cecto.classes.queries import roster
from cecto.console import risks as urgency
from cecto.console.queries import class_overview
from cecto.console.summary import district_map, done_table, roster_table
from cecto.console.tables import grid_table
from cecto.console.today import today_for
from cecto.foundation import clock
from cecto.foundation.tables import download
from cecto.people.access import staff, viewer
from cecto.people.viewer import Permission


@require_GET
@staff(Permission.SEE_CLASS)
def home(request: HttpRequest) -> HttpResponse:
    """Today's sessions first, then what waits."""
    looking = viewer(request)
    today = today_for(looking, now=clock.now(), zone=settings.TIME_ZONE)
    names = {cohort.program.code: cohort.program.name for cohort in today.cohorts}
    registers = {code: names.get(code, code) for code in looking.program_codes(Permission.RECORD_PAST)}
    return render(request, "console/home.html", {"today": today, "day": clock.today(), "registers": registers})


@require_GET
@staff(Permission.SEE_CLASS)
def cohort(request: HttpRequest, key: str) -> HttpResponse:
    """A class as one grid, with those at risk first; only numbers and the roster for who may not see records."""
    looking = viewer(request)
    found = cohort_for(looking, key, Permission.SEE_CLASS)
    form = DatesForm.of(request.GET)
    true_on, known_at = form.dates(now=clock.now(), zone=found.program.time_zone)
    overview = class_overview(found, true_on=true_on, known_at=known_at, dates=form.asked)
    enrolled = list(roster(found, true_on, known_at=known_at))
    context = {
        "cohort": found,
        "overview": overview,
        "form": form,
        "true_on": true_on,
        "known_at": known_at,
        "map": district_map(enrolled),
        "crumbs": [("Classes", reverse("classes:list"))],
    }
    if looking.may(Permission.SEE_RECORDS, found.program.code):
        file = download(request, grid_table(found.name, overview))
        return file or render(request, "console/class.html", context, status=422 if form.errors else 200)
    table = roster_table(found.name, enrolled)
    context |= {"table": table, "done": done_table(found.name, overview)}
    return download(request, table) or render(request, "console/class_summary.html", context)


@require_GET
@staff(Permission.SEE_RECORDS)
def risks(request: HttpRequest, key: str) -> HttpResponse:
    """Everyone who has something left to do, the most urgent first, and what would close it."""
    found = cohort_for(viewer(request), key, Permission.SEE_RECORDS)
    seen = audit_active([found], true_on=clock.today(found.program.time_zone), known_at=clock.now())
    everyone = urgency.risks(seen)
    context = {
        "cohort": found,
        "people": len(seen),
        "planning": any(not risk.prospects.schedule_final for risk in everyone),
        "at_risk": [risk for risk in everyone if risk.at_risk],
        "behind": urgency.behind(risk for risk in everyone if not risk.at_risk),
        "course": urgency.course_table("Everyone else", [risk for risk in everyone if not risk.at_risk]),
        "crumbs": [("Classes", reverse("classes:list")), (found.name, reverse("console:class", args=[key]))],
    }
    file = download(request, urgency.risk_table(f"What is left in {found.name}", everyone))
    return file or render(request, "console/risks.html", context)
