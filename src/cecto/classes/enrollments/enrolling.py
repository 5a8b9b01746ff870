"""Enrolling one person by hand: someone we know, found by name or address, or someone new."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cecto.classes.access import cohort_for
from cecto.classes.enrollments.forms import EnrollForm, NewcomerForm, PersonSearch
from cecto.classes.enrollments.views import people_crumbs
from cecto.classes.models import Cohort, Enrollment
from cecto.classes.roster.actions import enroll_at_work, enroll_newcomer
from cecto.foundation import clock
from cecto.people.access import staff, viewer
from cecto.people.actions import PeopleRefused
from cecto.people.addresses import AddressRefused
from cecto.people.models import Person
from cecto.people.names import NameRefused
from cecto.people.queries import people
from cecto.people.viewer import Permission

MOST_FOUND = 10


@require_http_methods(["GET", "POST"])
@staff(Permission.RUN_CLASS)
def enroll_one(request: HttpRequest, key: str) -> HttpResponse:
    """Enroll the person of `?person=`, or someone new; `?q=` looks for people we know."""
    cohort = cohort_for(viewer(request), key, Permission.RUN_CLASS)
    person = _person(request.GET.get("person", ""))
    form = _form(request, cohort, person)
    if request.method == "POST" and form.is_valid():
        try:
            enrolled = _enroll(request, form, person)
        except (PeopleRefused, AddressRefused, NameRefused) as refused:
            form.add_error(None, str(refused))
        else:
            said = _("%(name)s is enrolled from %(day)s on.")
            messages.success(request, said % {"name": enrolled.person.name, "day": enrolled.enrolled_on})
            return redirect("classes:people", key)
    asked = request.GET.get("q", "").strip()
    context = {
        "cohort": cohort,
        "person": person,
        "form": form,
        "search": PersonSearch({"q": asked} if asked else None),
        "asked": asked,
        "found": [(one, "?" + urlencode({"person": one.key})) for one in people(asked)[:MOST_FOUND]] if asked else [],
        "crumbs": people_crumbs(cohort),
    }
    return render(request, "classes/enrollments/enroll.html", context, status=422 if form.errors else 200)


def _person(key: str) -> Person | None:
    found = Person.objects.filter(key=key).first() if key else None
    if key and found is None:
        raise Http404("There is no such person.")
    return found


def _form(request: HttpRequest, cohort: Cohort, person: Person | None) -> EnrollForm:
    kind = EnrollForm if person else NewcomerForm
    today = clock.today(cohort.program.time_zone)
    return kind(request.POST if request.method == "POST" else None, cohort=cohort, today=today, person=person)


def _enroll(request: HttpRequest, form: EnrollForm, person: Person | None) -> Enrollment:
    by, at = viewer(request).actor, clock.now()
    if person:
        return enroll_at_work(person=person, by=by, at=at, **form.cleaned_data)
    return enroll_newcomer(by=by, at=at, **form.cleaned_data)
