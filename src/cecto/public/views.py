"""Pages for everyone."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from cecto.foundation import clock
from cecto.foundation.tables import Column, Kind, Link, Table, Value, download
from cecto.public import queries
from cecto.public.disclosure import Published
from cecto.public.history import PastTrack, past_tracks
from cecto.public.registry import published


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What the program is, for whom, and whom to ask."""
    return render(request, "public/home.html", {"classes": queries.classes()[:3]})


@require_GET
def classes(request: HttpRequest) -> HttpResponse:
    """Classes that run here, and the published figures of those before."""
    told = published()
    table = Table("Classes since 2010", _COLUMNS, [_cells(row, told) for row in past_tracks()])
    found = download(request, table)
    return found or render(request, "public/classes.html", {"table": table, "classes": queries.classes()})


@require_GET
def cohort(request: HttpRequest, key: str) -> HttpResponse:
    """One class: when it meets and what it asks."""
    found = get_object_or_404(queries.classes(), key=key)
    context = {
        "shown": queries.public_class(found, known_at=clock.now()),
        "crumbs": [("Classes", reverse("public:classes"))],
    }
    return render(request, "public/class.html", context)


_COLUMNS = (
    Column("Class"),
    Column("Track"),
    Column("Began", Kind.NUMBER),
    Column("Completed", Kind.NUMBER),
    Column("Total to date", Kind.NUMBER),
    Column("Total of"),
    Column("Source"),
    Column("Recorded here", Kind.NUMBER),
)


def _cells(row: PastTrack, told: Published) -> tuple[Value, ...]:
    return (
        Link(row.class_label, f"{reverse('public:registry')}?{urlencode({'class': row.class_label})}"),
        row.track,
        row.began,
        row.completed,
        row.running_total,
        row.running_total_of,
        row.source,
        told.row(row.class_label, row.track),
    )
