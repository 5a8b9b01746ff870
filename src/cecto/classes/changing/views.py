"""Pages to change a class, and to say which dates are still to come."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cecto.classes.access import class_to_run
from cecto.classes.actions import ClassRefused
from cecto.classes.changing.actions import announce_later, change_class, end_later_date
from cecto.classes.changing.forms import ChangeForm, LaterDateForm
from cecto.classes.changing.queries import later_dates
from cecto.classes.schedule.views import schedule_crumbs
from cecto.foundation import clock
from cecto.people.access import staff, viewer
from cecto.people.viewer import Permission


@require_http_methods(["GET", "POST"])
@staff(Permission.RUN_CLASS)
def change(request: HttpRequest, key: str) -> HttpResponse:
    """Change a class's name, days and titles, and say whether its schedule is complete."""
    cohort = class_to_run(viewer(request), key)
    form = ChangeForm(request.POST if request.method == "POST" else None, cohort=cohort)
    if request.method == "POST" and form.is_valid():
        try:
            change_class(cohort=cohort, change=form.change(), by=viewer(request).actor, at=clock.now())
        except ClassRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Class changed."))
            return redirect("classes:schedule", key)
    context = {"cohort": cohort, "form": form, "crumbs": schedule_crumbs(cohort)}
    return render(request, "classes/changing/change.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@staff(Permission.RUN_CLASS)
def dates_to_come(request: HttpRequest, key: str) -> HttpResponse:
    """The lines for dates that are not set yet, and adding one."""
    cohort = class_to_run(viewer(request), key)
    form = LaterDateForm(request.POST if request.method == "POST" else None, cohort=cohort)
    if request.method == "POST" and form.is_valid():
        try:
            announce_later(cohort=cohort, **form.cleaned_data, by=viewer(request).actor, at=clock.now())
        except ClassRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The line is in the schedule."))
            return redirect("classes:later-dates", key)
    context = {"cohort": cohort, "form": form, "lines": later_dates(cohort), "crumbs": schedule_crumbs(cohort)}
    return render(request, "classes/changing/later_dates.html", context, status=422 if form.errors else 200)


@require_POST
@staff(Permission.RUN_CLASS)
def end(request: HttpRequest, key: str, line: str) -> HttpResponse:
    """Take a line out of the schedule."""
    cohort = class_to_run(viewer(request), key)
    found = later_dates(cohort).filter(key=line).first()
    if found is None:
        raise Http404("There is no such line.")
    end_later_date(line=found, by=viewer(request).actor, at=clock.now())
    messages.success(request, _("The line is out of the schedule."))
    return redirect("classes:later-dates", key)
