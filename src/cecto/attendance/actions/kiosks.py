"""A kiosk at the door of a session: opening, claiming and closing it, and what people tap there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from cecto.attendance.kiosk_tokens import hashed
from cecto.attendance.models import CheckIn, Kiosk, Tap, TapAnswer
from cecto.attendance.openness import AttendanceRefused, open_session
from cecto.attendance.queries.sessions import attendees, clock_time, is_attendee
from cecto.attendance.signatures import Signature
from cecto.classes.models import Meeting
from cecto.classes.schedule.queries import day_bounds, local_day
from cecto.foundation.journal.actions import record
from cecto.foundation.journal.actor import Actor
from cecto.people.models import Person

CLOCKS_AGREE = timedelta(minutes=1)
AFTER_IT_CLOSED = "It reached us after this kiosk was closed."
CLOCK_CHANGED = "The clock of the device was changed before this was sent: it was at {} or at {}."
NOT_OF_THE_CLASS = "This person is not of the session’s classes. Enroll them first."


class KioskRefused(AttendanceRefused):
    """A kiosk that cannot be; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Tapped:
    """One tap as a device says it: `said_at` and, when it was sent, `sent_at`, both by its own clock.

    `known_at` is what time the device took it to be by ours; `ago` how long ago it was when it was sent, by a clock
    that nobody can set. A device that does not know says None.
    """

    key: str
    person: Person
    kind: CheckIn.Kind
    said_at: datetime
    sent_at: datetime
    signature: Signature
    known_at: datetime | None = None
    ago: timedelta | None = None

    def estimates(self, received_at: datetime) -> list[datetime]:
        """When it was by our clock, in each way in which the device can tell, the surest first."""
        steady = received_at - self.ago if self.ago is not None else None
        by_its_clock = received_at - (self.sent_at - self.said_at)
        return [one for one in (steady, self.known_at, by_its_clock) if one is not None]

    def agreed_at(self, received_at: datetime) -> datetime | None:
        """When it was by our clock, to a minute; None where that is not certain, because the device's clock was set.

        What the clock that nobody can set says, where another way of telling agrees with it: the two others share the
        device's own clock and may be wrong together. Without it, they have to agree.
        """
        first, *others = self.estimates(received_at)
        agree = [abs(first - other) <= CLOCKS_AGREE for other in others]
        if first > received_at + CLOCKS_AGREE or (agree and not any(agree)):
            return None
        return min(self.said_at if abs(self.said_at - first) <= CLOCKS_AGREE else first, received_at)


@transaction.atomic
def open_kiosk(*, meeting: Meeting, door: str, token: str, by: Actor, at: datetime) -> Kiosk:
    """Let one device be a kiosk of this session until its day ends: the first that opens the link with this secret.

    Raises SettledAlready, NotHeld, and KioskRefused when the session's day is over.
    """
    session = open_session(meeting, at=at)
    _, ends_at = day_bounds(local_day(session.revision.ends_at, session.zone), session.zone)
    if ends_at <= at:
        raise KioskRefused(f"The day of “{session.revision.title}” is over. Mark its roster instead.")
    kiosk = Kiosk.objects.create(
        meeting=meeting, door=door, token_sha256=hashed(token), opened_at=at, opened_by=by.key, ends_at=ends_at
    )
    _journal("attendance.open-kiosk", kiosk, by=by, at=at)
    return kiosk


@transaction.atomic
def claim_kiosk(*, kiosk: Kiosk, device: str, by: Actor, at: datetime) -> Kiosk:
    """Bind a kiosk to a device for good; by the same device again changes nothing.

    Raises KioskRefused when another device has it, or when it is closed.
    """
    free = Kiosk.objects.filter(pk=kiosk.pk, device="", closed_at=None, ends_at__gt=at)
    if free.update(device=device, claimed_at=at):
        _journal("attendance.claim-kiosk", kiosk, by=by, at=at)
    kiosk.refresh_from_db(fields=["device", "claimed_at", "closed_at"])
    if kiosk.device != device:
        raise KioskRefused("This kiosk is closed, or another device has it. Ask the coordinator to open one more.")
    return kiosk


@transaction.atomic
def close_kiosk(*, kiosk: Kiosk, by: Actor, at: datetime) -> Kiosk:
    """Close a kiosk now. What was tapped before and has not arrived waits for a human. Again changes nothing."""
    if Kiosk.objects.filter(pk=kiosk.pk, closed_at=None).update(closed_at=at):
        kiosk.closed_at = at
        _journal("attendance.close-kiosk", kiosk, by=by, at=at)
    return kiosk


