"""The versions that a class is held to: which, since when, who would fare otherwise under another, and moving to it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cecto import requirements
from cecto.audits import actions
from cecto.audits.comparing import Compared, compare_class, comparison_table
from cecto.audits.forms.versions import DraftForm, MoveForm
from cecto.audits.gathering.versions import version_of_track
from cecto.audits.models import VersionChange
from cecto.audits.queries import version_agreements, version_changes
from cecto.audits.views.crumbs import class_crumbs
from cecto.classes.access import cohort_for
from cecto.classes.models import Cohort, CohortTrack, Enrollment
from cecto.foundation import clock
from cecto.foundation.tables import Column, Kind, Link, Table, download
from cecto.people.access import staff, viewer
from cecto.people.viewer import Permission
from cecto.programs.access import published_definition
from cecto.programs.models import Definition
from cecto.programs.queries import definitions, ruleset


@require_GET
@staff(Permission.SEE_RECORDS)
def versions(request: HttpRequest, key: str) -> HttpResponse:
    """What each track is held to, the other published versions, and every change so far."""
    cohort = cohort_for(viewer(request), key, Permission.SEE_RECORDS)
    context = {
        "cohort": cohort,
        "tracks": _tracks(cohort),
        "table": _changes(cohort),
        "agreements": _agreements(cohort),
        "crumbs": class_crumbs(cohort),
    }
    return render(request, "audits/versions.html", context)


@require_http_methods(["GET", "POST"])
@staff(Permission.SEE_RECORDS)
def version(request: HttpRequest, key: str, definition: str) -> HttpResponse:
    """Who of a class would fare otherwise under another version; certification officers may move them to it."""
    looking = viewer(request)
    cohort = cohort_for(looking, key, Permission.SEE_RECORDS)
    may_move = looking.may(Permission.CERTIFY, cohort.program.code)
    if request.method == "POST" and not may_move:
        raise Http404("Only certification officers move a class to another version.")
    new = published_definition(definition)
    track = get_object_or_404(cohort.tracks.select_related("definition"), track=new.track, cohort__program=new.program)
    today = clock.today(cohort.program.time_zone)
    held = version_of_track(track, on=today, known_at=clock.now())
    people = compare_class(cohort, ruleset(new), on=today, known_at=clock.now())
    form = MoveForm(
        request.POST or None,
        initial={"rule": ruleset(new).definition.under_way if held.pk != new.pk else "move", "start": today},
        people=_elsewhere(people, new),
        everyone=held.pk != new.pk,
    )
    if form.is_valid() and _moved(request, form, track, new):
        return redirect("audits:versions", key)
    table = comparison_table(_("Whose outcome would change"), people)
    context = {
        "cohort": cohort,
        "track": track,
        "new": new,
        "held": held,
        "people": people,
        "worse": sum(one.comparison.worse for one in people),
        "changed": sum(one.changed for one in people),
        "table": table,
        "form": form if may_move and (form.people or held.pk != new.pk) else None,
        "crumbs": [*class_crumbs(cohort), (_("Versions"), reverse("audits:versions", args=[key]))],
    }
    file = download(request, table)
    return file or render(request, "audits/version.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@staff(Permission.SEE_RECORDS)
def draft(request: HttpRequest, key: str) -> HttpResponse:
    """Who of a class would fare otherwise under a definition that is not published yet. Nothing is kept."""
    cohort = cohort_for(viewer(request), key, Permission.SEE_RECORDS)
    form = DraftForm(request.POST or None, request.FILES or None)
    context = {
        "cohort": cohort,
        "form": form,
        "crumbs": [*class_crumbs(cohort), (_("Versions"), reverse("audits:versions", args=[key]))],
    }
    if form.is_valid():
        today = clock.today(cohort.program.time_zone)
        rules = requirements.compile(form.cleaned_data["parsed"])
        people = compare_class(cohort, rules, on=today, known_at=clock.now())
        context |= {"people": people, "worse": sum(one.comparison.worse for one in people)}
        context |= {"changed": sum(one.changed for one in people), "asked": True}
        context["table"] = comparison_table(_("Whose outcome would change"), people)
    return render(request, "audits/draft.html", context, status=422 if form.errors else 200)


def _elsewhere(people: list[Compared], new: Definition) -> list[Enrollment]:
    """Those whom another version holds, alone or beside this one, by name."""
    found = [one.seen.enrollment for one in people if {each.definition.pk for each in one.seen.versions} != {new.pk}]
    return sorted(found, key=lambda one: one.person.name)


def _moved(request: HttpRequest, form: MoveForm, track: CohortTrack, new: Definition) -> bool:
    found = form.cleaned_data
    try:
        agreed = actions.agree_to_version(
            move=actions.Move(track, new, VersionChange.Rule(found["rule"]), found["start"], form.enrollment),
            reason=found["reason"],
            officer=viewer(request).someone,
            by=viewer(request).actor,
            at=clock.now(),
        )
    except actions.VersionRefused as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, agreed.sentence)
    return True


def _tracks(cohort: Cohort) -> list[tuple[CohortTrack, Definition, list[Definition]]]:
    """Each track, the version that holds it today, and the other published ones."""
    today, now = clock.today(cohort.program.time_zone), clock.now()
    published = list(definitions().filter(program=cohort.program))
    found = []
    for track in cohort.tracks.select_related("definition"):
        held = version_of_track(track, on=today, known_at=now)
        others = [one for one in published if one.track == track.track and one.pk != held.pk]
        found.append((track, held, others))
    return found


def _agreements(cohort: Cohort) -> Table:
    columns = (
        Column(_("Officer")),
        Column(_("For")),
        Column(_("Version")),
        Column(_("From"), Kind.DATE),
        Column(_("Those under way")),
        Column(_("Reason")),
        Column(_("Agreed"), Kind.INSTANT),
    )
    rows = [
        (
            one.officer.name,
            one.enrollment.person.name if one.enrollment else one.track.title,
            Link(str(one.definition), reverse("audits:version", args=[cohort.key, one.definition.key])),
            one.start,
            one.get_rule_display(),
            one.reason,
            one.recorded_at,
        )
        for one in version_agreements(cohort)
    ]
    return Table(_("Who agreed to easier rules"), columns, rows)


def _changes(cohort: Cohort) -> Table:
    columns = (
        Column(_("For")),
        Column(_("Version")),
        Column(_("From"), Kind.DATE),
        Column(_("Those under way")),
        Column(_("Reason")),
        Column(_("Recorded"), Kind.INSTANT),
    )
    rows = [
        (
            one.enrollment.person.name if one.enrollment else one.track.title,
            str(one.definition),
            one.start,
            one.get_rule_display(),
            one.reason,
            one.recorded_at,
        )
        for one in version_changes(cohort)
    ]
    return Table(_("Every change of version"), columns, rows)
