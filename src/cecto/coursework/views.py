"""Pages of the work of a class: all of it, one piece accepted of many people at once, and a panel's verdict."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from cecto.classes.access import cohort_for
from cecto.classes.queries import competencies_of
from cecto.coursework import actions, queries
from cecto.coursework.access import entry_of, item_for
from cecto.coursework.forms import AcceptanceForm, ItemForm, ReasonForm, VerdictForm
from cecto.coursework.frame import class_crumbs, work_crumbs
from cecto.coursework.models import Item
from cecto.coursework.queries import ClassWork
from cecto.coursework.refusals import WorkRefused
from cecto.foundation import clock
from cecto.foundation.tables import Column, Kind, Link, Table, Value, download
from cecto.foundation.ui import words
from cecto.ledger.actions import AlreadyReversed
from cecto.ledger.models import Entry
from cecto.people.access import staff, viewer
from cecto.people.viewer import Permission


@require_GET
@staff(Permission.SEE_RECORDS)
def items(request: HttpRequest, key: str) -> HttpResponse:
    """The work a class gives out, and of how many each piece is accepted."""
    cohort = cohort_for(viewer(request), key, Permission.SEE_RECORDS)
    work = queries.class_work(cohort, clock.today(cohort.program.time_zone))
    runs = viewer(request).may(Permission.RUN_CLASS, cohort.program.code)
    words_for = dict(competencies_of(cohort))
    rows = [_row(one, work, words_for, runs=runs) for one in work.items]
    table = Table(_("Work of %(name)s") % {"name": cohort.name}, _columns(), rows)
    context = {
        "cohort": cohort,
        "table": table,
        "minutes": sum(item.minutes for item in work.items),
        "runs": runs,
        "crumbs": class_crumbs(cohort),
    }
    return download(request, table) or render(request, "coursework/items.html", context)


@require_http_methods(["GET", "POST"])
@staff(Permission.RUN_CLASS)
def add(request: HttpRequest, key: str) -> HttpResponse:
    """Give out one piece of work, without a file."""
    cohort = cohort_for(viewer(request), key, Permission.RUN_CLASS)
    prefetch_related_objects([cohort], "tracks")
    form = ItemForm(request.POST if request.method == "POST" else None, cohort=cohort)
    if request.method == "POST" and form.is_valid():
        try:
            given = actions.add_item(cohort=cohort, plan=form.plan(), by=viewer(request).actor, at=clock.now())
        except WorkRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("“%(title)s” is given out.") % {"title": given.title})
            return redirect("coursework:items", key)
    context = {"cohort": cohort, "form": form, "crumbs": work_crumbs(cohort)}
    return render(request, "coursework/add.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@staff(Permission.RUN_CLASS)
def item(request: HttpRequest, key: str) -> HttpResponse:
    """One piece of work: accept it of everyone except those unticked."""
    found = item_for(viewer(request), key, Permission.RUN_CLASS)
    today = clock.today(found.cohort.program.time_zone)
    form = AcceptanceForm(
        request.POST if request.method == "POST" else None,
        item=found,
        people=queries.work_of(found, today),
        today=today,
    )
    if request.method == "POST" and form.is_valid():
        try:
            accepted = _accept(request, found, form)
        except WorkRefused as refused:
            form.add_error(None, str(refused))
        else:
            said = ngettext("Accepted of %(n)d person.", "Accepted of %(n)d people.", accepted)
            messages.success(request, said % {"n": accepted})
            return redirect("coursework:item", key)
    context = {"item": found, "form": form, "cohort": found.cohort, "crumbs": work_crumbs(found.cohort)}
    return render(request, "coursework/item.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@staff(Permission.RUN_CLASS)
def verdict(request: HttpRequest, key: str) -> HttpResponse:
    """Record how a panel judged one person's work."""
    found = item_for(viewer(request), key, Permission.RUN_CLASS)
    at, today = clock.now(), clock.today(found.cohort.program.time_zone)
    work = queries.work_of(found, today)
    form = VerdictForm(
        request.POST if request.method == "POST" else None,
        people=[row.person for row, _state in work],
        judges=list(queries.judges_for(found.cohort, at)),
        today=today,
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_verdict(item=found, by=viewer(request).actor, at=at, **form.cleaned_data)
        except WorkRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Recorded for %(name)s.") % {"name": form.cleaned_data["person"].name})
            return redirect("coursework:verdict", key)
    crumbs = [*work_crumbs(found.cohort), (found.title, reverse("coursework:item", args=[key]))]
    context = {"item": found, "form": form, "work": work, "cohort": found.cohort, "crumbs": crumbs}
    return render(request, "coursework/verdict.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@staff(Permission.RUN_CLASS)
def take_back(request: HttpRequest, key: str, entry_id: int) -> HttpResponse:
    """Take back something recorded here, with a reason; the ledger keeps both."""
    cohort = cohort_for(viewer(request), key, Permission.RUN_CLASS)
    entry = entry_of(cohort, entry_id)
    of_items = entry.kind in {Entry.Kind.ACCEPTED, Entry.Kind.VERDICT}
    back = reverse("coursework:items" if of_items else "coursework:credit", args=[key])
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.take_back(entry=entry, by=viewer(request).actor, at=clock.now(), **form.cleaned_data)
        except (WorkRefused, AlreadyReversed) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Taken back. The record and its reversal are both kept."))
            return redirect(back)
    minutes = sum(one.attended for one in queries.recorded_with(entry))
    context = {
        "heading": _("Take back “%(title)s”?") % {"title": entry.activity.title},
        "question": _("It will no longer count for %(name)s.") % {"name": entry.person.name},
        "facts": [
            (_("What"), entry.get_kind_display()),
            (_("When"), words.day(entry.occurred_on)),
            *([(_("Time"), words.hours(minutes))] if minutes else []),
            *([(_("Points"), entry.score)] if entry.score is not None else []),
        ],
        "form": form,
        "submit": _("Take it back"),
        "danger": True,
        "cancel": back,
        "crumbs": work_crumbs(cohort),
    }
    return render(request, "ui/confirm.html", context, status=422 if form.errors else 200)


def _accept(request: HttpRequest, found: Item, form: AcceptanceForm) -> int:
    chosen, on = form.by_minutes(), form.cleaned_data["on"]
    if not chosen:
        raise WorkRefused(_("Nobody is ticked. Tick those whose work is accepted."))
    return len(
        actions.accept_work_of_many(
            item=found, people_by_minutes=chosen, on=on, by=viewer(request).actor, at=clock.now()
        )
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Work")),
        Column(_("Kind")),
        Column(_("Worth"), Kind.HOURS),
        Column(_("Competency")),
        Column(_("Due"), Kind.DATE),
        Column(_("Required")),
        Column(_("Accepted")),
    )


def _row(one: Item, work: ClassWork, words_for: Mapping[str, str], *, runs: bool) -> list[Value]:
    return [
        Link(one.title, reverse("coursework:item", args=[one.key])) if runs else one.title,
        one.get_kind_display(),
        one.minutes,
        words_for.get(one.competency, one.competency),
        one.due_on,
        _("Yes") if one.required else _("No"),
        _("%(done)d of %(all)d") % {"done": work.accepted(one), "all": len(work.of(one))},
    ]
