"""The sign-in sheet: printed, signed by hand, typed up afterward, and its scan kept."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from cecto.attendance.access import session_to_mark
from cecto.attendance.actions import keep_signed_sheet
from cecto.attendance.forms.sheets import SignedSheetForm
from cecto.attendance.halves import half_days
from cecto.attendance.models import SignedSheet
from cecto.attendance.queries.sessions import attendees, timetable_of
from cecto.attendance.queries.signed_sheets import signed_sheets_of
from cecto.attendance.views.frame import frame, posted
from cecto.classes.schedule.queries import Session
from cecto.foundation import clock, evidence
from cecto.foundation.papers import PaperRefused, type_of
from cecto.foundation.tables import Column, Table, download
from cecto.people.access import signed_in, viewer


@require_http_methods(["GET", "POST"])
@signed_in
def sign_in_sheet(request: HttpRequest, key: str) -> HttpResponse:
    """A page per half day with everyone expected; as a file, the sheet to type the times into.

    Posting keeps the scan of the signed sheet.
    """
    session = session_to_mark(viewer(request), key, at=clock.now())
    form = SignedSheetForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, _kept(_keep(request, session, form)))
        except PaperRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("attendance:sign-in-sheet", key)
    return _page(request, session, form)


@require_GET
@signed_in
def signed_sheet(request: HttpRequest, key: str, signed: str) -> HttpResponse:
    """The scan of a signed sheet, to download."""
    session = session_to_mark(viewer(request), key, at=clock.now())
    found = SignedSheet.objects.filter(key=signed, meeting=session.meeting).first()
    if found is None:
        raise Http404("There is no such sheet.")
    content = evidence.load(found.sha256)
    disposition = str(content_disposition_header(True, found.file_name))
    headers = {"Content-Disposition": disposition, "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=type_of(content), headers=headers)


@transaction.atomic
def _keep(request: HttpRequest, session: Session, form: SignedSheetForm) -> int:
    """Keep all that was sent or nothing; how many of them are new."""
    by, at = viewer(request).actor, clock.now()
    kept = [keep_signed_sheet(meeting=session.meeting, paper=one, by=by, at=at) for one in form.papers()]
    return sum(one.new for one in kept)


def _kept(new: int) -> str:
    if not new:
        return _("This sheet was handed in before; nothing has changed.")
    return ngettext("Kept: %(n)s sheet.", "Kept: %(n)s sheets.", new) % {"n": new}


def _page(request: HttpRequest, session: Session, form: SignedSheetForm) -> HttpResponse:
    people = [attendee for attendee in attendees(session) if attendee.expected]
    halves = half_days(timetable_of(session))
    blank = _to_type_up([attendee.person.name for attendee in people], len(halves))
    context = {
        **frame(session, viewer(request)),
        "people": people,
        "halves": halves,
        "form": form,
        "signed": signed_sheets_of(session.meeting),
    }
    status = 422 if form.errors else 200
    return download(request, blank) or render(request, "attendance/sign_in_sheet.html", context, status=status)


def _to_type_up(names: list[str], halves: int) -> Table:
    """The same people as a table that can be imported again once its times are filled in."""
    parts = ("Morning", "Afternoon") if halves == 2 else ("",)
    times = [Column(f"{part} {word}".strip()) for part in parts for word in ("in", "out")]
    return Table("Sign-in sheet", (Column("Name"), *times), [(name, *([None] * len(times))) for name in names])
