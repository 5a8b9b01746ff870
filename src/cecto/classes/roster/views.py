"""Pages of importing a roster: choose the file, look at the preview, accept it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cecto.classes.access import cohort_for
from cecto.classes.models import Cohort
from cecto.classes.roster.actions import PreviewChanged, import_roster
from cecto.classes.roster.forms import Acceptance, RosterFile
from cecto.classes.roster.preview import Preview, PreviewRow, State, preview_roster
from cecto.classes.roster.reading import HEADINGS, read_roster
from cecto.classes.stored import StoredFile
from cecto.foundation import clock, evidence
from cecto.foundation.sheets import SheetRefused
from cecto.foundation.tables import Column, Kind, Table, Value, download
from cecto.people.access import staff, viewer
from cecto.people.viewer import Permission

_WORDS = {State.READY: "new", State.ALREADY: "unchanged", State.QUESTION: "unsure"}


@require_http_methods(["GET", "POST"])
@staff(Permission.RUN_CLASS)
def upload(request: HttpRequest, key: str) -> HttpResponse:
    """Choose a roster; a file that can be read leads to its preview."""
    cohort = cohort_for(viewer(request), key, Permission.RUN_CLASS)
    form = RosterFile(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            return redirect("classes:roster-preview", key, _stored(cohort, file.name, file.read()).token)
        except SheetRefused as refused:
            for problem in refused.problems:
                form.add_error("file", str(problem))
    context = {"cohort": cohort, "form": form, "crumbs": _crumbs(cohort), "headings": HEADINGS}
    return render(request, "classes/roster/upload.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@staff(Permission.RUN_CLASS)
def preview(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """What the roster would do; accepting does it, unless something has changed since it was shown."""
    cohort = cohort_for(viewer(request), key, Permission.RUN_CLASS)
    file = StoredFile.of(token, cohort)
    form = Acceptance(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _accept(request, cohort, file, form.cleaned_data["fingerprint"])
        except PreviewChanged as changed:
            form.add_error(None, str(changed))
    shown = _previewed(cohort, file)
    table = _table(shown)
    answer = download(request, table)
    context = _context(cohort, shown, table) | {"refused": form if form.errors else None}
    return answer or render(request, "classes/roster/preview.html", context, status=422 if form.errors else 200)


def _context(cohort: Cohort, shown: Preview, table: Table) -> dict[str, object]:
    return {
        "cohort": cohort,
        "preview": shown,
        "ready": len(shown.of(State.READY)),
        "questions": shown.of(State.QUESTION),
        "table": table,
        "form": Acceptance(initial={"fingerprint": shown.fingerprint}),
        "crumbs": [*_crumbs(cohort), (_("Import a roster"), reverse("classes:roster-import", args=[cohort.key]))],
    }


def _stored(cohort: Cohort, name: str, content: bytes) -> StoredFile:
    """Keeps the file once it is known to be a roster."""
    read_roster(content, file=name, first_day=cohort.first_day, last_day=cohort.last_day)
    return StoredFile(cohort.key, evidence.store(content), name)


def _previewed(cohort: Cohort, file: StoredFile) -> Preview:
    content = evidence.load(file.sha256)
    return preview_roster(
        read_roster(content, file=file.name, first_day=cohort.first_day, last_day=cohort.last_day), cohort
    )


def _accept(request: HttpRequest, cohort: Cohort, file: StoredFile, fingerprint: str) -> HttpResponse:
    done = import_roster(
        cohort=cohort,
        sha256=file.sha256,
        file=file.name,
        fingerprint=fingerprint,
        by=viewer(request).actor,
        at=clock.now(),
    )
    said = _("Enrolled %(enrolled)d; %(already)d already enrolled; %(left)d left out.")
    counts = {"enrolled": done.enrolled, "already": done.already, "left": done.left_out}
    messages.success(request, said % counts)
    return redirect("console:class", cohort.key)


def _crumbs(cohort: Cohort) -> list[tuple[str, str]]:
    return [(_("Classes"), reverse("classes:list")), (cohort.name, reverse("console:class", args=[cohort.key]))]


def _table(shown: Preview) -> Table:
    columns = (
        Column(_("Name")),
        Column(_("Row"), Kind.NUMBER),
        Column(_("Result"), Kind.STATUS),
        Column(_("Why, and what to do")),
        Column(_("E-mail")),
        Column(_("Track")),
        Column(_("Organization")),
        Column(_("From"), Kind.DATE),
    )
    order = [*shown.of(State.QUESTION), *shown.of(State.READY), *shown.of(State.ALREADY)]
    return Table(_("Preview of %(file)s") % {"file": shown.file}, columns, [_cells(row) for row in order])


def _cells(row: PreviewRow) -> list[Value]:
    return [
        row.row.name or _("No name"),
        row.row.number,
        _WORDS[row.state],
        " ".join(row.notes),
        row.row.email,
        row.track.title if row.track else row.row.track,
        row.organization.name if row.organization else row.row.organization or row.row.code,
        row.enrolled_on if row.state != State.QUESTION else None,
    ]
