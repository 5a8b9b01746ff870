"""A participant's own pages."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from cecto.audits.letter import hero, letter
from cecto.audits.prospects import headline_of
from cecto.audits.queries import audit_enrollment, exceptions_of_enrollment
from cecto.audits.sources import sources_of
from cecto.audits.views.records import answer_entries
from cecto.certification.part_views import answer_renewal
from cecto.classes.actions import renew_calendar_feed
from cecto.foundation import clock
from cecto.people.access import signed_in, viewer
from cecto.portal.access import own_enrollment
from cecto.portal.queries import my_page
from cecto.programs.queries import ruleset


@require_GET
@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """How far, what is left, what is next."""
    page = my_page(viewer(request).someone, today=clock.today(), now=clock.now())
    calendar = reverse("calendar:feed", args=[page.feed_key]) if page.feed_key else ""
    context = {"page": page, "calendar": f"{settings.CECTO_URL}{calendar}" if calendar else ""}
    return render(request, "portal/home.html", context)


@require_GET
@signed_in
def record(request: HttpRequest, key: str) -> HttpResponse:
    """One's own record in full: every requirement, what counts for it, and why something does not."""
    enrollment = own_enrollment(viewer(request).someone, key)
    today = clock.today(enrollment.cohort.program.time_zone)
    seen = audit_enrollment(enrollment, true_on=today, known_at=clock.now())
    grants = list(exceptions_of_enrollment(enrollment))
    sources = sources_of(enrollment, seen.facts.entries, None)
    written = letter(seen.audit.root, seen.facts.entries, grants, sources=sources)
    context = {
        "own": enrollment,
        "rules": ruleset(seen.definition).definition,
        "seen": seen,
        "letter": written,
        "opened": written.around(request.GET.get("at", "")),
        "hero": hero(seen.audit.root),
        "headline": headline_of(seen),
        "crumbs": [("My program", reverse("portal:home"))],
    }
    return render(request, "portal/record.html", context)


@require_GET
@signed_in
def entries(request: HttpRequest, key: str) -> HttpResponse:
    """Every entry of one's own record, where it counts, and why it does not."""
    enrollment = own_enrollment(viewer(request).someone, key)
    crumbs = [("My program", reverse("portal:home")), ("My record", reverse("portal:record", args=[key]))]
    return answer_entries(request, enrollment, looking=None, crumbs=crumbs)


@require_GET
@signed_in
def renewal(request: HttpRequest, key: str) -> HttpResponse:
    """Where one's own award stands, and what its renewal asks."""
    enrollment = own_enrollment(viewer(request).someone, key)
    crumbs = [("My program", reverse("portal:home")), ("My record", reverse("portal:record", args=[key]))]
    return answer_renewal(request, enrollment, looking=None, crumbs=crumbs)


@require_POST
@signed_in
def renew_calendar(request: HttpRequest) -> HttpResponse:
    """Make or replace one's private calendar address."""
    looking = viewer(request)
    renew_calendar_feed(person=looking.someone, by=looking.actor, at=clock.now())
    messages.success(request, "Your calendar has a new private address. The one before no longer works.")
    return redirect("portal:home")