@transaction.atomic
def take_taps(*, kiosk: Kiosk, tapped: Sequence[Tapped], by: Actor, at: datetime) -> list[Tap]:
    """Take what was tapped at a kiosk, in any order and as often as it comes; returns what became of each.

    What cannot count by itself waits for a human: it came after the kiosk was closed or the session settled, its time
    is not of the session's day or not certain, or the person is not of its classes. Nothing is dropped.
    """
    Meeting.objects.select_for_update().get(pk=kiosk.meeting_id)
    kept = {tap.key: tap for tap in Tap.objects.filter(kiosk=kiosk, key__in=[one.key for one in tapped])}
    fresh = {one.key: one for one in tapped if one.key not in kept}
    if fresh:
        kiosk.refresh_from_db(fields=["closed_at"])
        judge = _Judge(kiosk, at=at)
        made = Tap.objects.bulk_create([_row(kiosk, one, judge, at) for one in fresh.values()])
        for tap in made:
            waits, key = bool(tap.why), tap.person.key
            _journal("attendance.tap", kiosk, by=by, at=at, person=key, kind=str(tap.kind), waits=waits)
        kept |= {tap.key: tap for tap in made}
    return [kept[one.key] for one in tapped]


@transaction.atomic
def answer_tap(*, tap: Tap, counts: bool, by: Actor, at: datetime) -> TapAnswer:
    """Decide about a tap that waits: it counts, or it does not. The first answer holds.

    Raises SettledAlready, NotHeld and KioskRefused when it is to count and cannot.
    """
    meeting = Meeting.objects.select_for_update().get(pk=tap.kiosk.meeting_id)
    before = TapAnswer.objects.filter(tap=tap).first()
    if before:
        return before
    if counts and not is_attendee(open_session(meeting, at=at), tap.person):
        raise KioskRefused(NOT_OF_THE_CLASS)
    answer = TapAnswer.objects.create(tap=tap, counts=counts, answered_at=at, answered_by=by.key)
    _journal("attendance.answer-tap", tap.kiosk, by=by, at=at, person=tap.person.key, counts=counts)
    return answer


def _row(kiosk: Kiosk, one: Tapped, judge: _Judge, at: datetime) -> Tap:
    agreed = one.agreed_at(at)
    counted = agreed or min(one.estimates(at)[0], at)
    return Tap(
        kiosk=kiosk,
        person=one.person,
        key=one.key,
        kind=one.kind,
        at=counted,
        said_at=one.said_at,
        received_at=at,
        signature_sha256=one.signature.keep(),
        why=judge.why_not(one, counted, certain=agreed is not None)[:300],
    )


class _Judge:
    """Says why a tap cannot count without a human; asks the database once for the whole lot."""

    def __init__(self, kiosk: Kiosk, *, at: datetime) -> None:
        self.at = at
        try:
            self.session = open_session(kiosk.meeting, at=at)
        except AttendanceRefused as refused:
            self.closed = str(refused)
        else:
            is_over = kiosk.ends_at <= at or (kiosk.closed_at is not None and kiosk.closed_at <= at)
            self.closed = AFTER_IT_CLOSED if is_over else ""
            self.people = {attendee.person.pk for attendee in attendees(self.session)}
            first, _ = day_bounds(self.session.day, self.session.zone)
            self.day = (first, kiosk.ends_at)

    def why_not(self, one: Tapped, counted: datetime, *, certain: bool) -> str:
        """The reason in words; empty when it counts."""
        if self.closed:
            return self.closed
        if one.person.pk not in self.people:
            return NOT_OF_THE_CLASS
        if not certain:
            told = (clock_time(self.session, instant) for instant in (counted, one.estimates(self.at)[-1]))
            return CLOCK_CHANGED.format(*told)
        return self._outside(one, counted)

    def _outside(self, one: Tapped, counted: datetime) -> str:
        first, last = self.day
        if one.kind == CheckIn.Kind.IN:
            last = self.session.revision.ends_at
        if first <= counted < last:
            return ""
        return f"It was tapped at {clock_time(self.session, counted)}, outside the session."


def _journal(action: str, kiosk: Kiosk, *, by: Actor, at: datetime, **detail: str | bool) -> None:
    meeting = kiosk.meeting
    subject = ("session", meeting.key)
    record(action, by=by, at=at, subject=subject, class_key=meeting.owner.key, kiosk=kiosk.key, **detail)
