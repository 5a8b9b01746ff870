"""The holder's page of a transcript: what it is, make it, download it."""

from __future__ import annotations

import json

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cecto.credentials.access import own_version
from cecto.credentials.actions import CredentialRefused
from cecto.credentials.canonical import JSON
from cecto.credentials.files import file_name
from cecto.credentials.keys import KeySealed
from cecto.credentials.models import Transcript
from cecto.credentials.queries import sound_transcript
from cecto.credentials.signing import NotReadyToIssue, open_issuer_key
from cecto.credentials.transcript.actions import make_transcript
from cecto.credentials.transcript.record import members_of
from cecto.foundation import clock
from cecto.foundation.tables import Column, Table
from cecto.people.access import signed_in, viewer


@require_http_methods(["GET", "POST"])
@signed_in
def own_transcript(request: HttpRequest, code: str) -> HttpResponse:
    """Show what the transcript lists; on POST, make it."""
    version = own_version(viewer(request), code)
    if request.method == "POST":
        try:
            key = open_issuer_key(settings.CECTO_KEY_PASSPHRASE)
            make_transcript(version=version, key=key, by=viewer(request).actor, at=clock.now())
        except (CredentialRefused, NotReadyToIssue, KeySealed) as error:
            messages.error(request, _("It could not be signed: %(why)s") % {"why": error})
        return redirect("credentials:transcript", code)
    made = sound_transcript(version)
    context = {"version": version, "transcript": made, "table": _listed(made) if made else None}
    response = render(request, "credentials/transcript.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
@signed_in
def own_transcript_file(request: HttpRequest, code: str) -> HttpResponse:
    """The signed transcript, to its holder."""
    version = own_version(viewer(request), code)
    made = sound_transcript(version)
    if made is None:
        raise Http404("This transcript was not made yet. Make it on its page.")
    response = HttpResponse(made.document, content_type="application/vc")
    response["Content-Disposition"] = f'attachment; filename="{file_name(version)}-transcript.json"'
    response["Cache-Control"] = "private, no-store"
    return response


def _listed(made: Transcript) -> Table:
    """The name and the contact hours of each member, the award first."""
    columns = (Column(_("Achieved")), Column(_("Contact hours")))
    members = members_of(json.loads(made.document))
    return Table(_("What it lists"), columns, [_told(member["credentialSubject"]) for member in members])


def _told(subject: JSON) -> tuple[str, str | None]:
    results = subject.get("result", ())
    hours = next((one["value"] for one in results if one["resultDescription"].endswith("contact-hours")), None)
    return subject["achievement"]["name"], hours
