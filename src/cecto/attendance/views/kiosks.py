"""The kiosks of a session, as those who mark it see them: opening and closing them, and what was signed there."""

from __future__ import annotations

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cecto.attendance.access import session_to_mark, session_to_settle
from cecto.attendance.actions import AttendanceRefused, answer_tap, claim_kiosk, close_kiosk, open_kiosk
from cecto.attendance.forms.kiosks import OpenForm
from cecto.attendance.kiosk_tokens import hashed, new_token
from cecto.attendance.models import Kiosk, Tap
from cecto.attendance.queries.kiosks import KioskRow, is_settled, kiosks_of
from cecto.attendance.views import door
from cecto.attendance.views.frame import frame, posted
from cecto.classes.schedule.queries import Session
from cecto.foundation import clock, evidence
from cecto.foundation.journal.actor import Actor
from cecto.foundation.keys import new_key
from cecto.people.access import signed_in, staff, viewer
from cecto.people.viewer import Permission

LINK_COOKIE = "cecto_kiosk_link"
LINK_SALT = "cecto.attendance.kiosk-link"
LINK_SHOWN = 15 * 60


@require_http_methods(["GET", "POST"])
@signed_in
def kiosks(request: HttpRequest, key: str) -> HttpResponse:
    """The session's kiosks; posting opens one, on this device or by a link for another."""
    session = session_to_mark(viewer(request), key, at=clock.now())
    form = OpenForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            return _open(request, session, form.cleaned_data["door"])
        except AttendanceRefused as refused:
            form.add_error(None, str(refused))
    return _page(request, session, form)


@require_POST
@signed_in
def close(request: HttpRequest, key: str, kiosk: str) -> HttpResponse:
    """Close a kiosk now."""
    at = clock.now()
    session = session_to_mark(viewer(request), key, at=at)
    found = get_object_or_404(Kiosk, key=kiosk, meeting=session.meeting)
    close_kiosk(kiosk=found, by=viewer(request).actor, at=at)
    messages.success(request, _("The kiosk “%(door)s” is closed.") % {"door": found.door})
    return redirect("attendance:kiosks", key)


@require_GET
@signed_in
def signature(request: HttpRequest, key: str, tap: int) -> HttpResponse:
    """What someone signed with at a kiosk, as a picture."""
    session = session_to_mark(viewer(request), key, at=clock.now())
    found = Tap.objects.filter(pk=tap, kiosk__meeting=session.meeting).first()
    if found is None:
        raise Http404("There is no such signature.")
    headers = {"Cache-Control": "private, no-store"}
    return HttpResponse(evidence.load(found.signature_sha256), content_type="image/svg+xml", headers=headers)


@require_POST
@staff(Permission.RUN_CLASS)
def answer(request: HttpRequest, key: str, tap: int) -> HttpResponse:
    """Let a tap that waits count, or not."""
    at = clock.now()
    session = session_to_settle(viewer(request), key, at=at)
    found = get_object_or_404(Tap.objects.select_related("kiosk", "person"), pk=tap, kiosk__meeting=session.meeting)
    counts = request.POST.get("decision") == "counts"
    try:
        answer_tap(tap=found, counts=counts, by=viewer(request).actor, at=at)
    except AttendanceRefused as refused:
        messages.error(request, str(refused))
    else:
        name = {"name": found.person.name}
        messages.success(request, _("%(name)s: the tap counts.") % name if counts else _("%(name)s: as it was.") % name)
    return redirect("attendance:reconcile", key)


def _open(request: HttpRequest, session: Session, name: str) -> HttpResponse:
    token, at, here = new_token(), clock.now(), request.POST.get("on") == "here"
    kiosk = open_kiosk(meeting=session.meeting, door=name, token=token, by=viewer(request).actor, at=at)
    if not here:
        return _with_link(redirect("attendance:kiosks", session.key), session.key, token)
    device = new_key()
    claim_kiosk(kiosk=kiosk, device=device, by=Actor("kiosk", kiosk.key), at=at)
    logout(request)
    return door.bind(redirect("kiosk:page", token), token, device)


def _with_link(response: HttpResponse, key: str, token: str) -> HttpResponse:
    """Keep the link for a while in the browser that asked for it: we have its hash only."""
    response.set_signed_cookie(
        LINK_COOKIE,
        token,
        salt=LINK_SALT,
        max_age=LINK_SHOWN,
        path=reverse("attendance:kiosks", args=[key]),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def _page(request: HttpRequest, session: Session, form: OpenForm) -> HttpResponse:
    settled = is_settled(session.meeting)
    rows = kiosks_of(session.meeting, settled=settled, at=clock.now())
    context = {**frame(session, viewer(request)), "rows": rows, "form": form, "link": _link(request, rows)}
    context["settled"] = settled
    name = "_kiosks" if request.headers.get("HX-Request") == "true" else "kiosks"
    return render(request, f"attendance/{name}.html", context, status=422 if form.errors else 200)


def _link(request: HttpRequest, rows: list[KioskRow]) -> dict[str, object] | None:
    """The link that was just made here, as address and picture, until a device has claimed it."""
    token = request.get_signed_cookie(LINK_COOKIE, default="", salt=LINK_SALT, max_age=LINK_SHOWN) or ""
    found = next((row for row in rows if row.kiosk.token_sha256 == hashed(token)), None)
    if found is None or found.state != "unclaimed":
        return None
    address = request.build_absolute_uri(reverse("kiosk:page", args=[token]))
    picture = segno.make(address, error="m").svg_data_uri(scale=6, border=2, dark="#14284b")
    return {"kiosk": found.kiosk, "address": address, "picture": picture}
