"""Checking in by phone: the scan, and the tap once the person has signed in."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cecto.attendance.access import visit_of_participant
from cecto.attendance.actions import AttendanceRefused, check_in
from cecto.attendance.models import CheckIn
from cecto.attendance.queries.visits import is_checked_in
from cecto.attendance.scans import Scan, is_good, read_scan, scanned
from cecto.foundation import clock
from cecto.foundation.keys import new_key
from cecto.people.access import signed_in, viewer

DEVICE_COOKIE = "cecto_device"
A_YEAR = 365 * 24 * 60 * 60
DEVICE_SALT = "cecto.attendance.device"


@require_GET
def scan(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """Someone scanned the screen. The time is taken now, before they sign in."""
    at = clock.now()
    if not is_good(code, key, at=at):
        return render(request, "attendance/old_code.html", status=410)
    device = request.get_signed_cookie(DEVICE_COOKIE, default="", salt=DEVICE_SALT) or new_key()
    response = redirect(reverse("check-in:tap", args=[scanned(key, device, at=at).signed()]))
    response.set_signed_cookie(
        DEVICE_COOKIE,
        device,
        salt=DEVICE_SALT,
        max_age=A_YEAR,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


@require_http_methods(["GET", "POST"])
@signed_in
def tap(request: HttpRequest, signed: str) -> HttpResponse:
    """Check in, or out when one is in, at the time of the scan."""
    at = clock.now()
    found = _own_scan(request, signed)
    visit = visit_of_participant(viewer(request), found.meeting_key, at=at)
    refusal = ""
    if request.method == "POST":
        try:
            made = check_in(scan=found, visit=visit, kind=_wanted(request), by=viewer(request).actor, at=at)
        except AttendanceRefused as refused:
            refusal = str(refused)
        else:
            is_in = made.kind == CheckIn.Kind.IN
            messages.success(request, _("You are checked in.") if is_in else _("You are checked out."))
            return redirect("absence:session", visit.key)
    context = {"visit": visit, "scan": found, "is_in": is_checked_in(visit), "refusal": refusal}
    return render(request, "attendance/tap.html", context, status=422 if refusal else 200)


def _wanted(request: HttpRequest) -> CheckIn.Kind:
    """What the button that they tapped said, so that a page left open never does the opposite."""
    return CheckIn.Kind.OUT if request.POST.get("kind") == CheckIn.Kind.OUT else CheckIn.Kind.IN


def _own_scan(request: HttpRequest, signed: str) -> Scan:
    """The scan, if it was made in this browser: an address that was passed on is of no use to another."""
    found = read_scan(signed)
    device = request.get_signed_cookie(DEVICE_COOKIE, default="", salt=DEVICE_SALT)
    if found is None or found.device != device:
        raise Http404("This scan was not made on this phone. Scan the code on the screen.")
    return found
