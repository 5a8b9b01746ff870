"""Settling a session from its page. It stands here because it may certify those who were signed for ahead of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cecto.attendance.access import session_to_settle
from cecto.attendance.openness import AttendanceRefused
from cecto.attendance.views.running import Running
from cecto.certification.actions import Settled, settle_and_certify
from cecto.foundation import clock
from cecto.people.access import staff, viewer
from cecto.people.viewer import Permission


@require_POST
@staff(Permission.RUN_CLASS)
def settlement(request: HttpRequest, key: str) -> HttpResponse:
    """Settle the session, and certify those who were signed for ahead of it."""
    at = clock.now()
    session = session_to_settle(viewer(request), key, at=at)
    running = Running(request, session)
    shown, by = request.POST.get("shown", ""), viewer(request).actor
    try:
        if running.wrong:
            raise AttendanceRefused(running.wrong)
        done = settle_and_certify(meeting=session.meeting, **running.times, shown=shown, by=by, at=at)
    except AttendanceRefused as refused:
        messages.error(request, str(refused))
        return redirect(reverse("attendance:reconcile", args=[key]) + running.query)
    _tell(request, done)
    return redirect("attendance:reconcile", key)


def _tell(request: HttpRequest, done: Settled) -> None:
    messages.success(request, _("Attendance is final. The hours are on everyone’s record."))
    if done.certified:
        said = ngettext("%(n)s person is certified now.", "%(n)s people are certified now.", done.certified)
        messages.success(request, said % {"n": done.certified})
    for refusal in done.refusals:
        messages.warning(request, refusal)
