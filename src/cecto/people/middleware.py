"""Staff need a second factor: until they have one, the console sends them to set it up."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from cecto.people.access import viewer
from cecto.people.demo_links import signed_in_by_demo_link


class SecondFactorMiddleware:
    """Turns staff without a second factor away from `/console/`. Demo sign-in links stand for both factors.

    Whoever has one is asked for it at every sign-in, so a session of theirs has passed it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith("/console/") and _lacks_second_factor(request):
            said = _(
                "Your role lets you see other people’s records, so signing in needs a second step. Set it up once."
            )
            messages.info(request, said)
            return redirect("mfa_index")
        return self.get_response(request)


def _lacks_second_factor(request: HttpRequest) -> bool:
    if not viewer(request).is_staff or signed_in_by_demo_link(request):
        return False
    return not is_mfa_enabled(request.user)
