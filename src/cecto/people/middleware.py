"""Staff need a second factor: until they have one, the console sends them to set it up."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cecto.people.access import viewer
from cecto.people.demo_links import signed_in_by_demo_link


class SecondFactorMiddleware:
    """Turns staff without a second factor away from `/console/`. Demo sign-in links stand for both factors."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/console/") and _lacks_second_factor(request):
            return redirect("mfa_activate_totp")
        return self.get_response(request)


def _lacks_second_factor(request: HttpRequest) -> bool:
    if not viewer(request).is_staff or signed_in_by_demo_link(request):
        return False
    return not is_mfa_enabled(request.user)
