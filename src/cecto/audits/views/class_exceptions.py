"""The exceptions of a class: all of them as a list, and one granted to everyone at once."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cecto.audits import actions
from cecto.audits.actions.class_wide import FOR_MANY
from cecto.audits.amounts import unit_of
from cecto.audits.exception_list import exceptable_nodes, exception_table
from cecto.audits.forms.exceptions import ClassGrantForm
from cecto.audits.gathering.versions import version_of_track
from cecto.audits.granting import left_out_of
from cecto.audits.proposals import proposals
from cecto.audits.queries import active_in_tracks, exceptions_of_class
from cecto.audits.views.crumbs import class_crumbs
from cecto.classes.access import cohort_for
from cecto.classes.models import Cohort, CohortTrack
from cecto.foundation import clock
from cecto.foundation.tables import download
from cecto.people.access import staff, viewer
from cecto.people.seats import NotTheirOffice, offices_of
from cecto.people.viewer import Permission
from cecto.programs.models import Definition
from cecto.programs.queries import ruleset

Held = tuple[CohortTrack, Definition]


@require_GET
@staff(Permission.SEE_RECORDS)
def exceptions(request: HttpRequest, key: str) -> HttpResponse:
    """Every exception of a class: those that wait for a second office first, then the list."""
    looking = viewer(request)
    cohort = cohort_for(looking, key, Permission.SEE_RECORDS)
    grants = list(exceptions_of_class(cohort))
    table = exception_table(_("Exceptions of %(name)s") % {"name": cohort.name}, grants)
    may_grant = looking.may(Permission.GRANT_EXCEPTION, cohort.program.code)
    offices = _offices(request, cohort) if may_grant else []
    waiting = proposals([grant for grant in grants if grant.waiting], known_at=clock.now())
    context = {
        "cohort": cohort,
        "table": table,
        "waiting": [(one, one.may_be_joined_by(looking.someone, offices)) for one in waiting],
        "nodes": exceptable_nodes(_tracks(cohort), FOR_MANY, offices) if may_grant else [],
        "crumbs": class_crumbs(cohort),
    }
    return download(request, table) or render(request, "audits/exceptions.html", context)


@require_http_methods(["GET", "POST"])
@staff(Permission.GRANT_EXCEPTION)
def grant_to_class(request: HttpRequest, key: str, node: str) -> HttpResponse:
    """Grant everyone in one or more tracks the same exception: one proposal, one reason, one file."""
    cohort = cohort_for(viewer(request), key, Permission.GRANT_EXCEPTION)
    tracks = [track for track in _tracks(cohort) if _waivable(track, node)]
    if not tracks:
        raise Http404("No exception is possible there.")
    first = next((held for held in tracks if held[0].track == request.GET.get("track")), tracks[0])
    rules = ruleset(first[1])
    rule = rules.nodes[node]
    form = ClassGrantForm(
        request.POST or None,
        request.FILES or None,
        tracks=[(track.track, f"{track.title}: {_title(definition, node)}") for track, definition in tracks],
        initial={"tracks": [first[0].track]},
        node=rule,
        unit=unit_of(rule),
        rules=rules,
        offices=_offices(request, cohort),
        kinds=FOR_MANY,
    )
    if form.is_valid() and _granted(request, form, cohort, node):
        return redirect("audits:exceptions", key)
    crumbs = [*class_crumbs(cohort), (_("Exceptions"), reverse("audits:exceptions", args=[key]))]
    context = {"form": form, "cohort": cohort, "node": rule, "crumbs": crumbs}
    return render(request, "audits/grant_to_class.html", context, status=422 if form.is_bound else 200)


def _granted(request: HttpRequest, form: ClassGrantForm, cohort: Cohort, node: str) -> bool:
    today = clock.today(cohort.program.time_zone)
    everyone = active_in_tracks(cohort, form.cleaned_data["tracks"], on=today)
    try:
        made = actions.grant_to_class(
            enrollments=everyone,
            node=node,
            granted_by=viewer(request).someone,
            by=viewer(request).actor,
            at=clock.now(),
            **form.granted(),
        )
    except (actions.ExceptionRefused, NotTheirOffice) as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, _("The exception is recorded for %(n)d people.") % {"n": len(made)})
    for text in left_out_of(made, everyone, granter=viewer(request).someone):
        messages.info(request, text)
    return True


def _tracks(cohort: Cohort) -> list[Held]:
    """Each track and the version that holds it today."""
    today, now = clock.today(cohort.program.time_zone), clock.now()
    tracks = cohort.tracks.select_related("definition")
    return [(track, version_of_track(track, on=today, known_at=now)) for track in tracks]


def _waivable(held: Held, node: str) -> bool:
    found = ruleset(held[1]).nodes.get(node)
    return found is not None and found.waivable is not None


def _title(definition: Definition, node: str) -> str:
    return ruleset(definition).nodes[node].title or node


def _offices(request: HttpRequest, cohort: Cohort) -> list[str]:
    program = cohort.program
    return offices_of(viewer(request).someone, program_code=program.code, on=clock.today(program.time_zone))
