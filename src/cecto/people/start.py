"""Where people land after signing in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cecto.people.access import signed_in, viewer


@signed_in
def start(request: HttpRequest) -> HttpResponse:
    """Staff to the console, everyone else to their own program."""
    return redirect("console:home" if viewer(request).is_staff else "portal:home")
