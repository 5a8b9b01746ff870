"""Pages for staff that look across features."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from cecto.classes.access import cohort_for
from cecto.classes.queries import roster
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
    today = today_for(viewer(request), now=clock.now(), zone=settings.TIME_ZONE)
    return render(request, "console/home.html", {"today": today, "day": clock.today()})


@require_GET
@staff(Permission.SEE_CLASS)
def cohort(request: HttpRequest, key: str) -> HttpResponse:
    """A class as one grid, with those at risk first; only numbers and the roster for who may not see records."""
    looking = viewer(request)
    found = cohort_for(looking, key, Permission.SEE_CLASS)
    today, now = clock.today(found.program.time_zone), clock.now()
    overview = class_overview(found, true_on=today, known_at=now)
    enrolled = list(roster(found, today, known_at=now))
    context = {
        "cohort": found,
        "overview": overview,
        "map": district_map(enrolled),
        "crumbs": [("Classes", reverse("classes:list"))],
    }
    if looking.may(Permission.SEE_RECORDS, found.program.code):
        file = download(request, grid_table(found.name, overview))
        return file or render(request, "console/class.html", context)
    table = roster_table(found.name, enrolled)
    context |= {"table": table, "done": done_table(found.name, overview)}
    return download(request, table) or render(request, "console/class_summary.html", context)
