"""Pages of importing a schedule: choose the file, look at the preview, accept it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cecto.classes.access import cohort_for
from cecto.classes.models import Cohort
from cecto.classes.schedule.actions import PreviewChanged, import_schedule
from cecto.classes.schedule.forms import Acceptance, ScheduleFile
from cecto.classes.schedule.preview import Change, Preview, What, preview_schedule
from cecto.classes.schedule.reading import HEADINGS
from cecto.classes.schedule.views import Crumbs, schedule_crumbs
from cecto.classes.stored import StoredFile
from cecto.foundation import clock, evidence
from cecto.foundation.sheets import SheetRefused
from cecto.foundation.tables import Column, Kind, Table, Value, download
from cecto.people.access import staff, viewer
from cecto.people.actions import PeopleRefused
from cecto.people.viewer import Permission

STATUSES = {
    What.ADDED: "new",
    What.REVISED: "changed",
    What.LINKED: "linked",
    What.REWORDED: "changed",
    What.UNCHANGED: "unchanged",
}


@require_http_methods(["GET", "POST"])
@staff(Permission.RUN_CLASS)
def upload(request: HttpRequest, key: str) -> HttpResponse:
    """Choose a schedule; a file that can be read leads to its preview."""
    cohort = cohort_for(viewer(request), key, Permission.RUN_CLASS)
    form = ScheduleFile(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        content = file.read()
        try:
            preview_schedule(content, file=file.name, cohort=cohort, known_at=clock.now())
            stored = StoredFile(cohort.key, evidence.store(content), file.name)
            return redirect("classes:schedule-preview", key, stored.token)
        except SheetRefused as refused:
            for problem in refused.first():
                form.add_error("file", problem)
    context = {"cohort": cohort, "form": form, "headings": HEADINGS, "crumbs": schedule_crumbs(cohort)}
    return render(request, "classes/schedule/upload.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@staff(Permission.RUN_CLASS)
def preview(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """What the schedule would change; accepting does it, unless something has changed since it was shown."""
    cohort = cohort_for(viewer(request), key, Permission.RUN_CLASS)
    file = StoredFile.of(token, cohort)
    form = Acceptance(request.POST or None)
    try:
        if request.method == "POST" and form.is_valid():
            return _accept(request, cohort, file, form.cleaned_data["fingerprint"])
    except (PreviewChanged, PeopleRefused) as refused:
        form.add_error(None, str(refused))
    try:
        content = evidence.load(file.sha256)
        shown = preview_schedule(content, file=file.name, cohort=cohort, known_at=clock.now())
    except SheetRefused as refused:
        messages.error(request, str(refused))
        return redirect("classes:schedule-import", key)
    table = _table(shown)
    context = {
        "cohort": cohort,
        "preview": shown,
        "table": table,
        "summary": _summary(shown),
        "refused": form if form.errors else None,
        "form": Acceptance(initial={"fingerprint": shown.fingerprint}),
        "crumbs": _crumbs(cohort),
    }
    answer = download(request, table)
    return answer or render(request, "classes/schedule/preview.html", context, status=422 if form.errors else 200)


def _accept(request: HttpRequest, cohort: Cohort, file: StoredFile, fingerprint: str) -> HttpResponse:
    done = import_schedule(
        content=evidence.load(file.sha256),
        file=file.name,
        cohort=cohort,
        seen=fingerprint,
        by=viewer(request).actor,
        at=clock.now(),
    )
    messages.success(request, _summary(done))
    return redirect("classes:schedule", cohort.key)


def _crumbs(cohort: Cohort) -> Crumbs:
    return [
        *schedule_crumbs(cohort),
        (_("Import a schedule"), reverse("classes:schedule-import", args=[cohort.key])),
    ]


def _summary(shown: Preview) -> str:
    words = {
        What.ADDED: _("%(n)d added"),
        What.REVISED: _("%(n)d with a new time, place or content"),
        What.LINKED: _("%(n)d of another class that count here too"),
        What.REWORDED: _("%(n)d with new words"),
        What.UNCHANGED: _("%(n)d unchanged"),
    }
    counts = [text % {"n": shown.count(what)} for what, text in words.items() if shown.count(what)]
    return _("Sessions: %(counts)s.") % {"counts": ", ".join(counts)}


def _table(shown: Preview) -> Table:
    columns = (
        Column(_("Session")),
        Column(_("Row"), Kind.NUMBER),
        Column(_("Date"), Kind.DATE),
        Column(_("Result"), Kind.STATUS),
        Column(_("What changes")),
        Column(_("Parts"), Kind.NUMBER),
        Column(_("Planned"), Kind.HOURS),
    )
    order = sorted(shown.changes, key=lambda change: change.what is What.UNCHANGED)
    return Table(_("Preview of the schedule"), columns, [_cells(change) for change in order])


def _cells(change: Change) -> list[Value]:
    minutes = sum(part.minutes for part in change.draft.segments) if change.plan else None
    return [
        change.title,
        change.draft.row,
        change.draft.day,
        STATUSES[change.what],
        " ".join(change.differences),
        len(change.draft.segments),
        minutes,
    ]
