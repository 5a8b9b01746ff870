"""Absences and appeals, and what became of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from cecto.attendance.models import Notice, NoticeAnswer
from cecto.classes.models import Cohort, MeetingRevision
from cecto.classes.schedule.queries import Session
from cecto.foundation.rows import instant, select
from cecto.people.models import Person

EXCUSING = frozenset({NoticeAnswer.Outcome.EXCUSED, NoticeAnswer.Outcome.DISPENSED})
# A row for each answer; the last of a notice counts.
_ABSENCES = """
SELECT notice.id, notice.person_id, meeting.key, notice.made_at, answer.outcome, answer.answered_at
FROM attendance_notice notice
JOIN classes_meeting meeting ON meeting.id = notice.meeting_id
LEFT JOIN attendance_noticeanswer answer ON answer.notice_id = notice.id AND answer.answered_at <= %(at)s
WHERE notice.person_id IN (ids) AND notice.kind = 'absence' AND notice.made_at <= %(at)s
ORDER BY notice.id, answer.id
"""


@dataclass(frozen=True, slots=True)
class AbsenceFact:
    """An absence that was told: by whom, from which session, whether it is excused, and when that was recorded."""

    person_id: int
    meeting_key: str
    excused: bool
    recorded_at: datetime


def notices_of(session: Session) -> QuerySet[Notice]:
    """The notices of a session with their answers, oldest first. Two queries."""
    return Notice.objects.filter(meeting=session.meeting).prefetch_related("answers")


def notices_of_person(session: Session, person: Person) -> QuerySet[Notice]:
    """What was said of one person at a session, with the answers. Two queries."""
    return notices_of(session).filter(person=person)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A notice that nobody has answered, and the title of its session."""

    notice: Notice
    title: str


def waiting_notices(cohorts: Iterable[Cohort]) -> list[Waiting]:
    """What waits for an answer at the sessions that these classes own, oldest first. Two queries."""
    current = MeetingRevision.objects.filter(superseded_at=None)
    found = Notice.objects.filter(answers=None, meeting__owner__in=[cohort.pk for cohort in cohorts])
    rows = found.select_related("person", "meeting").prefetch_related(Prefetch("meeting__revisions", current))
    return [Waiting(one, next(revision.title for revision in one.meeting.revisions.all())) for one in rows]


def absences_of(person_ids: Iterable[int], *, known_at: datetime) -> list[AbsenceFact]:
    """The absences told of these persons by an instant, each as answered last by then. One query.

    Excused and dispensed ones are excused; refused ones and those without an answer are not.
    """
    told = {row[0]: row[1:] for row in select(_ABSENCES, person_ids, at=known_at)}
    return [
        AbsenceFact(person, key, outcome in EXCUSING, instant(answered_at or made_at))
        for person, key, made_at, outcome, answered_at in told.values()
    ]


def latest_answer(notice: Notice) -> NoticeAnswer | None:
    """The answer that counts, or None while there is none."""
    answers = list(notice.answers.all())
    return answers[-1] if answers else None


def count_notices(person: Person) -> int:
    """How many notices about a person's attendance there are, of every session."""
    return Notice.objects.filter(person=person).count()
