"""What is asked of a person before the class and after it: their admission, and the renewal of their award."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cecto.audits.access import enrollment_for
from cecto.audits.exception_list import exceptable
from cecto.audits.letter import hero, letter
from cecto.audits.queries import exceptions_of_enrollment
from cecto.audits.sources import sources_of
from cecto.audits.standing import Part
from cecto.audits.views.crumbs import Crumbs, record_crumbs
from cecto.certification.awards import admission_part, renewal_part
from cecto.certification.renewal.queries import WORDS
from cecto.classes.models import Enrollment
from cecto.foundation import clock
from cecto.people.access import staff, viewer
from cecto.people.seats import offices_of
from cecto.people.viewer import Permission, Viewer
from cecto.programs.queries import ruleset


@require_GET
@staff(Permission.SEE_RECORDS)
def admission(request: HttpRequest, key: str) -> HttpResponse:
    """What the definition asks for admission, and how far the person is."""
    looking = viewer(request)
    enrollment = enrollment_for(looking, key, Permission.SEE_RECORDS)
    today = clock.today(enrollment.cohort.program.time_zone)
    part = admission_part(enrollment, true_on=today, known_at=clock.now())
    return _answer(request, enrollment, part, heading=_("Admission"), looking=looking, crumbs=record_crumbs(enrollment))


@require_GET
@staff(Permission.SEE_RECORDS)
def renewal(request: HttpRequest, key: str) -> HttpResponse:
    """Where a person's award stands, and what its cycle asks."""
    looking = viewer(request)
    enrollment = enrollment_for(looking, key, Permission.SEE_RECORDS)
    return answer_renewal(request, enrollment, looking=looking, crumbs=record_crumbs(enrollment))


def answer_renewal(
    request: HttpRequest, enrollment: Enrollment, *, looking: Viewer | None, crumbs: Crumbs
) -> HttpResponse:
    """The page of an award's renewal, for one who may see it; with links to the sources for staff (`looking`).

    `?cycle=N` shows an earlier cycle, or one to come.
    """
    today = clock.today(enrollment.cohort.program.time_zone)
    asked = request.GET.get("cycle", "")
    try:
        cycle = int(asked) if asked else None
        part = renewal_part(enrollment, cycle=cycle, true_on=today, known_at=clock.now())
    except ValueError as error:
        raise Http404("There is no such cycle.") from error
    return _answer(request, enrollment, part, heading=_("Renewal"), looking=looking, crumbs=crumbs)


def _answer(
    request: HttpRequest,
    enrollment: Enrollment,
    part: Part | None,
    *,
    heading: str,
    looking: Viewer | None,
    crumbs: Crumbs,
) -> HttpResponse:
    context: dict[str, object] = {"enrollment": enrollment, "part": part, "heading": heading, "crumbs": crumbs}
    if part is not None:
        entries = part.held.facts.entries
        sources = sources_of(enrollment, entries, looking)
        grants = list(exceptions_of_enrollment(enrollment))
        may = _exceptable(part, enrollment, looking)
        written = letter(part.audit.root, entries, grants, sources=sources, exceptable=may)
        context |= {
            "letter": written,
            "hero": hero(part.audit.root),
            "facts": _facts(part),
            "other_cycles": _other_cycles(part),
            "may_record": _may_record(enrollment, looking),
            "record": reverse("coursework:background", args=[enrollment.cohort.key]),
        }
    return render(request, "certification/part.html", context)


def _may_record(enrollment: Enrollment, looking: Viewer | None) -> bool:
    runs = looking is not None and looking.may(Permission.RUN_CLASS, enrollment.cohort.program.code)
    return runs and not enrollment.person.erased_at


def _exceptable(part: Part, enrollment: Enrollment, looking: Viewer | None) -> frozenset[str]:
    """The requirements of the part on which the viewer may grant an exception today."""
    program = enrollment.cohort.program
    if looking is None or enrollment.person.erased_at or not looking.may(Permission.GRANT_EXCEPTION, program.code):
        return frozenset()
    held = offices_of(looking.someone, program_code=program.code, on=clock.today(program.time_zone))
    return exceptable(ruleset(part.held.definition), held)


def _facts(part: Part) -> list[tuple[str, object]]:
    """Where the award stands, in labels and values; none for an admission."""
    found = part.renewal
    if found is None:
        return []
    facts: list[tuple[str, object]] = [
        (_("Where it stands"), WORDS[found.standing].capitalize()),
        (_("Cycle %(n)d") % {"n": found.number}, _span(found.start, found.end)),
    ]
    if found.standing != "not-asked":
        facts.append((_("May be renewed from"), f"{found.opens_on:%B %-d, %Y}"))
    if found.lapsed_to:
        facts.append((_("It has become"), found.lapsed_to))
    if found.reinstate_last_day:
        facts.append((_("May be reinstated until"), f"{found.reinstate_last_day:%B %-d, %Y}"))
    return facts


def _span(start: date, end: date) -> str:
    """A cycle's days, the last one included."""
    return f"{start:%B %-d, %Y} – {end - timedelta(days=1):%B %-d, %Y}"


def _other_cycles(part: Part) -> list[int]:
    """The cycles up to the one that decides, but the one shown."""
    found = part.renewal
    return [n for n in range(1, found.number + 1) if n != part.audit.cycle] if found else []
