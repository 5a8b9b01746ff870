"""After every session: the roster is marked or a report imported, names and conflicts are answered, it is settled."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from cecto.attendance.actions import (
    Marking,
    NameAnswer,
    answer_names,
    import_report,
    override_minutes,
    record_marks,
)
from cecto.attendance.models import GuestLink, Mark
from cecto.attendance.queries.names import unsure_names
from cecto.attendance.queries.reconciliation import PersonRow, reconcile
from cecto.attendance.queries.sessions import attendees
from cecto.certification.actions import settle_and_certify
from cecto.classes.schedule.queries import session
from cecto.demo.files.attendance import Paper, paper
from cecto.demo.story.people import Member
from cecto.demo.story.sessions import ZONE, Gathering, gatherings
from cecto.demo.story.turns import expected, stays, turn_of
from cecto.demo.year.world import Event, acting, instant, keep_file, meeting, person
from cecto.foundation.journal.actor import Actor

ZONE_NAME = "America/New_York"
# Being a few minutes off is not worth a word on a roster.
NOTED = timedelta(minutes=10)


def events() -> Iterator[Event]:
    """Three for each session: it is seen, its questions are answered, it is settled."""
    for one in gatherings():
        yield Event(_seen_at(one), f"{one.title}: {_HOW[one.seen_by]}", _of(see, one))
        yield Event(_settled_at(one), f"{one.title}: settled", _of(settle, one))


_HOW = {
    "roster": "the roster is marked",
    "sheet": "the sign-in sheet is imported",
    "zoom": "the Zoom report is imported",
}


def _of(do: Callable[[Gathering, datetime], None], one: Gathering) -> Callable[[datetime], None]:
    return lambda at: do(one, at)


def _seen_at(one: Gathering) -> datetime:
    """Rosters are marked as a session ends; files are imported the next morning."""
    if one.seen_by == "roster":
        return instant(one.day, "16:45" if one.kind != "graduation" else "12:50")
    return instant(one.day + timedelta(days=1), "09:00")


def _settled_at(one: Gathering) -> datetime:
    """Graduation the same hour, other rosters the same evening, files once somebody had time for their questions."""
    if one.seen_by == "roster":
        return instant(one.day, "17:30" if one.kind != "graduation" else "13:00")
    return instant(one.day + timedelta(days=2 if one.seen_by == "zoom" else 1), "17:30")


def leave_files_of_the_day(now: datetime) -> None:
    """Write the sheet or report of every session of the day, so that its import can be tried by hand."""
    for one in gatherings():
        if one.day == now.astimezone(ZONE).date():
            file = paper(one)
            keep_file(file.file_name, file.text)


def see(one: Gathering, at: datetime) -> None:
    """Record what was seen of a session."""
    if one.seen_by == "roster":
        mark_roster(one, at)
    else:
        bring_in(one, paper(one), at)


def mark_roster(one: Gathering, at: datetime) -> None:
    """Everyone was present, except those who were not, or not all of the time."""
    markings = [marking for who in expected(one) if (marking := _marking(one, who))]
    record_marks(meeting=meeting(one.code), markings=markings, rest_present=True, by=_marker(one), at=at)


def _marker(one: Gathering) -> Actor:
    """The guest who teaches the session, by their link, or else its instructor."""
    link = GuestLink.objects.filter(meeting=meeting(one.code)).first()
    return Actor("guest", link.key) if link else acting(one.instructor)


def bring_in(one: Gathering, file: Paper, at: datetime) -> None:
    """Import a session's file, and note who was there although the file says otherwise."""
    content, held = keep_file(file.file_name, file.text), meeting(one.code)
    import_report(
        meeting=held,
        content=content,
        file_name=file.file_name,
        time_zone=ZONE_NAME,
        by=acting("coordinator"),
        at=at,
    )
    known = [who for who in expected(one) if turn_of(one, who, "conflict")]
    markings = [Marking(person(who.handle).pk, Mark.State.PRESENT) for who in known]
    if markings:
        record_marks(meeting=held, markings=markings, by=acting(one.instructor), at=at)


def settle(one: Gathering, at: datetime) -> None:
    """Answer what is open about a session, then settle it."""
    held, by = meeting(one.code), acting("coordinator")
    if one.seen_by != "roster":
        answers = list(_answers(one, paper(one), at))
        answer_names(meeting=held, answers=answers, by=by, at=at)
        for row in reconcile(session(held, known_at=at)).conflicts:
            _answer_conflict(one, row, at)
    settle_and_certify(meeting=held, by=by, at=at)


def _marking(one: Gathering, who: Member) -> Marking | None:
    """What a roster says of someone who was not simply there."""
    there = stays(one, who)
    if not there:
        return Marking(person(who.handle).pk, Mark.State.ABSENT)
    late = there[0][0] if there[0][0] - one.starts_at > NOTED else None
    early = there[-1][1] if one.ends_at - there[-1][1] > NOTED else None
    if late is None and early is None:
        return None
    return Marking(person(who.handle).pk, Mark.State.PARTLY, came_at=late, left_at=early)


def _answers(one: Gathering, file: Paper, at: datetime) -> Iterator[NameAnswer]:
    held = session(meeting(one.code), known_at=at)
    meant = {(name, address.casefold()): handle for (name, address), handle in file.meant.items()}
    for unsure in unsure_names(held, attendees(held)):
        handle = meant[unsure.name, unsure.email]
        yield NameAnswer(unsure.report.pk, unsure.name, unsure.email, (person(handle).pk,) if handle else ())


def _answer_conflict(one: Gathering, row: PersonRow, at: datetime) -> None:
    override_minutes(
        meeting=meeting(one.code),
        person=row.attendee.person,
        minutes={segment.code: segment.offered for segment in row.minutes},
        reason="The instructor saw them to the end: the picture was lost and they stayed on by phone."
        if one.seen_by == "zoom"
        else "They stayed for the afternoon and forgot to sign in again, says their table.",
        by=acting("coordinator"),
        at=at,
    )
