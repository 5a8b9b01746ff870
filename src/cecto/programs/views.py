"""What programs require: every published definition, in plain English and as written."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cecto.definitions import examples_schema as shipped_examples_schema
from cecto.definitions import schema as shipped_schema
from cecto.foundation.tables import Column, Kind, Link, Table, download
from cecto.programs import differing, queries, trial
from cecto.programs.access import published_definition
from cecto.programs.markdown import as_html, rules_of
from cecto.programs.models import Definition


@require_safe
def definitions(request: HttpRequest) -> HttpResponse:
    """Every published definition, the newest of each track first."""
    table = _table(_("Published definitions"), list(queries.definitions()))
    return download(request, table) or render(request, "programs/definitions.html", {"table": table})


@require_safe
def definition(request: HttpRequest, key: str) -> HttpResponse:
    """One definition: what it asks for, its text, its hash, and every version of its track."""
    found = published_definition(key)
    versions = list(queries.history(found))
    context = {
        "definition": found,
        "explained": as_html(rules_of(queries.explained(found)), lower=0),
        "newest": versions[0],
        "earlier": [one for one in versions if one.pk != found.pk],
        "examples": trial.as_table(_("Example persons"), queries.tried(found)),
        "table": _versions(versions),
        "crumbs": [(_("Definitions"), reverse("programs:definitions"))],
    }
    return render(request, "programs/definition.html", context)


@require_safe
def text(request: HttpRequest, key: str) -> HttpResponse:
    """The text of a definition, byte for byte what its SHA-256 is of."""
    found = published_definition(key)
    name = f"{found.program.code}-{found.track}-{found.catalogue}-v{found.version}.yaml"
    answer = HttpResponse(
        found.text.encode(),
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'inline; filename="{name}"', "ETag": f'"{found.sha256}"'},
    )
    return get_conditional_response(request, etag=answer["ETag"], response=answer) or answer


@require_safe
def changes(request: HttpRequest, key: str, earlier: str) -> HttpResponse:
    """What changes from an earlier version of a track to another one."""
    new, old = published_definition(key), published_definition(earlier)
    if (new.program_id, new.track) != (old.program_id, old.track):
        raise Http404("These are not two versions of one track.")
    context = {
        "old": old,
        "new": new,
        "english": differing.in_english(old, new),
        "text": differing.in_text(old, new),
        "crumbs": [
            (_("Definitions"), reverse("programs:definitions")),
            (new.title, reverse("programs:definition", args=[new.key])),
        ],
    }
    return render(request, "programs/changes.html", context)


@require_safe
def schema(_request: HttpRequest) -> HttpResponse:
    """The JSON Schema of definitions: point an editor at it, and it completes and checks them."""
    return _schema(shipped_schema())


@require_safe
def examples_schema(_request: HttpRequest) -> HttpResponse:
    """The JSON Schema of files of example persons."""
    return _schema(shipped_examples_schema())


def _schema(text: str) -> HttpResponse:
    return HttpResponse(
        text,
        content_type="application/schema+json",
        headers={"Access-Control-Allow-Origin": "*", "Cache-Control": "public, max-age=3600"},
    )


def _versions(rows: list[Definition]) -> Table:
    columns = (
        Column(_("Version")),
        Column(_("Published"), Kind.INSTANT),
        Column(_("Reason")),
        Column(_("SHA-256"), Kind.CODE),
    )
    cells = [
        (
            Link(
                _("%(catalogue)s, version %(version)d") % {"catalogue": row.catalogue, "version": row.version},
                reverse("programs:definition", args=[row.key]),
            ),
            row.published_at,
            row.reason,
            row.sha256[:12],
        )
        for row in rows
    ]
    return Table(_("Every version of this track"), columns, cells)


def _table(title: str, rows: list[Definition]) -> Table:
    columns = (
        Column(_("Definition")),
        Column(_("Program")),
        Column(_("Catalogue")),
        Column(_("Version"), Kind.NUMBER),
        Column(_("Published"), Kind.INSTANT),
        Column(_("SHA-256"), Kind.CODE),
    )
    cells = [
        (
            Link(row.title, reverse("programs:definition", args=[row.key])),
            row.program.name,
            row.catalogue,
            row.version,
            row.published_at,
            row.sha256[:12],
        )
        for row in rows
    ]
    return Table(title, columns, cells)
