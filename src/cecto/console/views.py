"""Pages for staff that look across features."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from cecto.classes.access import cohort_for
from cecto.console.queries import class_overview
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
@staff(Permission.SEE_RECORDS)
def cohort(request: HttpRequest, key: str) -> HttpResponse:
    """A class as one grid, with those at risk first."""
    found = cohort_for(viewer(request), key, Permission.SEE_RECORDS)
    overview = class_overview(found, true_on=clock.today(found.program.time_zone), known_at=clock.now())
    context = {"cohort": found, "overview": overview, "crumbs": [("Classes", reverse("classes:list"))]}
    file = download(request, grid_table(found.name, overview))
    return file or render(request, "console/class.html", context)
