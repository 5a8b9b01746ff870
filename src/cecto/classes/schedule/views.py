"""Pages of a class's schedule: all of it, and changing or canceling one session."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cecto.classes import queries
from cecto.classes.access import cohort_for, meeting_to_change
from cecto.classes.actions import ClassRefused, renew_class_calendar
from cecto.classes.calendar.views import address_of
from cecto.classes.changing.queries import later_dates
from cecto.classes.models import Cohort
from cecto.classes.schedule.actions import ScheduleRefused, cancel_meeting, revise_meeting
from cecto.classes.schedule.forms import MeetingForm
from cecto.classes.schedule.queries import revisions, session, sessions_of
from cecto.classes.schedule.shown import ShownSchedule
from cecto.foundation import clock
from cecto.foundation.tables import download
from cecto.foundation.ui import words
from cecto.people.access import staff, viewer
from cecto.people.viewer import Permission

Crumbs = list[tuple[str, str]]


@require_GET
@staff(Permission.SEE_CLASS)
def schedule(request: HttpRequest, key: str) -> HttpResponse:
    """A class's sessions by month, with the year as a picture."""
    cohort = cohort_for(viewer(request), key, Permission.SEE_CLASS)
    runs = viewer(request).may(Permission.RUN_CLASS, cohort.program.code)
    at = clock.now()
    prefetch_related_objects([cohort], "tracks")
    sessions = sessions_of(cohort, known_at=at, teachers=False)
    shown = ShownSchedule(cohort, sessions, viewer(request), at)
    table = shown.table(_("Schedule of %(name)s") % {"name": cohort.name})
    context = {
        "cohort": cohort,
        "runs": runs,
        "sessions": sessions,
        "hours": sum(one.minutes for one in sessions if not one.canceled),
        "year": shown.year(),
        "months": shown.months(later_dates(cohort)),
        "crumbs": class_crumbs(),
    }
    return download(request, table) or render(request, "classes/schedule/schedule.html", context)


@require_http_methods(["GET", "POST"])
@staff(Permission.RUN_CLASS)
def calendar(request: HttpRequest, key: str) -> HttpResponse:
    """The class's private calendar address; posting makes a fresh one and ends the one before."""
    cohort = cohort_for(viewer(request), key, Permission.RUN_CLASS)
    if request.method == "POST":
        renew_class_calendar(cohort=cohort, by=viewer(request).actor, at=clock.now())
        messages.success(request, _("The class calendar has a new address. Pass it on; an earlier one has ended."))
        return redirect("classes:calendar", key)
    found = queries.feed_of_class(cohort)
    context = {
        "cohort": cohort,
        "calendar": address_of(found) if found else "",
        "crumbs": schedule_crumbs(cohort),
    }
    return render(request, "classes/schedule/calendar.html", context)


@require_http_methods(["GET", "POST"])
@staff(Permission.RUN_CLASS)
def revise(request: HttpRequest, key: str) -> HttpResponse:
    """Change when, where or how a session is held; what it was before is kept."""
    meeting = meeting_to_change(viewer(request), key)
    at = clock.now()
    found = session(meeting, known_at=at)
    form = MeetingForm(request.POST if request.method == "POST" else None, session=found)
    if request.method == "POST" and form.is_valid():
        try:
            revise_meeting(
                meeting=meeting,
                plan=form.cleaned_data["plan"],
                extending=form.extends,
                by=viewer(request).actor,
                at=at,
            )
        except (ClassRefused, ScheduleRefused) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved. Calendars will show the change within hours."))
            return redirect("classes:schedule", meeting.owner.key)
    context = {
        "session": found,
        "form": form,
        "revisions": [*revisions(meeting)],
        "crumbs": schedule_crumbs(meeting.owner),
    }
    return render(request, "classes/schedule/revise.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@staff(Permission.RUN_CLASS)
def cancel(request: HttpRequest, key: str) -> HttpResponse:
    """Call a session off, after asking."""
    meeting = meeting_to_change(viewer(request), key)
    at = clock.now()
    if request.method == "POST":
        try:
            cancel_meeting(meeting=meeting, by=viewer(request).actor, at=at)
        except ScheduleRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("The session is canceled. Calendars will show it; it can be held again."))
        return redirect("classes:schedule", meeting.owner.key)
    found = session(meeting, known_at=at)
    what_if = f"{reverse('audits:what-if', args=[meeting.owner.key])}?session={key}&change=cancel"
    context = {
        "heading": _("Cancel “%(title)s”?") % {"title": found.revision.title},
        "question": _("It stays in the schedule as canceled, for every class it counts for, and can be held again."),
        "facts": [
            (_("When"), words.span(found.revision.starts_at, found.revision.ends_at, found.zone)),
            (_("Counts for"), ", ".join(link.cohort.name for link in found.links)),
            (_("Before you do"), format_html('<a href="{}">{}</a>', what_if, _("See who would become at risk"))),
        ],
        "submit": _("Cancel the session"),
        "danger": True,
        "cancel": reverse("classes:schedule", args=[meeting.owner.key]),
        "crumbs": schedule_crumbs(meeting.owner),
    }
    return render(request, "ui/confirm.html", context)


def class_crumbs() -> Crumbs:
    """The pages above the pages of a class."""
    return [(_("Classes"), reverse("classes:list"))]


def schedule_crumbs(cohort: Cohort) -> Crumbs:
    """The pages above the pages of one session."""
    return [*class_crumbs(), (cohort.name, reverse("classes:schedule", args=[cohort.key]))]
