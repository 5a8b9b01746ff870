"""Pages of the public registry, and its open data."""

from __future__ import annotations

from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_safe

from cecto.credentials import codes
from cecto.credentials.models import Listing
from cecto.foundation import clock
from cecto.foundation.tables import Column, Kind, Link, Table, Value, download
from cecto.foundation.ui.pictures.district_map import DistrictMap
from cecto.public import linked, registry
from cecto.public.disclosure import Published

PAGE = 25
_ASKED = ("q", "class", "track", "district")


class RegistrySearch(forms.Form):
    """Whom to show; any word may be in the address."""

    q = forms.CharField(label=_lazy("Name"), required=False, max_length=100)

    def __init__(self, asked: object, choices: registry.Choices) -> None:
        super().__init__(asked)  # type: ignore[arg-type]
        offered = {
            "class": (_lazy("Class"), choices.classes),
            "track": (_lazy("Track"), choices.tracks),
            "district": (_lazy("District"), tuple(one.name for one in choices.districts)),
        }
        for field, (label, values) in offered.items():
            options = [("", _("All")), *((value, value) for value in values)]
            self.fields[field] = forms.ChoiceField(label=label, required=False, choices=options)
        standings = [("", _("Current holders")), (registry.EXPIRED, _("Expired"))]
        self.fields["standing"] = forms.ChoiceField(label=_("Certificate"), required=False, choices=standings)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Those who let the registry list them and hold a certificate, a page at a time; or those whose has expired.

    The download holds all that were asked for.
    """
    now = clock.now()
    choices = registry.choices(at=now)
    fitting = registry.found({name: request.GET.get(name, "")[:100] for name in _ASKED}, at=now)
    ended = request.GET.get("standing") == registry.EXPIRED
    rows = registry.expired(fitting) if ended else registry.current(fitting)
    answer = download(request, _table(list(rows))) if "download" in request.GET else None
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "form": RegistrySearch(request.GET, choices),
        "page": page,
        "table": _table(list(page)),
        "map": _map(choices),
        "ended": ended,
        "others": (registry.current(fitting) if ended else registry.expired(fitting)).count(),
        "others_at": _with_standing(request, "" if ended else registry.EXPIRED),
    }
    return _unlisted(answer or render(request, "public/registry.html", context))


def _with_standing(request: HttpRequest, standing: str) -> str:
    """The same search among the current holders, or among those whose certificate has expired."""
    asked = {name: request.GET[name] for name in _ASKED if request.GET.get(name)}
    return "?" + urlencode(asked | ({"standing": standing} if standing else {}))


@require_safe
def people(_request: HttpRequest) -> HttpResponse:
    """Those listed, as JSON-LD with schema.org's terms."""
    told = linked.people(registry.listed(at=clock.now()), base=settings.CECTO_URL)
    return _unlisted(JsonResponse(told, content_type=linked.MEDIA_TYPE))


@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    """How many awards stand, by class, track and region, with small numbers held back; how the numbers are made."""
    cells = registry.counted()
    table = _numbers_table(cells, registry.published())
    context = {
        "table": table,
        "smallest": settings.CECTO_SMALLEST_PUBLIC_NUMBER,
        "as_of": clock.now(),
        "crumbs": [(_("Registry"), reverse("public:registry"))],
    }
    return download(request, table) or render(request, "public/numbers.html", context)


@require_safe
def numbers_data(_request: HttpRequest) -> HttpResponse:
    """The same numbers as JSON-LD with schema.org's terms."""
    data = linked.numbers(registry.published(), base=settings.CECTO_URL, at=clock.now())
    return JsonResponse(data, content_type=linked.MEDIA_TYPE)


def _table(rows: list[Listing]) -> Table:
    names = (_("Name"), _("Program"), _("Class"), _("Track"), _("District"), _("Year"))
    columns = (*(Column(name) for name in names), Column(_("Status"), Kind.STATUS), Column(_("Verify"), Kind.CODE))
    return Table(_("Listed people"), columns, [_cells(row) for row in rows])


def _cells(row: Listing) -> list[Value]:
    told = {name: getattr(row, name) for name in ("holder", "program")}
    code = getattr(row, "shown_code")  # noqa: B009 - annotated by the query
    shown = [getattr(row, f"shown_{field}") or None for field in ("class", "track", "district", "year")]
    printed = codes.printed(code) if code else ""
    link = Link(printed, reverse("credentials:verify", args=[printed])) if code else None
    return [told["holder"], told["program"], *shown, getattr(row, "standing"), link]  # noqa: B009 - annotated


def _map(choices: registry.Choices) -> DistrictMap:
    title = _("Districts of the people listed")
    held = tuple(one for one in choices.districts if one.people)
    return DistrictMap(title, _("Each listed person counts in the district they agreed to show."), held)


def _numbers_table(cells: dict[tuple[str, str, str], int], told: Published) -> Table:
    regions = sorted({region for _label, _track, region in cells})
    columns = (
        Column(_("Class and track")),
        *(Column(region.partition(" (")[0], Kind.NUMBER) for region in regions),
        Column(_("Track"), Kind.NUMBER),
        Column(_("Class"), Kind.NUMBER),
    )
    rows: list[list[Value]] = []
    for label in sorted({label for label, _track, _region in cells}):
        for track in sorted({track for of, track, _region in cells if of == label}):
            row = [told.cell(label, track, region) for region in regions]
            rows.append([f"{label}, {track}", *row, told.row(label, track), told.of_class(label)])
    foot = [_("All"), *(told.column(region) for region in regions), told.all, told.all] if rows else []
    return Table(_("Awards by class, track and region"), columns, rows, foot, _("A dash is a number that is held back"))


def _unlisted(response: HttpResponse) -> HttpResponse:
    """Names are for those who look here, not for search engines."""
    response["X-Robots-Tag"] = "noindex"
    return response
