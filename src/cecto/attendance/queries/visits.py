"""What a check-in asks of the database, in few statements: a whole class taps within a minute.

They are written by hand: building them takes Django ten times as long as the database takes to answer them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from cecto.attendance.models import CheckIn
from cecto.classes.models import MeetingRevision
from cecto.classes.schedule.queries import local_day
from cecto.people.models import Person

_VISIT = """
SELECT revision.id, revision.meeting_id, revision.title, revision.starts_at, revision.ends_at, revision.status,
  owner.key AS class_key, program.time_zone AS zone,
  EXISTS (
    SELECT 1 FROM classes_meetinglink AS link JOIN classes_enrollment AS enrollment USING (cohort_id)
    WHERE link.meeting_id = session.id AND enrollment.person_id = %(person)s
      AND link.recorded_at <= %(at)s AND (link.superseded_at IS NULL OR link.superseded_at > %(at)s)
  ) AS is_attendee
FROM classes_meeting AS session
JOIN classes_meetingrevision AS revision ON revision.meeting_id = session.id
JOIN classes_cohort AS owner ON owner.id = session.owner_id
JOIN programs_program AS program ON program.id = owner.program_id
WHERE session.key = %(key)s
  AND revision.recorded_at <= %(at)s AND (revision.superseded_at IS NULL OR revision.superseded_at > %(at)s)
"""

_TAKES_CHECK_INS = """
SELECT
  EXISTS (
    SELECT 1 FROM attendance_settlement AS settlement
    LEFT JOIN attendance_reopening AS reopening ON reopening.settlement_id = settlement.id
    WHERE settlement.meeting_id = %(meeting)s AND reopening.id IS NULL
  ),
  EXISTS (SELECT 1 FROM attendance_desk WHERE meeting_id = %(meeting)s AND closed_at IS NULL)
"""

_BESIDE = """
SELECT id, meeting_id, person_id, kind, at, received_at, token, device FROM attendance_checkin
WHERE meeting_id = %(meeting)s AND (person_id = %(person)s OR token = %(token)s)
UNION ALL
SELECT tap.id, kiosk.meeting_id, tap.person_id, tap.kind, tap.at, tap.received_at, '', ''
FROM attendance_tap AS tap JOIN attendance_kiosk AS kiosk ON kiosk.id = tap.kiosk_id
LEFT JOIN attendance_tapanswer AS answer ON answer.tap_id = tap.id
WHERE kiosk.meeting_id = %(meeting)s AND tap.person_id = %(person)s
  AND (answer.counts OR (answer.id IS NULL AND tap.why = ''))
ORDER BY at, id
"""


@dataclass(frozen=True, slots=True)
class Visit:
    """A person at a session: when it is (UTC), and whether they are of its classes. All that a check-in asks of it."""

    person: Person
    meeting_id: int
    key: str
    class_key: str
    title: str
    zone: str
    starts_at: datetime
    ends_at: datetime
    canceled: bool
    is_attendee: bool

    @property
    def day(self) -> date:
        """The day it starts, in the owning program's time zone."""
        return local_day(self.starts_at, self.zone)


def visit_to(key: str, person: Person, *, known_at: datetime) -> Visit:
    """A person at the session with this key as it stood at an instant. One query.

    Raises MeetingRevision.DoesNotExist when it was not known yet.
    """
    at = connection.ops.adapt_datetimefield_value(known_at)
    for row in MeetingRevision.objects.raw(_VISIT, {"key": key, "person": person.pk, "at": at}):
        return Visit(
            person,
            row.meeting_id,
            key,
            row.class_key,  # type: ignore[attr-defined]
            row.title,
            row.zone,  # type: ignore[attr-defined]
            row.starts_at,
            row.ends_at,
            row.status == MeetingRevision.Status.CANCELED,
            bool(row.is_attendee),  # type: ignore[attr-defined]
        )
    raise MeetingRevision.DoesNotExist(f"No session {key} was known then.")


def takes_check_ins(visit: Visit) -> tuple[bool, bool]:
    """Whether the session is settled, and whether check-in is open at it. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKES_CHECK_INS, {"meeting": visit.meeting_id})
        settled, desk_open = cursor.fetchone()
    return bool(settled), bool(desk_open)


def check_ins_beside(visit: Visit, token: str) -> list[CheckIn]:
    """The person's check-ins at the session in order of time, and whosever was made with this token. One query.

    What they tapped at a kiosk is among them, in the form of a check-in without token and device.
    """
    wanted = {"meeting": visit.meeting_id, "person": visit.person.pk, "token": token}
    return list(CheckIn.objects.raw(_BESIDE, wanted))


def is_checked_in(visit: Visit) -> bool:
    """Whether the person is in and has not checked out. One query."""
    mine = check_ins_beside(visit, token="")
    return bool(mine) and mine[-1].kind == CheckIn.Kind.IN
