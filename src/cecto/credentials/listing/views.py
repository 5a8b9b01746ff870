"""The holder's own word on the registry."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cecto.credentials.listing.actions import let_list, list_no_more
from cecto.credentials.listing.forms import ListingForm
from cecto.credentials.listing.queries import held_by, listing_of
from cecto.credentials.models import Credential, RecordedAward
from cecto.foundation import clock
from cecto.people.access import signed_in, viewer
from cecto.people.viewer import Viewer


@require_GET
@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """Every award of the person who looks, and what the registry lists of it."""
    context = {"held": held_by(viewer(request).someone), "crumbs": _crumbs()}
    return render(request, "credentials/listing/mine.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def own(request: HttpRequest, key: str) -> HttpResponse:
    """Say what the registry may list of one award."""
    credential, award = _own(viewer(request), key)
    now = listing_of(credential=credential, award=award)
    # No tick at all is an answer too, and an empty form.
    answers = request.POST if request.method == "POST" else None
    form = ListingForm(answers, initial=ListingForm.of(now))
    if request.method == "POST" and form.is_valid():
        _obey(request, form, credential, award)
        return redirect("credentials:listings")
    context = {"form": form, "crumbs": [*_crumbs(), (_("Public registry"), reverse("credentials:listings"))]}
    return render(request, "credentials/listing/own.html", context, status=422 if form.errors else 200)


def _obey(request: HttpRequest, form: ListingForm, credential: Credential | None, award: RecordedAward | None) -> None:
    by, at = viewer(request).actor, clock.now()
    if form.cleaned_data["listed"]:
        let_list(credential=credential, award=award, fields=form.chosen, by=by, at=at)
        messages.success(request, _("The registry lists it from now on."))
    else:
        list_no_more(credential=credential, award=award, by=by, at=at)
        messages.success(request, _("The registry does not list it. It is as valid as before."))


def _own(who: Viewer, key: str) -> tuple[Credential | None, RecordedAward | None]:
    credential = Credential.objects.filter(key=key, decision__enrollment__person=who.person).first()
    award = RecordedAward.objects.filter(key=key, person=who.someone).first()
    if credential is None and award is None:
        raise Http404("There is no such award of yours.")
    return credential, None if credential else award


def _crumbs() -> list[tuple[str, str]]:
    return [(_("My program"), reverse("portal:home"))]
