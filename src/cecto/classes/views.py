"""The classes someone may see."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cecto.classes.access import visible_cohorts
from cecto.foundation.tables import Column, Kind, Link, Table, download
from cecto.people.access import staff, viewer
from cecto.people.viewer import Permission


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
    return download(request, table) or render(request, "classes/list.html", {"table": table})


def _page(sees_records: bool) -> str:
    return "console:class" if sees_records else "classes:schedule"
