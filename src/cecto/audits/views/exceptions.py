"""Exceptions on a person's record: granted, joined by a second office, taken back."""

from __future__ import annotations

from dataclasses import dataclass

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
from cecto.audits.granting import Considered, consider
from cecto.audits.models import ExceptionGrant
from cecto.audits.queries import proposed_together
from cecto.audits.standing import Award
from cecto.audits.views.crumbs import record_crumbs
from cecto.foundation import clock, evidence
from cecto.foundation.papers import type_of
from cecto.ledger.models import Entry
from cecto.people.access import staff, viewer
from cecto.people.seats import NotTheirOffice, offices_of
from cecto.people.viewer import Permission
from cecto.requirements import facts
from cecto.requirements.compiling import Rules
from cecto.requirements.document import Node
from cecto.requirements.results import Result


@require_http_methods(["GET", "POST"])
@staff(Permission.GRANT_EXCEPTION)
def grant(request: HttpRequest, key: str, node: str) -> HttpResponse:
    """Grant an exception on one requirement; one of a renewal leads on to the page of the cycle that decides."""
    enrollment = enrollment_for(viewer(request), key, Permission.GRANT_EXCEPTION)
    asked = Asked(Award(enrollment), node, reverse("audits:record", args=[key]))
    if _considered(asked).rules.part_of(node) == "renewal":
        return redirect("certification:grant-renewal", key, node)
    return answer_grant(request, asked)


@dataclass(frozen=True, slots=True)
class Asked:
    """On which requirement an exception is asked for, of a renewal on which cycle, and where to go afterwards."""

    award: Award
    node: str
    back: str
    cycle: int = 0


def answer_grant(request: HttpRequest, asked: Asked) -> HttpResponse:
    """The page on which an exception is granted, for one who may; with what the requirement says now."""
    enrollment, looking = asked.award.enrollment, viewer(request)
    considered = _considered(asked)
    rule = _node(considered.rules, asked.node)
    form = GrantForm(
        request.POST or None,
        request.FILES or None,
        node=rule,
        unit=unit_of(rule),
        rules=considered.rules,
        offices=offices_of(looking.someone, program_code=enrollment.cohort.program.code, on=considered.true_on),
        entries=_standing(considered.facts),
    )
    if form.is_valid() and _granted(request, form, asked):
        messages.success(request, f"The exception for {enrollment.person.name} is recorded.")
        return redirect(asked.back)
    context = {
        "form": form,
        "enrollment": enrollment,
        "result": _result(considered),
        "node": rule,
        "cycle": asked.cycle,
        "back": asked.back,
        "crumbs": record_crumbs(enrollment),
    }
    return render(request, "audits/grant.html", context, status=422 if form.is_bound else 200)


def _considered(asked: Asked) -> Considered:
    """The facts that any exception on the requirement would meet today."""
    now, enrollment = clock.now(), asked.award.enrollment
    today = clock.today(enrollment.cohort.program.time_zone)
    any_kind = facts.ExceptionFact("", asked.node, "waive", "", today, now, cycle=asked.cycle)
    (found,) = consider([asked.award], any_kind, true_on=today, known_at=now)
    return found


def _result(considered: Considered) -> Result:
    """What the requirement says now; one that is not asked of the person has nothing to say."""
    try:
        return considered.now.root.find(considered.fact.node)
    except (KeyError, ValueError) as error:
        raise Http404("That requirement is not asked of this person.") from error


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


def _granted(request: HttpRequest, form: GrantForm, asked: Asked) -> bool:
    entry = form.chosen_entry
    try:
        actions.grant_exception(
            enrollment=asked.award.enrollment,
            node=asked.node,
            award=asked.award,
            cycle=asked.cycle,
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


def _standing(held: facts.Facts) -> list[facts.Entry]:
    """The entries of the record that are not taken back, the latest first."""
    gone = {entry.reverses for entry in held.entries}
    return [entry for entry in reversed(held.entries) if not entry.reverses and entry.id not in gone]
