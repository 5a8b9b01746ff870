"""Exceptions on a person's record: granted, joined by a second office, taken back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cecto.audits import actions
from cecto.audits.access import enrollment_for, exception_for
from cecto.audits.amounts import unit_of
from cecto.audits.forms.exceptions import GrantForm, ReasonForm
from cecto.audits.gathering.entries import entry_pk
from cecto.audits.models import ExceptionGrant
from cecto.audits.queries import EnrollmentAudit, audit_enrollment, proposed_together
from cecto.audits.views.crumbs import record_crumbs
from cecto.classes.models import Enrollment
from cecto.foundation import clock, evidence
from cecto.foundation.papers import type_of
from cecto.ledger.models import Entry
from cecto.people.access import staff, viewer
from cecto.people.seats import NotTheirOffice, offices_of
from cecto.people.viewer import Permission
from cecto.programs.queries import ruleset
from cecto.requirements import facts
from cecto.requirements.compiling import Rules
from cecto.requirements.document import Node


@require_http_methods(["GET", "POST"])
@staff(Permission.GRANT_EXCEPTION)
def grant(request: HttpRequest, key: str, node: str) -> HttpResponse:
    """Grant an exception on one requirement."""
    looking = viewer(request)
    enrollment = enrollment_for(looking, key, Permission.GRANT_EXCEPTION)
    today = clock.today(enrollment.cohort.program.time_zone)
    seen = audit_enrollment(enrollment, true_on=today, known_at=clock.now())
    rules = ruleset(seen.versions[-1].definition)
    rule = _node(rules, node)
    result = seen.audit.root.find(node)
    form = GrantForm(
        request.POST or None,
        request.FILES or None,
        node=rule,
        unit=unit_of(rule),
        rules=rules,
        offices=offices_of(looking.someone, program_code=enrollment.cohort.program.code, on=today),
        entries=_standing(seen),
    )
    if form.is_valid() and _granted(request, form, enrollment, node):
        messages.success(request, f"The exception for {enrollment.person.name} is recorded.")
        return redirect("audits:record", key)
    context = {
        "form": form,
        "enrollment": enrollment,
        "result": result,
        "node": rule,
        "crumbs": record_crumbs(enrollment),
    }
    return render(request, "audits/grant.html", context, status=422 if form.is_bound else 200)


@require_POST
@staff(Permission.GRANT_EXCEPTION)
def join(request: HttpRequest, key: str) -> HttpResponse:
    """The second office joins an exception, and with it all that were granted at once."""
    found = exception_for(viewer(request), key)
    person, by, at = viewer(request).someone, viewer(request).actor, clock.now()
    try:
        if found.proposal:
            actions.join_proposal(proposal=found.proposal, person=person, by=by, at=at)
        else:
            actions.join_exception(grant=found, person=person, by=by, at=at)
    except (actions.ExceptionRefused, NotTheirOffice) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "The exception counts from now on.")
    return _back(found)


@require_http_methods(["GET", "POST"])
@staff(Permission.GRANT_EXCEPTION)
def revoke(request: HttpRequest, key: str) -> HttpResponse:
    """Take an exception back."""
    found = exception_for(viewer(request), key)
    form = ReasonForm(request.POST or None, together=proposed_together(found.proposal).count())
    back = reverse("audits:record", args=[found.enrollment.key])
    if form.is_valid():
        reason, by, at = form.cleaned_data["reason"], viewer(request).actor, clock.now()
        try:
            if form.cleaned_data.get("everyone"):
                actions.revoke_proposal(proposal=found.proposal, reason=reason, by=by, at=at)
            else:
                actions.revoke_exception(grant=found, reason=reason, by=by, at=at)
        except actions.ExceptionRefused as error:
            messages.error(request, str(error))
        return _back(found)
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


@require_GET
@staff(Permission.SEE_RECORDS)
def paper(request: HttpRequest, key: str) -> HttpResponse:
    """The file that proves why an exception was granted, to download."""
    found = exception_for(viewer(request), key, Permission.SEE_RECORDS)
    if not found.evidence_name:
        raise Http404("There is no file.")
    content = evidence.load(found.evidence_sha256)
    return HttpResponse(
        content,
        content_type=type_of(content) or "application/octet-stream",
        headers={"Content-Disposition": str(content_disposition_header(True, found.evidence_name))},
    )


def _back(found: ExceptionGrant) -> HttpResponseRedirect:
    """To the list of the class after what concerns many, else to the record."""
    if found.proposal:
        return redirect("audits:exceptions", found.enrollment.cohort.key)
    return redirect("audits:record", found.enrollment.key)


def _granted(request: HttpRequest, form: GrantForm, enrollment: Enrollment, node: str) -> bool:
    entry = form.chosen_entry
    try:
        actions.grant_exception(
            enrollment=enrollment,
            node=node,
            granted_by=viewer(request).someone,
            entry=Entry.objects.get(pk=entry_pk(entry)) if entry else None,
            by=viewer(request).actor,
            at=clock.now(),
            **form.granted(),
        )
    except (actions.ExceptionRefused, NotTheirOffice) as error:
        form.add_error(None, str(error))
        return False
    return True


def _node(rules: Rules, node: str) -> Node:
    found = rules.nodes.get(node)
    if found is None or found.waivable is None:
        raise Http404("No exception is possible there.")
    return found


def _standing(seen: EnrollmentAudit) -> list[facts.Entry]:
    """The entries of the record that are not taken back, the latest first."""
    gone = {entry.reverses for entry in seen.facts.entries}
    return [entry for entry in reversed(seen.facts.entries) if not entry.reverses and entry.id not in gone]
