"""How allauth treats our accounts: nobody signs up by themselves; an account comes with a roster or a role."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from django.http import Http404, HttpRequest, HttpResponse

from cecto.foundation import clock
from cecto.foundation.journal.actor import Actor
from cecto.people.actions import verify_email
from cecto.people.models import Account


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Closes sign-up, and notes that an address is its owner's once a code sent to it has come back."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def post_login(self, request: HttpRequest, user: Account, **words: object) -> HttpResponse:
        address = words.get("email")
        if user.person and isinstance(address, str) and _came_by_code(request, user):
            by = Actor.person(user.person.key, user.person.pk)
            verify_email(person=user.person, address=address, by=by, at=clock.now())
        # A sign-in with every step is as good as confirming it again: without this allauth would ask for another code
        # right after the app was set up, when the app shows no new one yet.
        record_authentication(request, user, method="sign-in", reauthenticated=True)
        response: HttpResponse = super().post_login(request, user, **words)
        return response


def closed(request: HttpRequest, rest: str) -> HttpResponse:  # noqa: ARG001
    """Passwords, sign-up and self-kept addresses: pages of allauth's that this product does not have."""
    raise Http404


def _came_by_code(request: HttpRequest, account: Account) -> bool:
    return any(record["method"] == "code" for record in get_authentication_records(request, account))
