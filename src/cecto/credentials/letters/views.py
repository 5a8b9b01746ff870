"""Letters of attendance: one's own, and those that staff make for people, employers and a class."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cecto.classes.access import cohort_for
from cecto.classes.models import Cohort, Enrollment
from cecto.credentials.access import enrollment_to_state, own_enrollment
from cecto.credentials.letters.actions import let_employer_know, make_papers
from cecto.credentials.letters.answers import issuer_name, pdf_answer
from cecto.credentials.letters.class_papers import employers_of, letter_of, letter_to, letters_of, summary_of
from cecto.credentials.letters.paper import Written
from cecto.credentials.letters.recorded import RecordedDay, recorded_day
from cecto.credentials.letters.told import papers_that_told_more
from cecto.credentials.typesetting import CannotPrint
from cecto.foundation import clock
from cecto.people.access import signed_in, staff, viewer
from cecto.people.viewer import Permission


@require_safe
@signed_in
def own_letter(request: HttpRequest, key: str) -> HttpResponse:
    """A participant's own letter."""
    return _letter(request, own_enrollment(viewer(request), key))


@require_safe
@staff(Permission.SEE_RECORDS)
def letter(request: HttpRequest, key: str) -> HttpResponse:
    """The letter of a participant, made by staff."""
    return _letter(request, enrollment_to_state(viewer(request), key))


@require_POST
@signed_in
def tell_employer(request: HttpRequest, key: str) -> HttpResponse:
    """Let one's employer be told, or no longer."""
    enrollment = own_enrollment(viewer(request), key)
    agreed = request.POST.get("agreed") == "yes"
    let_employer_know(enrollment=enrollment, agreed=agreed, by=viewer(request).actor, at=clock.now())
    said = _("Your employer may now be told.") if agreed else _("Your employer is told no more from now on.")
    messages.success(request, said)
    return redirect("credentials:own-statement", key)


@require_safe
@staff(Permission.SEE_RECORDS)
def letters(request: HttpRequest, key: str) -> HttpResponse:
    """What papers a class can be given, and which employers may be told of whom."""
    cohort = cohort_for(viewer(request), key, Permission.SEE_RECORDS)
    context = {
        "cohort": cohort,
        "employers": employers_of(cohort),
        "told_more": papers_that_told_more(cohort, at=clock.now()),
    }
    return render(request, "credentials/letters.html", context)


@require_safe
@staff(Permission.SEE_RECORDS)
def everyone(request: HttpRequest, key: str) -> HttpResponse:
    """The letters of a whole class in one file, each beginning a page."""
    cohort = cohort_for(viewer(request), key, Permission.SEE_RECORDS)
    day = recorded_day(cohort)
    written = [paper for _one, paper in letters_of(cohort, day)]
    if not written:
        raise Http404("Nobody is enrolled in this class.")
    return _answer(request, cohort, written, f"{cohort.code}-letters", day)


@require_safe
@staff(Permission.SEE_RECORDS)
def summary(request: HttpRequest, key: str) -> HttpResponse:
    """Everyone of a class on one paper."""
    cohort = cohort_for(viewer(request), key, Permission.SEE_RECORDS)
    day = recorded_day(cohort)
    return _answer(request, cohort, [summary_of(cohort, day)], f"{cohort.code}-attendance", day)


@require_safe
@staff(Permission.SEE_RECORDS)
def employer(request: HttpRequest, key: str, organization: str) -> HttpResponse:
    """What one employer is told of those of its people who agreed; 404 while nobody did."""
    cohort = cohort_for(viewer(request), key, Permission.SEE_RECORDS)
    found = next((one for one in employers_of(cohort) if one.organization.key == organization), None)
    if found is None or not found.agreed:
        raise Http404("Nobody of this employer in the class has agreed that it be told.")
    day, name = recorded_day(cohort), slugify(found.organization.name)[:60]
    return _answer(request, cohort, [letter_to(cohort, found, day)], f"{cohort.code}-{name}", day)


def _letter(request: HttpRequest, enrollment: Enrollment) -> HttpResponse:
    day = recorded_day(enrollment.cohort)
    pdf = _made(request, enrollment.cohort, [letter_of(enrollment, day)], day)
    return pdf_answer(pdf, f"attendance-{slugify(enrollment.person.sort_name)[:60]}")


def _made(request: HttpRequest, cohort: Cohort, written: list[Written], day: RecordedDay) -> bytes:
    issuer, by = issuer_name(cohort), viewer(request).actor
    return make_papers(written, cohort=cohort, issuer=issuer, known_at=day.at, by=by, at=clock.now())


def _answer(request: HttpRequest, cohort: Cohort, written: list[Written], name: str, day: RecordedDay) -> HttpResponse:
    try:
        return pdf_answer(_made(request, cohort, written, day), name)
    except CannotPrint as error:
        messages.error(request, str(error))
        return redirect("credentials:letters", cohort.key)
