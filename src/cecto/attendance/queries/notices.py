"""Absences and appeals, and what became of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from cecto.attendance.models import Notice, NoticeAnswer
from cecto.classes.schedule.queries import Session
from cecto.people.models import Person

EXCUSING = frozenset({NoticeAnswer.Outcome.EXCUSED, NoticeAnswer.Outcome.DISPENSED})


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


def absences_of(person_ids: Iterable[int], *, known_at: datetime) -> list[AbsenceFact]:
    """The absences told of these persons by an instant, each as answered by then. Two queries.

    Excused and dispensed ones are excused; refused ones and those without an answer are not.
    """
    answers = NoticeAnswer.objects.filter(answered_at__lte=known_at).order_by("id")
    told = Notice.objects.filter(kind=Notice.Kind.ABSENCE, person_id__in=list(person_ids), made_at__lte=known_at)
    notices = told.select_related("meeting").prefetch_related(Prefetch("answers", answers))
    return [_fact(notice) for notice in notices]


def _fact(notice: Notice) -> AbsenceFact:
    answer = latest_answer(notice)
    excused = answer is not None and answer.outcome in EXCUSING
    recorded_at = answer.answered_at if answer else notice.made_at
    return AbsenceFact(notice.person_id, notice.meeting.key, excused, recorded_at)


def latest_answer(notice: Notice) -> NoticeAnswer | None:
    """The answer that counts, or None while there is none."""
    answers = list(notice.answers.all())
    return answers[-1] if answers else None
