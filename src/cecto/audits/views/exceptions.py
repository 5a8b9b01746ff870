"""Exceptions on a person's record: granted, joined by a second office, taken back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from cecto.audits import actions
from cecto.audits.access import enrollment_for, exception_for
from cecto.audits.forms.exceptions import GrantForm, ReasonForm
from cecto.audits.gathering.entries import entry_pk
from cecto.audits.letter import Line, letter
from cecto.audits.models import ExceptionGrant
from cecto.audits.queries import EnrollmentAudit, audit_enrollment
from cecto.audits.views.crumbs import record_crumbs
from cecto.classes.models import Enrollment
from cecto.foundation import clock
from cecto.ledger.models import Entry
from cecto.people.access import staff, viewer
from cecto.people.seats import NotTheirOffice, offices_of
from cecto.people.viewer import Permission
from cecto.programs.queries import ruleset
from cecto.requirements.document import Node


@require_http_methods(["GET", "POST"])
@staff(Permission.GRANT_EXCEPTION)
def grant(request: HttpRequest, key: str, node: str) -> HttpResponse:
    """Grant an exception on one requirement."""
    looking = viewer(request)
    enrollment = enrollment_for(looking, key, Permission.GRANT_EXCEPTION)
    today = clock.today(enrollment.cohort.program.time_zone)
    seen = audit_enrollment(enrollment, true_on=today, known_at=clock.now())
    rule = _node(enrollment, node)
    form = GrantForm(
        request.POST or None,
        node=rule,
        offices=offices_of(looking.someone, program_code=enrollment.cohort.program.code, on=today),
        lines=_lines(seen, node),
    )
    if form.is_valid() and _granted(request, form, enrollment, node):
        messages.success(request, f"The exception for {enrollment.person.name} is recorded.")
        return redirect("audits:record", key)
    context = {
        "form": form,
        "enrollment": enrollment,
        "result": seen.audit.root.find(node),
        "node": rule,
        "crumbs": record_crumbs(enrollment),
    }
    return render(request, "audits/grant.html", context, status=422 if form.is_bound else 200)


@require_POST
@staff(Permission.GRANT_EXCEPTION)
def join(request: HttpRequest, key: str) -> HttpResponse:
    """The second office joins an exception."""
    found = exception_for(viewer(request), key)
    try:
        actions.join_exception(grant=found, person=viewer(request).someone, by=viewer(request).actor, at=clock.now())
    except (actions.ExceptionRefused, NotTheirOffice) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "The exception counts from now on.")
    return redirect("audits:record", found.enrollment.key)


@require_http_methods(["GET", "POST"])
@staff(Permission.GRANT_EXCEPTION)
def revoke(request: HttpRequest, key: str) -> HttpResponse:
    """Take an exception back."""
    found = exception_for(viewer(request), key)
    form = ReasonForm(request.POST or None)
    back = reverse("audits:record", args=[found.enrollment.key])
    if form.is_valid():
        try:
            actions.revoke_exception(
                grant=found, reason=form.cleaned_data["reason"], by=viewer(request).actor, at=clock.now()
            )
        except actions.ExceptionRefused as error:
            messages.error(request, str(error))
        return redirect(back)
    context = {
        "heading": "Revoke this exception?",
        "question": f"From now on the requirement stands again for {found.enrollment.person.name}. "
        "What the exception was stays on record.",
        "form": form,
        "submit": "Revoke",
        "cancel": back,
        "crumbs": record_crumbs(found.enrollment),
    }
    return render(request, "ui/confirm.html", context, status=422 if form.is_bound else 200)


def _granted(request: HttpRequest, form: GrantForm, enrollment: Enrollment, node: str) -> bool:
    entry = form.cleaned_data["entry"]
    try:
        actions.grant_exception(
            enrollment=enrollment,
            node=node,
            kind=ExceptionGrant.Kind(form.cleaned_data["kind"]),
            office=form.cleaned_data["office"],
            granted_by=viewer(request).someone,
            reason=form.cleaned_data["reason"],
            amount=form.minutes,
            entry=Entry.objects.get(pk=entry_pk(entry)) if entry else None,
            until=form.cleaned_data["until"],
            by=viewer(request).actor,
            at=clock.now(),
        )
    except (actions.ExceptionRefused, NotTheirOffice) as error:
        form.add_error(None, str(error))
        return False
    return True


def _node(enrollment: Enrollment, node: str) -> Node:
    found = ruleset(enrollment.track.definition).nodes.get(node)
    if found is None or found.waivable is None:
        raise Http404("No exception is possible there.")
    return found


def _lines(seen: EnrollmentAudit, node: str) -> list[Line]:
    section = letter(seen, [], exceptable=frozenset()).find(node)
    return [line for line in (*section.used, *section.unused) if line.on]
