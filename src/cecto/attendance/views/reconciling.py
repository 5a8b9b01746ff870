"""The one screen to settle from, and settling and reopening."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cecto.attendance.access import session_to_settle
from cecto.attendance.actions import AttendanceRefused, override_minutes, reopen_settlement
from cecto.attendance.forms.clock import TimesForm, on_day
from cecto.attendance.forms.minutes import ConflictsForm, ReasonForm
from cecto.attendance.queries.policies import valued
from cecto.attendance.queries.reconciliation import Reconciliation, reconcile, standing_settlement
from cecto.attendance.queries.signed_sheets import signed_sheets_of
from cecto.attendance.timeline import timeline_of
from cecto.attendance.views.frame import frame, posted
from cecto.classes.schedule.queries import Session
from cecto.foundation import clock
from cecto.people.access import staff, viewer
from cecto.people.viewer import Permission


@require_GET
@staff(Permission.RUN_CLASS)
def reconciling(request: HttpRequest, key: str) -> HttpResponse:
    """Each person's sources side by side, and what settling would post."""
    session = session_to_settle(viewer(request), key, at=clock.now())
    times = TimesForm(request.GET if "began" in request.GET else None)
    found = reconcile(session, **as_run(session, times))
    return _page(request, found, ConflictsForm(None, rows=found.questions))


@require_POST
@staff(Permission.RUN_CLASS)
def answer_conflicts(request: HttpRequest, key: str) -> HttpResponse:
    """Say which source is right for the people whose sources disagree."""
    at = clock.now()
    session = session_to_settle(viewer(request), key, at=at)
    found = reconcile(session)
    form = ConflictsForm(request.POST, rows=found.questions)
    if form.is_valid():
        try:
            for row, source, reason in form.answers():
                chosen = row.minutes_by(source)
                override_minutes(
                    meeting=session.meeting,
                    person=row.attendee.person,
                    minutes={code: sum(share for _, share in shares) for code, shares in chosen.items()},
                    formats=chosen,
                    reason=reason,
                    by=viewer(request).actor,
                    at=at,
                )
        except AttendanceRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("attendance:reconcile", key)
    return _page(request, found, form, status=422)


@require_http_methods(["GET", "POST"])
@staff(Permission.RUN_CLASS)
def reopening(request: HttpRequest, key: str) -> HttpResponse:
    """Ask for a reason, then take the settlement back."""
    at = clock.now()
    session = session_to_settle(viewer(request), key, at=at)
    standing = standing_settlement(session)
    if standing is None:
        raise Http404("The session is not settled.")
    form = ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        reopen_settlement(settlement=standing, reason=reason, by=viewer(request).actor, at=at)
        messages.success(request, _("The session is open again; its entries were reversed."))
        return redirect("attendance:reconcile", key)
    context = {
        **frame(session, viewer(request)),
        "form": form,
        "heading": _("Reopen “%(title)s”") % {"title": session.revision.title},
        "question": _("Its entries in the ledger are reversed. You can then change attendance and settle again."),
        "submit": _("Reopen"),
        "cancel": reverse("attendance:reconcile", args=[key]),
    }
    return render(request, "ui/confirm.html", context, status=422 if form.errors else 200)


def as_run(session: Session, times: TimesForm) -> dict[str, datetime | None]:
    """When a session really began and ended, as a form says; None where it says nothing."""
    if not times.is_valid():
        return {"began": None, "ended": None}
    return {name: on_day(session, times.cleaned_data[name]) for name in ("began", "ended")}


def _page(request: HttpRequest, found: Reconciliation, form: ConflictsForm, status: int = 200) -> HttpResponse:
    effective = found.timetable.effective
    zone = ZoneInfo(found.session.zone)
    as_run = {"began": effective.start.astimezone(zone).time(), "ended": effective.end.astimezone(zone).time()}
    worth = valued(found)
    pictures = {row.attendee.person.key: timeline_of(row.presence, found.timetable) for row in found.people}
    context = {
        **frame(found.session, viewer(request)),
        "found": found,
        "signed": signed_sheets_of(found.session.meeting),
        "form": form,
        "conflicts": [(line, pictures[line.row.attendee.person.key]) for line in form.lines()],
        "times": TimesForm(initial=as_run),
        "began": as_run["began"].isoformat("minutes"),
        "ended": as_run["ended"].isoformat("minutes"),
        "lines": [(row, pictures[row.attendee.person.key], worth[row.attendee.person.key]) for row in found.people],
    }
    return render(request, "attendance/reconcile.html", context, status=status)
