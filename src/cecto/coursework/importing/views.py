"""Pages of importing the work of a class: choose the file, look at the preview, accept it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cecto.classes.access import cohort_for
from cecto.classes.models import Cohort, Modality
from cecto.classes.schedule.forms import Acceptance
from cecto.classes.stored import StoredFile
from cecto.coursework.actions import import_work
from cecto.coursework.forms import WorkFile
from cecto.coursework.frame import work_crumbs
from cecto.coursework.importing.preview import Change, Preview, What, preview_work
from cecto.coursework.importing.reading import HEADINGS
from cecto.coursework.refusals import WorkRefused
from cecto.foundation import clock, evidence
from cecto.foundation.sheets import SheetRefused
from cecto.foundation.tables import Column, Kind, Table, Value, download
from cecto.people.access import staff, viewer
from cecto.people.viewer import Permission

STATUSES = {What.ADDED: "new", What.REVISED: "changed", What.UNCHANGED: "unchanged"}


@require_http_methods(["GET", "POST"])
@staff(Permission.RUN_CLASS)
def upload(request: HttpRequest, key: str) -> HttpResponse:
    """Choose a file; one that can be read leads to its preview."""
    cohort = cohort_for(viewer(request), key, Permission.RUN_CLASS)
    form = WorkFile(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        content = file.read()
        try:
            preview_work(content, file=file.name, cohort=cohort)
            stored = StoredFile(cohort.key, evidence.store(content), file.name)
            return redirect("coursework:import-preview", key, stored.token)
        except SheetRefused as refused:
            for problem in refused.first():
                form.add_error("file", problem)
    context = {"cohort": cohort, "form": form, "headings": HEADINGS, "crumbs": work_crumbs(cohort)}
    return render(request, "coursework/importing/upload.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@staff(Permission.RUN_CLASS)
def preview(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """What the file would change; accepting does it, unless something has changed since it was shown."""
    cohort = cohort_for(viewer(request), key, Permission.RUN_CLASS)
    file = StoredFile.of(token, cohort)
    form = Acceptance(request.POST or None)
    content = evidence.load(file.sha256)
    try:
        if request.method == "POST" and form.is_valid():
            return _accept(request, cohort, file, form.cleaned_data["fingerprint"])
    except WorkRefused as refused:
        form.add_error(None, str(refused))
    try:
        shown = preview_work(content, file=file.name, cohort=cohort)
    except SheetRefused as refused:
        messages.error(request, str(refused))
        return redirect("coursework:import", key)
    table = _table(shown)
    context = {
        "cohort": cohort,
        "preview": shown,
        "summary": _summary(shown),
        "table": table,
        "refused": form if form.errors else None,
        "form": Acceptance(initial={"fingerprint": shown.fingerprint}),
        "crumbs": [*work_crumbs(cohort), (_("Import work"), reverse("coursework:import", args=[key]))],
    }
    answer = download(request, table)
    return answer or render(request, "coursework/importing/preview.html", context, status=422 if form.errors else 200)


def _accept(request: HttpRequest, cohort: Cohort, file: StoredFile, fingerprint: str) -> HttpResponse:
    done = import_work(
        content=evidence.load(file.sha256),
        file=file.name,
        cohort=cohort,
        seen=fingerprint,
        by=viewer(request).actor,
        at=clock.now(),
    )
    messages.success(request, _summary(done))
    return redirect("coursework:items", cohort.key)


def _summary(shown: Preview) -> str:
    words = {
        What.ADDED: _("%(n)d added"),
        What.REVISED: _("%(n)d changed"),
        What.UNCHANGED: _("%(n)d unchanged"),
    }
    counts = [text % {"n": shown.count(what)} for what, text in words.items() if shown.count(what)]
    return _("Pieces of work: %(counts)s.") % {"counts": ", ".join(counts)}


def _table(shown: Preview) -> Table:
    columns = (
        Column(_("Work")),
        Column(_("Row"), Kind.NUMBER),
        Column(_("Result"), Kind.STATUS),
        Column(_("What changes")),
        Column(_("Worth"), Kind.HOURS),
        Column(_("Format")),
        Column(_("Competency")),
        Column(_("Due"), Kind.DATE),
    )
    order = sorted(shown.changes, key=lambda change: change.what is What.UNCHANGED)
    return Table(_("Preview of the work"), columns, [_cells(change) for change in order])


def _cells(change: Change) -> list[Value]:
    plan = change.plan
    return [
        plan.title,
        change.row,
        STATUSES[change.what],
        ", ".join(change.columns).replace("_", " "),
        plan.minutes,
        str(Modality(plan.modality).label),
        plan.competency,
        plan.due_on,
    ]
