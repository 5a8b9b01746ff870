"""The page that takes back an enrollment made by mistake."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cecto.audits.actions.mistaken import NotMistaken, take_back_enrollments
from cecto.audits.forms.mistaken import MistakenForm
from cecto.classes.access import enrollment_to_change
from cecto.classes.enrollments.views import people_crumbs
from cecto.foundation import clock
from cecto.people.access import staff, viewer
from cecto.people.viewer import Permission


@require_http_methods(["GET", "POST"])
@staff(Permission.RUN_CLASS)
def take_back(request: HttpRequest, key: str) -> HttpResponse:
    """Ask what was mistaken; take the enrollment back, or say what was built on it."""
    enrollment = enrollment_to_change(viewer(request), key)
    cohort, name = enrollment.cohort, enrollment.person.name
    form = MistakenForm(request.POST or None)
    if form.is_valid():
        by, at = viewer(request).actor, clock.now()
        try:
            take_back_enrollments(enrollments=[enrollment], mistaken=form.cleaned_data["mistaken"], by=by, at=at)
        except NotMistaken as refused:
            form.add_error(None, str(refused))
        else:
            said = _("%(name)s is no longer in %(class)s. The journal keeps that it was a mistake.")
            messages.success(request, said % {"name": name, "class": cohort.name})
            return redirect("classes:people", cohort.key)
    context = {
        "heading": _("Was enrolling %(name)s a mistake?") % {"name": name},
        "question": _(
            "It will be as if they had never been in the class. If they are leaving, change their status instead."
        ),
        "facts": [(_("Class"), cohort.name), (_("Track"), enrollment.track.title)],
        "form": form,
        "submit": _("Take the enrollment back"),
        "danger": True,
        "cancel": reverse("classes:status", args=[key]),
        "crumbs": people_crumbs(cohort),
    }
    return render(request, "ui/confirm.html", context, status=422 if form.errors else 200)
