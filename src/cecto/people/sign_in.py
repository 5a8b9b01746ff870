"""How allauth treats our accounts: nobody signs up by themselves; an account comes with a roster or a role."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from cecto.foundation import clock
from cecto.foundation.journal.actor import Actor
from cecto.foundation.mail import MailNotSent, deliver
from cecto.people.actions import verify_email
from cecto.people.models import Account
from cecto.people.recently import note_sign_in, signed_in_recently

REMEMBER = "keep_me_signed_in"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Closes sign-up, and notes that an address is its owner's once a code sent to it has come back."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": _("That code isn’t right. Check the newest email."),
        "too_many_login_attempts": _("Those were three wrong codes. Ask for a new one."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, object]) -> None:
        """Send, or show the page that says it could not be sent: the person waits for that message."""
        told = {"request": self.request, "email": email} | context
        try:
            deliver(self.render_mail(template_prefix, email, told), within=settings.EMAIL_TIMEOUT)
        except MailNotSent as error:
            page = render(self.request, "account/not_sent.html", status=503)
            raise ImmediateHttpResponse(page) from error

    def post_login(self, request: HttpRequest, user: Account, **words: object) -> HttpResponse:
        address = _proven_by_code(request, user)
        if user.person and address:
            by = Actor.person(user.person.key, user.person.pk)
            verify_email(person=user.person, address=address, by=by, at=clock.now())
        _keep_signed_in(request, remember=_asked_to_remember(request, by_code=bool(address)))
        note_sign_in(request)
        response: HttpResponse = super().post_login(request, user, **words)
        return response

    def is_reauthentication_required(self, *, app: str, **_: object) -> bool:  # noqa: ARG002
        """Not right after a sign-in with every step, when an app that was just set up shows no new code yet."""
        return not signed_in_recently(self.request)

    def get_reauthentication_methods(self, user: Account) -> list[dict[str, object]]:
        """The second step again, and for those who have none a new sign-in."""
        again = {"id": "sign-in-again", "description": "", "url": reverse("account-again")}
        return super().get_reauthentication_methods(user) or [again]


@require_POST
def begin_again(request: HttpRequest) -> HttpResponse:
    """Forget a sign-in that has begun, so that another address can be given. Someone signed in stays so."""
    if not request.user.is_authenticated:
        request.session.flush()
    return _to_sign_in(request, request.POST.get("next", ""))


def sign_in_again(request: HttpRequest) -> HttpResponse:
    """Ask who comes from a page that wants to be sure to sign in anew, and bring them back there."""
    request.session.flush()
    return _to_sign_in(request, request.GET.get("next", ""))


def closed(request: HttpRequest, rest: str) -> HttpResponse:  # noqa: ARG001
    """Passwords, sign-up and self-kept addresses: pages of allauth's that this product does not have."""
    raise Http404


def _to_sign_in(request: HttpRequest, back: str) -> HttpResponse:
    ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(reverse("account_login") + (f"?{urlencode({'next': back})}" if back and ours else ""))


def _proven_by_code(request: HttpRequest, account: Account) -> str:
    """The address whose code opened this session, or nothing."""
    records = [one for one in get_authentication_records(request, account) if one["method"] == "code"]
    return str(records[-1].get("email", "")) if records else ""


def _asked_to_remember(request: HttpRequest, *, by_code: bool) -> bool:
    ticked = request.session.pop(REMEMBER, False)
    return bool(ticked) if by_code else "remember" in request.POST


def _keep_signed_in(request: HttpRequest, *, remember: bool) -> None:
    """For two weeks, or until the browser is closed."""
    request.session.set_expiry(settings.SESSION_COOKIE_AGE if remember else 0)
