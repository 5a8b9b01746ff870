"""Pages of past awards: the register of a program, one award, and the import."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cecto.classes.importing.kinds import FileKind
from cecto.classes.importing.pages import pages
from cecto.classes.importing.stored import StoredFile
from cecto.credentials.listing.queries import listing_of
from cecto.credentials.models import RecordedAward, Statement
from cecto.credentials.queries import standing_statements
from cecto.credentials.recorded import actions
from cecto.credentials.recorded.access import Register, award_for, register_for
from cecto.credentials.recorded.forms import AwardForm, ErasureForm, HolderForm, RetractionForm
from cecto.credentials.recorded.preview import HEADINGS, Preview, What, preview_awards
from cecto.credentials.recorded.said import AwardRefused, AwardResembles
from cecto.foundation import clock, evidence
from cecto.foundation.journal.actor import Actor
from cecto.foundation.tables import Column, Kind, Link, Table, Value, download
from cecto.people import names
from cecto.people.access import staff, viewer
from cecto.people.viewer import Permission

PAGE = 50


@require_GET
@staff(Permission.RECORD_PAST)
def register(request: HttpRequest, key: str) -> HttpResponse:
    """The past awards of a program, by class and name; the download holds them all."""
    place = register_for(viewer(request), key)
    rows = standing_statements().filter(award__program=place.program).order_by("class_label", "sort_name", "id")
    answer = download(request, _table(list(rows))) if "download" in request.GET else None
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"place": place, "page": page, "table": _table(list(page)), "crumbs": _console()}
    return answer or render(request, "credentials/recorded/register.html", context)


@require_http_methods(["GET", "POST"])
@staff(Permission.RECORD_PAST)
def add(request: HttpRequest, key: str) -> HttpResponse:
    """Record one award."""
    place = register_for(viewer(request), key)
    form = AwardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            award = actions.record_award(
                program=place.program,
                said=form.said,
                another=form.cleaned_data["another"],
                by=viewer(request).actor,
                at=clock.now(),
            )
        except AwardResembles as refused:
            form.add_error(None, str(refused))
            form.ask_whether_another()
        except AwardRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Recorded. Its code is %(code)s.") % {"code": award.printed_code})
            return redirect("credentials:recorded", award.key)
    context = {"place": place, "form": form, "crumbs": _crumbs(place)}
    return render(request, "credentials/recorded/add.html", context, status=422 if form.errors else 200)


@require_GET
@staff(Permission.RECORD_PAST)
def award(request: HttpRequest, key: str) -> HttpResponse:
    """One recorded award: what is stated, by whom, since when, and what can be done."""
    return _show(request, award_for(viewer(request), key))


@require_POST
@staff(Permission.RECORD_PAST)
def correct(request: HttpRequest, key: str) -> HttpResponse:
    """Correct what the source says."""
    found, form = award_for(viewer(request), key), AwardForm(request.POST)
    by, at = viewer(request).actor, clock.now()
    return _do(
        request, found, form, "correction", lambda: actions.correct_award(award=found, said=form.said, by=by, at=at)
    )


@require_POST
@staff(Permission.RECORD_PAST)
def holder(request: HttpRequest, key: str) -> HttpResponse:
    """Say whose award it is."""
    found, form = award_for(viewer(request), key), HolderForm(request.POST)
    by, at = viewer(request).actor, clock.now()
    return _do(
        request,
        found,
        form,
        "holder",
        lambda: actions.tell_whose(award=found, person=form.cleaned_data["person"], by=by, at=at),
    )


@require_POST
@staff(Permission.RECORD_PAST)
def retract(request: HttpRequest, key: str) -> HttpResponse:
    """List it no more."""
    found, form = award_for(viewer(request), key), RetractionForm(request.POST)
    by, at = viewer(request).actor, clock.now()
    return _do(
        request,
        found,
        form,
        "retraction",
        lambda: actions.retract_award(award=found, wording=form.cleaned_data["wording"], by=by, at=at),
    )


@require_POST
@staff(Permission.RECORD_PAST)
def erase(request: HttpRequest, key: str) -> HttpResponse:
    """Erase whose it is."""
    found, form = award_for(viewer(request), key), ErasureForm(request.POST)
    by, at = viewer(request).actor, clock.now()
    return _do(request, found, form, "erasure", lambda: actions.erase_award(award=found, by=by, at=at))


def _do(
    request: HttpRequest, found: RecordedAward, form: forms.Form, name: str, act: Callable[[], object]
) -> HttpResponse:
    if form.is_valid():
        try:
            act()
        except AwardRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Noted."))
            return redirect("credentials:recorded", found.key)
    return _show(request, found, **{name: form})


def _show(request: HttpRequest, found: RecordedAward, **refused: forms.Form) -> HttpResponse:
    said = list(found.statements.select_related("organization").order_by("-id"))
    place = register_for(viewer(request), found.program.code)
    listing = listing_of(award=found)
    context = {
        "award": found,
        "row": said[0],
        "changes": not found.retracted_at and said[0].name != names.ERASED,
        "named": said[0].name != names.ERASED,
        "history": _history(said),
        "correction": AwardForm(initial=AwardForm.of(said[0])),
        "holder": HolderForm(),
        "retraction": RetractionForm(),
        "erasure": ErasureForm(),
        "listing": listing,
        "crumbs": _crumbs(place),
        **refused,
        "refused": next(iter(refused.values()), None),
    }
    return render(request, "credentials/recorded/award.html", context, status=422 if refused else 200)


def _console() -> list[tuple[str, str]]:
    return [(_("Console"), reverse("console:home"))]


def _crumbs(place: Register) -> list[tuple[str, str]]:
    return [*_console(), (_("Past awards"), reverse("credentials:register", args=[place.key]))]


def _columns() -> tuple[Column, ...]:
    titles = (_("Name"), _("Class"), _("Track"), _("District"), _("Awarded"), _("Source"))
    return tuple(Column(title) for title in titles)


def _cells(row: Statement) -> list[Value]:
    district = row.organization.name if row.organization else None
    return [row.name, row.class_label, row.track, district, row.awarded, row.source]


def _table(rows: list[Statement]) -> Table:
    columns = (*_columns(), Column(_("Code")), Column(_("Listed"), Kind.STATUS))
    cells = [
        [
            Link(row.name, reverse("credentials:recorded", args=[row.award.key])),
            *_cells(row)[1:],
            row.award.printed_code,
            "withdrawn" if row.award.retracted_at else "accepted",
        ]
        for row in rows
    ]
    return Table(_("Past awards"), columns, cells)


def _history(said: list[Statement]) -> Table:
    columns = (*_columns(), Column(_("Recorded"), Kind.INSTANT), Column(_("Until"), Kind.INSTANT))
    return Table(_("What was recorded"), columns, [[*_cells(row), row.recorded_at, row.superseded_at] for row in said])


def _look(content: bytes, name: str, place: Register, _at: datetime) -> Preview:
    return preview_awards(content, file=name, program=place.program)


def _accept(file: StoredFile, place: Register, seen: str, by: Actor, at: datetime) -> str:
    content = evidence.load(file.sha256)
    return _summary(
        actions.import_awards(program=place.program, content=content, file=file.name, seen=seen, by=by, at=at)
    )


def _summary(shown: Preview) -> str:
    counts = {"added": shown.count(What.ADDED), "known": shown.count(What.UNCHANGED)}
    return _("Past awards: %(added)d new, %(known)d recorded already.") % counts


def _preview_table(shown: Preview) -> Table:
    columns = (*_columns(), Column(_("Result"), Kind.STATUS), Column(_("Maybe the same as")))
    rows: list[list[Value]] = [
        [
            change.said.name,
            change.said.class_label,
            change.said.track,
            change.said.organization.name if change.said.organization else None,
            change.said.awarded,
            change.said.source,
            "new" if change.what is What.ADDED else "unchanged",
            change.like or None,
        ]
        for change in shown.changes
    ]
    return Table(_("Preview of past awards"), columns, rows)


upload, preview = pages(
    FileKind(
        upload="credentials:register-import",
        preview="credentials:register-preview",
        after="credentials:register",
        title=_lazy("Import past awards"),
        label=_lazy("List of awards"),
        row=_lazy("one award in a row"),
        lead=_lazy("Awards of %(name)s from before this system."),
        note=_lazy("Each row names its source. A date is a year, a month or a day: 2010, 2010-11 or 2010-11-09."),
        preview_title=_lazy("Preview of past awards"),
        headings=HEADINGS,
        permission=Permission.RECORD_PAST,
        reach=register_for,
        nav="credentials/recorded/_nav.html",
        crumbs=_crumbs,
        look=_look,
        accept=_accept,
        summary=_summary,
        table=_preview_table,
        button=lambda _shown: _("Record these awards"),
    )
)
