"""The names that wait: who is it?"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cecto.attendance.access import session_to_settle
from cecto.attendance.actions import AttendanceRefused, answer_names, forget_names, withdraw_answer
from cecto.attendance.forms.names import NamesForm
from cecto.attendance.forms.remembered import ForgetForm
from cecto.attendance.models import Match
from cecto.attendance.queries.names import remembered_names, unsure_names
from cecto.attendance.queries.sessions import attendees_with_addresses
from cecto.attendance.views.frame import class_crumbs, frame, posted
from cecto.classes.access import class_to_run
from cecto.foundation import clock
from cecto.people.access import staff, viewer
from cecto.people.viewer import Permission


@require_http_methods(["GET", "POST"])
@staff(Permission.RUN_CLASS)
def names(request: HttpRequest, key: str) -> HttpResponse:
    """The unsure names of a session's reports; posting answers them."""
    at = clock.now()
    session = session_to_settle(viewer(request), key, at=at)
    people = attendees_with_addresses(session)
    form = NamesForm(posted(request), names=unsure_names(session, people), people=people)
    if request.method == "POST" and form.is_valid():
        answers = form.answers()
        try:
            answer_names(meeting=session.meeting, answers=answers, by=viewer(request).actor, at=at)
        except AttendanceRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Answered: %(n)d names.") % {"n": len(answers)})
            return redirect("attendance:reconcile" if len(answers) == len(form.names) else "attendance:names", key)
    context = {**frame(session, viewer(request)), "form": form}
    return render(request, "attendance/names.html", context, status=422 if form.errors else 200)


@require_POST
@staff(Permission.RUN_CLASS)
def withdraw(request: HttpRequest, key: str, match: int) -> HttpResponse:
    """Take back an answer: the name waits again."""
    at = clock.now()
    session = session_to_settle(viewer(request), key, at=at)
    found = get_object_or_404(
        Match.objects.select_related("report__meeting"), pk=match, report__meeting=session.meeting
    )
    try:
        withdraw_answer(match=found, by=viewer(request).actor, at=at)
        messages.success(request, _("“%(name)s” waits for an answer again.") % {"name": found.name or found.email})
    except AttendanceRefused as refused:
        messages.error(request, str(refused))
    return redirect("attendance:names", key)


@require_http_methods(["GET", "POST"])
@staff(Permission.RUN_CLASS)
def remembered(request: HttpRequest, key: str) -> HttpResponse:
    """The names that a class remembers; posting forgets those that are ticked."""
    cohort = class_to_run(viewer(request), key)
    form = ForgetForm(posted(request), remembered=remembered_names(cohort))
    if request.method == "POST" and form.is_valid():
        aliases = [one.alias for one in form.chosen()]
        count = forget_names(aliases=aliases, by=viewer(request).actor, at=clock.now())
        messages.success(request, _("Forgotten: %(n)d names. The next file asks about them.") % {"n": count})
        return redirect("attendance:remembered", key)
    context = {"cohort": cohort, "form": form, "crumbs": class_crumbs(cohort)}
    return render(request, "attendance/remembered.html", context, status=422 if form.errors else 200)
