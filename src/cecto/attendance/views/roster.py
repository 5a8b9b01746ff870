"""Marking the roster: everyone present, except."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from cecto.attendance.access import session_to_mark
from cecto.attendance.actions import AttendanceRefused, record_marks
from cecto.attendance.forms.roster import RosterForm
from cecto.attendance.queries.reconciliation import reconcile
from cecto.attendance.queries.sent import waiting
from cecto.attendance.queries.signed_sheets import signed_sheets_of
from cecto.attendance.views.frame import frame, posted
from cecto.attendance.views.guests import guests_of
from cecto.foundation import clock
from cecto.people.access import signed_in, viewer


@require_http_methods(["GET", "POST"])
@signed_in
def roster(request: HttpRequest, key: str) -> HttpResponse:
    """The session's roster; posting it marks everyone as it says."""
    at = clock.now()
    session = session_to_mark(viewer(request), key, at=at)
    found = reconcile(session)
    form = RosterForm(posted(request), session=session, rows=found.people)
    if request.method == "POST" and form.is_valid():
        try:
            made = record_marks(meeting=session.meeting, markings=form.markings(), by=viewer(request).actor, at=at)
        except AttendanceRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _saved(len(made)))
            return redirect("attendance:roster", key)
    context = {**frame(session, viewer(request)), "form": form, "found": found}
    context["waiting"] = waiting(session.meeting)
    context["signed"] = signed_sheets_of(session.meeting)
    if context["runs"]:
        context |= guests_of(session, at)
    return render(request, "attendance/roster.html", context, status=422 if form.errors else 200)


def _saved(marks: int) -> str:
    if not marks:
        return _("The roster was marked so already; nothing has changed.")
    return ngettext("Saved: %(n)s mark.", "Saved: %(n)s marks.", marks) % {"n": marks}
