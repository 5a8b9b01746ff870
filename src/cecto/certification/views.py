"""The docket and single decisions, for certification officers; coordinators look on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cecto.audits.bound import bound_in_snapshot
from cecto.certification import actions
from cecto.certification.access import decision_for
from cecto.certification.forms import AheadForm, ProposeForm, ReasonForm, SignForm
from cecto.certification.queries import Standing, drifted, sessions_ahead
from cecto.certification.sitting import Sitting, choice_of, sit
from cecto.certification.tables import docket_table
from cecto.classes.access import cohort_for
from cecto.classes.models import Cohort, Meeting
from cecto.foundation import clock
from cecto.foundation.tables import download
from cecto.people.access import staff, viewer
from cecto.people.seats import NotTheirOffice
from cecto.people.viewer import Permission

T = TypeVar("T")


@require_GET
@staff(Permission.SEE_RECORDS)
def docket(request: HttpRequest, key: str) -> HttpResponse:
    """Who is eligible, who is not and why, and what waits for whose signature."""
    cohort = cohort_for(viewer(request), key, Permission.SEE_RECORDS)
    form, ahead_of = _ahead(request, cohort)
    sitting = _sitting(request, cohort, ahead_of)
    context = {
        "cohort": cohort,
        "sitting": sitting,
        "proposable": [(choice_of(row), row) for row in sitting.proposable],
        "not_eligible": sitting.standing(Standing.NOT_ELIGIBLE),
        "under_way": sitting.standing(Standing.TO_SIGN, Standing.SIGNED_AHEAD),
        "certified": sitting.standing(Standing.CERTIFIED),
        "left": sitting.standing(Standing.LEFT),
        "drifted": drifted((row.decision for row in sitting.rows if row.decision), known_at=clock.now()),
        "form": form,
        "ahead_of": ahead_of,
        "may_certify": viewer(request).may(Permission.CERTIFY, cohort.program.code),
        "crumbs": _crumbs(cohort),
    }
    return download(request, docket_table(cohort.name, sitting)) or render(
        request, "certification/docket.html", context
    )


@require_POST
@staff(Permission.CERTIFY)
def propose(request: HttpRequest, key: str) -> HttpResponse:
    """Propose everyone chosen on the docket."""
    cohort = cohort_for(viewer(request), key, Permission.CERTIFY)
    _, ahead_of = _ahead(request, cohort)
    sitting = _sitting(request, cohort, ahead_of)
    rows = {row.seen.enrollment.key: row for row in sitting.proposable}
    form = ProposeForm(request.POST, offered=request.POST.getlist("chosen"))
    if not form.is_valid():
        return _refused(request, cohort, form.errors["chosen"])

    def one(choice: str) -> None:
        enrollment_key, viewed = choice.split(" ", 1)
        row = rows.get(enrollment_key)
        if row is None:
            raise actions.AuditChanged("Someone you chose can no longer be proposed. Look at the docket again.")
        actions.propose(
            proposal=actions.Proposal(row.seen.enrollment, viewed),
            true_on=row.seen.audit.true_on,
            ahead_of=ahead_of if row.standing is Standing.AHEAD else None,
            by=viewer(request).actor,
            at=clock.now(),
        )

    return _each(request, cohort, form.cleaned_data["chosen"], one, "proposed")


@require_POST
@staff(Permission.CERTIFY)
def sign(request: HttpRequest, key: str) -> HttpResponse:
    """Sign everything chosen on the docket."""
    cohort = cohort_for(viewer(request), key, Permission.CERTIFY)
    signable = {one.choice: one for one in _sitting(request, cohort, None).signable}
    form = SignForm(request.POST, offered=list(signable))
    if not form.is_valid():
        return _refused(request, cohort, form.errors["chosen"])

    def one(choice: str) -> None:
        found = signable[choice]
        actions.sign(
            decision=found.decision,
            office=found.office,
            person=viewer(request).someone,
            by=viewer(request).actor,
            at=clock.now(),
        )

    return _each(request, cohort, form.cleaned_data["chosen"], one, "signed")


@require_POST
@staff(Permission.CERTIFY)
def take_effect(request: HttpRequest, key: str) -> HttpResponse:
    """Put into effect what was signed ahead of a session that is settled now."""
    cohort = cohort_for(viewer(request), key, Permission.CERTIFY)
    ready = _sitting(request, cohort, None).ready
    by, at = viewer(request).actor, clock.now()
    return _each(request, cohort, ready, lambda one: actions.take_effect(decision=one, by=by, at=at), "in effect")


@require_GET
@staff(Permission.SEE_RECORDS)
def decision(request: HttpRequest, key: str) -> HttpResponse:
    """One decision: the audit it was taken on, its signatures, what became of it."""
    found = decision_for(viewer(request), key, Permission.SEE_RECORDS)
    held = found.effect.audit if hasattr(found, "effect") else found.audit
    context = {
        "decision": found,
        "held": held,
        "exceptions": bound_in_snapshot(held),
        "may_withdraw": viewer(request).may(Permission.CERTIFY, found.enrollment.cohort.program.code)
        and not found.withdrawn_at
        and not hasattr(found, "effect"),
        "crumbs": [
            *_crumbs(found.enrollment.cohort),
            ("Docket", reverse("certification:docket", args=[found.enrollment.cohort.key])),
        ],
    }
    return render(request, "certification/decision.html", context)


@require_http_methods(["GET", "POST"])
@staff(Permission.CERTIFY)
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """Withdraw a decision that is not in effect yet."""
    found = decision_for(viewer(request), key, Permission.CERTIFY)
    form = ReasonForm(request.POST or None)
    back = reverse("certification:decision", args=[key])
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            actions.withdraw(decision=found, reason=reason, by=viewer(request).actor, at=clock.now())
        except actions.DecisionRefused as error:
            messages.error(request, str(error))
        return redirect(back)
    context = {
        "heading": "Withdraw this decision?",
        "question": f"{found.enrollment.person.name} can then be proposed again on the audit as it is.",
        "form": form,
        "submit": "Withdraw",
        "cancel": back,
        "crumbs": _crumbs(found.enrollment.cohort),
    }
    return render(request, "ui/confirm.html", context, status=422 if form.is_bound else 200)


def _ahead(request: HttpRequest, cohort: Cohort) -> tuple[AheadForm, Meeting | None]:
    sessions = sessions_ahead(cohort, on=clock.today(cohort.program.time_zone))
    named = {meeting.key: title for meeting, title in sessions}
    form = AheadForm({"ahead": request.POST.get("ahead") or request.GET.get("ahead") or ""}, sessions=named)
    chosen = form.cleaned_data["ahead"] if form.is_valid() else ""
    return form, next((meeting for meeting, _ in sessions if meeting.key == chosen), None)


def _sitting(request: HttpRequest, cohort: Cohort, ahead_of: Meeting | None) -> Sitting:
    today = clock.today(cohort.program.time_zone)
    return sit(cohort, viewer(request).someone, today=today, at=clock.now(), ahead_of=ahead_of)


def _each(
    request: HttpRequest, cohort: Cohort, things: Iterable[T], do: Callable[[T], object], done: str
) -> HttpResponse:
    count = 0
    for thing in things:
        try:
            do(thing)
            count += 1
        except (actions.DecisionRefused, NotTheirOffice) as error:
            messages.error(request, str(error))
    if count:
        messages.success(request, f"{count} {'decision' if count == 1 else 'decisions'} {done}.")
    return redirect("certification:docket", cohort.key)


def _refused(request: HttpRequest, cohort: Cohort, errors: Iterable[object]) -> HttpResponse:
    for error in errors:
        messages.error(request, str(error))
    return redirect("certification:docket", cohort.key)


def _crumbs(cohort: Cohort) -> list[tuple[str, str]]:
    return [("Classes", reverse("classes:list")), (cohort.name, reverse("console:class", args=[cohort.key]))]
