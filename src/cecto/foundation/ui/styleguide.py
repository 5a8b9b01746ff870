"""The living style page: every component in every state, on invented words. Demo and debug only."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from cecto.foundation.tables import download
from cecto.foundation.ui import styleguide_pictures
from cecto.foundation.ui.statuses import SIGNS

LONG_NAME = "Wilhelmina-Élodie Montgomery-Featherstonehaugh of Kannapolis & Mooresville Graded School District " * 3


class ExampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Full name", help_text="As it should stand on the certificate.", max_length=300)
    email = forms.EmailField(label="E-mail address")
    born = forms.DateField(label="First day", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    track = forms.ChoiceField(label="Track", choices=[("", "Choose one"), ("td", "Technology director")])
    format = forms.ChoiceField(
        label="Format",
        widget=forms.RadioSelect,
        choices=[("f2f", "Face to face"), ("sync", "Online, live"), ("async", "Online, in one’s own time")],
    )
    days = forms.MultipleChoiceField(
        label="Days present",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("1", "First day"), ("2", "Second day")],
    )
    reason = forms.CharField(label="Reason", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    report = forms.FileField(label="Attendance report", required=False, help_text="CSV or XLSX, at most 10 MB.")
    agreed = forms.BooleanField(label="List me in the public registry", help_text="You may change this at any time.")


class FilterForm(forms.Form):
    """Two fields side by side."""

    search = forms.CharField(label="Name or district", required=False)
    track = forms.ChoiceField(label="Track", required=False, choices=[("", "Both"), ("td", "Technology directors")])


def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component in every state. 404 outside the demo and debugging."""
    if not (settings.CECTO_DEMO or settings.DEBUG):
        raise Http404
    if "said" in request.GET:
        messages.success(request, "Attendance of 31 people was posted. Next: look at the two who were late.")
    table = styleguide_pictures.roster()
    return download(request, table) or render(request, "ui/styleguide.html", {"table": table, **_examples(request)})


def _examples(request: HttpRequest) -> dict[str, object]:
    return {
        "crumbs": [("Console", "/"), ("Class of 2016", "/")],
        "statuses": list(SIGNS),
        "form": ExampleForm(),
        "refused_form": ExampleForm({"name": "", "email": "mike.ramsey@", "track": "td", "born": "1900-13-45"}),
        "filters": FilterForm(),
        "page": Paginator(range(5000), 25).get_page(request.GET.get("page", 7)),
        "start": datetime(2015, 8, 11, 13, tzinfo=UTC),
        "end": datetime(2015, 8, 11, 20, tzinfo=UTC),
        "day": date(2016, 6, 27),
        "long_name": LONG_NAME.strip(),
        "grid": styleguide_pictures.grid(),
        "bars": styleguide_pictures.bars(),
        "year": styleguide_pictures.year(),
        "map": styleguide_pictures.districts(),
        "moments": _moments(),
        "steps": ["Choose the file", "Look at the preview", "Accept"],
        "facts": [("District", "Chapel Hill-Carrboro City Schools (681)"), ("Window", "Aug 11, 2015 to Jun 27, 2016")],
    }


def _moments() -> list[dict[str, object]]:
    return [
        {"when": date(2015, 8, 11), "title": "Class began", "state": "done"},
        {"when": datetime(2015, 11, 17, 14, tzinfo=UTC), "title": "IT governance", "state": "now", "href": "#"},
        {"when": date(2016, 6, 27), "title": "Graduation", "text": "Best-practice projects are shown."},
    ]
