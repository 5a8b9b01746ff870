"""Guest instructors: a link to one session's roster and to nothing else."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cecto.attendance.access import session_to_settle
from cecto.attendance.actions import AttendanceRefused, end_guest_link, invite_guest, record_marks
from cecto.attendance.forms.roster import GuestForm, RosterForm
from cecto.attendance.guest_tokens import link_of, token_of
from cecto.attendance.models import GuestLink
from cecto.attendance.queries.reconciliation import reconcile
from cecto.attendance.queries.sent import waiting_of
from cecto.attendance.views.frame import posted
from cecto.attendance.views.sent import take_lot
from cecto.classes.schedule.queries import Session, session_with_key
from cecto.foundation import clock
from cecto.foundation.journal.actor import Actor
from cecto.people.access import staff, viewer
from cecto.people.viewer import Permission


def guests_of(session: Session, at: datetime) -> dict[str, object]:
    """The links of a session that work now, each with its path, and the form for one more."""
    links = GuestLink.objects.filter(meeting=session.meeting, ends_at__gt=at)
    return {"guests": [(link, reverse("guest:roster", args=[token_of(link)])) for link in links], "guest": GuestForm()}


@require_POST
@staff(Permission.RUN_CLASS)
def invite(request: HttpRequest, key: str) -> HttpResponse:
    """Give a guest a link."""
    at = clock.now()
    session = session_to_settle(viewer(request), key, at=at)
    form = GuestForm(request.POST)
    try:
        if form.is_valid():
            invite_guest(meeting=session.meeting, name=form.cleaned_data["name"], by=viewer(request).actor, at=at)
            messages.success(request, _("The link is below: send it to the guest."))
        else:
            messages.error(request, _("Give the guest’s name."))
    except AttendanceRefused as refused:
        messages.error(request, str(refused))
    return redirect("attendance:roster", key)


@require_POST
@staff(Permission.RUN_CLASS)
def end(request: HttpRequest, key: str, link: str) -> HttpResponse:
    """End a guest's link."""
    at = clock.now()
    session = session_to_settle(viewer(request), key, at=at)
    found = get_object_or_404(GuestLink, key=link, meeting=session.meeting)
    end_guest_link(link=found, by=viewer(request).actor, at=at)
    messages.success(request, _("The link of %(name)s no longer works.") % {"name": found.name})
    return redirect("attendance:roster", key)


@require_http_methods(["GET", "POST"])
def guest_roster(request: HttpRequest, token: str) -> HttpResponse:
    """The roster of one session, for whoever holds the link."""
    at = clock.now()
    link, session = _session_of(token, at)
    found = reconcile(session)
    form = RosterForm(posted(request), session=session, rows=found.people)
    if request.method == "POST" and form.is_valid():
        try:
            record_marks(meeting=session.meeting, markings=form.markings(), by=Actor("guest", link.key), at=at)
        except AttendanceRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved. Thank you; you can change it until the session is settled."))
            return redirect("guest:roster", token)
    waiting = waiting_of(session.meeting).filter(sent_by=link.key).count()
    context = {"session": session, "found": found, "form": form, "link": link, "token": token, "waiting": waiting}
    response = render(request, "attendance/guest.html", context, status=422 if form.errors else 200)
    response["X-Robots-Tag"] = "noindex"
    return response


@require_POST
def take_from_guest(request: HttpRequest, token: str) -> HttpResponse:
    """Take the marks that waited in the browser of whoever holds the link."""
    at = clock.now()
    link, session = _session_of(token, at)
    return take_lot(request, session, by=Actor("guest", link.key), at=at)


def _session_of(token: str, at: datetime) -> tuple[GuestLink, Session]:
    """The link behind a token and its session. Raises Http404 for one that does not work."""
    link = link_of(token, at=at)
    if link is None:
        raise Http404("This link does not work, or no longer. Ask the coordinator for another.")
    return link, session_with_key(link.meeting.key, known_at=at)
