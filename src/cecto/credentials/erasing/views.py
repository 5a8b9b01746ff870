"""The page on which an administrator erases a holder who asked for it, after seeing what goes and what stays."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cecto.credentials.erasing.actions import erase_holder
from cecto.credentials.erasing.queries import preview_erasure
from cecto.credentials.recorded.forms import ErasureForm
from cecto.foundation import clock
from cecto.people.access import staff, viewer
from cecto.people.actions import PeopleRefused, note_look
from cecto.people.models import Person
from cecto.people.viewer import Permission


@require_http_methods(["GET", "POST"])
@staff(Permission.ADMINISTER)
def erase(request: HttpRequest, key: str) -> HttpResponse:
    """Show what erasing would do; do it. Looking is journaled."""
    person, by, at = get_object_or_404(Person, key=key), viewer(request).actor, clock.now()
    form = ErasureForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            erase_holder(person=person, by=by, at=at)
        except PeopleRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Erased. What is left is known by a key only."))
            return redirect("people:person", key)
    note_look(person=person, by=by, at=at)
    context = {
        "person": person,
        "preview": preview_erasure(person),
        "form": form,
        "crumbs": [(_("People"), reverse("people:list")), (person.name, reverse("people:person", args=[key]))],
    }
    return render(request, "credentials/erasure.html", context, status=422 if form.is_bound else 200)
