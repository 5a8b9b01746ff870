"""The one screen to settle from, and settling and reopening."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cecto.attendance.access import session_to_settle
from cecto.attendance.actions import AttendanceRefused, answer_disagreements, reopen_settlement
from cecto.attendance.forms.clock import TimesForm
from cecto.attendance.forms.minutes import ConflictsForm, ReasonForm
from cecto.attendance.queries.policies import Valued, valued
from cecto.attendance.queries.reconciliation import PersonRow, Reconciliation, standing_settlement
from cecto.attendance.queries.signed_sheets import signed_sheets_of
from cecto.attendance.timeline import Timeline, timeline_of
from cecto.attendance.views.frame import frame, posted
from cecto.attendance.views.running import Running, shown_times
from cecto.foundation import clock
from cecto.people.access import staff, viewer
from cecto.people.viewer import Permission


class Line(NamedTuple):
    """One person as the page shows them: their row, its picture, and what programs would credit."""

    row: PersonRow
    picture: Timeline
    worth: tuple[Valued, ...]


@require_GET
@staff(Permission.RUN_CLASS)
def reconciling(request: HttpRequest, key: str) -> HttpResponse:
    """Each person's sources side by side, and what settling would post."""
    session = session_to_settle(viewer(request), key, at=clock.now())
    running = Running(request, session)
    found = running.reconciled()
    return _page(request, found, running, ConflictsForm(None, rows=found.questions))


@require_POST
@staff(Permission.RUN_CLASS)
def answer_conflicts(request: HttpRequest, key: str) -> HttpResponse:
    """Say which source is right for the people whose sources disagree, by the times the page was judged by."""
    at = clock.now()
    session = session_to_settle(viewer(request), key, at=at)
    running = Running(request, session)
    found = running.reconciled()
    form = ConflictsForm(request.POST, rows=found.questions)
    if form.is_valid() and not running.wrong:
        try:
            by = viewer(request).actor
            answer_disagreements(meeting=session.meeting, answers=form.answers(), **running.times, by=by, at=at)
        except AttendanceRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect(reverse("attendance:reconcile", args=[key]) + running.query)
    return _page(request, found, running, form, status=422)


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
        reopened = _("Attendance is open again. Hours from this session don’t count until you finalize it.")
        messages.success(request, reopened)
        return redirect("attendance:reconcile", key)
    context = {
        **frame(session, viewer(request)),
        "form": form,
        "heading": _("Reopen attendance of “%(title)s”") % {"title": session.revision.title},
        "question": _("Its hours stop counting until you finalize attendance again. Until then you can change it."),
        "submit": _("Reopen attendance"),
        "cancel": reverse("attendance:reconcile", args=[key]),
    }
    return render(request, "ui/confirm.html", context, status=422 if form.errors else 200)


def _page(
    request: HttpRequest, found: Reconciliation, running: Running, form: ConflictsForm, status: int = 200
) -> HttpResponse:
    shown = shown_times(found)
    lines = {line.row.attendee.person.key: line for line in _lines(found)}
    everyone = "all" in request.GET
    plain = [line.row for line in lines.values() if not everyone and _is_plain(line)]
    context = {
        **frame(found.session, viewer(request)),
        **shown,
        "found": found,
        "signed": signed_sheets_of(found.session.meeting),
        "form": form,
        "conflicts": [(line, lines[line.row.attendee.person.key].picture) for line in form.lines()],
        "times": running.form if running.wrong else TimesForm(initial=shown),
        "running": running.query,
        "tally": _tally(found.people),
        "lines": [line for line in lines.values() if line.row not in plain],
        "plain": plain,
        "everyone": everyone,
    }
    return render(request, "attendance/reconcile.html", context, status=422 if running.wrong else status)


def _lines(found: Reconciliation) -> Iterator[Line]:
    worth = valued(found)
    for row in found.people:
        yield Line(row, timeline_of(row, found), worth[row.attendee.person.key])


def _is_plain(line: Line) -> bool:
    """Whether there is nothing to look at: simply there all the time, where the session was held."""
    row = line.row
    told = (row.conflict, row.clashes, row.by_hand, row.notices, row.shared_phone_with, row.presence.remarks)
    waits = any(tap.why and not hasattr(tap, "answer") for tap in row.taps)
    return row.status == "present" and not (any(told) or row.elsewhere or waits or line.worth)


def _tally(rows: Iterable[PersonRow]) -> list[tuple[int, str]]:
    """How many people there are of each kind, with the word for it; those of which there are none only if usual."""
    words = {
        "present": _("present"),
        "partial": _("in part"),
        "absent": _("absent"),
        "unknown": _("not seen"),
        "conflict": _("to answer"),
    }
    found = [row.status for row in rows]
    usual = ("present", "partial", "absent")
    return [(found.count(status), word) for status, word in words.items() if status in usual or status in found]
