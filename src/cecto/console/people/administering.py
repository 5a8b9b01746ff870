"""Pages that change what a person is here: where they work; for administrators also addresses, roles, offices."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cecto.console.people.access import person_to_change
from cecto.console.people.forms import NameNow, NewAddress, NewRole, NewSeat, NewWork, RoleEnd, SeatEnd, WorkEnd
from cecto.console.people.queries import office_choices, program_choices
from cecto.console.people.succession import end_position
from cecto.console.people.views import crumbs
from cecto.foundation import clock
from cecto.foundation.journal.actor import Actor
from cecto.people import actions
from cecto.people.access import staff, viewer
from cecto.people.addresses import AddressRefused
from cecto.people.models import OfficeSeat, Person, Role, RoleGrant
from cecto.people.names import NameRefused
from cecto.people.queries import (
    NoSuchOrganization,
    affiliations_of,
    current_grants,
    organization_called,
    seats_from,
)
from cecto.people.viewer import Permission

Change = Callable[[Form, Actor], object]


@require_http_methods(["GET", "POST"])
@staff(Permission.KEEP_ORGANIZATIONS)
def correct_name(request: HttpRequest, key: str) -> HttpResponse:
    """Write a person's name as it is now."""
    person = person_to_change(viewer(request), key)

    def change(form: Form, by: Actor) -> None:
        actions.correct_name(person=person, **form.cleaned_data, by=by, at=clock.now())

    initial = {"name": person.name, "preferred_name": person.preferred_name}
    form = NameNow(request.POST if request.method == "POST" else None, initial=initial)
    return _changed(request, person, _("Correct the name"), form, change)


@require_http_methods(["GET", "POST"])
@staff(Permission.ADMINISTER)
def add_address(request: HttpRequest, key: str) -> HttpResponse:
    """One more e-mail address of a person."""
    person = person_to_change(viewer(request), key)

    def change(form: Form, by: Actor) -> None:
        actions.add_email(person=person, address=form.cleaned_data["address"], by=by, at=clock.now())

    heading = _("Add an e-mail address")
    return _changed(request, person, heading, NewAddress(request.POST or None), change)


@require_http_methods(["GET", "POST"])
@staff(Permission.ADMINISTER)
def grant_role(request: HttpRequest, key: str) -> HttpResponse:
    """Give a person a role."""
    person = person_to_change(viewer(request), key)

    def change(form: Form, by: Actor) -> RoleGrant:
        role, code = Role(form.cleaned_data["role"]), form.cleaned_data["program_code"]
        return actions.grant_role(person=person, role=role, program_code=code, by=by, at=clock.now())

    form = NewRole(request.POST or None, programs=program_choices())
    return _changed(request, person, _("Grant a role"), form, change)


@require_http_methods(["GET", "POST"])
@staff(Permission.ADMINISTER)
def end_role(request: HttpRequest, key: str) -> HttpResponse:
    """End one of a person's roles now."""
    person = person_to_change(viewer(request), key)

    def change(form: Form, by: Actor) -> None:
        actions.end_role(grant=form.cleaned_data["grant"], by=by, at=clock.now())

    form = RoleEnd(request.POST or None, grants=current_grants(clock.now()).filter(person=person))
    return _changed(request, person, _("End a role"), form, change)


@require_http_methods(["GET", "POST"])
@staff(Permission.ADMINISTER)
def seat(request: HttpRequest, key: str) -> HttpResponse:
    """Seat a person in an office."""
    person = person_to_change(viewer(request), key)

    def change(form: Form, by: Actor) -> OfficeSeat:
        words = dict(form.cleaned_data)
        program_code, _separator, office = words.pop("office").partition(":")
        return actions.appoint(person=person, office=office, program_code=program_code, **words, by=by, at=clock.now())

    form = NewSeat(request.POST or None, offices=office_choices(), initial={"start": clock.today()})
    return _changed(request, person, _("Seat in an office"), form, change)


@require_http_methods(["GET", "POST"])
@staff(Permission.ADMINISTER)
def end_seat(request: HttpRequest, key: str) -> HttpResponse:
    """Note the end of one of a person's seats."""
    person = person_to_change(viewer(request), key)

    def change(form: Form, by: Actor) -> None:
        end_position(**form.cleaned_data, by=by, at=clock.now())

    seats = seats_from(clock.today()).filter(person=person)
    others = Person.objects.filter(emails__isnull=False).exclude(pk=person.pk).distinct().order_by("sort_name")
    form = SeatEnd(request.POST or None, seats=seats, others=others, initial={"until": clock.today()})
    return _changed(request, person, _("End an office"), form, change)


@require_http_methods(["GET", "POST"])
@staff(Permission.KEEP_ORGANIZATIONS)
def work(request: HttpRequest, key: str) -> HttpResponse:
    """Note where a person works, from a date on."""
    person = person_to_change(viewer(request), key)

    def change(form: Form, by: Actor) -> None:
        words = dict(form.cleaned_data)
        organization = organization_called(words.pop("organization"))
        actions.affiliate(person=person, organization=organization, **words, by=by, at=clock.now())

    form = NewWork(request.POST or None, initial={"start": clock.today()})
    return _changed(request, person, _("Note where they work"), form, change)


@require_http_methods(["GET", "POST"])
@staff(Permission.KEEP_ORGANIZATIONS)
def end_work(request: HttpRequest, key: str) -> HttpResponse:
    """Note that a person no longer works somewhere."""
    person = person_to_change(viewer(request), key)

    def change(form: Form, by: Actor) -> None:
        actions.end_affiliation(**form.cleaned_data, by=by, at=clock.now())

    jobs = affiliations_of(person).filter(until=None)
    form = WorkEnd(request.POST or None, jobs=jobs, initial={"until": clock.today()})
    return _changed(request, person, _("End where they work"), form, change)


def _changed(request: HttpRequest, person: Person, heading: str, form: Form, change: Change) -> HttpResponse:
    """Do the change that the form asks for and go back to the person, or show the form with what is wrong."""
    back = reverse("people:person", args=[person.key])
    if request.method == "POST" and form.is_valid():
        try:
            change(form, viewer(request).actor)
        except (actions.PeopleRefused, AddressRefused, NameRefused, NoSuchOrganization) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Done."))
            return redirect(back)
    context = {
        "form": form,
        "person": person,
        "heading": heading,
        "back": back,
        "crumbs": [*crumbs(viewer(request)), (person.name, back)],
    }
    return render(request, "console/people/change.html", context, status=422 if form.errors else 200)
