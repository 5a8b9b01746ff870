"""Written requests of holders who have no account: the page where a coordinator notes one, and its letter."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cecto.credentials.listing.access import Listable, listable_for, request_for
from cecto.credentials.listing.actions import ListingRefused, let_list, list_no_more
from cecto.credentials.listing.forms import ListingForm, RequestForm
from cecto.credentials.listing.queries import history_of, listing_of
from cecto.credentials.listing.tables import history_table
from cecto.foundation import clock, evidence
from cecto.people.access import staff, viewer
from cecto.people.viewer import Permission


@require_http_methods(["GET", "POST"])
@staff(Permission.RECORD_PAST)
def on_request(request: HttpRequest, key: str) -> HttpResponse:
    """Note what a holder asked for in writing, with the letter; and everything the registry was ever let list."""
    found = listable_for(viewer(request), key)
    now = listing_of(credential=found.credential, award=found.award)
    form = RequestForm(request.POST or None, request.FILES or None, initial=ListingForm.of(now))
    if request.method == "POST" and form.is_valid():
        try:
            _obey(request, form, found)
        except ListingRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("credentials:on-request", key)
    history = history_table(history_of(credential=found.credential, award=found.award), holder=found.holder)
    context = {"found": found, "listing": now, "form": form, "history": history, "crumbs": _crumbs(found)}
    return render(request, "credentials/listing/on_request.html", context, status=422 if form.errors else 200)


@require_GET
@staff(Permission.RECORD_PAST)
def letter(request: HttpRequest, key: str) -> HttpResponse:
    """The letter of a written request, to download."""
    found = request_for(viewer(request), key)
    if not found.letter_sha256:
        raise Http404("There is no letter.")
    return HttpResponse(
        evidence.load(found.letter_sha256),
        content_type="application/octet-stream",
        headers={"Content-Disposition": str(content_disposition_header(True, found.letter_name))},
    )


def _obey(request: HttpRequest, form: RequestForm, found: Listable) -> None:
    by, at, asked = viewer(request).actor, clock.now(), form.asked
    if form.cleaned_data["listed"]:
        let_list(credential=found.credential, award=found.award, fields=form.chosen, request=asked, by=by, at=at)
        messages.success(request, _("Noted. The registry lists it from now on."))
    else:
        list_no_more(credential=found.credential, award=found.award, request=asked, by=by, at=at)
        messages.success(request, _("Noted. The registry does not list it; it is as valid as before."))


def _crumbs(found: Listable) -> list[tuple[str, str]]:
    view = "credentials:life" if found.credential else "credentials:recorded"
    return [(_("Console"), reverse("console:home")), (found.name, reverse(view, args=[found.key]))]
