"""What waited on a device: taking it in, and a human's decision about what waits."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cecto.attendance.access import session_to_mark
from cecto.attendance.actions import AttendanceRefused, answer_sent, take_marks
from cecto.attendance.forms.sent import Unreadable, read_lot
from cecto.attendance.models import Sent
from cecto.classes.schedule.queries import Session
from cecto.foundation import clock
from cecto.foundation.journal.actor import Actor
from cecto.people.access import signed_in, viewer


@require_POST
@signed_in
def take(request: HttpRequest, key: str) -> HttpResponse:
    """Take the marks that waited in a browser."""
    at, looking = clock.now(), viewer(request)
    session = session_to_mark(looking, key, at=at)
    return take_lot(request, session, by=looking.actor, at=at)


def take_lot(request: HttpRequest, session: Session, *, by: Actor, at: datetime) -> JsonResponse:
    """What became of the marks that a device sent: 409, and nothing is taken, when they are another account's."""
    try:
        lot = read_lot(request.body, session)
    except Unreadable as unreadable:
        return JsonResponse({"problem": str(unreadable)}, status=422)
    if lot.account != by.key:
        return JsonResponse({"problem": _("These marks are of another account.")}, status=409)
    kept = take_marks(meeting=session.meeting, said=lot.said, device=lot.device, by=by, at=at)
    answers = {one.key: {"outcome": one.outcome, "why": one.why} for one in kept}
    refused = {k: {"outcome": "refused", "why": why} for k, why in lot.refused.items()}
    return JsonResponse({"answers": answers | refused, "now": at.isoformat()})


@require_POST
@signed_in
def decide(request: HttpRequest, key: str, sent: int) -> HttpResponse:
    """Let something sent that waits count, or keep what stands."""
    at, looking = clock.now(), viewer(request)
    session = session_to_mark(looking, key, at=at)
    found = get_object_or_404(Sent, pk=sent, meeting=session.meeting, outcome=Sent.Outcome.WAITS)
    counts = request.POST.get("decision") == "counts"
    try:
        answer_sent(sent=found, counts=counts, by=looking.actor, at=at)
    except AttendanceRefused as refused:
        messages.error(request, str(refused))
    else:
        name = {"name": found.person.name}
        messages.success(
            request, _("%(name)s: the device’s mark counts.") % name if counts else _("%(name)s: as it was.") % name
        )
    return redirect("attendance:roster", key)
