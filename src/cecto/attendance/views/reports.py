"""Importing a report: choose the file, look at the preview, accept it."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cecto.attendance.access import session_to_settle
from cecto.attendance.actions import AttendanceRefused, import_report, withdraw_report
from cecto.attendance.forms.minutes import ReasonForm
from cecto.attendance.forms.reports import ReportForm
from cecto.attendance.matching import How
from cecto.attendance.models import Report
from cecto.attendance.queries.preview import Preview, PreviewRow, preview, usual_time_zone
from cecto.attendance.queries.reconciliation import reports_of, standing_settlement
from cecto.attendance.views.frame import frame, posted
from cecto.classes.schedule.queries import Session
from cecto.foundation import clock, evidence
from cecto.foundation.sheets import SheetRefused
from cecto.foundation.tables import Column, Kind, Link, Table, Value, download
from cecto.people.access import staff, viewer
from cecto.people.viewer import Permission

_SALT = "cecto.attendance-report"
_WORDS = {How.QUEUE: "unsure", How.NOT_OURS: "ignored", How.STAFF: "ignored"}


@dataclass(frozen=True)
class HandedIn:
    """A file that was handed in for a session, under its SHA-256, with the time zone it is read in."""

    session_key: str
    sha256: str
    name: str
    time_zone: str

    @property
    def token(self) -> str:
        """What stands for it in an address; nobody can make one up."""
        parts = [self.session_key, self.sha256, self.name, self.time_zone]
        return signing.dumps(parts, salt=_SALT, compress=True)

    @classmethod
    def of(cls, token: str, session: Session) -> HandedIn:
        """The file behind a token. Raises Http404 for one that we did not make for this session."""
        try:
            found = cls(*signing.loads(token, salt=_SALT))
        except signing.BadSignature as error:
            raise Http404 from error
        if found.session_key != session.key:
            raise Http404
        return found


@require_http_methods(["GET", "POST"])
@staff(Permission.RUN_CLASS)
def reports(request: HttpRequest, key: str) -> HttpResponse:
    """The reports of a session, and a form for one more; a file that can be read leads to its preview."""
    session = session_to_settle(viewer(request), key, at=clock.now())
    form = ReportForm(posted(request), request.FILES or None, usual=usual_time_zone(session))
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("attendance:report-preview", key, _handed_in(session, form).token)
        except SheetRefused as refused:
            for problem in refused.problems:
                form.add_error("file", str(problem))
    context = {
        **frame(session, viewer(request)),
        "form": form,
        "table": _reports_table(session, reports_of(session)),
        "settled": standing_settlement(session),
    }
    return render(request, "attendance/reports.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@staff(Permission.RUN_CLASS)
def report_preview(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """What importing a file would do; accepting does it. What can no longer be read for the session says why."""
    at = clock.now()
    session = session_to_settle(viewer(request), key, at=at)
    file = HandedIn.of(token, session)
    content = evidence.load(file.sha256)
    refusal = ""
    if request.method == "POST" and "accept" not in request.POST:
        refusal = _("Nothing was imported. Read what the file would do, then choose “Import this report”.")
    elif request.method == "POST":
        try:
            return _accept(request, session, file, content)
        except (SheetRefused, AttendanceRefused) as refused:
            refusal = str(refused)
    try:
        shown = preview(session, content, file_name=file.name, time_zone=file.time_zone)
    except SheetRefused as refused:
        messages.error(request, str(refused))
        return redirect("attendance:reports", key)
    table = _preview_table(shown)
    context = {**frame(session, viewer(request)), "preview": shown, "table": table, "refusal": refusal}
    answer = download(request, table)
    return answer or render(request, "attendance/report_preview.html", context, status=422 if refusal else 200)


def _handed_in(session: Session, form: ReportForm) -> HandedIn:
    """Keeps the file once it is known to be a report of this session."""
    file, zone = form.cleaned_data["file"], form.cleaned_data["time_zone"]
    content = file.read()
    shown = preview(session, content, file_name=file.name, time_zone=zone)
    return HandedIn(session.key, evidence.store(content), shown.file_name, zone)


def _accept(request: HttpRequest, session: Session, file: HandedIn, content: bytes) -> HttpResponse:
    done = import_report(
        meeting=session.meeting,
        content=content,
        file_name=file.name,
        time_zone=file.time_zone,
        by=viewer(request).actor,
        at=clock.now(),
    )
    if not done.new:
        messages.info(request, _("%(file)s was imported before; nothing has changed.") % {"file": file.name})
        return redirect("attendance:reports", session.key)
    counts = {"certain": done.preview.credited, "waiting": done.preview.waiting}
    messages.success(request, _("Imported: %(certain)d people are certain, %(waiting)d names wait.") % counts)
    return redirect("attendance:names" if done.preview.waiting else "attendance:reconcile", session.key)


@require_http_methods(["GET", "POST"])
@staff(Permission.RUN_CLASS)
def withdrawal(request: HttpRequest, key: str, report: str) -> HttpResponse:
    """Ask for a reason, then withdraw an imported file."""
    at = clock.now()
    session = session_to_settle(viewer(request), key, at=at)
    held = next((one for one in reports_of(session) if one.key == report), None)
    if held is None:
        raise Http404("There is no such file, or it was withdrawn.")
    form = ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_report(report=held, reason=form.cleaned_data["reason"], by=viewer(request).actor, at=at)
        except AttendanceRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("%(file)s is withdrawn and no longer counts.") % {"file": held.file_name})
            return redirect("attendance:reports", key)
    context = {
        **frame(session, viewer(request)),
        "form": form,
        "heading": _("Withdraw “%(file)s”") % {"file": held.file_name},
        "question": _("Its rows and the matches made for them no longer count. The file is kept with the record."),
        "submit": _("Withdraw file"),
        "cancel": reverse("attendance:reports", args=[key]),
    }
    return render(request, "ui/confirm.html", context, status=422 if form.errors else 200)


def _reports_table(session: Session, found: tuple[Report, ...]) -> Table:
    columns = (
        Column(_("File")),
        Column(_("Kind")),
        Column(_("Imported"), Kind.INSTANT),
        Column(_("Rows"), Kind.NUMBER),
        Column(_("Wrong file?")),
    )
    rows = [
        (
            report.file_name,
            report.layout,
            report.recorded_at,
            len(report.rows.all()),
            Link(_("Withdraw"), reverse("attendance:withdrawal", args=[session.key, report.key])),
        )
        for report in found
    ]
    return Table(_("Imported reports"), columns, rows)


def _preview_table(shown: Preview) -> Table:
    columns = (
        Column(_("Name in the file")),
        Column(_("Row"), Kind.NUMBER),
        Column(_("Result"), Kind.STATUS),
        Column(_("Who, and why")),
        Column(_("E-mail")),
        Column(_("In"), Kind.INSTANT),
        Column(_("Out"), Kind.INSTANT),
        Column(_("Minutes stated"), Kind.NUMBER),
    )
    order = sorted(shown.rows, key=lambda line: (not line.waits, line.row.number))
    title = _("Preview of %(file)s") % {"file": shown.file_name}
    return Table(title, columns, [_cells(line) for line in order])


def _cells(line: PreviewRow) -> list[Value]:
    row = line.row
    who = f"{line.attendee.person.name}: {line.matched.why}" if line.attendee else line.matched.why
    notes = [who, *sorted(row.flags), *([] if line.inside else [_("outside the session")])]
    return [
        row.raw_name or _("No name"),
        row.number,
        _WORDS.get(line.matched.how, "matched"),
        "; ".join(notes),
        row.email,
        row.joined,
        row.left,
        None if row.seconds is None else row.seconds // 60,
    ]
