"""Pages about organizations: find one, add one, note its other names."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cecto.foundation import clock
from cecto.foundation.tables import Column, Kind, Link, Table, download
from cecto.people.access import staff, viewer
from cecto.people.models import Organization
from cecto.people.names import NameRefused
from cecto.people.organizations.actions import OrganizationExists, add_alias, add_organization
from cecto.people.organizations.forms import NewAlias, NewOrganization, OrganizationSearch
from cecto.people.queries import organizations
from cecto.people.viewer import Permission

PAGE = 25


@require_GET
@staff(Permission.KEEP_ORGANIZATIONS)
def index(request: HttpRequest) -> HttpResponse:
    """Organizations by name, a page at a time; the download holds them all."""
    found = organizations(request.GET.get("q", "")[:100])
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    answer = download(request, _table(list(found))) if "download" in request.GET else None
    context = {"page": page, "table": _table(list(page)), "form": OrganizationSearch(request.GET)}
    return answer or render(request, "people/organizations.html", context)


@require_http_methods(["GET", "POST"])
@staff(Permission.KEEP_ORGANIZATIONS)
def add(request: HttpRequest) -> HttpResponse:
    """Add an organization; one that exists already is refused with its name."""
    form = NewOrganization(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = add_organization(**form.cleaned_data, by=viewer(request).actor, at=clock.now())
        except (OrganizationExists, NameRefused) as refused:
            form.add_error("name", str(refused))
        else:
            messages.success(request, _("%(name)s was added.") % {"name": row.name})
            return redirect("organizations:organization", row.key)
    context = {"form": form, "crumbs": _crumbs()}
    return render(request, "people/add_organization.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@staff(Permission.KEEP_ORGANIZATIONS)
def organization(request: HttpRequest, key: str) -> HttpResponse:
    """One organization with its other names; posting adds a name."""
    row = get_object_or_404(Organization.objects.prefetch_related("aliases"), key=key)
    form = NewAlias(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_alias(organization=row, **form.cleaned_data, by=viewer(request).actor, at=clock.now())
        except (OrganizationExists, NameRefused) as refused:
            form.add_error("name", str(refused))
        else:
            messages.success(request, _("The name was noted. Rosters that use it are understood now."))
            return redirect("organizations:organization", key)
    context = {"organization": row, "form": form, "facts": _facts(row), "names": _names(row), "crumbs": _crumbs()}
    return render(request, "people/organization.html", context, status=422 if form.errors else 200)


def _crumbs() -> list[tuple[str, str]]:
    return [(_("Organizations"), reverse("organizations:list"))]


def _table(rows: list[Organization]) -> Table:
    columns = (
        Column(_("Name")),
        Column(_("LEA code")),
        Column(_("Kind")),
        Column(_("County")),
        Column(_("Region")),
        Column(_("People now"), Kind.NUMBER),
    )
    return Table(
        _("Organizations"),
        columns,
        [
            (
                Link(row.name, reverse("organizations:organization", args=[row.key])),
                row.code or None,
                row.get_kind_display(),
                row.county or None,
                row.region or None,
                row.people,  # type: ignore[attr-defined]
            )
            for row in rows
        ],
    )


def _facts(row: Organization) -> list[tuple[str, str]]:
    facts = [
        (_("Kind"), row.get_kind_display()),
        (_("LEA code"), row.code),
        (_("County"), row.county),
        (_("Region"), row.region),
        (_("Name as of"), row.names_as_of),
    ]
    return [(label, value) for label, value in facts if value]


def _names(row: Organization) -> Table:
    columns = (Column(_("Other name")), Column(_("Who says so")))
    return Table(_("Other names"), columns, [(alias.name, alias.source) for alias in row.aliases.all()])
