"""A participant's own attendance at a session, what they say about it, and the answers of those who run the class."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cecto.attendance.access import session_of_participant, session_to_settle
from cecto.attendance.actions import (
    AttendanceRefused,
    announce_absence,
    answer_notice,
    appeal_attendance,
    claim_makeup,
)
from cecto.attendance.actions.notices import APPEAL_WITHIN
from cecto.attendance.forms.notices import AnswerForm, MakeupForm, NoticeForm
from cecto.attendance.models import Notice, NoticeAnswer
from cecto.attendance.queries.makeups import makeup_offer
from cecto.attendance.queries.notices import notices_of_person
from cecto.attendance.queries.policies import credited_to
from cecto.attendance.queries.reconciliation import reconcile
from cecto.attendance.views.frame import posted
from cecto.classes.schedule.queries import Session, local_day
from cecto.foundation import clock, evidence
from cecto.people.access import signed_in, staff, viewer
from cecto.people.models import Person
from cecto.people.viewer import Permission


@require_http_methods(["GET", "POST"])
@signed_in
def my_attendance(request: HttpRequest, key: str) -> HttpResponse:
    """One's own attendance at a session; posting announces an absence or, once it is settled, appeals."""
    at = clock.now()
    session, person = session_of_participant(viewer(request), key, at=at)
    found = reconcile(session)
    form = NoticeForm(posted(request), request.FILES or None, appeals=bool(found.settlement))
    if request.method == "POST" and form.is_valid():
        said: dict[str, Any] = {"meeting": session.meeting, "person": person, "by": viewer(request).actor, "at": at}
        try:
            if found.settlement:
                appeal_attendance(text=form.cleaned_data["text"], **said)
            else:
                announce_absence(text=form.cleaned_data["text"], **form.document_sent(), **said)
        except AttendanceRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Sent. The answer will stand here."))
            return redirect("absence:session", key)
    return _page(request, session, person, form=form)


@require_POST
@signed_in
def make_up(request: HttpRequest, key: str) -> HttpResponse:
    """Hand in how one made up what one missed."""
    at = clock.now()
    session, person = session_of_participant(viewer(request), key, at=at)
    offer = makeup_offer(session, person)
    if offer is None:
        raise Http404("There is nothing of this session to make up.")
    form = MakeupForm(request.POST, request.FILES or None, offer=offer)
    if form.is_valid():
        way, text = Notice.Way(form.cleaned_data["way"]), form.cleaned_data["text"]
        said: dict[str, Any] = {"meeting": session.meeting, "person": person, "by": viewer(request).actor, "at": at}
        try:
            claim_makeup(way=way, text=text, **form.document_sent(), **said)
        except AttendanceRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Sent. The answer will stand here."))
            return redirect("absence:session", key)
    return _page(request, session, person, makeup=form)


def _page(
    request: HttpRequest,
    session: Session,
    person: Person,
    *,
    form: NoticeForm | None = None,
    makeup: MakeupForm | None = None,
) -> HttpResponse:
    found = reconcile(session)
    row = found.of(person.key)
    offer = makeup_offer(session, person) if found.settlement else None
    context = {
        "session": session,
        "found": found,
        "row": row,
        "credited": credited_to(row, found) if row else 0,
        "notices": notices_of_person(session, person),
        "form": form or NoticeForm(appeals=bool(found.settlement)),
        "appeal_until": found.settlement.settled_at + APPEAL_WITHIN if found.settlement else None,
        "now": clock.now(),
        "offer": offer if offer and offer.is_open(local_day(clock.now(), session.zone)) else None,
        "makeup": makeup or (MakeupForm(offer=offer) if offer else None),
    }
    wrong = any(one and one.errors for one in (form, makeup))
    return render(request, "attendance/my_attendance.html", context, status=422 if wrong else 200)


@require_POST
@staff(Permission.RUN_CLASS)
def record_absence(request: HttpRequest, key: str, person_key: str) -> HttpResponse:
    """Record an absence that was told to the coordinator."""
    at = clock.now()
    session = session_to_settle(viewer(request), key, at=at)
    row = reconcile(session).of(person_key)
    if row is None:
        raise Http404("There is no such person at this session.")
    form = NoticeForm(request.POST, request.FILES or None, appeals=False)
    try:
        if form.is_valid():
            announce_absence(
                meeting=session.meeting,
                person=row.attendee.person,
                text=form.cleaned_data["text"],
                **form.document_sent(),
                by=viewer(request).actor,
                at=at,
            )
        else:
            messages.error(request, _("Say in a sentence what the absence is about."))
    except AttendanceRefused as refused:
        messages.error(request, str(refused))
    return redirect("attendance:person", key, person_key)


@require_POST
@staff(Permission.RUN_CLASS)
def answer(request: HttpRequest, key: str, notice: str) -> HttpResponse:
    """Answer a notice."""
    at = clock.now()
    session = session_to_settle(viewer(request), key, at=at)
    found = get_object_or_404(Notice.objects.select_related("person"), key=notice, meeting=session.meeting)
    form = AnswerForm(request.POST, notice=found)
    try:
        if form.is_valid():
            outcome = NoticeAnswer.Outcome(form.cleaned_data["outcome"])
            answer_notice(
                notice=found,
                outcome=outcome,
                reason=form.cleaned_data["reason"],
                minutes=form.cleaned_data.get("minutes"),
                by=viewer(request).actor,
                at=at,
            )
            messages.success(request, _answered(outcome))
        else:
            messages.error(request, _("Choose an answer and say why."))
    except AttendanceRefused as refused:
        messages.error(request, str(refused))
    return redirect("attendance:person", key, found.person.key)


@require_GET
@staff(Permission.RUN_CLASS)
def document(request: HttpRequest, key: str, notice: str) -> HttpResponse:
    """The document that came with a notice, to download."""
    session = session_to_settle(viewer(request), key, at=clock.now())
    found = get_object_or_404(Notice, key=notice, meeting=session.meeting)
    if not found.document_name:
        raise Http404("There is no document.")
    return HttpResponse(
        evidence.load(found.document_sha256),
        content_type="application/octet-stream",
        headers={"Content-Disposition": str(content_disposition_header(True, found.document_name))},
    )


def _answered(outcome: NoticeAnswer.Outcome) -> str:
    if outcome == NoticeAnswer.Outcome.CORRECTED:
        return _("Answered. No minute has changed yet: reopen the session, correct it and settle it again.")
    return _("Answered.")
