"""Pages about people: find one, see one, add one; who holds which role and office."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cecto.console.people import tables
from cecto.console.people.access import person_for
from cecto.console.people.forms import NewPerson, PersonSearch
from cecto.console.people.queries import enrollments_seen
from cecto.foundation import clock
from cecto.foundation.tables import download
from cecto.people.access import staff, viewer
from cecto.people.actions import PeopleRefused, add_person, note_look
from cecto.people.addresses import AddressRefused
from cecto.people.models import Person
from cecto.people.names import NameRefused
from cecto.people.queries import current_grants, people, seats_from
from cecto.people.viewer import Permission, Viewer

PAGE = 25


@require_GET
@staff(Permission.ADMINISTER)
def index(request: HttpRequest) -> HttpResponse:
    """People by name, a page at a time; the download holds them all."""
    found = people(request.GET.get("q", "")[:100])
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    answer = download(request, tables.people(list(found))) if "download" in request.GET else None
    context = {"page": page, "table": tables.people(list(page)), "form": PersonSearch(request.GET)}
    return answer or render(request, "console/people/list.html", context)


@require_GET
@staff(Permission.ADMINISTER)
def roles(request: HttpRequest) -> HttpResponse:
    """Who holds which role now, and which office now or later."""
    granted = tables.roles(list(current_grants(clock.now())))
    seated = tables.offices(list(seats_from(clock.today())))
    shown = seated if request.GET.get("of") == "offices" else granted
    context = {"granted": granted, "seated": seated, "crumbs": crumbs(viewer(request))}
    return download(request, shown) or render(request, "console/people/roles.html", context)


@require_http_methods(["GET", "POST"])
@staff(Permission.ADMINISTER)
def add(request: HttpRequest) -> HttpResponse:
    """Add a person; a namesake is another person."""
    form = NewPerson(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = add_person(**form.cleaned_data, by=viewer(request).actor, at=clock.now())
        except (NameRefused, AddressRefused, PeopleRefused) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("%(name)s was added.") % {"name": person.name})
            return redirect("people:person", person.key)
    context = {"form": form, "crumbs": crumbs(viewer(request))}
    return render(request, "console/people/add.html", context, status=422 if form.errors else 200)


@require_GET
@staff(Permission.SEE_PEOPLE)
def person(request: HttpRequest, key: str) -> HttpResponse:
    """One person. Looking by an administrator's right is journaled."""
    looking = viewer(request)
    found = person_for(looking, key)
    may_administer = looking.may_anywhere(Permission.ADMINISTER)
    if may_administer:
        note_look(person=found, by=looking.actor, at=clock.now())
    context = {
        "person": found,
        "facts": _facts(found),
        "work": tables.workplaces(found),
        "enrollments": tables.enrollments(list(enrollments_seen(looking, found))),
        "roles": tables.roles_of(found, clock.now()),
        "offices": tables.offices_of(found, clock.today()),
        "may_administer": may_administer and not found.erased_at,
        "may_note_work": not found.erased_at and looking.may_anywhere(Permission.KEEP_ORGANIZATIONS),
        "crumbs": crumbs(looking),
    }
    return render(request, "console/people/person.html", context)


def crumbs(looking: Viewer) -> list[tuple[str, str]]:
    """The pages above one about a person, as far as the viewer may see them."""
    return [(_("People"), reverse("people:list"))] if looking.may_anywhere(Permission.ADMINISTER) else []


def _facts(found: Person) -> list[tuple[str, str]]:
    account = getattr(found, "account", None)
    facts = [
        (_("Preferred name"), found.preferred_name),
        (_("Formerly"), "; ".join(str(former) for former in found.former_names.all())),
        (_("E-mail"), ", ".join(_address(email) for email in found.emails.all()) or _("none")),
        (_("Signs in as"), account.email if account else _("cannot sign in: has no account")),
    ]
    return [(label, value) for label, value in facts if value]


def _address(email: object) -> str:
    verified = getattr(email, "verified_at", None)
    return _("%(address)s (verified)") % {"address": email} if verified else str(email)
