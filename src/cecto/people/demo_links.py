"""Sign-in links of the demo: one per role, printed by `cecto demo`, refused outside the demo."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from cecto.people.models import Account
from cecto.people.recently import note_sign_in

_SALT = "cecto.demo-link"
_SESSION = "signed_in_by_demo_link"


def demo_link(account: Account) -> str:
    """The full address that signs this account in. Good for as long as the demo's secret key."""
    return str(settings.CECTO_URL) + reverse("demo-sign-in", args=[signing.dumps(account.pk, salt=_SALT)])


def demo_sign_in(request: HttpRequest, token: str) -> HttpResponse:
    """Sign in by a demo link. 404 outside the demo or with a link we did not make."""
    if not settings.CECTO_DEMO:
        raise Http404
    try:
        pk = signing.loads(token, salt=_SALT)
    except signing.BadSignature as error:
        raise Http404 from error
    login(request, get_object_or_404(Account, pk=pk), backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session[_SESSION] = True
    note_sign_in(request)
    return redirect(settings.LOGIN_REDIRECT_URL)


def signed_in_by_demo_link(request: HttpRequest) -> bool:
    """Whether this session began with a demo link, in a demo."""
    return bool(settings.CECTO_DEMO and request.session.get(_SESSION))
