"""The holder's certificate as a token, to download."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cecto.credentials.access import own_version
from cecto.credentials.files import file_name
from cecto.credentials.keys import KeySealed
from cecto.credentials.register import CredentialRefused
from cecto.credentials.signing import NotReadyToIssue, open_issuer_key
from cecto.credentials.tokens.actions import make_token
from cecto.foundation import clock
from cecto.people.access import signed_in, viewer


@require_POST
@signed_in
def own_token(request: HttpRequest, code: str) -> HttpResponse:
    """Make the token if it was not made before, and answer with it."""
    looking = viewer(request)
    version, passphrase = own_version(looking, code), settings.CECTO_KEY_PASSPHRASE
    try:
        key = open_issuer_key(passphrase)
        made = make_token(version=version, key=key, passphrase=passphrase, by=looking.actor, at=clock.now())
    except (CredentialRefused, NotReadyToIssue, KeySealed) as error:
        messages.error(request, _("It could not be signed: %(why)s") % {"why": error})
        return redirect("credentials:transcript", code)
    response = HttpResponse(made.text, content_type="application/vc+jwt")
    response["Content-Disposition"] = f'attachment; filename="{file_name(version)}.jwt"'
    response["Cache-Control"] = "private, no-store"
    return response
