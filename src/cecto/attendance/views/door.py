"""The kiosk at the door: find your name, tap, sign. For the one device that claimed it, without an account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cecto.attendance.actions import AttendanceRefused, claim_kiosk, take_taps
from cecto.attendance.forms.kiosks import SignForm, Unreadable, read_lot
from cecto.attendance.models import Kiosk, Tap
from cecto.attendance.queries.door import Expected, expected_at, found_by
from cecto.attendance.queries.kiosks import is_settled, kiosk_of, state_of
from cecto.attendance.views.frame import posted
from cecto.classes.schedule.queries import Session, session_with_key
from cecto.foundation import clock
from cecto.foundation.folding import letters
from cecto.foundation.journal.actor import Actor
from cecto.foundation.keys import is_key, new_key
from cecto.people.access import viewer

COOKIE = "cecto_kiosk"
SALT = "cecto.attendance.kiosk"
# What waits on a device is taken this long after its kiosk has ended; a human decides about it.
TAKEN_LATE = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Door:
    """A kiosk as one device finds it: its state, and whether this device is the one that claimed it."""

    token: str
    kiosk: Kiosk
    state: str
    device: str
    at: datetime

    @property
    def mine(self) -> bool:
        """Whether this device is the kiosk."""
        return bool(self.device) and self.device == self.kiosk.device

    @property
    def actor(self) -> Actor:
        """The kiosk as the one who acts."""
        return Actor("kiosk", self.kiosk.key)

    @property
    def session(self) -> Session:
        """The session it is bound to. Four queries."""
        return session_with_key(self.kiosk.meeting.key, known_at=self.at)


def door_of(request: HttpRequest, token: str) -> Door:
    """The kiosk of a link. Raises Http404 for a link that nobody made."""
    at, kiosk = clock.now(), kiosk_of(token)
    if kiosk is None:
        raise Http404("There is no such kiosk.")
    device = request.get_signed_cookie(COOKIE, default="", salt=SALT) or ""
    return Door(token, kiosk, state_of(kiosk, settled=is_settled(kiosk.meeting), at=at), device, at)


def bind(response: HttpResponse, token: str, device: str) -> HttpResponse:
    """Tell the browser which device it is; the cookie is sent to this kiosk's own address and nowhere else."""
    response.set_signed_cookie(
        COOKIE,
        device,
        salt=SALT,
        max_age=int((timedelta(days=2) + TAKEN_LATE).total_seconds()),
        path=reverse("kiosk:page", args=[token]),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


@never_cache
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, token: str) -> HttpResponse:
    """The names; with ?person=, the place to sign; with ?done=, what was tapped. Posting taps, without scripts."""
    door = door_of(request, token)
    session = door.session
    if door.state not in ("unclaimed", "open") or session.canceled:
        return _shown(request, door, session, "closed", status=410)
    if door.state == "unclaimed":
        response = _shown(request, door, session, "claim", {"account": viewer(request).person})
        return response if door.device else bind(response, token, new_key())
    if not door.mine:
        return _shown(request, door, session, "taken", status=403)
    people = expected_at(session)
    if "person" in request.GET:
        return _sign(request, door, session, people)
    words = request.GET.get("q", "").strip()
    context: dict[str, object] = {
        "people": found_by(words, people),
        "words": words,
        "letters": letters(),
        "done": _done(request, door),
    }
    return _shown(request, door, session, "names", context)


@require_POST
def claim(request: HttpRequest, token: str) -> HttpResponse:
    """Make this device the kiosk. Whoever is signed in on it is signed out: it will stand at a door."""
    door = door_of(request, token)
    try:
        if door.device:
            claim_kiosk(kiosk=door.kiosk, device=door.device, by=door.actor, at=door.at)
            logout(request)
    except AttendanceRefused:
        pass  # its page says how things stand
    return redirect("kiosk:page", token)


@never_cache
@require_http_methods(["GET", "POST"])
def taps(request: HttpRequest, token: str) -> JsonResponse:
    """What time it is here and who is in; posting takes what waited on the device, also once the kiosk has ended."""
    door = door_of(request, token)
    if not door.mine:
        return JsonResponse({"problem": "This device is not this kiosk."}, status=403)
    if request.method == "GET":
        return _news(door)
    if door.kiosk.ends_at + TAKEN_LATE <= door.at:
        return JsonResponse({"problem": "This kiosk ended long ago."}, status=410)
    try:
        lot = read_lot(request.body, door.session)
    except Unreadable as unreadable:
        return JsonResponse({"problem": str(unreadable)}, status=422)
    kept = take_taps(kiosk=door.kiosk, tapped=lot.tapped, by=door.actor, at=door.at)
    answers = {tap.key: {"outcome": "waits" if tap.why else "taken", "why": tap.why} for tap in kept}
    refused = {k: {"outcome": "refused", "why": w} for k, w in lot.refused.items()}
    return JsonResponse({"answers": answers | refused, "now": door.at.isoformat()})


def _news(door: Door) -> JsonResponse:
    session = door.session
    if door.state != "open" or session.canceled:
        return JsonResponse({"problem": "This kiosk is closed."}, status=410)
    people = expected_at(session)
    inside = [one.person.key for one in people if one.is_in]
    return JsonResponse({"now": door.at.isoformat(), "people": len(people), "in": inside})


def _sign(request: HttpRequest, door: Door, session: Session, people: tuple[Expected, ...]) -> HttpResponse:
    found = next((one for one in people if one.person.key == request.GET["person"]), None)
    if found is None:
        raise Http404("Nobody with this name is expected here.")
    form = SignForm(posted(request), initial={"key": new_key(), "kind": found.next_kind})
    if request.method == "POST" and form.is_valid():
        tapped = form.tapped(found.person, at=door.at)
        (tap,) = take_taps(kiosk=door.kiosk, tapped=[tapped], by=door.actor, at=door.at)
        return redirect(f"{reverse('kiosk:page', args=[door.token])}?done={tap.key}")
    context: dict[str, object] = {"person": found.person, "kind": form["kind"].value(), "form": form}
    return _shown(request, door, session, "sign", context, status=422 if form.errors else 200)


def _done(request: HttpRequest, door: Door) -> Tap | None:
    """The tap that was just made here, to confirm it."""
    key = request.GET.get("done", "")
    return Tap.objects.filter(kiosk=door.kiosk, key=key).select_related("person").first() if is_key(key) else None


def _shown(
    request: HttpRequest,
    door: Door,
    session: Session,
    name: str,
    context: dict[str, object] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    shared = {"door": door, "kiosk": door.kiosk, "token": door.token, "session": session}
    response = render(request, f"attendance/kiosk/{name}.html", shared | (context or {}), status=status)
    response["X-Robots-Tag"] = "noindex"
    return response
