"""The list of certificates that end, for the coordinator; and renewing one, for the officer whose office decides."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from cecto.certification.actions import DecisionRefused
from cecto.credentials import actions
from cecto.credentials.access import credential_for
from cecto.credentials.forms import MonthsForm
from cecto.credentials.keys import KeySealed
from cecto.credentials.renewing.queries import ending
from cecto.credentials.renewing.tables import ending_table
from cecto.credentials.signing import NotReadyToIssue, open_issuer_key
from cecto.foundation import clock
from cecto.foundation.tables import download
from cecto.people.access import staff, viewer
from cecto.people.seats import NotTheirOffice
from cecto.people.viewer import Permission
from cecto.requirements.document import Span
from cecto.requirements.windows import later

REFUSALS = (actions.CredentialRefused, DecisionRefused, NotTheirOffice, NotReadyToIssue, KeySealed)


@require_GET
@staff(Permission.SEE_RECORDS)
def soon(request: HttpRequest) -> HttpResponse:
    """Who holds a certificate that ends within so many months, or has ended, and what each has left to do."""
    form = MonthsForm(request.GET or None)
    months, today = form.months(), clock.today()
    found = ending(
        viewer(request).programs(Permission.SEE_RECORDS),
        by=later(today, Span(months)),
        true_on=today,
        known_at=clock.now(),
    )
    table = ending_table(found)
    context = {"form": form, "months": months, "endings": found, "table": table, "today": today}
    status = 422 if form.is_bound and form.errors else 200
    return download(request, table) or render(request, "credentials/ending.html", context, status=status)


@require_POST
@staff(Permission.CERTIFY)
def renew(request: HttpRequest, key: str) -> HttpResponse:
    """Renew a certificate until the day that the officer saw."""
    credential = credential_for(viewer(request), key, Permission.CERTIFY)
    try:
        version = actions.renew(
            credential=credential,
            viewed_until=request.POST.get("until", ""),
            officer=viewer(request).someone,
            key=open_issuer_key(settings.CECTO_KEY_PASSPHRASE),
            by=viewer(request).actor,
            at=clock.now(),
        )
    except REFUSALS as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"Signed. Version {version.number} is issued and holds from now on.")
    return redirect(reverse("credentials:life", args=[key]))
