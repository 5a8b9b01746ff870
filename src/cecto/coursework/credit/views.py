"""Pages for what counts besides: make-ups, study recognized, credentials held."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cecto.classes.access import cohort_for
from cecto.classes.models import Cohort, Modality
from cecto.classes.vocabulary import vocabulary_of
from cecto.coursework import queries
from cecto.coursework.access import meeting_of, member
from cecto.coursework.credit import actions
from cecto.coursework.credit.actions import Study
from cecto.coursework.credit.asked import asked_of
from cecto.coursework.credit.forms import AttestationForm, HeldForm, MakeupForm, ScoreForm, StudyForm, WhoForm
from cecto.coursework.frame import people_of, work_crumbs
from cecto.coursework.queries import MissedSession
from cecto.coursework.refusals import WorkRefused
from cecto.foundation import clock, evidence
from cecto.foundation.tables import Column, Kind, Link, Table, Value, download
from cecto.foundation.ui import words
from cecto.ledger.models import Entry
from cecto.people.access import staff, viewer
from cecto.people.models import Person
from cecto.people.viewer import Permission


@dataclass(frozen=True)
class MissedLine:
    """A session with something to make up, and the form to say how it was made up."""

    missed: MissedSession
    form: MakeupForm


@require_GET
@staff(Permission.SEE_RECORDS)
def credit(request: HttpRequest, key: str) -> HttpResponse:
    """Everything recorded for people of the class that is neither its work nor attendance."""
    cohort = cohort_for(viewer(request), key, Permission.SEE_RECORDS)
    runs = viewer(request).may(Permission.RUN_CLASS, cohort.program.code)
    rows = [_row(entry, cohort, runs=runs) for entry in queries.recorded_elsewhere(cohort)]
    table = Table(_("Make-ups, recognized study and credentials held"), _columns(runs=runs), rows)
    asked = asked_of(cohort)
    context = {"cohort": cohort, "table": table, "runs": runs, "asked": asked, "crumbs": work_crumbs(cohort)}
    return download(request, table) or render(request, "coursework/credit/credit.html", context)


@require_GET
@staff(Permission.RUN_CLASS)
def makeups(request: HttpRequest, key: str) -> HttpResponse:
    """Choose a person, then say which of their missed sessions they made up."""
    cohort = cohort_for(viewer(request), key, Permission.RUN_CLASS)
    chosen = request.GET.get("person", "")
    person = member(cohort, chosen) if chosen else None
    return _makeups(request, cohort, person)


@require_POST
@staff(Permission.RUN_CLASS)
def makeup(request: HttpRequest, key: str, person_key: str, session_key: str) -> HttpResponse:
    """Record that a person made up minutes of a session."""
    cohort = cohort_for(viewer(request), key, Permission.RUN_CLASS)
    person, meeting = member(cohort, person_key), meeting_of(cohort, session_key)
    form = MakeupForm(request.POST, left=0, today=clock.today(cohort.program.time_zone), prefix=session_key)
    if form.is_valid():
        try:
            posted = actions.record_makeup(
                person=person, meeting=meeting, by=viewer(request).actor, at=clock.now(), **form.cleaned_data
            )
        except WorkRefused as refused:
            form.add_error(None, str(refused))
        else:
            minutes = sum(entry.attended for entry in posted)
            said = _("%(time)s made up by %(name)s.") % {"time": words.hours(minutes), "name": person.name}
            messages.success(request, said)
            return redirect(f"{reverse('coursework:makeups', args=[key])}?person={person.key}")
    return _makeups(request, cohort, person, refused=form)


@require_http_methods(["GET", "POST"])
@staff(Permission.RUN_CLASS)
def study(request: HttpRequest, key: str) -> HttpResponse:
    """Recognize study done elsewhere."""
    cohort = cohort_for(viewer(request), key, Permission.RUN_CLASS)
    form = StudyForm(
        *_sent(request),
        people=people_of(cohort),
        vocabulary=vocabulary_of(cohort),
        today=clock.today(cohort.program.time_zone),
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.recognize_study(
                cohort=cohort,
                person=form.cleaned_data["person"],
                study=_study(form.cleaned_data),
                on=form.cleaned_data["on"],
                evidence_sha256=_kept(form.cleaned_data),
                by=viewer(request).actor,
                at=clock.now(),
            )
        except WorkRefused as refused:
            form.add_error(None, str(refused))
        else:
            return _recorded(request, cohort, form.cleaned_data["person"])
    return _form_page(request, cohort, form, _("Recognize study"))


@require_http_methods(["GET", "POST"])
@staff(Permission.RUN_CLASS)
def held(request: HttpRequest, key: str) -> HttpResponse:
    """Record a credential someone holds."""
    cohort = cohort_for(viewer(request), key, Permission.RUN_CLASS)
    form = HeldForm(*_sent(request), people=people_of(cohort), today=clock.today(cohort.program.time_zone))
    if request.method == "POST" and form.is_valid():
        facts = {name: value for name, value in form.cleaned_data.items() if name != "evidence"}
        proof = _kept(form.cleaned_data)
        try:
            actions.record_credential_held(evidence_sha256=proof, by=viewer(request).actor, at=clock.now(), **facts)
        except WorkRefused as refused:
            form.add_error(None, str(refused))
        else:
            return _recorded(request, cohort, form.cleaned_data["person"])
    return _form_page(request, cohort, form, _("Record a credential held"))


@require_http_methods(["GET", "POST"])
@staff(Permission.RUN_CLASS)
def score(request: HttpRequest, key: str) -> HttpResponse:
    """Record what one person scored in an exam."""
    cohort = cohort_for(viewer(request), key, Permission.RUN_CLASS)
    exams = asked_of(cohort).exams
    if not exams:
        return _asks_for_none(request, cohort, _("Record a score"), _("The rules of this class ask for no exam."))
    form = ScoreForm(
        *_sent(request), people=people_of(cohort), exams=exams, today=clock.today(cohort.program.time_zone)
    )
    if request.method == "POST" and form.is_valid() and _kept_as(request, form, actions.record_score):
        return _recorded(request, cohort, form.cleaned_data["person"])
    return _form_page(request, cohort, form, _("Record a score"))


@require_http_methods(["GET", "POST"])
@staff(Permission.RUN_CLASS)
def attestation(request: HttpRequest, key: str) -> HttpResponse:
    """Record a document about one person, and who attested it."""
    cohort = cohort_for(viewer(request), key, Permission.RUN_CLASS)
    documents = asked_of(cohort).documents
    if not documents:
        return _asks_for_none(
            request, cohort, _("Record a document"), _("The rules of this class ask for no attested document.")
        )
    form = AttestationForm(
        *_sent(request), people=people_of(cohort), documents=documents, today=clock.today(cohort.program.time_zone)
    )
    if request.method == "POST" and form.is_valid() and _kept_as(request, form, actions.record_attestation):
        return _recorded(request, cohort, form.cleaned_data["person"])
    return _form_page(request, cohort, form, _("Record a document"))


def _kept_as(request: HttpRequest, form: ScoreForm | AttestationForm, record: Callable[..., Entry]) -> bool:
    """Whether it is recorded; if not, the form says why."""
    facts = {name: value for name, value in form.cleaned_data.items() if name != "evidence"}
    try:
        record(
            title=form.title,
            evidence_sha256=_kept(form.cleaned_data),
            by=viewer(request).actor,
            at=clock.now(),
            **facts,
        )
    except WorkRefused as refused:
        form.add_error(None, str(refused))
        return False
    return True


def _asks_for_none(request: HttpRequest, cohort: Cohort, heading: str, said: str) -> HttpResponse:
    crumbs = [*work_crumbs(cohort), _credit_crumb(cohort)]
    context = {"cohort": cohort, "heading": heading, "said": said, "crumbs": crumbs}
    return render(request, "coursework/credit/nothing_asked.html", context)


def _makeups(
    request: HttpRequest, cohort: Cohort, person: Person | None, *, refused: MakeupForm | None = None
) -> HttpResponse:
    today = clock.today(cohort.program.time_zone)
    missed = queries.missed_sessions(person, cohort) if person else []
    chosen = {"person": person.key} if person else None
    context = {
        "cohort": cohort,
        "person": person,
        "who": WhoForm(chosen, people=people_of(cohort)),
        "lines": [_line(one, today, refused) for one in missed],
        "refused": refused,
        "crumbs": [*work_crumbs(cohort), _credit_crumb(cohort)],
    }
    return render(request, "coursework/credit/makeups.html", context, status=422 if refused else 200)


def _line(missed: MissedSession, today: date, refused: MakeupForm | None) -> MissedLine:
    if refused is not None and refused.prefix == missed.meeting.key:
        return MissedLine(missed, refused)
    return MissedLine(missed, MakeupForm(left=missed.left, today=today, prefix=missed.meeting.key))


def _form_page(request: HttpRequest, cohort: Cohort, form: forms.Form, heading: str) -> HttpResponse:
    context = {
        "cohort": cohort,
        "form": form,
        "heading": heading,
        "crumbs": [*work_crumbs(cohort), _credit_crumb(cohort)],
    }
    return render(request, "coursework/credit/form.html", context, status=422 if form.errors else 200)


def _recorded(request: HttpRequest, cohort: Cohort, person: Person) -> HttpResponse:
    messages.success(request, _("Recorded for %(name)s.") % {"name": person.name})
    return redirect("coursework:credit", cohort.key)


def _credit_crumb(cohort: Cohort) -> tuple[str, str]:
    return _("Make-ups and more"), reverse("coursework:credit", args=[cohort.key])


def _sent(request: HttpRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _study(facts: dict[str, Any]) -> Study:
    return Study(
        title=facts["title"],
        minutes=facts["minutes"],
        modality=Modality(facts["modality"]),
        held_by=facts["held_by"],
        provider=facts["provider"],
        competency=facts["competency"],
        category=facts["category"],
    )


def _kept(facts: dict[str, Any]) -> str:
    return evidence.store(facts["evidence"].read()) if facts["evidence"] else ""


def _columns(*, runs: bool) -> tuple[Column, ...]:
    columns = (
        Column(_("Person")),
        Column(_("What")),
        Column(_("Kind")),
        Column(_("Counted"), Kind.HOURS),
        Column(_("On"), Kind.DATE),
    )
    return (*columns, Column(_("Change"))) if runs else columns


def _row(entry: Entry, cohort: Cohort, *, runs: bool) -> list[Value]:
    cells: list[Value] = [
        entry.person.name,
        entry.activity.title,
        entry.get_kind_display(),
        entry.attended or None,
        entry.occurred_on,
    ]
    back = Link(_("Take back"), reverse("coursework:take-back", args=[cohort.key, entry.pk]))
    return [*cells, None if entry.person.erased_at else back] if runs else cells
