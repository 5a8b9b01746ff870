"""A person's record as staff see it, for any date."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cecto.audits.access import enrollment_for
from cecto.audits.effects import effects_told
from cecto.audits.exception_list import exceptable
from cecto.audits.forms.dates import DatesForm
from cecto.audits.letter import hero, letter
from cecto.audits.prospects import headline_of
from cecto.audits.queries import audit_enrollment, exceptions_of_enrollment
from cecto.audits.reckoning import reckon, reckoning_table
from cecto.audits.sources import sources_of
from cecto.audits.views.crumbs import Crumbs, crumbs_of, record_crumbs
from cecto.classes.models import Enrollment
from cecto.foundation import clock
from cecto.foundation.tables import download
from cecto.people.access import staff, viewer
from cecto.people.seats import offices_of
from cecto.people.viewer import Permission, Viewer
from cecto.programs.models import Program
from cecto.programs.queries import ruleset


@require_GET
@staff(Permission.SEE_RECORDS)
def record(request: HttpRequest, key: str) -> HttpResponse:
    """One person's audit as a letter, for the dates asked for."""
    enrollment = enrollment_for(viewer(request), key, Permission.SEE_RECORDS)
    form = DatesForm.of(request.GET)
    true_on, known_at = form.dates(now=clock.now(), zone=enrollment.cohort.program.time_zone)
    seen = audit_enrollment(enrollment, true_on=true_on, known_at=known_at)
    grants = list(exceptions_of_enrollment(enrollment))
    program = enrollment.cohort.program
    may_grant = not enrollment.person.erased_at and viewer(request).may(Permission.GRANT_EXCEPTION, program.code)
    offices = _offices(request, program) if may_grant else []
    sources = sources_of(enrollment, seen.facts.entries, viewer(request))
    written = letter(
        seen.audit.root,
        seen.facts.entries,
        grants,
        exceptable=exceptable(ruleset(seen.versions[-1].definition), offices),
        sources=sources,
    )
    return render(
        request,
        "audits/record.html",
        {
            "enrollment": enrollment,
            "seen": seen,
            "rules": ruleset(seen.definition).definition,
            "letter": written,
            "opened": written.around(request.GET.get("at", "")),
            "hero": hero(seen.audit.root),
            "headline": headline_of(seen),
            "grants": grants,
            "waiting": effects_told([grant for grant in grants if grant.waiting], known_at=clock.now()),
            "may_grant": may_grant,
            "offices": offices,
            "form": form,
            "asked": form.is_bound,
            "crumbs": crumbs_of(enrollment),
        },
        status=200 if form.is_valid() or not form.is_bound else 422,
    )


@require_GET
@staff(Permission.SEE_RECORDS)
def entries(request: HttpRequest, key: str) -> HttpResponse:
    """Every entry of a record, where it counts, and why it does not."""
    enrollment = enrollment_for(viewer(request), key, Permission.SEE_RECORDS)
    crumbs = record_crumbs(enrollment)
    return answer_entries(request, enrollment, looking=viewer(request), crumbs=crumbs)


def answer_entries(
    request: HttpRequest, enrollment: Enrollment, *, looking: Viewer | None, crumbs: Crumbs
) -> HttpResponse:
    """The page of every entry of a record, for one who may see it; with links to the sources for staff (`looking`)."""
    today = clock.today(enrollment.cohort.program.time_zone)
    seen = audit_enrollment(enrollment, true_on=today, known_at=clock.now())
    found = reckon(seen)
    sources = sources_of(enrollment, seen.facts.entries, looking)
    nothing = [one for one in found if not one.counts]
    only = request.GET.get("only") == "uncounted"
    table = reckoning_table(f"Entries of {enrollment.person.name}", nothing if only else found, sources)
    context = {
        "enrollment": enrollment,
        "table": table,
        "uncounted": len(nothing),
        "only": only,
        "crumbs": crumbs,
    }
    return download(request, table) or render(request, "audits/entries.html", context)


def _offices(request: HttpRequest, program: Program) -> list[str]:
    """The offices that the viewer holds today."""
    return offices_of(viewer(request).someone, program_code=program.code, on=clock.today(program.time_zone))
