"""Staff need a second factor: until they have one, the console sends them to set it up."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from cecto.people.access import viewer


class SecondFactorMiddleware:
    """Sends staff without a second factor from `/console/` to where it is set up; `access` withholds their roles."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith("/console/") and viewer(request).withheld:
            said = _(
                "Your role lets you see other people’s records, so you sign in in two steps. Set up the second one."
            )
            messages.info(request, said)
            return redirect("mfa_index")
        return self.get_response(request)
