"""Pages of a gradebook's scores: choose the file, say what its columns are, look at what it does, accept it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from cecto.attendance.gradebook.actions import ScoresRefused, accept_scores, remember_gradebook
from cecto.attendance.gradebook.forms import AcceptForm, AnswersForm, DayForm, GradebookForm
from cecto.attendance.gradebook.preview import Outcome, Preview, What, preview_scores
from cecto.attendance.gradebook.reading import read_gradebook
from cecto.attendance.views.frame import posted
from cecto.classes.access import class_to_run
from cecto.classes.importing.kinds import PreviewChanged
from cecto.classes.importing.stored import StoredFile
from cecto.classes.models import Cohort
from cecto.classes.schedule.queries import local_day
from cecto.coursework.frame import work_crumbs
from cecto.coursework.refusals import WorkRefused
from cecto.foundation import clock, evidence
from cecto.foundation.sheets import SheetRefused
from cecto.foundation.tables import Column, Kind, Table, Value, download
from cecto.people.access import staff, viewer
from cecto.people.viewer import Permission

TokenView = Callable[[HttpRequest, str, str], HttpResponse]
STATUSES = {What.ACCEPTED: "new", What.UNCHANGED: "unchanged", What.LEFT: "ignored", What.WAITS: "unsure"}


@require_http_methods(["GET", "POST"])
@staff(Permission.RUN_CLASS)
def upload(request: HttpRequest, key: str) -> HttpResponse:
    """Choose a gradebook; one that can be read leads to its preview."""
    cohort = class_to_run(viewer(request), key)
    form = GradebookForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        content = file.read()
        try:
            read_gradebook(content, file=file.name)
        except SheetRefused as refused:
            for problem in refused.first():
                form.add_error("file", problem)
        else:
            return redirect("attendance:scores-preview", key, StoredFile(key, evidence.store(content), file.name).token)
    context = {"cohort": cohort, "form": form, "crumbs": work_crumbs(cohort)}
    return render(request, "attendance/scores.html", context, status=422 if form.errors else 200)


def _readable(view: TokenView) -> TokenView:
    """Leads back, with the reason, when the file behind the token is no gradebook."""

    @wraps(view)
    def guarded(request: HttpRequest, key: str, token: str) -> HttpResponse:
        try:
            return view(request, key, token)
        except SheetRefused as refused:
            messages.error(request, str(refused))
            return redirect("attendance:scores", key)

    return guarded


@require_http_methods(["GET", "POST"])
@staff(Permission.RUN_CLASS)
@_readable
def preview(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """What the gradebook would do; accepting does it, unless something has changed since it was shown."""
    cohort = class_to_run(viewer(request), key)
    file = StoredFile.of(token, key)
    if request.method == "POST":
        return _accept(request, cohort, file)
    day = DayForm(request.GET if "on" in request.GET else None)
    on = day.cleaned_data["on"] if day.is_valid() else _today(cohort)
    shown = preview_scores(evidence.load(file.sha256), file=file.name, cohort=cohort, on=on)
    return _page(request, cohort, file, shown, AnswersForm(None, preview=shown))


@require_POST
@staff(Permission.RUN_CLASS)
@_readable
def answer(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """Say what the columns are and who the students are."""
    at = clock.now()
    cohort = class_to_run(viewer(request), key)
    file = StoredFile.of(token, key)
    shown = preview_scores(evidence.load(file.sha256), file=file.name, cohort=cohort, on=_today(cohort))
    form = AnswersForm(request.POST, preview=shown)
    if form.is_valid():
        try:
            remember_gradebook(
                cohort=cohort, columns=form.columns(), students=form.students(), by=viewer(request).actor, at=at
            )
        except ScoresRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Remembered for this class. The scores below are counted by it."))
            return redirect("attendance:scores-preview", key, token)
    return _page(request, cohort, file, shown, form, status=422)


def _accept(request: HttpRequest, cohort: Cohort, file: StoredFile) -> HttpResponse:
    form = AcceptForm(request.POST)
    on = form.cleaned_data["on"] if form.is_valid() else _today(cohort)
    content = evidence.load(file.sha256)
    try:
        seen = form.cleaned_data.get("fingerprint") or "nothing"
        done = accept_scores(
            cohort=cohort, content=content, file=file.name, on=on, seen=seen, by=viewer(request).actor, at=clock.now()
        )
    except (PreviewChanged, WorkRefused) as refused:
        shown = preview_scores(content, file=file.name, cohort=cohort, on=on)
        answers = AnswersForm(None, preview=shown)
        return _page(request, cohort, file, shown, answers, status=422, refusal=str(refused))
    messages.success(request, _done(done.count(What.ACCEPTED)))
    return redirect("coursework:items", cohort.key)


def _done(accepted: int) -> str:
    said = ngettext("%(n)d score accepted as work.", "%(n)d scores accepted as work.", accepted)
    return said % {"n": accepted}


def _today(cohort: Cohort) -> date:
    return local_day(clock.now(), cohort.program.time_zone)


def _page(
    request: HttpRequest,
    cohort: Cohort,
    file: StoredFile,
    shown: Preview,
    answers: AnswersForm,
    status: int = 200,
    refusal: str = "",
) -> HttpResponse:
    table = _table(shown)
    again = reverse("attendance:scores", args=[cohort.key])
    context = {
        "cohort": cohort,
        "preview": shown,
        "form": answers,
        "day": DayForm(initial={"on": shown.on}),
        "accept": AcceptForm(initial={"on": shown.on, "fingerprint": shown.fingerprint}),
        "accepted": shown.count(What.ACCEPTED),
        "table": table,
        "token": file.token,
        "again": again,
        "refusal": refusal,
        "crumbs": [*work_crumbs(cohort), (_("Scores"), again)],
    }
    return download(request, table) or render(request, "attendance/scores_preview.html", context, status=status)


def _table(shown: Preview) -> Table:
    columns = (
        Column(_("Name in the file")),
        Column(_("Row"), Kind.NUMBER),
        Column(_("Work")),
        Column(_("Score")),
        Column(_("Result"), Kind.STATUS),
        Column(_("Who, and why")),
    )
    order = sorted(shown.outcomes, key=lambda one: list(STATUSES).index(one.what))
    return Table(_("What the scores come to"), columns, [_cells(one) for one in order])


def _cells(one: Outcome) -> list[Value]:
    who = f"{one.person.name}: {one.why}" if one.person else one.why
    title = one.mapped.item.title if one.mapped.item else one.mapped.column.title
    return [one.student.name, one.student.number, title, one.score, STATUSES[one.what], who]
