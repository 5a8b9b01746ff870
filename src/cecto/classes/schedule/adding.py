"""Adding a session by hand, and letting a session of another class count for this one."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cecto.classes.access import cohort_for
from cecto.classes.actions import ClassRefused
from cecto.classes.models import Cohort, MeetingRevision, Modality
from cecto.classes.schedule.actions import ScheduleRefused, add_session, link_meeting
from cecto.classes.schedule.queries import Session, other_sessions, session_with_key
from cecto.classes.schedule.views import schedule_crumbs
from cecto.classes.schedule.word_forms import LinkForm, SessionForm
from cecto.foundation import clock
from cecto.foundation.tables import Column, Kind, Link, Table, Value, download
from cecto.people.access import staff, viewer
from cecto.people.viewer import Permission

USUAL_PARTS, MOST_PARTS = 3, 12


@require_http_methods(["GET", "POST"])
@staff(Permission.RUN_CLASS)
def add(request: HttpRequest, key: str) -> HttpResponse:
    """Add one session to a class, without a file; `?parts=6` asks for six parts."""
    cohort = _cohort(request, key)
    parts = _parts(request.GET.get("parts", ""))
    form = SessionForm(request.POST if request.method == "POST" else None, cohort=cohort, parts=parts)
    if request.method == "POST" and form.is_valid() and form.draft:
        try:
            add_session(
                cohort=cohort, draft=form.draft, extending=form.extends, by=viewer(request).actor, at=clock.now()
            )
        except (ClassRefused, ScheduleRefused) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("“%(title)s” is in the schedule.") % {"title": form.draft.title})
            return redirect("classes:schedule", key)
    more = parts + USUAL_PARTS if parts + USUAL_PARTS <= MOST_PARTS else 0
    context = {"cohort": cohort, "form": form, "more": more, "crumbs": schedule_crumbs(cohort)}
    return render(request, "classes/schedule/add.html", context, status=422 if form.errors else 200)


@require_GET
@staff(Permission.RUN_CLASS)
def others(request: HttpRequest, key: str) -> HttpResponse:
    """The sessions other classes hold while this class runs: choose one to count here too."""
    cohort = _cohort(request, key)
    columns = (Column(_("Session")), Column(_("Date"), Kind.DATE), Column(_("Held by")), Column(_("Format")))
    rows = [_row(one, cohort) for one in other_sessions(cohort, known_at=clock.now())]
    table = Table(_("Sessions of other classes"), (*columns, Column(_("Planned"), Kind.HOURS)), rows)
    context = {"cohort": cohort, "table": table, "crumbs": schedule_crumbs(cohort)}
    return download(request, table) or render(request, "classes/schedule/others.html", context)


@require_http_methods(["GET", "POST"])
@staff(Permission.RUN_CLASS)
def link(request: HttpRequest, key: str, session_key: str) -> HttpResponse:
    """Say what a session of any class is to this one, in this class's own words."""
    cohort, at = _cohort(request, key), clock.now()
    try:
        found = session_with_key(session_key, known_at=at)
    except MeetingRevision.DoesNotExist as error:
        raise Http404("There is no such session.") from error
    if found.meeting.schedule_closed_at and found.link_of(cohort):
        # Hours are recorded in these words: where they are corrected, what that changes is shown first.
        return redirect("certification:mend-session", key, session_key)
    form = LinkForm(request.POST if request.method == "POST" else None, cohort=cohort, session=found)
    if request.method == "POST" and form.is_valid():
        try:
            link_meeting(meeting=found.meeting, cohort=cohort, plan=form.plan(), by=viewer(request).actor, at=at)
        except ScheduleRefused as refused:
            form.add_error(None, str(refused))
        else:
            said = _("“%(title)s” counts for %(class)s.")
            messages.success(request, said % {"title": found.revision.title, "class": cohort.name})
            return redirect("classes:schedule", key)
    context = {"cohort": cohort, "session": found, "form": form, "crumbs": schedule_crumbs(cohort)}
    return render(request, "classes/schedule/words.html", context, status=422 if form.errors else 200)


def _cohort(request: HttpRequest, key: str) -> Cohort:
    cohort = cohort_for(viewer(request), key, Permission.RUN_CLASS)
    prefetch_related_objects([cohort], "tracks")
    return cohort


def _parts(asked: str) -> int:
    return min(int(asked), MOST_PARTS) if asked.isdecimal() and int(asked) else USUAL_PARTS


def _row(one: Session, cohort: Cohort) -> list[Value]:
    return [
        Link(one.revision.title, reverse("classes:link-session", args=[cohort.key, one.key])),
        one.day,
        one.meeting.owner.name,
        str(Modality(one.revision.modality).label),
        one.minutes,
    ]
