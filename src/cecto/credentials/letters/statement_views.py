"""The page where a participant, or staff for them, makes a statement of contact hours."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from cecto.classes.models import Enrollment
from cecto.credentials.access import enrollment_to_state, own_enrollment
from cecto.credentials.forms import StatementForm
from cecto.credentials.letters.actions import make_papers
from cecto.credentials.letters.answers import issuer_name, pdf_answer
from cecto.credentials.letters.consents import agreed_in
from cecto.credentials.letters.recorded import recorded_day
from cecto.credentials.letters.statement import statement_of, statement_paper
from cecto.credentials.typesetting import CannotPrint
from cecto.foundation import clock
from cecto.people.access import signed_in, staff, viewer
from cecto.people.viewer import Permission


@require_safe
@signed_in
def own_statement(request: HttpRequest, key: str) -> HttpResponse:
    """A participant's own statement."""
    return _statement(request, own_enrollment(viewer(request), key))


@require_safe
@staff(Permission.SEE_RECORDS)
def statement(request: HttpRequest, key: str) -> HttpResponse:
    """The statement of a participant, made by staff."""
    return _statement(request, enrollment_to_state(viewer(request), key))


def _statement(request: HttpRequest, enrollment: Enrollment) -> HttpResponse:
    """Ask for the period; then the statement as PDF, of today's record."""
    form = StatementForm(request.GET or None, initial=_whole_class(enrollment))
    if form.is_valid():
        try:
            return _pdf(request, enrollment, form)
        except CannotPrint as error:
            form.add_error("license_number", str(error))
    mine = enrollment.person == viewer(request).person
    context = {"enrollment": enrollment, "form": form, "mine": mine, "agreed": bool(agreed_in([enrollment]))}
    return render(request, "credentials/statement.html", context, status=422 if form.is_bound else 200)


def _whole_class(enrollment: Enrollment) -> dict[str, object]:
    today = clock.today(enrollment.cohort.program.time_zone)
    return {"since": enrollment.cohort.first_day, "last_day": min(today, enrollment.cohort.last_day)}


def _pdf(request: HttpRequest, enrollment: Enrollment, form: StatementForm) -> HttpResponse:
    given, day = form.cleaned_data, recorded_day(enrollment.cohort, form.cleaned_data["as_of"])
    made = statement_of(
        enrollment,
        since=given["since"],
        until=given["last_day"] + timedelta(days=1),
        true_on=day.on,
        known_at=day.at,
        license_number=given["license_number"],
        reasons=given["reasons"],
        split=given["split"],
    )
    name = slugify(enrollment.person.sort_name)[:60]
    pdf = make_papers(
        [statement_paper(made)],
        cohort=enrollment.cohort,
        issuer=issuer_name(enrollment.cohort),
        known_at=day.at,
        by=viewer(request).actor,
        at=clock.now(),
    )
    return pdf_answer(pdf, f"contact-hours-{name}")
