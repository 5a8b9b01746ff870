"""The classes someone may see, and beginning one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cecto.classes import queries
from cecto.classes.access import runnable_programs, visible_cohorts
from cecto.classes.actions import ClassRefused, begin_class
from cecto.classes.forms import ClassForm
from cecto.classes.models import Cohort
from cecto.foundation import clock
from cecto.foundation.tables import Column, Kind, Link, Table, download
from cecto.people.access import staff, viewer
from cecto.people.viewer import Permission
from cecto.programs import queries as programs_queries


@require_GET
@staff(Permission.SEE_CLASS)
def classes(request: HttpRequest) -> HttpResponse:
    """Every class of the programs the viewer works for, the latest first."""
    who = viewer(request)
    table = Table(
        _("Classes"),
        (
            Column(_("Class")),
            Column(_("Program")),
            Column(_("First day"), Kind.DATE),
            Column(_("Last day"), Kind.DATE),
            Column(_("People"), Kind.NUMBER),
            Column(_("Sessions"), Kind.NUMBER),
        ),
        [
            (
                Link(row.name, reverse(_page(who.may(Permission.SEE_RECORDS, row.program.code)), args=[row.key])),
                row.program.name,
                row.first_day,
                row.last_day,
                row.people,  # type: ignore[attr-defined]
                row.sessions,  # type: ignore[attr-defined]
            )
            for row in visible_cohorts(who)
        ],
    )
    context = {"table": table, "runs": who.may_anywhere(Permission.RUN_CLASS)}
    return download(request, table) or render(request, "classes/list.html", context)


@require_http_methods(["GET", "POST"])
@staff(Permission.RUN_CLASS)
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a class of a program the viewer runs, its tracks held to the definitions published last."""
    programs = queries.with_newest_definitions(runnable_programs(viewer(request)))
    form = ClassForm(request.POST if request.method == "POST" else None, programs=programs)
    if request.method == "POST" and form.is_valid():
        try:
            cohort = begin_class(by=viewer(request).actor, at=clock.now(), **form.facts())
        except ClassRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("%(name)s has begun. Now say who is in it.") % {"name": cohort.name})
            _warn_of_other_years(request, cohort)
            return redirect("classes:people", cohort.key)
    context = {"form": form, "programs": programs, "crumbs": [(_("Classes"), reverse("classes:list"))]}
    return render(request, "classes/begin.html", context, status=422 if form.errors else 200)


def _warn_of_other_years(request: HttpRequest, cohort: Cohort) -> None:
    """A class may be held to rules of another year, but never without being told."""
    for track in cohort.tracks.select_related("definition"):
        made_for = programs_queries.made_for(track.definition)
        if programs_queries.of_other_years(track.definition, cohort.first_day):
            said = _("The rules of %(track)s are for %(made_for)s. Write this year’s from them under Definitions.")
            messages.warning(request, said % {"track": track.title, "made_for": made_for})


def _page(sees_records: bool) -> str:
    return "console:class" if sees_records else "classes:schedule"
