"""Certificates of a class, and the life of one, for staff."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TypedDict

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cecto.audits.bound import bound_in_snapshot
from cecto.classes.access import cohort_for
from cecto.classes.models import Cohort
from cecto.credentials import actions
from cecto.credentials.access import credential_for
from cecto.credentials.files import zipped
from cecto.credentials.forms import ReviewForm, RevokeForm
from cecto.credentials.handed.files import both, given_paper, paper_name
from cecto.credentials.keys import KeySealed
from cecto.credentials.letters.told import certificates_that_told_more
from cecto.credentials.lifetime import events_of, versions_in
from cecto.credentials.listing.queries import listing_of
from cecto.credentials.models import CredentialVersion, RevocationProposal
from cecto.credentials.queries import (
    decided_alone,
    issued_in,
    latest_of,
    revoked_in,
    to_issue,
    to_print_ahead,
    under_review,
)
from cecto.credentials.reasons import FOR_GOOD
from cecto.credentials.renewing.queries import case_of
from cecto.credentials.signing import NotReadyToIssue, open_issuer_key
from cecto.foundation import clock
from cecto.foundation.journal.actor import Actor
from cecto.people.access import staff, viewer
from cecto.people.models import Person
from cecto.people.viewer import Permission

NotReady = (NotReadyToIssue, KeySealed)


class Acting(TypedDict):
    """Who decides, and when."""

    person: Person
    by: Actor
    at: datetime


@require_GET
@staff(Permission.SEE_RECORDS)
def cohort(request: HttpRequest, key: str) -> HttpResponse:
    """What can be issued, what holds, and what was revoked in a class."""
    found = cohort_for(viewer(request), key, Permission.SEE_RECORDS)
    held, now = list(issued_in(found)), clock.now()
    context = {
        "cohort": found,
        "to_issue": list(to_issue(found)),
        "to_print": to_print_ahead(found),
        "issued": [one for one in held if not one.expired(now)],
        "expired": [one for one in held if one.expired(now)],
        "revoked": list(revoked_in(found)),
        "ends": any(one.valid_until for one in held),
        "may_issue": viewer(request).may(Permission.ISSUE, found.program.code),
        "crumbs": _crumbs(found),
    }
    return render(request, "credentials/class.html", context)


@require_GET
@staff(Permission.SEE_RECORDS)
def files(request: HttpRequest, key: str) -> HttpResponse:
    """Every certificate of a class that holds, PDF and JSON, as one zip."""
    found = cohort_for(viewer(request), key, Permission.SEE_RECORDS)
    held, by, at = [one for one in issued_in(found) if not one.erased], viewer(request).actor, clock.now()
    return _zip(f"{found.code}-certificates", (pair for one in held for pair in both(one, by=by, at=at).items()))


@require_POST
@staff(Permission.ISSUE)
def papers(request: HttpRequest, key: str) -> HttpResponse:
    """Print the papers of those whose decision is signed and waits for a session, as one zip."""
    found = cohort_for(viewer(request), key, Permission.ISSUE)
    by, at = viewer(request).actor, clock.now()
    try:
        printed = [actions.print_ahead(decision=one, by=by, at=at) for one in to_print_ahead(found)]
    except (actions.CredentialRefused, NotReadyToIssue) as error:
        messages.error(request, str(error))
        return redirect("credentials:class", key)
    return _zip(f"{found.code}-papers", ((paper_name(one), given_paper(one, by=by, at=at)) for one in printed))


@require_GET
@staff(Permission.SEE_RECORDS)
def life(request: HttpRequest, key: str) -> HttpResponse:
    """The whole life of one credential: what became of it, what renewal asks, every version."""
    looking, now = viewer(request), clock.now()
    credential = credential_for(looking, key, Permission.SEE_RECORDS)
    enrollment = credential.decision.enrollment
    program, today = enrollment.cohort.program, clock.today(enrollment.cohort.program.time_zone)
    versions, latest = versions_in(credential, at=now), latest_of(credential)
    named = not enrollment.person.erased_at
    context = {
        "credential": credential,
        "enrollment": enrollment,
        "versions": versions,
        "events": events_of(credential, versions, at=now),
        "exceptions": bound_in_snapshot(credential.decision.effect.audit),
        "latest": latest,
        "told_more": certificates_that_told_more([latest] if latest else [], at=now),
        "proposal": under_review(latest) if latest else None,
        "case": case_of(credential, true_on=today, known_at=now) if named else None,
        "named": named,
        "may_issue": looking.may(Permission.ISSUE, program.code),
        "listing": listing_of(credential=credential),
        "may_note": named and looking.may(Permission.RECORD_PAST, program.code),
        "may_renew": named and looking.may(Permission.CERTIFY, program.code),
        "crumbs": [
            *_crumbs(enrollment.cohort),
            ("Certificates", reverse("credentials:class", args=[enrollment.cohort.key])),
        ],
    }
    return render(request, "credentials/life.html", context)


@require_http_methods(["GET", "POST"])
@staff(Permission.ISSUE)
def revoke(request: HttpRequest, key: str) -> HttpResponse:
    """Ask to revoke the version that is valid; where somebody has asked, decide as the second person."""
    credential = credential_for(viewer(request), key, Permission.ISSUE)
    version = latest_of(credential)
    if version is None:
        messages.error(request, "This certificate is already revoked.")
        return redirect("credentials:life", key)
    proposal = under_review(version)
    form = (ReviewForm if proposal else RevokeForm)(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _decided(request, version, proposal, form.cleaned_data)
    name = credential.decision.enrollment.person.name
    question = "You cannot undo this. A new certificate would have a new code."
    if proposal:
        why = proposal.wording or FOR_GOOD[proposal.reason]
        question = f"{proposal.proposed_by.name} asked to revoke it: {why} {question}"
    elif not decided_alone(version):
        question = f"A second person must confirm it. Until then it is shown as under review. {question}"
    context = {
        "heading": f"Revoke the certificate of {name}?",
        "question": question,
        "form": form,
        "submit": "Save the decision" if proposal else "Revoke" if decided_alone(version) else "Ask to revoke",
        "danger": True,
        "cancel": reverse("credentials:life", args=[key]),
        "crumbs": _crumbs(credential.decision.enrollment.cohort),
    }
    return render(request, "ui/confirm.html", context, status=422 if form.is_bound else 200)


def _decided(
    request: HttpRequest, version: CredentialVersion, proposal: RevocationProposal | None, given: dict[str, str]
) -> HttpResponse:
    looking, at = viewer(request), clock.now()
    who: Acting = {"person": looking.someone, "by": looking.actor, "at": at}
    try:
        if proposal and given["decision"] == ReviewForm.KEEP:
            actions.drop_revocation(proposal=proposal, **who)
            messages.success(request, "The request was dropped. The certificate stays valid.")
        elif proposal is None and not decided_alone(version):
            actions.propose_revocation(version=version, **given, **who)
            messages.success(request, "It is under review now. A second person confirms it on this page.")
        else:
            signing = open_issuer_key(settings.CECTO_KEY_PASSPHRASE)
            asked = proposal or actions.propose_revocation(version=version, **given, **who)
            actions.confirm_revocation(proposal=asked, key=signing, **who)
            messages.success(request, "Revoked. The certificate’s page and the status list say so from now on.")
    except (actions.CredentialRefused, *NotReady) as error:
        messages.error(request, str(error))
    return redirect("credentials:life", version.credential.key)


@require_POST
@staff(Permission.ISSUE)
def renew(request: HttpRequest, key: str) -> HttpResponse:
    """Issue a new version: of one that holds, with the name as it is now; of a revoked one, to reinstate it."""
    credential = credential_for(viewer(request), key, Permission.ISSUE)
    act = actions.correct if latest_of(credential) else actions.reinstate
    try:
        signing = open_issuer_key(settings.CECTO_KEY_PASSPHRASE)
        version = act(credential=credential, key=signing, by=viewer(request).actor, at=clock.now())
    except (actions.CredentialRefused, *NotReady) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"Version {version.number} is issued and holds from now on.")
    return redirect("credentials:life", key)


def _zip(name: str, named: Iterable[tuple[str, bytes]]) -> HttpResponse:
    response = HttpResponse(zipped(named), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    response["Cache-Control"] = "private, no-store"
    return response


def _crumbs(cohort: Cohort) -> list[tuple[str, str]]:
    return [("Classes", reverse("classes:list")), (cohort.name, reverse("console:class", args=[cohort.key]))]
