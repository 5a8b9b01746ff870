"""Issuing the certificates of a class: all in one request, or a few at a time while the page shows how far it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cecto.certification.models import Decision
from cecto.classes.access import cohort_for
from cecto.classes.models import Cohort
from cecto.credentials import actions
from cecto.credentials.keys import KeySealed
from cecto.credentials.queries import to_issue
from cecto.credentials.signing import IssuerKey, NotReadyToIssue, open_issuer_key
from cecto.foundation import clock
from cecto.people.access import staff, viewer
from cecto.people.viewer import Permission

# Few enough that the bar moves soon, many enough that asking again costs little.
STEP = 4


@require_POST
@staff(Permission.ISSUE)
def issue(request: HttpRequest, key: str) -> HttpResponse:
    """Issue everything that can be issued in a class; to htmx, which asks again, the next few and how far it is."""
    found = cohort_for(viewer(request), key, Permission.ISSUE)
    in_steps = request.headers.get("HX-Request") == "true"
    try:
        signing = open_issuer_key(settings.CECTO_KEY_PASSPHRASE)
    except (NotReadyToIssue, KeySealed) as error:
        messages.error(request, str(error))
        return _class_page(found, in_steps=in_steps)
    return _next_few(request, found, signing) if in_steps else _everything(request, found, signing)


def _everything(request: HttpRequest, cohort: Cohort, signing: IssuerKey) -> HttpResponse:
    waiting = list(to_issue(cohort))
    refused = list(_issue(request, waiting, signing))
    _say(request, len(waiting) - len(refused))
    return _class_page(cohort, in_steps=False)


def _next_few(request: HttpRequest, cohort: Cohort, signing: IssuerKey) -> HttpResponse:
    """Issue a few, passing over those refused before: they would be refused again and again."""
    passed = request.POST.getlist("refused")
    waiting = to_issue(cohort).exclude(key__in=passed)
    left = max(waiting.count() - STEP, 0)
    refused = [*passed, *_issue(request, list(waiting[:STEP]), signing)]
    total = max(_whole(request.POST.get("total", "")), left + len(refused))
    done = total - left - len(refused)
    if not left:
        _say(request, done)
        return _class_page(cohort, in_steps=True)
    context = {"cohort": cohort, "done": done, "total": total, "refused": refused}
    return render(request, "credentials/_issuing.html", context)


def _issue(request: HttpRequest, decisions: Iterable[Decision], signing: IssuerKey) -> Iterator[str]:
    """Issue each; the keys of those refused, after telling why."""
    for decision in decisions:
        try:
            actions.issue(decision=decision, key=signing, by=viewer(request).actor, at=clock.now())
        except actions.CredentialRefused as error:
            messages.error(request, str(error))
            yield decision.key


def _say(request: HttpRequest, count: int) -> None:
    messages.success(request, f"{count} {'certificate' if count == 1 else 'certificates'} issued.")


def _class_page(cohort: Cohort, *, in_steps: bool) -> HttpResponse:
    if not in_steps:
        return redirect("credentials:class", cohort.key)
    # Not a redirect: htmx would put that whole page into the place of the progress.
    return HttpResponse(status=204, headers={"HX-Redirect": reverse("credentials:class", args=[cohort.key])})


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() else 0
