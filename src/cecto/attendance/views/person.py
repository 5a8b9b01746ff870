"""One person at one session: the history of their minutes, and setting them by hand."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cecto.attendance.access import session_to_settle
from cecto.attendance.actions import AttendanceRefused, override_minutes, take_back_minutes
from cecto.attendance.forms.minutes import MinutesForm
from cecto.attendance.forms.notices import AnswerForm, NoticeForm
from cecto.attendance.queries.history import history
from cecto.attendance.queries.makeups import makeup_offer
from cecto.attendance.queries.notices import notices_of_person
from cecto.attendance.queries.reconciliation import PersonRow, Reconciliation, reconcile
from cecto.attendance.queries.signed_sheets import signed_sheets_of
from cecto.attendance.timeline import timeline_of
from cecto.attendance.views.frame import frame, posted
from cecto.attendance.views.running import Running
from cecto.foundation import clock
from cecto.people.access import staff, viewer
from cecto.people.viewer import Permission


@require_http_methods(["GET", "POST"])
@staff(Permission.RUN_CLASS)
def person(request: HttpRequest, key: str, person_key: str) -> HttpResponse:
    """Where a person's minutes come from; posting sets them by hand."""
    at = clock.now()
    session = session_to_settle(viewer(request), key, at=at)
    running = Running(request, session)
    found = running.reconciled()
    row = _row(found, person_key)
    titles = {segment.code: segment.title for segment in session.segments}
    form = MinutesForm(posted(request), titles=titles, minutes=row.minutes)
    if request.method == "POST" and form.is_valid() and not running.wrong:
        try:
            override_minutes(
                meeting=session.meeting,
                person=row.attendee.person,
                minutes=form.minutes(),
                formats=form.formats(),
                reason=form.cleaned_data["reason"],
                **running.times,
                by=viewer(request).actor,
                at=at,
            )
        except AttendanceRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect(reverse("attendance:person", args=[key, person_key]) + running.query)
    who = row.attendee.person
    offer = makeup_offer(session, who) if found.settlement else None
    context = {
        **frame(session, viewer(request)),
        "found": found,
        "signed": signed_sheets_of(session.meeting),
        "row": row,
        "form": form,
        "picture": timeline_of(row, found),
        "running": running.query,
        "wrong": running.wrong,
        "history": history(session, row.attendee, found.reports),
        "notices": [(one, AnswerForm(notice=one, offer=offer)) for one in notices_of_person(session, who)],
        "absence": NoticeForm(appeals=False),
    }
    return render(request, "attendance/person.html", context, status=422 if form.errors or running.wrong else 200)


@require_POST
@staff(Permission.RUN_CLASS)
def take_back(request: HttpRequest, key: str, person_key: str) -> HttpResponse:
    """End minutes set by hand."""
    at = clock.now()
    session = session_to_settle(viewer(request), key, at=at)
    row = _row(reconcile(session), person_key)
    try:
        take_back_minutes(meeting=session.meeting, person=row.attendee.person, by=viewer(request).actor, at=at)
        messages.success(request, _("The roster and the reports count again."))
    except AttendanceRefused as refused:
        messages.error(request, str(refused))
    return redirect("attendance:person", key, person_key)


def _row(found: Reconciliation, person_key: str) -> PersonRow:
    row = found.of(person_key)
    if row is None:
        raise Http404("There is no such person at this session.")
    return row
